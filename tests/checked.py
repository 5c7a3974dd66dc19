"""A roll and lines checked through the command line, as a user does, in a folder of the test's own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from typer import Typer
from typer.testing import CliRunner

from ballotworthy.cli.main import build_app
from ballotworthy.errors import BallotworthyError

SHARED = Path(__file__).parents[2] / "shared" / "cases"
PEOPLE = ("voter_id", "last_name", "first_name", "address", "city", "zip")


@dataclass(frozen=True)
class Checked:
    """What `check` printed, its `result.json`, and its lines, a row each."""

    said: str
    result: Mapping[str, Any]
    lines: Sequence[Mapping[str, str | None]]

    def outcomes(self) -> list[tuple[str, str, str]]:
        """Give outcome, reason and voter of each line."""
        return [(line["outcome"] or "", line["reason"] or "", line["voter_id"] or "") for line in self.lines]


@cache
def whole_app() -> Typer:
    """Give the command line with every verb, put together once."""
    return build_app()


def run(*arguments: object) -> tuple[int, str]:
    """Run the command line; give its exit code and all it printed."""
    told = CliRunner().invoke(whole_app(), [str(each) for each in arguments])
    if isinstance(told.exception, BallotworthyError):
        return told.exception.exit_code, str(told.exception)
    if told.exception and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told.exit_code, told.output


def check_files(folder: Path, roll: Path, lines: Path, *options: str, place: str = "zz-example") -> Checked:
    """Build the roll, check the lines on 30 June 2026 as an initiative."""
    day = "2026-06-30"
    code, said = run("roll", "build", roll, "--taken-on", day, "-o", folder / "x.roll")
    assert code == 0, said
    asked = ["--roll", folder / "x.roll", "--place", place, "--kind", "initiative", "--on", day, "-o", folder / "out"]
    code, said = run("check", lines, *asked, *options)
    assert code == 0, said
    result = json.loads((folder / "out/result.json").read_text("utf-8"))
    rows = pl.read_csv(folder / "out/lines.csv", infer_schema=False).to_dicts()
    return Checked(" ".join(said.split()), result, rows)


def check_texts(folder: Path, roll: str, lines: str, *options: str, place: str = "zz-example") -> Checked:
    """Do the same with the files given as text."""
    (folder / "roll.csv").write_text(roll, "utf-8")
    (folder / "lines.csv").write_text(lines, "utf-8")
    return check_files(folder, folder / "roll.csv", folder / "lines.csv", *options, place=place)
