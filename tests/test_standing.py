"""Whoever is not a registered voter on the day is not valid anywhere, whatever grounds the place's law lists."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ballotworthy.check import Check, check, result
from ballotworthy.check.screen_facts import facts_of
from ballotworthy.check.standing import GROUNDS
from ballotworthy.law import read_law, rules_on
from ballotworthy.law.shapes import OFF_THE_ROLL
from ballotworthy.match import find
from ballotworthy.petition import read_lines
from ballotworthy.roll import Roll, build_roll, open_roll, read_voters

ON = dt.date(2026, 6, 30)
SIGNED = "2026-05-01"
KINDS = {"us-mi": "amendment", "us-wa": "initiative", "us-co": "statute", "us-fl": "amendment", "us-az": "statute",
         "us-mo": "statute", "us-ma": "statute", "us-md": "referendum", "us-ca": "amendment", "us-dc": "initiative",
         "zz-example": "initiative"}  # fmt: skip
"""The places that judge lines, and a kind of petition of each."""
PEOPLE: dict[str, tuple[str | None, dict[str, Any]]] = {
    "Otto Ames": ("cancelled", {"status": "cancelled", "status_date": "2024-01-01"}),
    "Iris Brace": ("cancelled", {"status": "Purged", "status_date": SIGNED}),
    "Lena Corby": ("pending", {"status": "Pending"}),
    "Owen Dell": ("registered-late", {"registration_date": "2026-06-29"}),
    "Nora Eddy": ("under-age", {"birth_date": "2008-07-01"}),
    "Hugo Forge": ("under-age", {"birth_date": None, "birth_year": "2009"}),
    "Vera Gant": (None, {"registration_date": SIGNED}),
    "Karl Hull": (None, {"birth_date": "2008-05-01"}),
    "Elsa Ives": (None, {"birth_date": None, "birth_year": "2008"}),
    "Anton Judd": (None, {"birth_date": None, "registration_date": None}),
    "Greta Keel": (None, {}),
    "Bruno Lund": ("out-of-jurisdiction", {"county": "Elko"}),
}
"""What the roll says of each signer, and the ground that follows from it for a line signed on `SIGNED`."""


@pytest.fixture(scope="module")
def roll(tmp_path_factory: pytest.TempPathFactory) -> Roll:
    folder = tmp_path_factory.mktemp("standing")
    rows = []
    for at, (name, (_, facts)) in enumerate(PEOPLE.items(), 1):
        first, last = name.split()
        home = {"address": f"{at * 37} {last} Rd", "city": "Reno", "zip": "89501", "county": "Washoe"}
        register = {"registration_date": "2004-01-01", "status": "active", "status_date": None}
        who = {"voter_id": str(at), "last_name": last, "first_name": first, "birth_date": "1970-01-01"}
        rows.append({**who, "birth_year": None, **home, **register, **facts})
    pl.DataFrame(rows, infer_schema_length=None).write_csv(folder / "roll.csv")
    lines = [
        {"sheet": "1", "line": str(at), "name": name, "address": f"{at * 37} {name.split()[1]} Rd", "city": "Reno",
         "zip": "89501", "county": "Washoe", "signed_on": SIGNED}
        for at, name in enumerate(PEOPLE, 1)
    ]  # fmt: skip
    pl.DataFrame(lines).write_csv(folder / "lines.csv")
    build_roll(read_voters(folder / "roll.csv", taken_on=ON), folder / "x.roll")
    return open_roll(folder / "x.roll")


@pytest.fixture(scope="module", params=KINDS)
def done(request: pytest.FixtureRequest, roll: Roll) -> Check:
    rules = rules_on(read_law(request.param), KINDS[request.param], ON)
    return check(read_lines(roll.path.parent / "lines.csv", latest=ON), roll, rules, required=2)


def grounds(done: Check) -> dict[str, str | None]:
    """Give who falls by what in this place: a place that goes by the day of filing has nobody who registered late."""
    by_filing = done.rules.as_of is None or done.rules.as_of.value != "signing"
    lifted = set(done.rules.counted_though.value) if done.rules.counted_though else set()
    found = {name: None if ground in lifted else ground for name, (ground, _) in PEOPLE.items()}
    return {**found, "Owen Dell": None} if by_filing else found


def test_a_voter_who_is_not_on_the_roll_on_the_day_is_invalid_in_every_place(done: Check) -> None:
    outcomes = dict(zip(PEOPLE, done.lines["outcome"], strict=True))
    assert outcomes == {name: "invalid" if ground else "valid" for name, ground in grounds(done).items()}


def test_the_reason_is_the_places_own_or_else_that_of_no_voter_with_the_voter_and_why(done: Check) -> None:
    for line, (name, ground) in zip(done.lines.iter_rows(named=True), grounds(done).items(), strict=True):
        named = ground in done.rules.reasons
        assert line["reason"] == ("" if ground is None else ground if named else "not-registered"), name
        assert line["standing"] == (ground or "")
        assert line["voter_id"] == line["line"]
        assert ground is None or named or GROUNDS[ground] in line["evidence"]


def test_a_note_counts_those_whose_ground_the_law_does_not_name(done: Check) -> None:
    unnamed = [ground for ground in grounds(done).values() if ground and ground not in done.rules.reasons]
    notes = [note for note in result(done)["notes"] if note.startswith("Not registered voters on the day")]
    assert len(notes) == bool(unnamed)
    assert all(f"{GROUNDS[ground]} ({unnamed.count(ground)})" in notes[0] for ground in unnamed)


def test_only_places_that_say_so_with_a_source_count_who_is_registered_elsewhere() -> None:
    lifting = {place: rules_on(read_law(place), kind, ON).counted_though for place, kind in KINDS.items()}
    assert {place for place, rule in lifting.items() if rule} == {"us-wa", "us-co", "us-fl"}
    assert all(rule.value == ("out-of-jurisdiction",) and rule.source.cite for rule in lifting.values() if rule)


@pytest.mark.parametrize(
    ("first", "later", "expected"),
    [("2001-02-03", "2026-06-01", "unresolved"), ("2026-05-20", "2026-06-01", "invalid"),
     ("no day", "2001-02-03", "valid"), ("2001-02-03", "2026-05-01", "valid")],
)  # fmt: skip
def test_who_registered_anew_after_signing_is_for_a_person(
    tmp_path: Path, first: str, later: str, expected: str
) -> None:
    heads = "id,last_name,first_name,status,Original Registration Date,Registration Date,address,city"
    (tmp_path / "roll.csv").write_text(f"{heads}\n1,Ames,Otto,active,{first},{later},4 Old Rd,Reno\n")
    (tmp_path / "lines.csv").write_text(f"name,address,city,signed_on\nOtto Ames,4 Old Rd,Reno,{SIGNED}\n")
    build_roll(read_voters(tmp_path / "roll.csv", taken_on=ON), tmp_path / "x.roll")
    rules = rules_on(read_law("us-mi"), "amendment", ON)
    done = check(read_lines(tmp_path / "lines.csv", latest=ON), open_roll(tmp_path / "x.roll"), rules, required=2)
    assert done.lines["outcome"].to_list() == [expected]


def test_a_cancellation_after_the_day_of_signing_does_not_take_a_line_back(tmp_path: Path) -> None:
    text = "id,last_name,first_name,status,status_date,address,city\n1,Ames,Otto,cancelled,2026-05-02,4 Old Rd,Reno\n"
    (tmp_path / "roll.csv").write_text(text)
    (tmp_path / "lines.csv").write_text(f"name,address,city,signed_on\nOtto Ames,4 Old Rd,Reno,{SIGNED}\n")
    build_roll(read_voters(tmp_path / "roll.csv", taken_on=ON), tmp_path / "x.roll")
    rules = rules_on(read_law("us-mi"), "amendment", ON)
    done = check(read_lines(tmp_path / "lines.csv", latest=ON), open_roll(tmp_path / "x.roll"), rules, required=2)
    assert done.lines["outcome"].to_list() == ["valid"]


def test_the_grounds_of_the_roll_are_those_that_law_data_may_lift() -> None:
    assert set(OFF_THE_ROLL) == set(GROUNDS)


FLAGS = [
    ("Active", "N", "Y"), ("Voter Eligible", "no", ""), ("Inactive", "Yes", "No"), ("Challenged", "X", ""),
    ("Under 18", "Y", "N"), ("Age", "17", "71"), ("Cancelled", "Y", "N"),
    ("Voter Type", "Federal Only", "Regular"), ("State Stat", "Purged", "A"),
]  # fmt: skip
"""A heading that is not read, what says under it that a voter may not count, and what does not."""


@pytest.mark.parametrize(("heading", "against", "other"), FLAGS)
def test_a_mark_under_a_heading_that_is_not_read_leaves_a_voter_in_doubt(
    tmp_path: Path, heading: str, against: str, other: str
) -> None:
    text = f"id,last_name,first_name,address,{heading}\n1,Ames,Otto,4 Old Rd,{against}\n2,Brace,Iris,5 Old Rd,{other}\n"
    (tmp_path / "roll.csv").write_text(text)
    read = read_voters(tmp_path / "roll.csv", taken_on=ON)
    assert [f"under {heading} that this" in each for each in read.frame["doubt"]] == [True, False]
    assert any(f" by {heading}, which is not used: 1, the first on line 2." in each for each in read.remarks)


LEFT_OPEN = [
    ("Ames", "cancelled,,2004-01-01,1970-01-01", "cancelled on the roll, which does not tell since when"),
    ("Brace", "active,,2004-01-01,2008-02-29", "came of age on 28 February or on 1 March"),
    ("Corby (DECEASED)", "active,,2004-01-01,1970-01-01", "a remark in the name or address"),
    ("Dell", "active,2026-01-05,2004-01-01,1970-01-01", "the roll has a day for this voter under Cancel Date"),
    ("Eddy", "inactive,,2004-01-01,1970-01-01,Deceased", "says under Status Reason that this registration may have"),
]
FINE = [
    ("Forge", "active,,,1970-01-01", "the roll has no day of registration"),
    ("Gant", "active,2003-01-05,2004-01-01,1970-01-01", ""),
    ("Hull", "inactive,,2004-01-01,1970-01-01,Undeliverable mail: moved", ""),
    ("Movedale", "active,,2004-01-01,1970-01-01,Verified", ""),
]
"""Last name on the roll; status, day of cancellation, of registration and of birth, reason; what the evidence says."""


def doubted(folder: Path, taken_on: dt.date) -> Check:
    rows = [f"{at},{last},Otto,{at * 37} Old Rd,Reno,{facts}{',' * (facts.count(',') < 4)}"
            for at, (last, facts, _) in enumerate(LEFT_OPEN + FINE, 1)]  # fmt: skip
    lines = [f"Otto {last.split()[0].title()},{at * 37} Old Rd,Reno,2026-02-28"
             for at, (last, _, _) in enumerate(LEFT_OPEN + FINE, 1)]  # fmt: skip
    heads = "id,last_name,first_name,address,city,status,Cancel Date,registered,born,Status Reason"
    (folder / "roll.csv").write_text("\n".join([heads, *rows]))
    (folder / "lines.csv").write_text("\n".join(["name,address,city,signed_on", *lines]))
    voters = read_voters(folder / "roll.csv", taken_on=taken_on)
    build_roll(voters, folder / "x.roll")
    told = [f"Warning: voters {words}" for words in (
        "cancelled without a day of cancellation: 1.", "without a day of registration: 1.",
        "not cancelled in whose name or address a remark stands, such as DECEASED or MOVED: 1, the first on line 4.",
        "not cancelled who have a day under Cancel Date: 1, the first on line 5.",
        "not cancelled whose registration may have ended by Status Reason, which is not used: 1, the first on line 6.",
    )]  # fmt: skip
    assert [each for each in told if not any(one.startswith(each) for one in voters.remarks)] == []
    assert not any(last.split()[0] in one for one in voters.remarks for last, _, _ in LEFT_OPEN)
    rules = rules_on(read_law("us-mi"), "amendment", ON)
    return check(read_lines(folder / "lines.csv", latest=ON), open_roll(folder / "x.roll"), rules, required=2)


def test_what_the_roll_does_not_tell_of_a_voter_is_for_a_person_and_what_is_lost_of_old_is_said(tmp_path: Path) -> None:
    done = doubted(tmp_path, ON)
    found = done.lines
    expected = [("unresolved", "unclear")] * len(LEFT_OPEN) + [("valid", "")] * len(FINE)
    assert list(zip(found["outcome"], found["reason"], strict=True)) == expected
    matches, circulated = find(done.petition.frame, done.roll), found.with_columns(circulator=pl.lit("C"))
    facts = facts_of(done.petition, done.roll, matches, circulated)
    assert facts.gone.tolist() == [True] + [False] * (len(expected) - 1)
    assert found["probability"][0] == pytest.approx(0.1, abs=0.02)  # registers keep who is cancelled for years
    assert found["voter_id"].to_list() == [str(at) for at in range(1, len(expected) + 1)]
    for words, evidence in zip([each[2] for each in LEFT_OPEN + FINE], found["evidence"], strict=True):
        assert words in evidence


def test_who_is_cancelled_on_a_roll_taken_before_the_signing_was_cancelled_then(tmp_path: Path) -> None:
    found = doubted(tmp_path, dt.date(2026, 2, 28)).lines
    assert (found["outcome"][0], found["standing"][0]) == ("invalid", "cancelled")
    assert "no day of registration" not in found["evidence"][len(LEFT_OPEN)]
