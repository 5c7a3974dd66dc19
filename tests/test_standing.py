"""Whoever is not a registered voter on the day is not valid anywhere, whatever grounds the place's law lists."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ballotworthy.check import Check, check, result
from ballotworthy.law import read_law, rules_on
from ballotworthy.law.shapes import OFF_THE_ROLL
from ballotworthy.check.standing import GROUNDS
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters

ON = dt.date(2026, 6, 30)
KINDS = {"us-mi": "amendment", "us-wa": "initiative", "us-co": "statute", "us-fl": "amendment", "us-az": "initiative",
         "us-mo": "statute", "us-ma": "statute", "us-md": "referendum", "us-ca": "amendment", "us-dc": "initiative",
         "zz-example": "initiative"}  # fmt: skip
"""The places that judge lines, and a kind of petition of each."""
VOTER = {"voter_id": "1", "last_name": "Ames", "first_name": "Otto", "registration_date": "2004-01-01",
         "birth_date": "1970-01-01", "status": "active", "status_date": None, "address": "4 Old Rd", "city": "Reno",
         "zip": "89501", "county": "Washoe"}  # fmt: skip
OTHERS = [
    {**VOTER, "voter_id": "2", "last_name": "Brace", "first_name": "Iris", "address": "40 Elm Ave"},
    {**VOTER, "voter_id": "3", "last_name": "Corby", "first_name": "Lena", "address": "7 Bay Rd", "county": "Elko"},
]
LINE = {"name": "Otto Ames", "address": "4 Old Rd", "city": "Reno", "zip": "89501", "county": "Washoe",
        "signed_on": "2026-05-01"}  # fmt: skip


def run(folder: Path, place: str, line: dict[str, Any], **voter: Any) -> Check:
    pl.DataFrame([{**VOTER, **voter}, *OTHERS], infer_schema_length=None).write_csv(folder / "roll.csv")
    rows = [
        line,
        {**LINE, "name": "Iris Brace", "address": "40 Elm Ave"},
        {**LINE, "name": "Ada Nobody", "address": "9 Low St"},
    ]
    pl.DataFrame([{"sheet": "1", "line": str(at), **row} for at, row in enumerate(rows, 1)]).write_csv(
        folder / "lines.csv"
    )
    build_roll(read_voters(folder / "roll.csv", taken_on=ON), folder / "x.roll")
    rules = rules_on(read_law(place), KINDS[place], ON)
    return check(read_lines(folder / "lines.csv", latest=ON), open_roll(folder / "x.roll"), rules, required=2)


def first(done: Check) -> dict[str, Any]:
    return done.lines.row(0, named=True)


@pytest.mark.parametrize("place", KINDS)
@pytest.mark.parametrize(
    ("ground", "voter"),
    [
        ("cancelled", {"status": "cancelled", "status_date": "2024-01-01"}),
        ("cancelled", {"status": "cancelled"}),
        ("pending", {"status": "pending"}),
        ("registered-late", {"registration_date": "2026-06-30"}),
        ("under-age", {"birth_date": "2008-07-01"}),
        ("under-age", {"birth_date": None, "birth_year": "2009"}),
    ],
)
def test_a_voter_who_is_not_on_the_roll_on_the_day_is_invalid_in_every_place(
    tmp_path: Path, place: str, ground: str, voter: dict[str, Any]
) -> None:
    done = run(tmp_path, place, LINE, **voter)
    line = first(done)
    if ground == "registered-late" and (done.rules.as_of is None or done.rules.as_of.value != "signing"):
        assert line["outcome"] == "valid"  # registered on the day of filing, which is the day that place goes by
        return
    assert (line["outcome"], line["voter_id"]) == ("invalid", "1")
    named = ground in done.rules.reasons
    assert line["reason"] == (ground if named else "not-registered")
    notes = [note for note in result(done)["notes"] if "Not registered voters on the day" in note]
    assert bool(notes) != named
    assert named or (GROUNDS[ground] in notes[0] and GROUNDS[ground] in line["evidence"])
    assert done.lines["outcome"].to_list()[1:] == ["valid", "invalid"]


@pytest.mark.parametrize("place", KINDS)
@pytest.mark.parametrize(
    "voter",
    [
        {"status": "cancelled", "status_date": "2026-06-30"},
        {"registration_date": "2026-05-01"},
        {"birth_date": "2008-05-01"},
        {"birth_date": None, "birth_year": "2008"},
        {"birth_date": None},
        {"registration_date": None},
    ],
)  # fmt: skip
def test_who_stood_on_the_roll_on_the_day_is_valid(tmp_path: Path, place: str, voter: dict[str, Any]) -> None:
    done = run(tmp_path, place, LINE, **voter)
    as_of_filing = done.rules.as_of is None or done.rules.as_of.value != "signing"
    gone = as_of_filing and voter.get("status_date") == "2026-06-30"
    assert first(done)["outcome"] == ("invalid" if gone else "valid")


def test_who_is_registered_elsewhere_counts_only_where_the_law_says_so(tmp_path: Path) -> None:
    told = {}
    for place in KINDS:
        (tmp_path / place).mkdir()
        told[place] = run(tmp_path / place, place, LINE, county="Elko")
    valid = {place for place, done in told.items() if first(done)["outcome"] == "valid"}
    cited = {place for place, done in told.items() if done.rules.counted_though is not None}
    assert valid == cited == {"us-wa", "us-co", "us-fl"}
    assert all(told[place].rules.counted_though.source.cite for place in cited)  # type: ignore[union-attr]


def test_the_grounds_of_the_roll_are_those_that_law_data_may_lift() -> None:
    assert set(OFF_THE_ROLL) == set(GROUNDS)
