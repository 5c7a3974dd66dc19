"""Status codes: read by what is said of them, by the register's table, by plain words, and never guessed."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.errors import InputError, UnknownName
from ballotworthy.roll.registers import registers
from ballotworthy.roll.statuses import ASK, EMPTY, STANDINGS, WORDS, parse_statuses, read_statuses
from checked import SHARED, run

HEAD = "voter_id,last_name,first_name,status,address,city,zip\n"


def standing_of(code: str | None, given: dict[str, str] | None = None, **known: str) -> str | None:
    """Give the standing of a voter with this code beside an active one; None where the code is refused."""
    read = read_statuses(pl.Series("status", [code, "Active"], dtype=pl.String), "S", given or {}, known)
    return None if read.fault else read.standing[0]


def roll_of(folder: Path, *codes: str) -> Path:
    rows = [f"{at},AMES,OTTO,{code},{at} OAK ST,Reno,89501\n" for at, code in enumerate(codes, 1)]
    (folder / "roll.csv").write_text(HEAD + "".join(rows))
    return folder / "roll.csv"


def build(folder: Path, roll: Path, *options: object) -> tuple[int, str]:
    return run("roll", "build", roll, "--taken-on", "2026-06-30", "-o", folder / "x.roll", *options)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("A", "active"), ("active", "active"), ("REGISTERED", "active"), ("I", "inactive"), ("Inactive", "inactive"),
        ("Inactive - NCOA", "inactive"), ("INACTIVE CONFIRMATION", "inactive"), ("C", "cancelled"),
        ("Canceled", "cancelled"), ("CANCELLED: moved", "cancelled"), ("Removed", "cancelled"), ("PURGED", "cancelled"),
        ("Deceased", "cancelled"), ("Pending", "pending"), ("DENIED", "pending"), ("not registered", "pending"),
        ("Not-Eligible", "pending"), ("Pre-Registered", "pending"), ("Incomplete", "pending"),
        # what may mean several things is asked
        ("P", None), ("S", None), ("R", None), ("D", None), ("V", None), ("17", None), ("CH", None), ("NR", None),
        ("Challenged", None), ("Confirmed", None), ("Current", None), ("Suspense", None), ("Inactive, cancelled", None),
        ("Cancelled, pending", None), ("Removed - reinstated", None), ("Inactive (not removed)", None),
        ("Active - pending cancellation", None), ("Active?", None), ("A?", None), ("active*", None),
        ("Cancelled?", None), ("Cancelled*", "cancelled"), (None, None), ("NULL", None),
    ],
)  # fmt: skip
def test_a_code_is_read_only_where_it_means_one_thing(code: str | None, expected: str | None) -> None:
    assert standing_of(code) == expected


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_no_unknown_text_is_ever_active(text: str) -> None:
    words = " ".join("".join(each if each.isalnum() else " " for each in text.lower()).split())
    assert standing_of(text) != "active" or WORDS.get(words) == "active"


def test_what_is_said_wins_over_the_register_and_that_over_words() -> None:
    assert standing_of("C") == "cancelled"
    assert standing_of("C", C="inactive") == "inactive"
    assert standing_of("C", {"c": "pending"}, C="inactive") == "pending"
    assert standing_of("C", C=ASK) is None
    assert standing_of("p-17", {"p 17": "pending"}) == "pending"
    assert standing_of(None, {EMPTY: "inactive"}) == "inactive"


def test_no_register_held_contradicts_what_a_word_or_letter_is_read_as() -> None:
    found = {
        (one.code, code): (WORDS[code.lower()], standing)
        for one in registers()
        for code, standing in one.values.get("status", {}).items()
        if code.lower() in WORDS and standing not in (ASK, WORDS[code.lower()])
    }
    assert found == {}


def test_the_standings_of_registers_are_known_ones() -> None:
    said = {meaning for one in registers() for meaning in one.values.get("status", {}).values()}
    assert said <= {*STANDINGS, ASK}


@pytest.mark.parametrize("pairs", [["P"], ["P="], ["=active"], ["P=active", "p = pending"], [""]])
def test_another_form_than_code_and_standing_is_refused(pairs: list[str]) -> None:
    with pytest.raises(InputError, match="CODE=STANDING, each code once"):
        parse_statuses(pairs)


def test_another_standing_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="Known: active, inactive, cancelled, pending"):
        parse_statuses(["P=purged"])


def test_unknown_codes_are_refused_with_their_numbers_and_nothing_is_written(tmp_path: Path) -> None:
    code, said = build(tmp_path, roll_of(tmp_path, "ACTIVE", "P", "P", "NR", "17"))
    assert (code, (tmp_path / "x.roll").exists()) == (2, False)
    assert "column status: 3 of its 4 codes are not known: P (2), 17 (1), NR (1)." in said
    assert "--status P=STANDING, where STANDING is active, inactive, cancelled or pending" in said
    assert "Known here: ACTIVE = active (1)" in said


def test_mapped_codes_are_read_and_counted(tmp_path: Path) -> None:
    roll = roll_of(tmp_path, "ACTIVE", "P", "P", "NR", "")
    said = [each for pair in ("P=cancelled", "NR=pending", "empty=inactive") for each in ("--status", pair)]
    code, told = build(tmp_path, roll, *said, "--json")
    assert code == 0, told
    assert json.loads(told)["statuses"] == {"P": 2, "ACTIVE": 1, "NR": 1, "empty": 1}
    voters = pl.read_ipc(tmp_path / "x.roll/voters.arrow")
    assert voters["status"].to_list() == ["active", "cancelled", "cancelled", "pending", "inactive"]


def test_a_column_that_is_no_status_is_told_as_that_and_no_cell_of_it(tmp_path: Path) -> None:
    code, said = build(tmp_path, roll_of(tmp_path, *(f"Quill{at}" for at in range(100))))
    assert code == 2
    assert "100 different texts, too many for a status" in said
    assert "Quill1" not in said


def test_an_empty_column_is_told_like_a_missing_one(tmp_path: Path) -> None:
    code, said = build(tmp_path, roll_of(tmp_path, "", ""))
    assert code == 0
    assert "no cell of the status column holds a status: every voter counts as active" in said


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the cases are not at {SHARED}")
def test_case_03_the_codes_of_real_registers_are_refused_until_they_are_said(tmp_path: Path) -> None:
    case = SHARED / "03-status-codes-read-as-active"
    code, said = build(tmp_path, case / "roll.csv")
    assert code == 2
    assert all(f"{unknown} (1)" in said for unknown in ("P", "NR", "PRE", "17", "P-17", "INA"))
    told = ["P=cancelled", "NR=pending", "PRE=pending", "17=pending", "P-17=pending", "INA=inactive"]
    code, said = build(tmp_path, case / "roll.csv", *(each for pair in told for each in ("--status", pair)))
    assert code == 0, said
    asked = ["--roll", tmp_path / "x.roll", "--place", "zz-example", "--kind", "initiative", "--on", "2026-06-30"]
    code, said = run("check", case / "lines.csv", *asked, "-o", tmp_path / "out")
    assert code == 0, said
    lines = pl.read_csv(tmp_path / "out/lines.csv", infer_schema=False)
    assert lines["outcome"].to_list() == ["valid", "unresolved", *["invalid"] * 8, "valid"]  # the second has no day


def test_a_code_is_known_however_it_was_written_and_a_standing_that_is_none_is_refused() -> None:
    cells = pl.Series("status", ["CONFIRMATION", "I", "ACTIVE"], dtype=pl.String)
    read = read_statuses(cells, "S", {"CONFIRMATION": "inactive", "I": "cancelled"}, {"I": "inactive"})
    assert (read.standing.to_list(), read.fault) == (["inactive", "cancelled", "active"], None)
    with pytest.raises(UnknownName):
        read_statuses(cells, "S", {"confirmation": "purged"}, {})
