"""Every place: its voter file's columns are found, its sample of ten invented voters reads and builds."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from ballotworthy.files.places import place_codes, place_file
from ballotworthy.roll import build_roll, look_up, open_roll, read_voters
from ballotworthy.roll.fields import FIELDS
from ballotworthy.roll.place_format import place_format

DAY = dt.date(2020, 12, 31)
WITH_ROLL = [place for place in place_codes() if place_file(place, "law.toml").with_name("roll.toml").is_file()]


@pytest.mark.parametrize("place", place_codes())
def test_roll_toml_names_known_fields_only(place: str) -> None:
    known = place_format(place)
    assert set(known.columns) <= set(FIELDS)
    assert set(known.values) <= set(FIELDS)


@pytest.mark.parametrize("place", WITH_ROLL)
def test_the_sample_roll_reads_with_the_columns_of_its_place(place: str) -> None:
    voters = read_voters(place_file(place, "roll-sample.csv"), taken_on=DAY, place=place)
    assert voters.frame.height == 10
    assert voters.frame["last_name"].null_count() == 0
    assert set(voters.frame["status"]) <= {"active", "inactive", "cancelled"}
    headings = set(tomllib.loads(place_file(place, "roll.toml").read_text("utf-8"))["columns"].values())
    assert set(voters.columns.values()) & headings


@pytest.mark.parametrize("place", WITH_ROLL)
def test_every_voter_of_the_sample_roll_is_found_by_name(place: str, tmp_path: Path) -> None:
    voters = read_voters(place_file(place, "roll-sample.csv"), taken_on=DAY, place=place)
    build_roll(voters, tmp_path / "x.roll", place=place)
    roll = open_roll(tmp_path / "x.roll")
    for row, (last, first) in enumerate(voters.frame.select("last_name", "first_name").iter_rows()):
        assert row in {one.row for one in look_up(roll, f"{last.split()[-1]} {first}")}, place


def test_a_place_without_roll_toml_has_the_common_headings_only() -> None:
    without = sorted(set(place_codes()) - set(WITH_ROLL))
    assert [place for place in without if place_format(place) != place_format(None)] == []


def test_county_codes_of_california_become_the_names_of_its_counties() -> None:
    voters = read_voters(place_file("us-ca", "roll-sample.csv"), taken_on=DAY, place="us-ca")
    assert voters.frame["county"].to_list()[:5] == ["Fresno", "Alameda", "Alameda", "Placer", "Los Angeles"]
