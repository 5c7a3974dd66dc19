"""Careless transcribers are told apart by their own lines, and the column that names them is known by its headings."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from ballotworthy.match import Matches, evidence, find, ranked, weigh_pairs
from ballotworthy.match.snapshots import ranked_in
from ballotworthy.match.transcribers import careless_lines, careless_sheets
from ballotworthy.match.waterfall import waterfalls
from ballotworthy.petition import read_lines
from ballotworthy.roll import Roll, build_roll, open_roll, read_voters
from unlike.every import make
from unlike.simulator import ON

WHO = {"village": "transcriber", "metro": "keyed_by", "suburb": "operator"}


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, Roll, Matches]:
    """A suburb of 1,000 lines keyed at eight desks, one of them careless or more; found with what is told of desks."""
    folder = tmp_path_factory.mktemp("keyed")
    world = make("suburb", "careless transcribers", 1, 6_000, 1_000, "tests")
    world.roll.write_csv(folder / "roll.csv")
    world.lines.write_csv(folder / "lines.csv")
    build_roll(read_voters(folder / "roll.csv", taken_on=ON), folder / "x.roll")
    roll = open_roll(folder / "x.roll")
    lines = read_lines(folder / "lines.csv", latest=ON).frame
    return lines, roll, find(lines, roll)


@pytest.mark.parametrize("heading", ["transcriber", "Keyed by", "operator", "Batch"])
def test_the_column_is_known_by_its_headings(heading: str, tmp_path: Path) -> None:
    (tmp_path / "lines.csv").write_text(f"name,{heading}\nAnn Kerr,T1\n")
    assert read_lines(tmp_path / "lines.csv", latest=ON).frame["transcriber"].to_list() == ["T1"]


def test_the_desk_that_slips_is_named_and_no_other(keyed: tuple[pl.DataFrame, Roll, Matches]) -> None:
    lines, _, found = keyed
    assert found.careless is not None
    named = set(lines["transcriber"].filter(pl.Series(found.careless)))
    assert "desk 2" in named
    assert len(named) <= 3


def test_their_slips_weigh_less_against_a_voter(keyed: tuple[pl.DataFrame, Roll, Matches]) -> None:
    lines, roll, found = keyed
    assert found.careless is not None
    alike = find(lines.drop("transcriber", "sheet"), roll)
    assert alike.careless is None
    apart = found.weights[found.careless, 0] - alike.weights[found.careless, 0]
    levels, bits = weigh_pairs(found, roll, 0)
    assert np.median(apart[(levels[found.careless, 0] == 5)]) > 0  # last name differs by one slip
    assert np.allclose(bits.sum(axis=1), found.weights[:, 0], atol=0.6)
    assert evidence(levels, bits).len() == lines.height


def test_where_all_are_alike_nobody_is_set_apart(keyed: tuple[pl.DataFrame, Roll, Matches]) -> None:
    lines, roll, found = keyed
    dealt = pl.Series("transcriber", [f"T{at % 8}" for at in range(lines.height)])
    assert not careless_lines(found, dealt, roll).any()
    assert not careless_lines(found, dealt.clear(lines.height), roll).any()


def test_where_no_column_names_the_desks_their_sheets_tell_them(keyed: tuple[pl.DataFrame, Roll, Matches]) -> None:
    lines, roll, found = keyed
    bare = find(lines.drop("transcriber"), roll)
    assert bare.careless is not None
    assert found.careless is not None
    assert (bare.careless & found.careless).sum() > 0.8 * found.careless.sum()
    assert (bare.careless & ~found.careless).sum() < 0.1 * lines.height


def test_sheets_of_hands_that_are_alike_are_not_set_apart(keyed: tuple[pl.DataFrame, Roll, Matches]) -> None:
    lines, roll, found = keyed
    dealt = pl.Series("sheet", [str(at % 40) for at in range(lines.height)])
    assert not careless_sheets(found, dealt, roll).any()
    assert not careless_sheets(found, dealt.clear(lines.height), roll).any()
    assert not careless_sheets(found, pl.Series("sheet", [str(at) for at in range(lines.height)]), roll).any()


def test_the_weights_that_are_told_add_up_to_the_weight_of_the_voter(
    keyed: tuple[pl.DataFrame, Roll, Matches],
) -> None:
    lines, roll, found = keyed
    assert found.careless is not None
    for table in (ranked(lines, roll, found), ranked_in(lines, [roll], [found], np.zeros(lines.height, int))):
        told = table.filter(pl.col("voter_id").is_not_null())
        weights = told["evidence"].str.extract_all(r"\([+-][\d.]+\)")
        added = weights.list.eval(pl.element().str.strip_chars("()").cast(pl.Float64)).list.sum()
        assert (added - told["weight"]).abs().max() < 0.6
    line = int(np.flatnonzero(found.careless & (found.records[:, 0] >= 0))[0])
    best = waterfalls(found, roll, line)[0]
    assert sum(step.weight for step in best.compared) == pytest.approx(found.weights[line, 0], abs=1e-6)
