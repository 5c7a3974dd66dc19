"""Tables out: no cell that a spreadsheet takes for a formula, and only endings that say what is meant."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.errors import InputError
from ballotworthy.files.cells import check_ending, neutral, write_table
from ballotworthy.files.formulas import neutral_text

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=", "-", "|calc", ";=1", "\uff1d1+1", "\uff0b1"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(tmp_path: Path, cell: str) -> None:
    write_table(pl.DataFrame({"name": [cell], "city": ["Y"]}), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="") as file:
        assert list(csv.reader(file)) == [["name", "city"], ["'" + cell, "Y"]]


@pytest.mark.parametrize("cell", ["Ann", "O'Neil", "a=b", "5-4", "x@y.org", " =1", "'=1", "", "12 Oak St"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert neutral(pl.DataFrame({"name": [cell]}))["name"].to_list() == [cell]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("a;=1+1", "a;'=1+1"), ("a| -1", "a| '-1"), ("a\t@x", "a\t'@x"), ("a; b", "a; b"), ("5|6", "5|6")],
)
def test_a_formula_behind_another_countrys_separator_gets_one_too(cell: str, safe: str) -> None:
    assert neutral(pl.DataFrame({"name": [cell]}))["name"].to_list() == [safe]


def test_a_heading_that_begins_like_a_formula_gets_an_apostrophe(tmp_path: Path) -> None:
    write_table(pl.DataFrame({"=cmd()": ["Ann"], "-": ["Bo"]}), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "'=cmd(),'-\nAnn,Bo\n"


def test_numbers_and_empty_cells_stay_as_they_are(tmp_path: Path) -> None:
    write_table(pl.DataFrame({"weight": [-1.5, None], "name": [None, "Ann"]}), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "weight,name\n-1.5,\n,Ann\n"


def test_parquet_is_written_as_it_is(tmp_path: Path) -> None:
    frame = pl.DataFrame({"=name": FORMULAS})
    write_table(frame, tmp_path / "out.PARQUET")
    assert pl.read_parquet(tmp_path / "out.PARQUET").equals(frame)


@pytest.mark.parametrize("name", ["out", "out.xlsx", "out.csv.gz", ".csv"])
def test_another_ending_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"name a file that ends in \.csv or \.parquet"):
        check_ending(tmp_path / name)
    with pytest.raises(InputError):
        write_table(pl.DataFrame({"name": ["Ann"]}), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.text(st.sampled_from("=+-@\t\r' aé;|"), max_size=4)))
def test_no_neutral_cell_begins_like_a_formula_and_nothing_is_lost(cells: list[str]) -> None:
    safe = neutral(pl.DataFrame({"name": cells}, schema={"name": pl.String}))["name"].to_list()
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in safe)
    assert [new.replace("'", "") for new in safe] == [old.replace("'", "") for old in cells]
    assert [neutral_text(cell) for cell in cells] == safe
