"""Signers found on scans of sheets: the roll reading the pictures, beside the same pictures weighed plainly and texts.

Posteriors over the roll alone weigh every voter's whole name and whole address under the pictures and add the two. The
best text is matched by us and by RapidFuzz, and so are that of RapidOCR over the whole page (`page_ocr.py`) and
Tesseract's where it is installed.

    python benchmarks/sheets.py --draws 3 --sheets 10 --voters 50000 --fonts FOLDER --work FOLDER

Each draw is a petition, hands and scans of its own; what is printed is over the pool of them all. A signer is found
safely at the most that any threshold finds while at most 0.3% of all lines of the pool get a wrong voter; the threshold
is the best for each way on the lines it is judged by, which is kind to all alike. "Taken" is what `check` itself
decides: no threshold is chosen. "Bits lost" is -log2 of how probable we say the true voter is, or that it is nobody of
the roll, a line: it hangs on all lines, where safe hangs on the surest wrong one. Reliability holds the probability of
each line's best voter against how many are right.
Draws have seeds of their own, which are printed; `--seed`, given as often as wanted, repeats them. Fonts and seeds of a
report must be others than those of any trial before. Time is told as processor time beside that of RapidOCR in the same
run, since the machine may have other work.
"""

from __future__ import annotations

import argparse
import datetime as dt
import secrets
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import numpy as np
import polars as pl

from ballotworthy.check.outcomes import ACCEPT
from ballotworthy.check.seen_names import may_refuse
from ballotworthy.match import find
from ballotworthy.match.moved import with_moved
from ballotworthy.match.score import score_of
from ballotworthy.petition.given_lines import lines_of
from ballotworthy.petition.pictures import LINES
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.roll.plain import plain
from ballotworthy.simulate import Rates
from ballotworthy.simulate.scans import Level
from ballotworthy.verbs.sheets_read import read_scans
from ballotworthy.verbs.simulate import simulate_petition
from ways import Way, bits_lost, by_fuzzy, by_tesseract, by_us, by_weighing, by_whole_page, share, together, voters_of

STALL: Mapping[str, Any] = MappingProxyType({"place": "us-mi", "rates": Rates(signs_alone=1.0)})
"""Signers of a sheet come from all over a state, each by himself."""


@dataclass(frozen=True)
class Draw:
    """One draw, read and matched.

    Attributes:
        counts: rows with writing, those of them found, blank rows taken for lines, names read to the letter, lines.
        truth: per line found the row of its signer on the roll, -1 for none; int64 (lines,).
        ways: what each way finds.
        left: lines that `check` leaves to a person by name and address alone; bool (lines,).
        lost: -log2 of how probable we say what is true of each line is, `ways.bits_lost`; float64 (lines,).
        seconds: of processor: reading (0 where an earlier run had read), search by pictures, whole-page RapidOCR.
    """

    counts: np.ndarray
    truth: np.ndarray
    ways: Sequence[Way]
    left: np.ndarray
    lost: np.ndarray
    seconds: np.ndarray


def drawn(level: Level, seed: str, args: argparse.Namespace) -> Draw:
    """Draw, read and match one petition; what an earlier run drew and read is taken as it is."""
    work = args.work / f"{level}-{seed}-{args.sheets}-{args.voters}{'-stall' if args.stall else ''}"
    made, read, folder = work / "drawn", work / "read", work / "voters.roll"
    if not (made / "simulation.json").is_file():
        simulate_petition(
            made, voters=args.voters, lines=10 * args.sheets, seed=seed, sheets=args.sheets, level=level,
            fonts=args.fonts, **(STALL if args.stall else {}),
        )  # fmt: skip
        build_roll(read_voters(made / "roll.csv", taken_on=dt.date(2018, 5, 18)), folder)
    scans, begun = sorted((made / "scans").iterdir()), time.process_time()
    anew = not (read / LINES).is_file()
    if anew:
        read_scans(scans, read)
    reading = (time.process_time() - begun) * anew
    roll = open_roll(folder)
    petition = lines_of(read).read(dt.date(2019, 4, 20), dt.date(2018, 4, 20))
    frame = petition.frame
    ids = list(frame.select("sheet", "line").iter_rows())
    begun = time.process_time()
    seen = find(frame, roll, pictures=petition.pictures)
    search, begun = time.process_time() - begun, time.process_time()
    whole = [] if args.cells_alone else by_whole_page(made / "scans", ids)
    page = time.process_time() - begun
    who = with_moved(seen, roll)  # who signed, as `match` asks it; what `check` takes it takes as found at home
    taken, voters = by_us("", seen, roll, petition).taken, voters_of(roll)
    ours = replace(by_us("the roll reads the pictures", who, roll), taken=taken)
    texts = [(name or "", home or "") for name, home in frame.select("name", "address").iter_rows()]
    ways = [
        ours,
        by_weighing("posteriors over the roll alone", petition, roll),
        by_us("best text, our matcher", find(frame, roll), roll),
        by_fuzzy("best text, RapidFuzz", texts, voters),
    ]
    if whole:
        ways.append(by_fuzzy("whole-page RapidOCR, RapidFuzz", whole, voters))
    if shutil.which("tesseract"):
        ways.append(by_fuzzy("Tesseract on our cells, RapidFuzz", by_tesseract(read / "cells", ids), voters))
    refused = may_refuse(seen) & (seen.on_roll < 1 - ACCEPT)
    written, truth = _written(made), _truth(made, {str(voter): at for at, voter in enumerate(roll.voter_ids)})
    letters = sum(plain(written.get(each, "")) == plain(text) for each, (text, _) in zip(ids, texts, strict=True))
    found = len(written.keys() & set(ids))
    rows = np.array([truth.get(each, -1) for each in ids])
    return Draw(
        np.array([len(written), found, len(ids) - found, letters, len(ids)]),
        rows,
        ways,
        ~np.asarray(ours.taken) & ~refused,
        bits_lost(who, roll, rows),
        np.array([reading, search, page]),
    )


def _written(made: Path) -> dict[tuple[str, str], str]:
    """Give the name that stands on each line with writing, by sheet and line."""
    table = pl.read_csv(made / "lines.csv", infer_schema=False)
    return {(sheet, line): name for sheet, line, name in table.select("sheet", "line", "name").iter_rows() if name}


def _truth(made: Path, row_of: dict[str, int]) -> dict[tuple[str, str], int]:
    """Give the row of the signer of each line on the roll, -1 for none."""
    table = pl.read_csv(made / "truth.csv", infer_schema=False).select("sheet", "line", "voter_id")
    return {(sheet, line): row_of.get(voter, -1) for sheet, line, voter in table.iter_rows()}


def tell(level: Level, draws: Sequence[Draw], args: argparse.Namespace) -> None:
    """Print what was found over the pool of draws."""
    truth = np.concatenate([each.truth for each in draws])
    written, found, blank, letters, lines = np.sum([each.counts for each in draws], axis=0)
    print(
        f"{level}, {len(draws)} draws: rows with writing found {share(found, written)}, blank rows taken for lines "
        f"{blank}; names read to the letter {share(letters, lines)}; signers on the roll of {args.voters:,} voters "
        f"{int((truth >= 0).sum())}"
    )
    for ways in zip(*(each.ways for each in draws), strict=True):
        said = together(ways).told(truth)
        said["safe by draw"] = ", ".join(
            str(way.told(each.truth)["safe"]).split(" ")[0] for way, each in zip(ways, draws, strict=True)
        )
        print("  " + "; ".join(f"{key}: {value}" for key, value in said.items()))
    left = int(sum(each.left.sum() for each in draws))
    print(f"  for a person by name and address alone: {share(left, lines)}")
    lost = np.concatenate([each.lost for each in draws])
    error, on, off = (
        float(each) for each in (lost.std() / lines**0.5, lost[truth >= 0].mean(), lost[truth < 0].mean())
    )
    print(f"  bits lost a line: {lost.mean():.3f} (standard error {error:.3f}); signers {on:.3f}, others {off:.3f}")
    ours = together([each.ways[0] for each in draws])
    best = pl.DataFrame({"voter_id": ours.best.astype(int), "probability": ours.sure, "truth": truth})
    for band in score_of(best.with_columns(pl.col("voter_id", "truth").replace(-1, None))).bands:
        print(
            f"  said {band.low:.3f} to {band.high:.3f}: {band.lines} lines, {band.said:.4f} said, {band.true:.4f} true"
        )
    reading, search, page = np.sum([each.seconds for each in draws], axis=0)
    if all(each.seconds[0] for each in draws) and not args.cells_alone:
        beside = (reading + search) / page
        print(f"  processor time of finding, reading and searching: {beside:.2f} times RapidOCR's")
    print(f"  search {search / lines:.2f} s of processor a row; RapidOCR {page / lines:.2f} s", flush=True)


def main() -> None:
    """Measure every level asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sheets", type=int, default=10, help="of ten lines, a draw")
    parser.add_argument("--voters", type=int, default=50_000)
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--seed", action="append", help="of a draw; drawn anew if none is given")
    parser.add_argument("--fonts", type=Path, default=None)
    parser.add_argument("--work", type=Path, default=Path("bench-out/sheets"))
    parser.add_argument("--stall", action="store_true", help="signers of a sheet from all over, not from door to door")
    parser.add_argument("--cells-alone", action="store_true", help="leave out RapidOCR over the whole page")
    parser.add_argument("--level", choices=get_args(Level), action="append")
    args = parser.parse_args()
    seeds = args.seed or [f"drawn-{secrets.token_hex(3)}" for _ in range(args.draws)]
    print(f"seeds {', '.join(seeds)}; {args.sheets} sheets a draw, roll of {args.voters:,} voters")
    sys.stdout.flush()
    for level in args.level or get_args(Level):
        tell(level, [drawn(level, seed, args) for seed in seeds], args)


if __name__ == "__main__":
    main()
