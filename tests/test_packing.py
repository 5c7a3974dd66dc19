"""Lines packed for the kernel: cut into parts, or a sample of them alone, they give the same bits."""

from __future__ import annotations

import sys
from dataclasses import fields

import numpy as np
import polars as pl
import pytest

from ballotworthy.match import find
from ballotworthy.match.readings import Lines, pack_lines
from checks import person, signers
from conftest import SmallRoll

NAMES = ("Nguyen Van Anh", "Mary Ann Smith", "Maria Gomez-Ruiz", "Oak, Bo Jr", "Jun Hoe Thambi", "Lee Chen", "Bo X")
STREETS = ("Oak St", "Elm Ave", "5th St", "Ok St")


@pytest.fixture
def lines() -> pl.DataFrame:
    rng = np.random.default_rng(11)
    return signers(
        [person(str(rng.choice(NAMES)), f"{rng.integers(1, 40)} {rng.choice(STREETS)}") for _ in range(60)]
        + [person("Zoltan Qwerty", "3 Elmm Ave"), person("Maryy Smiht", "4 Oakk St")]
    )


def alike(one: Lines, two: Lines) -> bool:
    parts = [(getattr(one, each.name), getattr(two, each.name)) for each in fields(Lines)]
    return all(mine.dtype == theirs.dtype and np.array_equal(mine, theirs) for mine, theirs in parts)


def test_lines_are_packed_the_same_however_they_are_cut(
    small_roll: SmallRoll, lines: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    roll = small_roll([person(name, f"{at} Oak St") for at, name in enumerate(NAMES)])
    whole = pack_lines(lines, roll)
    assert len(whole.more), "else no line has another reading"
    assert len(whole.spelled), "else no word is spelled anew"
    monkeypatch.setattr("ballotworthy.match.readings.ROWS", 7)
    assert alike(whole, pack_lines(lines, roll))


def test_some_lines_are_packed_alone_as_among_others(small_roll: SmallRoll, lines: pl.DataFrame) -> None:
    roll = small_roll([person(name, f"{at} Oak St") for at, name in enumerate(NAMES)])
    rows = np.arange(0, lines.height, 3)
    assert alike(pack_lines(lines, roll).some(rows), pack_lines(lines[rows], roll))


def test_no_lines_are_packed_as_none(small_roll: SmallRoll, lines: pl.DataFrame) -> None:
    packed = pack_lines(lines.clear(), small_roll([person("Bo Oak", "1 Oak St")]))
    assert [len(getattr(packed, each.name)) for each in fields(Lines)] == [0] * len(fields(Lines))


def test_what_is_found_does_not_hang_on_packing_the_sample_ahead(
    small_roll: SmallRoll, lines: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    roll = small_roll([person(name, f"{at} Oak St") for at, name in enumerate(NAMES)])
    usual = find(lines, roll)
    monkeypatch.setattr(sys.modules["ballotworthy.match.find"], "APART", 0)
    ahead = find(lines, roll)
    assert ahead.beliefs == usual.beliefs
    for name in ("lines", "readings", "records", "weights", "sums", "looked", "read"):
        assert np.array_equal(getattr(ahead, name), getattr(usual, name)), name
