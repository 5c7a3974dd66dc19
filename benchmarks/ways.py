"""Ways of finding signers on lines, ours and the peers': whom each finds, how surely, and by what lead."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import polars as pl

import page_ocr
from ballotworthy.check.outcomes import ACCEPT
from ballotworthy.check.seen_names import may_take, other_house
from ballotworthy.match import Matches
from ballotworthy.match.written.cells import addresses_seen, names_seen
from ballotworthy.match.written.lexicon import figures_of
from ballotworthy.match.written.lines import LOOKS
from ballotworthy.match.written.seen import Seen, alike, flatter, seen_of
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll
from ballotworthy.roll.plain import plain
from ballotworthy.scan.registered import Straight, lay_straight
from ballotworthy.sheets import plain_form

WRONG = 0.003
LEADS = (0, 1, 2, 4, 7, 10, 15)
KEPT = 2_000
"""Voters whose names are nearest, that RapidFuzz compares addresses with."""


@dataclass(frozen=True)
class Way:
    """One way of finding signers: per line the row of the best voter (-1 for none), how sure, and ahead by how much."""

    name: str
    best: np.ndarray
    sure: np.ndarray
    lead: np.ndarray
    taken: np.ndarray | None = None

    def told(self, truth: np.ndarray) -> dict[str, object]:
        """Give how many signers come first, are found safely, and are taken by the check, rightly and wrongly."""
        on, right = truth >= 0, (self.best == truth) & (truth >= 0)
        safe = 0
        for lead in LEADS:
            rows = np.flatnonzero(self.lead >= lead)
            rows = rows[np.argsort(-self.sure[rows], kind="stable")]
            good, bad = np.cumsum(right[rows]), np.cumsum(~right[rows])
            safe = max(safe, int(good[bad <= WRONG * len(truth)].max(initial=0)))
        said: dict[str, object] = {
            "way": self.name, "first": share(int(right.sum()), int(on.sum())), "safe": share(safe, int(on.sum())),
        }  # fmt: skip
        if self.taken is not None:
            said["taken"] = share(int((self.taken & right).sum()), int(on.sum()))
            said["taken wrongly"] = int((self.taken & ~right).sum())
        return said


def together(ways: Sequence[Way]) -> Way:
    """Give one way over the lines of several draws."""
    taken = None if ways[0].taken is None else np.concatenate([np.asarray(each.taken) for each in ways])
    best, sure, lead = (np.concatenate([getattr(each, what) for each in ways]) for what in ("best", "sure", "lead"))
    return Way(ways[0].name, best, sure, lead, taken)


def share(some: int, of: int) -> str:
    """Give a share with its numbers."""
    return f"{some / max(of, 1):.1%} ({some} of {of})"


def by_us(name: str, matches: Matches, roll: Roll, petition: Petition | None = None) -> Way:
    """Give what our matcher finds."""
    there = matches.records >= 0
    best = np.where(there[:, 0], roll.owners[np.maximum(matches.records[:, 0], 0)].astype(np.int64), -1)
    behind = np.where(there[:, 1], matches.weights[:, 1], -np.inf)
    taken = (matches.chances[:, 0] >= ACCEPT) & may_take(matches)
    if petition is not None:
        taken &= ~other_house(petition, matches, roll)
    return Way(name, best, matches.chances[:, 0], matches.weights[:, 0] - behind, taken)


def bits_lost(matches: Matches, roll: Roll, truth: np.ndarray) -> np.ndarray:
    """Give -log2 of how probable we say what is true of each line is: its voter, or -1 for nobody of the roll; float64.

    Voters who are not ranked share evenly what is left; nothing is said with less than a millionth.
    """
    there = matches.records >= 0
    owners = np.where(there, roll.owners[np.maximum(matches.records, 0)].astype(np.int64), -1)
    ranked = np.where(there & (owners == truth[:, None]), matches.chances, 0.0).sum(axis=1)
    rest = np.maximum(matches.on_roll - matches.chances.sum(axis=1), 1e-6) / roll.size
    nobody = np.maximum(1 - matches.on_roll, 1e-6)
    return np.asarray(-np.log2(np.where(truth < 0, nobody, np.where(ranked > 0, ranked, rest))))


def by_weighing(name: str, petition: Petition, roll: Roll) -> Way:
    """Give what posteriors over the roll alone find: the bits of every voter's name and address; no share, no prior."""
    best, sure, lead = [], [], []
    records = roll.records[: roll.size]
    numbers = figures_of(records)
    for sheet, line in petition.frame.select("sheet", "line").iter_rows():
        signer, home = (_seen(petition, sheet, line, field) for field in ("name", "address"))
        bits = np.zeros(len(records))
        if signer is not None:
            bits += names_seen(signer, records["first"], records["last"])
        if home is not None:
            bits += addresses_seen(home, numbers, records["street"])
        two = np.argpartition(-bits, 2)[:2]
        first, second = two[np.argsort(-bits[two], kind="stable")]
        best.append(int(roll.owners[first]))
        sure.append(float(bits[first]))
        lead.append(float(bits[first] - bits[second]))
    return Way(name, np.array(best), np.array(sure), np.array(lead))


def _seen(petition: Petition, sheet: str, line: str, field: str) -> Seen | None:
    steps = None if petition.pictures is None else petition.pictures.of(sheet, line, field)
    return None if steps is None else seen_of(flatter(alike(steps, *LOOKS[field])))


def by_fuzzy(name: str, texts: Sequence[tuple[str, str]], voters: Sequence[tuple[str, str]]) -> Way:
    """Give what the nearest texts find: name over the whole roll, then name and address of the nearest names."""
    from rapidfuzz import fuzz, process

    best, sure, lead = [], [], []
    names = [voter[0] for voter in voters]
    for signer, address in texts:
        near = process.cdist([plain(signer)], names, scorer=fuzz.ratio)[0]
        some = np.argpartition(-near, min(KEPT, len(near) - 1))[:KEPT]
        both = np.array([(near[at] + fuzz.partial_ratio(voters[at][1], plain(address))) / 2 for at in some])
        order = np.argsort(-both, kind="stable")
        best.append(int(some[order[0]]))
        sure.append(float(both[order[0]]))
        lead.append(float(both[order[0]] - both[order[1]]))
    return Way(name, np.array(best), np.array(sure), np.array(lead))


def by_tesseract(cells: Path, ids: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give name and address of each line as Tesseract reads the cells that we cut."""

    def read(path: Path) -> str:
        if not path.is_file():
            return ""
        done = subprocess.run(["tesseract", path, "-", "--psm", "7"], capture_output=True, text=True, check=False)
        return done.stdout.strip()

    return [(read(cells / f"{one}-{two}-name.png"), read(cells / f"{one}-{two}-address.png")) for one, two in ids]


def by_whole_page(scans: Path, ids: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give name and address of each line as RapidOCR reads the whole page."""
    form, read = plain_form(), {}
    for path in sorted(scans.iterdir()):
        page = lay_straight(np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)), form)
        if isinstance(page, Straight):
            for line, texts in enumerate(page_ocr.texts_of(page.picture, form), 1):
                read[str(page.sheet), str(line)] = texts
    return [read.get(each, ("", "")) for each in ids]


def voters_of(roll: Roll) -> list[tuple[str, str]]:
    """Give the name and the street address of each voter as a fuzzy match wants them."""
    names = roll.voters.collect_schema().names()
    parts = [name for name in ("house_number", "pre_direction", "street_name", "street_type") if name in names]
    table = roll.voters.select(
        pl.concat_str("first_name", "last_name", separator=" ", ignore_nulls=True).alias("name"),
        pl.concat_str(pl.col(parts).cast(pl.String), separator=" ", ignore_nulls=True).alias("home"),
    ).collect()
    return [(plain(name), plain(home)) for name, home in table.iter_rows()]
