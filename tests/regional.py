"""A simulated roll split by county, for tests that look for lines in regions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, read_voters
from simulated import ON, make


@dataclass(frozen=True)
class Regional:
    """A petition with its roll, whole and one snapshot a county.

    Attributes:
        lines: the petition's file.
        frame: the lines as they are read.
        roll: the whole roll.
        rolls: the folder of the counties' snapshots.
        county_of: the county of each voter, by voter id.
    """

    lines: Path
    frame: pl.DataFrame
    roll: Path
    rolls: Path
    county_of: dict[str, str]


def build(folder: Path) -> Regional:
    made = make("regions", voters=2_500, lines=500)
    made.lines.write_csv(folder / "lines.csv")
    parts = {"x.roll": made.roll}
    parts |= {f"rolls/{county}.roll": part for (county,), part in made.roll.group_by("county", maintain_order=True)}
    for name, part in parts.items():
        part.write_csv(folder / "part.csv")
        build_roll(read_voters(folder / "part.csv", taken_on=made.taken_on), folder / name)
    frame = read_lines(folder / "lines.csv", latest=ON.replace(year=2098)).frame
    county_of = dict(zip(made.roll["voter_id"], made.roll["county"], strict=True))
    return Regional(folder / "lines.csv", frame, folder / "x.roll", folder / "rolls", county_of)
