"""The part of the demo that begins with pictures: sheets drawn as if signed and scanned, read, and checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from ballotworthy.cli.progress import shown
from ballotworthy.law import Rules

VOTERS, SHEETS, ROWS = 5_000, 6, 10
REQUIRED = 25


@dataclass(frozen=True)
class FromSheets:
    """What came of the sheets.

    Attributes:
        verdict: of the petition on them.
        sheets, lines: how many were read.
        right: lines whose voter was found, and it was he who signed.
        wrong: lines that were given to another voter, or to one where none signed.
        open: lines left to a person.
    """

    verdict: str
    sheets: int
    lines: int
    right: int
    wrong: int
    open: int


def walk_sheets(folder: Path, rules: Rules, day: dt.date, seed: str) -> FromSheets:
    """Draw sheets into a folder, read them back, and check what they hold against their roll.

    Raises:
        InputError: a library or the fonts that this needs are not installed.
    """
    import polars as pl

    from ballotworthy.files.whole import whole_folder
    from ballotworthy.roll import build_roll, read_voters
    from ballotworthy.verbs.check import MARKER, OUTPUTS, check_petition
    from ballotworthy.verbs.sheets_read import read_scans
    from ballotworthy.verbs.simulate import simulate_petition

    invented, read = folder / "invented", folder / "read"
    about = simulate_petition(
        invented, voters=VOTERS, lines=SHEETS * ROWS, seed=seed, place=rules.place, on=day, sheets=SHEETS
    ).about
    build_roll(
        read_voters(invented / "roll.csv", taken_on=dt.date.fromisoformat(about["roll_taken_on"])),
        folder / "voters.roll",
    )
    with shown() as progress:
        read_scans(sorted((invented / "scans").iterdir()), read, progress=progress)
    with whole_folder(folder / "check", marker=MARKER, holds=OUTPUTS, private=True) as into:
        done = check_petition(read, folder / "voters.roll", rules=rules, required=REQUIRED, seed=seed)
        done.write_into(into)
    tables = (folder / "check" / "lines.csv", invented / "truth.csv")
    lines, truth = (pl.read_csv(table, infer_schema=False) for table in tables)
    both = lines.join(truth, on=["sheet", "line"], suffix="_true", maintain_order="left").fill_null("")
    taken = both.filter(pl.col("outcome") == "valid")
    right = taken.filter(pl.col("voter_id") == pl.col("voter_id_true")).height
    unresolved = both.filter(pl.col("outcome") == "unresolved").height
    return FromSheets(done.verdict, SHEETS, both.height, right, taken.height - right, unresolved)


def sentence(found: FromSheets, folder: Path) -> str:
    """Say what came of the sheets."""
    return (
        f"From pictures, on this machine alone: {found.sheets} filled sheets, {found.lines} written lines; "
        f"{found.right} counted for the voter who signed, {found.wrong} for another, {found.open} left to a person: "
        f"{found.verdict}. {folder / 'check' / 'report.html'}"
    )
