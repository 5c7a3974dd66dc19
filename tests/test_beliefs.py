"""Beliefs as a file, and which of several snapshots of one register decides a line."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from ballotworthy.errors import FileFaults, InputError
from ballotworthy.match import Beliefs, Prior, find
from ballotworthy.match.snapshots import deciding, ranked_in
from ballotworthy.match.told import read_beliefs, told
from ballotworthy.roll import Roll
from checks import person, signers
from conftest import SmallRoll

BEFORE, AFTER = dt.date(2018, 4, 1), dt.date(2018, 6, 1)


def test_beliefs_are_read_as_they_were_told(tmp_path: Path) -> None:
    given = Beliefs(prior=Prior(on_roll=0.7123456789, relative=0.01))
    (tmp_path / "b.json").write_text(json.dumps(told(given)), "utf-8")
    heard = read_beliefs(tmp_path / "b.json")
    assert (heard.prior, heard.levels) == (given.prior, given.levels)
    assert heard.source == f"b.json: {given.source}"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda data: data | {"version": "1999"}, "version 1999"),
        (lambda data: data | {"prior": data["prior"] | {"on_roll": 1.5}}, "on_roll is not a number between 0 and 1"),
        (lambda data: data | {"prior": data["prior"] | {"on_roll": 0.95}}, "leave nothing"),
        (lambda data: data | {"fields": {}}, "not a file of beliefs"),
        (lambda data: [data], "not a file of beliefs"),
    ],
)
def test_what_are_no_beliefs_is_refused(tmp_path: Path, spoil, why: str) -> None:
    (tmp_path / "b.json").write_text(json.dumps(spoil(told(Beliefs()))), "utf-8")
    with pytest.raises(FileFaults, match=why):
        read_beliefs(tmp_path / "b.json")


def test_beliefs_that_are_not_there_are_told_how_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--beliefs-out"):
        read_beliefs(tmp_path / "none.json")


@pytest.fixture
def rolls(small_roll: SmallRoll) -> list[Roll]:
    """Give a register before and after: Ann Lee was struck off between, Bea Ruiz registered."""
    both = person("Carl Duncan", "5 Elm St")
    early = small_roll([person("Ann Lee", "9 Elm St"), both])
    late = small_roll([person("Bea Ruiz", "7 Fir Ct"), both])
    return [replace(early, taken_on=BEFORE), replace(late, taken_on=AFTER)]


def test_the_snapshot_that_has_the_voter_decides_else_the_next_after_the_day_signed(rolls: list[Roll]) -> None:
    people = [person("Ann Lee", "9 Elm St"), person("Bea Ruiz", "7 Fir Ct"), *[person("Carl Duncan", "5 Elm St")] * 3]
    signed = pl.Series([dt.date(2018, 5, 1), dt.date(2018, 5, 1), BEFORE, dt.date(2018, 5, 1), dt.date(2018, 7, 1)])
    lines = signers(people).with_columns(sheet=pl.lit("1"), line=pl.int_range(1, 6).cast(pl.String), signed_on=signed)
    found = [find(lines, roll, beliefs=Beliefs()) for roll in rolls]
    chosen = deciding(rolls, found, lines["signed_on"])
    assert chosen.tolist() == [0, 1, 0, 1, 1]
    first = ranked_in(lines, rolls, found, chosen).filter(pl.col("rank") == 1)
    assert first["line"].to_list() == ["1", "2", "3", "4", "5"]
    assert [each.split(" of ")[1] for each in first["roll"]] == [str(AFTER if late else BEFORE) for late in chosen]
    assert all(each.count("in ") == 2 for each in first["searches"])
