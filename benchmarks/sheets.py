"""Signers found on scans of sheets: the roll reading the pictures, beside the best text alone.

The best text is matched by us and by RapidFuzz, and so are that of RapidOCR over the whole page (`page_ocr.py`) and
Tesseract's where it is installed.

    python benchmarks/sheets.py --sheets 10 --voters 50000 --fonts FOLDER --work FOLDER

A signer is found safely at the most that any threshold finds while at most 0.3% of all lines get a wrong voter; the
threshold is the best for each way on the lines it is judged by, which is kind to all alike. "Taken" is what `check`
itself decides: no threshold is chosen. Each run draws a seed of its own and prints it; `--seed` repeats one. Fonts and
seeds of a report must be others than those of any trial before.
"""

from __future__ import annotations

import argparse
import datetime as dt
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
import polars as pl

import page_ocr
from ballotworthy.check.outcomes import ACCEPT
from ballotworthy.check.seen_names import may_refuse, may_take, other_house
from ballotworthy.match import Matches, find
from ballotworthy.petition import Petition
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.petition.pictures import LINES
from ballotworthy.roll import Roll, build_roll, open_roll, read_voters
from ballotworthy.roll.plain import plain
from ballotworthy.scan.registered import Straight, lay_straight
from ballotworthy.sheets import plain_form
from ballotworthy.simulate.scans import Level
from ballotworthy.verbs.sheets_read import read_scans
from ballotworthy.verbs.simulate import simulate_petition

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


def share(some: int, of: int) -> str:
    """Give a share with its numbers."""
    return f"{some / max(of, 1):.1%} ({some} of {of})"


def by_us(name: str, matches: Matches, roll: Roll, petition: Petition | None = None) -> Way:
    """Give what our matcher finds."""
    there = matches.records >= 0
    best = np.where(there[:, 0], roll.owners[np.maximum(matches.records[:, 0], 0)], -1)
    behind = np.where(there[:, 1], matches.weights[:, 1], -np.inf)
    taken = (matches.chances[:, 0] >= ACCEPT) & may_take(matches)
    if petition is not None:
        taken &= ~other_house(petition, matches, roll)
    return Way(name, best, matches.chances[:, 0], matches.weights[:, 0] - behind, taken)


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


def measure(level: Level, args: argparse.Namespace) -> None:
    """Draw, read and match one level, and print what was found."""
    work = args.work / f"{level}-{args.seed}-{args.sheets}-{args.voters}"
    drawn, read, folder = work / "drawn", work / "read", work / "voters.roll"
    if not (drawn / "simulation.json").is_file():
        simulate_petition(
            drawn, voters=args.voters, lines=10 * args.sheets, seed=args.seed, sheets=args.sheets, level=level,
            fonts=args.fonts,
        )  # fmt: skip
        build_roll(read_voters(drawn / "roll.csv", taken_on=dt.date(2018, 5, 18)), folder)
    begin = time.perf_counter()
    cpu = time.process_time()
    if not (read / LINES).is_file():
        read_scans(sorted((drawn / "scans").iterdir()), read)
        print(
            f"{level}: read {10 * args.sheets} rows in {time.perf_counter() - begin:.0f} s, "
            f"{(time.process_time() - cpu) / args.sheets / 10:.2f} s of processor a row"
        )
    roll = open_roll(folder)
    petition = lines_of(read).read(dt.date(2019, 4, 20), dt.date(2018, 4, 20))
    ids = list(petition.frame.select("sheet", "line").iter_rows())
    truth = pl.read_csv(drawn / "truth.csv", infer_schema=False)
    row_of = {str(voter): at for at, voter in enumerate(roll.voter_ids)}
    known = {
        (sheet, line): row_of.get(voter, -1)
        for sheet, line, voter in truth.select("sheet", "line", "voter_id").iter_rows()
    }
    true = np.array([known.get(each, -1) for each in ids])
    written = pl.read_csv(drawn / "lines.csv", infer_schema=False)
    names = {(sheet, line): name or "" for sheet, line, name in written.select("sheet", "line", "name").iter_rows()}
    filled = {each for each, name in names.items() if name}
    letters = sum(
        plain(names.get(each, "")) == plain(name or "") for each, name in zip(ids, petition.frame["name"], strict=True)
    )
    print(
        f"{level}: rows with writing found {share(len(filled & set(ids)), len(filled))}, blank rows taken for lines "
        f"{len(set(ids) - filled)}; names read to the letter {share(letters, len(ids))}; "
        f"signers on the roll of {args.voters:,} voters {int((true >= 0).sum())}"
    )
    cpu = time.process_time()
    seen = find(petition.frame, roll, pictures=petition.pictures)
    cpu = time.process_time() - cpu
    ways = [
        by_us("the roll reads the pictures", seen, roll, petition),
        by_us("best text, our matcher", find(petition.frame, roll), roll),
    ]
    voters = voters_of(roll)
    texts = [(name or "", home or "") for name, home in petition.frame.select("name", "address").iter_rows()]
    ways.append(by_fuzzy("best text, RapidFuzz", texts, voters))
    ways.append(by_fuzzy("whole-page RapidOCR, RapidFuzz", by_whole_page(drawn / "scans", ids), voters))
    if shutil.which("tesseract"):
        ways.append(by_fuzzy("Tesseract on our cells, RapidFuzz", by_tesseract(read / "cells", ids), voters))
    for way in ways:
        print("  " + "; ".join(f"{key}: {value}" for key, value in way.told(true).items()))
    taken = ways[0].taken
    refused = may_refuse(seen) & (seen.on_roll < 1 - ACCEPT)
    left = len(ids) if taken is None else int((~taken & ~refused).sum())
    print(
        f"  for a person by name and address alone: {share(left, len(ids))}; "
        f"search {cpu / len(ids):.2f} s of processor a row"
    )
    sys.stdout.flush()


def main() -> None:
    """Measure every level asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=10)
    parser.add_argument("--voters", type=int, default=50_000)
    parser.add_argument("--seed", default=f"drawn-{secrets.token_hex(3)}")
    parser.add_argument("--fonts", type=Path, default=None)
    parser.add_argument("--work", type=Path, default=Path("bench-out/sheets"))
    parser.add_argument("--level", choices=get_args(Level), action="append")
    args = parser.parse_args()
    print(f"seed {args.seed}, {args.sheets} sheets a level, roll of {args.voters:,} voters")
    for level in args.level or get_args(Level):
        measure(level, args)


if __name__ == "__main__":
    main()
