"""A world tried: files written, checked through the doors users have, and held against the truth."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.check import Check, check, result
from ballotworthy.law import read_law, rules_on
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters
from unlike.simulator import ON
from unlike.world import World


@dataclass(frozen=True)
class Trial:
    """What the check said of a world.

    Attributes:
        check: the check itself.
        said: its result as plain data.
        lines: the check's lines, with `real`: whether the line counts in truth.
    """

    check: Check
    said: dict[str, Any]
    lines: pl.DataFrame

    @property
    def miss(self) -> float:
        """Expected less true valid lines, as a share of the lines."""
        return (float(self.lines["probability"].sum()) - float(self.lines["real"].sum())) / self.lines.height


def tried(world: World) -> Trial:
    """Check a world by its law; its files are gone afterwards."""
    place, kind = world.law
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world.roll.write_csv(folder / "roll.csv")
        world.lines.write_csv(folder / "lines.csv")
        build_roll(read_voters(folder / "roll.csv", taken_on=world.taken_on), folder / "x.roll")
        petition = read_lines(folder / "lines.csv", latest=ON)
        rules = rules_on(read_law(place), kind, ON)
        done = check(petition, open_roll(folder / "x.roll"), rules, required=world.lines.height)
        return Trial(done, result(done), done.lines.with_columns(world.truth["valid"].alias("real")))
