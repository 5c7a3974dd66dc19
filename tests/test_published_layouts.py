"""Ten invented voters in every register's published layout are read as a careful clerk reads them."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import ballotworthy as bw
from ballotworthy.errors import FileFaults
from ballotworthy.roll import read_voters
from ballotworthy.roll.records import pack_people
from ballotworthy.roll.registers import registers
from checked import run
from invented_registers import DAY
from published_layouts import BORN, CITY, DISTRICT, LAYOUTS, PEOPLE, SINCE, Layout, made

NAMES = {one.code: one.name for one in registers()}
PARTS = {"unit": "unit", "city": "city", "zip": "zip", "birth": "born", "middle": "middle", "suffix": "suffix"}
"""Parts of a record that a layout may lack, with the word that its cells hold them by."""
BITS = ("last_bits", "first_bits")
DOORS = ("va", "ct", "tx", "van", "mi-fixed", "ak-inactive")
"""With headings, without, of fixed width, in UTF-16, with a code that is asked: through both doors."""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> np.ndarray:
    """Give the same ten voters as a plain table packs them."""
    path = tmp_path_factory.mktemp("plain") / "roll.csv"
    rows = ["last_name,first_name,middle_name,suffix,address,city,zip,birth_date"]
    for one in PEOPLE:
        home = ",," if one.hidden else f"{one.line},{CITY},{one.zip}"
        rows.append(f"{one.last},{one.first},{one.middle},{one.suffix},{home},{BORN}")
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return pack_people(read_voters(path, taken_on=DAY).frame)


def said(layout: Layout) -> Mapping[str, str]:
    """Give the standing of the codes that must be asked."""
    codes = layout.status or {}
    return dict.fromkeys(codes.get("asked", ()), codes.get("said", ""))


def days(voters: pl.DataFrame, *names: str) -> set[dt.date | int]:
    """Give what these columns hold, where they are there."""
    return {each for name in names if name in voters.columns for each in voters[name].drop_nulls()}


def wrong(layout: Layout, voters: pl.DataFrame, plain: np.ndarray) -> dict[str, list[str]]:
    """Give the parts of a record that are not the plain table's, each with the voters of whom they are not."""
    left_out = {part for part, word in PARTS.items() if not layout.holds(word)} | set(BITS)
    left_out -= {"unit"} if layout.holds("line") or layout.holds("unitline") else set()
    left_out |= {"birth"} if layout.year_alone else set()
    found = pack_people(voters)
    return {
        part: [one.last for one, is_so in zip(PEOPLE, same, strict=True) if not is_so]
        for part in plain.dtype.names or ()
        if part not in left_out
        and not np.all(same := (found[part] == plain[part]).reshape(len(PEOPLE), -1).all(axis=1))
    }


@pytest.mark.parametrize("code", LAYOUTS)
def test_ten_voters_of_a_published_layout_are_read_as_a_clerk_reads_them(
    tmp_path: Path, plain: np.ndarray, code: str
) -> None:
    layout = LAYOUTS[code]
    (tmp_path / "voters.txt").write_bytes(made(layout))
    read = read_voters(tmp_path / "voters.txt", taken_on=DAY, statuses=said(layout))
    assert NAMES[layout.register] in " ".join(read.remarks)
    voters = read.frame
    assert voters["last_name"].to_list() == [one.last for one in PEOPLE]
    given = pl.concat_str("^(first|middle)_name$", separator=" ", ignore_nulls=True)
    assert voters.select(given).to_series().to_list() == [one.joined("first", "middle") for one in PEOPLE]
    assert voters["status"].to_list() == [layout.standing(one) for one in PEOPLE]
    assert days(voters, "registration_date") == ({SINCE} if layout.holds("since") else set())
    born = {BORN.year} if layout.year_alone else {BORN}
    assert days(voters, "birth_date", "birth_year") == (born if layout.holds("born") else set())
    kept = [name for name in voters.columns if set(voters[name]) == {DISTRICT}]
    assert bool(kept) is layout.holds("district")
    assert not layout.county or set(voters["county"]) == {layout.county}
    assert wrong(layout, voters, plain) == {}


@pytest.mark.parametrize("code", DOORS)
def test_a_published_layout_is_the_same_roll_by_the_command_line_and_by_python(tmp_path: Path, code: str) -> None:
    layout, file = LAYOUTS[code], tmp_path / "voters.txt"
    file.write_bytes(made(layout))
    asked = ["roll", "build", file, "--taken-on", DAY, "-o", tmp_path / "x.roll"]
    if said(layout):
        assert run(*asked)[0] != 0
    done, told = run(*asked, *(word for pair in said(layout).items() for word in ("--status", "=".join(pair))))
    assert done == 0, told
    assert NAMES[layout.register].split(" ")[-1] in told
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        roll = bw.build_roll(file, tmp_path / "y.roll", taken_on=DAY, statuses=said(layout))
    voters = roll.voters.collect()
    assert voters.equals(bw.open_roll(tmp_path / "x.roll").voters.collect())
    assert voters["last_name"].to_list() == [one.last for one in PEOPLE]


def test_every_register_has_ten_voters_in_its_published_layout() -> None:
    assert {layout.register for layout in LAYOUTS.values()} == set(NAMES)


def test_a_year_of_two_digits_is_refused_and_not_guessed(tmp_path: Path) -> None:
    text = made(LAYOUTS["va"]).decode().replace("02/13/1980", "02/13/80")
    (tmp_path / "voters.txt").write_text(text, "utf-8")
    with pytest.raises(FileFaults, match="has no year of four digits"):
        read_voters(tmp_path / "voters.txt", taken_on=DAY)


ONCE = {"N MAIN ST": "MAIN", "MAIN ST": "MAIN", "MAIN": "MAIN", "N": "N", "ST ANN": "ST ANN"}


@pytest.mark.parametrize(("written", "expected"), ONCE.items())
def test_a_street_that_repeats_its_direction_or_type_has_them_once(tmp_path: Path, written: str, expected: str) -> None:
    """Georgia's file of 2023 writes some streets so (reggie/ingestion/preprocessor/georgia_preprocessor.py)."""
    text = made(LAYOUTS["ga"]).decode().replace(",12,N,MAIN,ST,,3,", f",12,N,{written},ST,,3,")
    (tmp_path / "voters.txt").write_text(text, "utf-8")
    assert read_voters(tmp_path / "voters.txt", taken_on=DAY).frame["street_name"][0] == expected
