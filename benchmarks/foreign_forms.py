"""Forms that nobody here drew: rows found, names read and signers safely found, by kind of form and by noise.

Each form is learned from one blank copy, then read filled. Forms, hands and noise are those of tests/foreign.py, which
does not know the reader; of its hands those are used whose fonts are installed (`pip install fontpkg-caveat ...`).
Signers are those of an invented petition; "safely found" is as in `ways.py`, one threshold for all kinds together.

    python benchmarks/foreign_forms.py --level middle --pages 1
"""

from __future__ import annotations

import argparse
import datetime as dt
import secrets
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import foreign
import page_ocr
from ballotworthy.match import find
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.roll import Roll, build_roll, open_roll, read_voters
from ballotworthy.scan.foreign import Found, find_page
from ballotworthy.scan.posteriors import Reader
from ballotworthy.sheets import read_form
from ballotworthy.sheets.labels import UNKNOWN
from ballotworthy.verbs.sheets_learn import learn_form
from ballotworthy.verbs.sheets_read import read_scans
from ballotworthy.verbs.simulate import simulate_petition
from ways import Way, by_fuzzy, by_us, together, voters_of

Signer = Mapping[str, str]


@dataclass(frozen=True)
class Measured:
    """One kind: rows in their state, rows, names and addresses as written, signers; and what each way found of them."""

    counts: list[int]
    seconds: float
    learned: str
    ways: list[Way]
    truth: np.ndarray


def alike(one: str | None, other: str) -> bool:
    """Tell whether a text is as written, but for case, spaces and what stands between words."""
    plain = ["".join(each for each in (text or "").casefold() if each.isalnum()) for text in (one, other)]
    return plain[0] == plain[1]


def main() -> None:
    """Print a row a kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--level", choices=[*foreign.NOISE], default="middle")
    parser.add_argument("--pages", type=int, default=1)
    parser.add_argument("--voters", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="drawn anew if not given")
    parser.add_argument("--kind", choices=[*foreign.KINDS], action="append")
    given = parser.parse_args()
    print(f"level {given.level}, seed {given.seed}, {given.pages} pages a kind, {len(foreign.hands())} hands")
    kinds = given.kind or [*foreign.KINDS]
    every = []
    with tempfile.TemporaryDirectory() as made:
        signers, roll = invented(Path(made), given.voters, given.pages * 20 * len(kinds), str(given.seed))
        print("kind         learned  states   rows  names  addresses  seconds a row")
        for number, name in enumerate(kinds):
            one = measured(name, given.level, given.pages, given.seed + 1000 * number, signers, roll)
            every.append(one)
            states, rows, names, addresses, signed = one.counts
            print(
                f"{name:<12} {one.learned:<8} {states:>6}/{rows:<5} {names:>5}/{signed:<4} {addresses:>5}/{signed:<4} "
                f"{one.seconds / max(1, rows):6.2f}",
                flush=True,
            )
    states, rows, names, addresses, signed = np.sum([one.counts for one in every], axis=0)
    shares = f"{names / signed:.1%} of names, {addresses / signed:.1%} of addresses"
    print(f"all: {states / rows:.1%} of rows in their state, {shares}")
    truth = np.concatenate([one.truth for one in every])
    for ways in zip(*(one.ways for one in every), strict=True):
        told = together(ways).told(truth)
        print("  " + "; ".join(f"{key}: {value}" for key, value in told.items()))


def invented(folder: Path, voters: int, lines: int, seed: str) -> tuple[list[Signer], Roll]:
    """Give invented signers, `row` the place of each on the roll (-1 for none), and the roll."""
    simulate_petition(folder / "drawn", voters=voters, lines=lines, seed=seed)
    build_roll(read_voters(folder / "drawn" / "roll.csv", taken_on=dt.date(2018, 5, 18)), folder / "voters.roll")
    roll = open_roll(folder / "voters.roll")
    place = {str(voter): at for at, voter in enumerate(roll.voter_ids)}
    truth = pl.read_csv(folder / "drawn" / "truth.csv", infer_schema=False).select("sheet", "line", "voter_id")
    table = pl.read_csv(folder / "drawn" / "lines.csv", infer_schema=False).join(truth, on=["sheet", "line"])
    found: list[Signer] = []
    for row in table.fill_null("").to_dicts():
        if row["name"] and row["address"] and not row["struck"]:
            day = dt.date.fromisoformat(row["signed_on"]) if row["signed_on"] else None
            signed_on = f"{day.month}/{day.day}/{day.year % 100}" if day else ""
            found.append({**row, "signed_on": signed_on, "row": str(place.get(row["voter_id"], -1))})
    return found, roll


def measured(name: str, level: str, pages: int, seed: int, signers: list[Signer], roll: Roll) -> Measured:
    """Measure a kind on signers, whom it takes out of the list."""
    kind = foreign.KINDS[name]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        foreign.spoiled(foreign.blank(kind), "easy", seed, quarter=seed % 4).save(folder / "blank.png")
        found = learn_form(folder / "blank.png", folder / "form.toml")
        wanted = [foreign.TOGETHER.get(each.field, each.field) for each in kind.boxes]
        right = sum(one == other for (_, one), other in zip(found.columns, wanted, strict=False))
        unsure = sum(field == UNKNOWN for _, field in found.columns)
        learned = f"{right}/{len(wanted)}" + (f" {unsure}?" if unsure else "")
        if unsure or right < len(wanted) or found.rows != kind.rows:
            (folder / "form.toml").write_text(foreign.described(kind))  # as a person would correct it
        signed: list[Signer] = []
        scans = []
        for page in range(pages):
            people = [signers.pop() for _ in range(kind.rows - 2)]
            written = [*people[:2], {}, *people[2:], {}]
            scan = foreign.spoiled(
                foreign.filled(kind, written, seed + page, level), level, seed + page + 1, quarter=(seed + page) % 4
            )
            scans.append(folder / f"{page}.png")
            scan.save(scans[-1])
            signed += written
        start = time.perf_counter()
        read_scans(scans, folder / "out", form=folder / "form.toml")
        seconds = time.perf_counter() - start
        lines = pl.read_csv(folder / "out" / "lines.csv", infer_schema=False).to_dicts()
        ways, truth = found_by(folder, scans, signed, kind.rows, roll)
    lines += [{"row_state": "lost"}] * (len(signed) - len(lines))
    states = sum((line["row_state"] == "written") == bool(person) for line, person in zip(lines, signed, strict=True))
    pairs = [(line, person) for line, person in zip(lines, signed, strict=True) if person]
    names = sum(alike(line.get("name"), person["name"]) for line, person in pairs)
    addresses = sum(alike(line.get("address"), person["address"]) for line, person in pairs)
    return Measured([states, len(signed), names, addresses, len(pairs)], seconds, learned, ways, truth)


def found_by(
    folder: Path, scans: Sequence[Path], signed: Sequence[Signer], rows: int, roll: Roll
) -> tuple[list[Way], np.ndarray]:
    """Give what each way finds of the signers, in their order, and where they truly stand on the roll."""
    ids = [(str(at // rows + 1), str(at % rows + 1)) for at, person in enumerate(signed) if person]
    truth = np.array([int(person["row"]) for person in signed if person])
    petition = lines_of(folder / "out").read(dt.date(2019, 4, 20), dt.date(2018, 4, 20))
    place = {each: at for at, each in enumerate(petition.frame.select("sheet", "line").iter_rows())}
    ours = by_us("the roll reads the pictures", find(petition.frame, roll, pictures=petition.pictures), roll, petition)
    at = np.array([place.get(each, -1) for each in ids])
    best, sure = np.where(at >= 0, ours.best[at], -1), np.where(at >= 0, ours.sure[at], 0.0)
    lead = np.where(at >= 0, ours.lead[at], -np.inf)
    taken = np.where(at >= 0, np.asarray(ours.taken)[at], False)
    voters, form, reader = voters_of(roll), read_form(folder / "form.toml"), Reader()
    whole: dict[tuple[str, str], tuple[str, str]] = {}
    for number, scan in enumerate(scans, 1):
        page = find_page(np.asarray(cv2.imread(str(scan), cv2.IMREAD_GRAYSCALE)), form, reader)
        if isinstance(page, Found):
            for line, texts in enumerate(page_ocr.texts_of(page.laid.picture, form.form), 1):
                whole[str(number), str(line)] = texts
    peer = by_fuzzy("whole-page RapidOCR, RapidFuzz", [whole.get(each, ("", "")) for each in ids], voters)
    return [Way(ours.name, best, sure, lead, taken), peer], truth


if __name__ == "__main__":
    main()
