"""What `roll build` tells of each register's columns is true: what is said to be read is, and nothing else is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ballotworthy.errors import FileFaults
from ballotworthy.files.columns import columns_told
from ballotworthy.roll import Voters, read_voters
from ballotworthy.roll.registers import Register
from checked import run
from invented_registers import DAY, FIXED, HEADED, HEADLESS, fixed, headed, unheaded

Rows = list[list[str]]


def rows_of(register: Register) -> Rows:
    """Give the cells of a headed file of the register, its headings first; a half behind the first house number."""
    rows = [line.split("\t") for line in headed(register).splitlines()]
    joined = {name for names in register.joined.values() for name in names}
    for at, heading in enumerate(rows[0]):
        if heading in {*register.fractions, *joined}:
            rows[1][at] = "1/2"
    return [[*rows[0], "Party", "Park District"], *([*row, "UNA", "3"] for row in rows[1:])]


def read(folder: Path, rows: Rows) -> Voters:
    text = "".join("\t".join(row) + "\n" for row in rows)
    (folder / "roll.txt").write_text(text, "utf-8")
    return read_voters(folder / "roll.txt", taken_on=DAY)


def changed(rows: Rows, heading: str, text: str) -> Rows:
    at = rows[0].index(heading)
    return [rows[0], *([*row[:at], text, *row[at + 1 :]] for row in rows[1:])]


def told(voters: Voters) -> tuple[set[str], set[str]]:
    """Give the headings told as read, alone, joined or kept, and those told as not used."""
    joined = {name for names in voters.joined.values() for name in names}
    return {*voters.columns.values(), *joined, *voters.kept}, set(voters.unused)


@pytest.mark.parametrize("register", HEADED, ids=lambda one: one.code)
def test_every_column_is_told_as_read_or_not_used_and_that_is_so(tmp_path: Path, register: Register) -> None:
    rows = rows_of(register)
    voters = read(tmp_path, rows)
    used, unused = told(voters)
    assert used | unused == set(rows[0])
    assert not used & unused
    other = rows
    for heading in unused:
        other = changed(other, heading, "W7")
    assert read(tmp_path, other).frame.equals(voters.frame)
    for heading in sorted(used - set(voters.columns.values())):
        assert differs(tmp_path, changed(rows, heading, "W7"), voters), heading


def differs(folder: Path, rows: Rows, voters: Voters) -> bool:
    try:
        return not read(folder, rows).frame.equals(voters.frame)
    except FileFaults:
        return True


@pytest.mark.parametrize("register", [*HEADLESS, *FIXED], ids=lambda one: one.code)
def test_every_cell_without_a_heading_is_told_as_read_or_not_used(tmp_path: Path, register: Register) -> None:
    make: Callable[[Register], str] = unheaded if register.headless else fixed
    (tmp_path / "roll.txt").write_text(make(register), "utf-8")
    voters = read_voters(tmp_path / "roll.txt", taken_on=DAY)
    used, unused = told(voters)
    assert not used & unused
    if register.fractions and register.fractions[-1][0] in "#c":
        assert voters.joined["house_number"] == register.fractions[-1:]
    if register.headless:
        assert len(used | unused) == register.headless.cells


def test_rows_with_empty_or_equal_cells_above_which_nothing_stands_are_told_with_what_to_do(tmp_path: Path) -> None:
    rows = "17\tQUILL\tANNA\t\t\t12 N MAIN ST\tA\n18\tTARN\tBORIS\t\t\t7 ELM AVE\tA\n"
    (tmp_path / "voters.txt").write_text(rows, "utf-8")
    code, said = run("roll", "build", tmp_path / "voters.txt", "--taken-on", "2026-06-30", "-o", tmp_path / "x.roll")
    assert (code, "its layout is not known here" in said) == (2, True)
    assert "give --no-heading and say by number" in said


def test_headings_in_words_not_known_here_are_told_of_map_which_then_reads_them(tmp_path: Path) -> None:
    (tmp_path / "voters.csv").write_text("Nr,Familie,Vorname\n1,Quill,Anna\n", "utf-8")
    asked = ("roll", "build", tmp_path / "voters.csv", "--taken-on", "2026-06-30", "-o", tmp_path / "x.roll")
    code, said = run(*asked)
    assert (code, "say what is what with --map last_name=HEADING" in said, "Quill" in said) == (2, True, False)
    code, said = run(*asked, "--map", "last_name=Familie", "--map", "first_name=Vorname", "--map", "voter_id=Nr")
    assert (code, "1 voter" in said) == (0, True)


def test_headings_that_are_read_together_are_told_together() -> None:
    said = columns_told({"house_number": "RegStNum"}, ["Party"], {"house_number": ["RegStFrac"]}, ["Park District"])
    assert said[0] == "Read house_number from RegStNum and RegStFrac."
    assert said[1] == "Kept under their own names, as districts: Park District."
    assert said[2].startswith("Not used: Party.")


BRITISH = "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,Elector DOB,Elector Surname"
TAKEN = dt.date(2026, 6, 30)


def electors(folder: Path, *days: str, given: Sequence[str] = ()) -> Voters:
    """Read a British register of electors with these days."""
    rows = [f"AB1,{at},0,,{day},QUILL,ANNA,SY4 1AB,12,HIGH ST,MILLBROOK" for at, day in enumerate(days, 1)]
    head = f"{BRITISH},Elector Forename,PostCode,Address1,Address2,Address3"
    (folder / "uk.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return read_voters(folder / "uk.csv", taken_on=TAKEN, given=dict.fromkeys(given, "Elector DOB"))


def test_who_comes_of_age_counts_from_the_day_in_the_entry(tmp_path: Path) -> None:
    voters = electors(tmp_path, "", "13/02/2027", "30/06/2026", "01/07/2026", "28/11/2025")
    assert voters.frame["status"].to_list() == ["active", "pending", "active", "pending", "active"]
    assert voters.frame["registration_date"].to_list() == [
        None, None, dt.date(2026, 6, 30), None, dt.date(2025, 11, 28),
    ]  # fmt: skip
    assert "birth_date" not in voters.frame.columns
    assert voters.columns["of_age_on"] == "Elector DOB"
    assert "2 electors are not of age on 2026-06-30: pending (not registered on the day)." in voters.remarks


def test_days_too_long_ago_for_coming_of_age_are_days_of_birth(tmp_path: Path) -> None:
    voters = electors(tmp_path, "13/02/2009", "28/11/2007", "")
    assert voters.frame["birth_date"].to_list() == [dt.date(2009, 2, 13), dt.date(2007, 11, 28), None]
    assert voters.columns["birth_date"] == "Elector DOB"
    assert any("1 elector is not yet 18 on 2026-06-30, counted as active" in remark for remark in voters.remarks)


def test_days_that_may_be_either_are_refused_until_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match=r"column Elector DOB: .*--map birth_date=HEADING"):
        electors(tmp_path, "13/02/2027", "28/11/1990")
    assert electors(tmp_path, "28/11/1990", given=["birth_date"]).frame["birth_date"].to_list() == [
        dt.date(1990, 11, 28)
    ]
    said = electors(tmp_path, "13/02/2027", "28/11/1990", given=["of_age_on"])
    assert said.frame["registration_date"].to_list() == [None, dt.date(1990, 11, 28)]


def test_the_days_and_addresses_that_florida_masks_are_empty(tmp_path: Path) -> None:
    (florida,) = (one for one in HEADLESS if one.code == "fl")
    one, two = unheaded(florida).splitlines()
    for text in ("02/03/1980", "05/06/2012", "12 MAIN ST"):
        one = one.replace(f'"{text}"', '"*"')
    (tmp_path / "roll.txt").write_text(f"{one}\n{two}\n", "utf-8")
    voters = read_voters(tmp_path / "roll.txt", taken_on=DAY)
    assert voters.frame["birth_date"].to_list() == [None, dt.date(1980, 2, 3)]
    assert voters.frame["address"].to_list() == [None, "7 MAIN ST"]
    assert any(remark.endswith("were read as empty: * (3).") for remark in voters.remarks)


def test_the_status_of_a_votebuilder_export_is_read(tmp_path: Path) -> None:
    head = "Voter File VANID\tStreetNo\tStreetName\tLastName\tFirstName\tRegistrationStatusName"
    text = f"{head}\n1\t12\tMAIN\tQUILL\tANNA\tInactive\n"
    (tmp_path / "van.txt").write_text(text, "utf-8")
    assert read_voters(tmp_path / "van.txt", taken_on=DAY).frame["status"].to_list() == ["inactive"]
    (tmp_path / "van.txt").write_text(text.replace("Inactive", "Dropped"), "utf-8")
    with pytest.raises(FileFaults, match="--status Dropped=STANDING"):
        read_voters(tmp_path / "van.txt", taken_on=DAY)


IOWA = "REGN_NUM,EFF_REGN_DATE,ADDRESS_NON_STD,VOTERSTATUS,FIRST_NAME,LAST_NAME"
IOWA += ",HOUSE_NUM,HOUSE_SUFFIX,STREET_NAME"


def test_an_address_without_parts_is_the_voters_and_a_mask_is_none(tmp_path: Path) -> None:
    rows = [
        "1,05/16/2012,,Active,ANNA,QUILL,12,1/2,MAIN",
        "2,05/16/2012,RR 2 BOX 45,Active,WALTER,HOLM,,,",
        "3,05/16/2012,CONFIDENTIAL,Active,IDA,ZELL,,,",
    ]
    (tmp_path / "ia.csv").write_text("\n".join([IOWA, *rows]) + "\n", "utf-8")
    voters = read_voters(tmp_path / "ia.csv", taken_on=DAY)
    assert voters.frame["street_name"].to_list() == ["MAIN", "RR 2 BOX 45", None]
    assert voters.frame["house_number"].to_list() == ["12 1/2", None, None]
    assert any(remark.endswith("were read as empty: CONFIDENTIAL (1).") for remark in voters.remarks)
