"""Several records of one person: the one in force on the day decides, and the evidence names the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked import SHARED, check_files, check_texts

HEAD = (
    "voter_id,last_name,first_name,middle_name,suffix,birth_date,registration_date,status,status_date,"
    "address,city,zip\n"
)
OLD = "MW1,ASHTON,PAULA,,,1980-02-02,2004-01-01,cancelled,,4 OLD RD,Reno,89501\n"
NEW = "MW2,ASHTON,PAULA,,,1980-02-02,2020-01-01,active,,9 NEW RD,Reno,89501\n"
OTHER = "X3,RICE,PHILLIP,,,1998-05-17,2017-08-18,active,,2379 HOLLY RD,Reno,89501\n"
LINES = "name,address,city,zip,signed_on\nPaula Ashton,{},Reno,89501,{}\n"


def one(folder: Path, roll: str, address: str, place: str = "zz-example") -> tuple[str, str, str]:
    """Give outcome, reason and voter of Paula Ashton's line with this address."""
    lines = LINES.format(address, "2026-05-01")
    found = check_texts(folder, HEAD + roll + OTHER, lines, "--required", "2", place=place)
    return found.outcomes()[0]


def test_the_record_in_force_decides_at_its_own_address(tmp_path: Path) -> None:
    assert one(tmp_path, OLD + NEW, "9 New Rd") == ("valid", "", "MW2")


def test_the_address_of_the_old_record_is_for_a_person_where_the_law_asks_for_the_address(tmp_path: Path) -> None:
    assert one(tmp_path, OLD + NEW, "4 Old Rd") == ("unresolved", "former-address", "MW2")


def test_it_is_valid_where_the_law_does_not_ask_for_the_address(tmp_path: Path) -> None:
    assert one(tmp_path, OLD + NEW, "4 Old Rd", place="us-wa") == ("valid", "", "MW2")


def test_the_evidence_names_the_other_record(tmp_path: Path) -> None:
    found = check_texts(tmp_path, HEAD + OLD + NEW + OTHER, LINES.format("4 Old Rd", "2026-05-01"))
    assert "also on the roll as MW1 (cancelled)" in (found.lines[0]["evidence"] or "")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (OLD.replace("cancelled,,", "cancelled,2026-05-20,"), NEW.replace("2020-01-01", "2026-05-20"), "MW1"),
        (OLD, NEW.replace("2020-01-01", "2026-05-20"), "MW1"),
        (OLD.replace("cancelled", "pending"), NEW, "MW2"),
        (OLD, NEW.replace("PAULA,,", "PAULA,M,"), "MW2"),
        (OLD.replace("PAULA,,", "PAULA,K,"), NEW.replace("PAULA,,", "PAULA,M,"), "MW1"),
        (OLD.replace("PAULA,,,", "PAULA,,SR,"), NEW.replace("PAULA,,,", "PAULA,,JR,"), "MW1"),
        (OLD, NEW.replace("1980-02-02", "1980-02-03"), "MW1"),
        (OLD.replace("1980-02-02", ""), NEW.replace("1980-02-02", ""), "MW1"),
    ],
    ids=["cancelled after", "registered after", "pending", "a middle name on one", "other middle names",
         "other suffixes", "other birthdays", "no birthdays"],
)  # fmt: skip
def test_which_record_is_that_of_the_signer_at_the_old_address(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert one(tmp_path, old + new, "4 Old Rd")[2] == expected


def test_a_voter_who_was_registered_under_the_old_record_on_the_day_is_valid(tmp_path: Path) -> None:
    old = OLD.replace("cancelled,,", "cancelled,2026-05-20,")
    assert one(tmp_path, old + NEW.replace("2020-01-01", "2026-05-20"), "4 Old Rd") == ("valid", "", "MW1")


def test_records_of_one_number_are_one_persons_and_two_that_stand_are_a_fault(tmp_path: Path) -> None:
    same = OLD.replace("MW1", "MW2").replace("1980-02-02", "")
    assert one(tmp_path, same + NEW, "4 Old Rd", place="us-wa") == ("valid", "", "MW2")
    with pytest.raises(AssertionError, match="stands here again"):
        one(tmp_path, NEW + NEW.replace("9 NEW", "8 NEW"), "9 New Rd")


def test_two_active_records_of_one_name_and_birthday_stay_two_people(tmp_path: Path) -> None:
    assert one(tmp_path, OLD.replace("cancelled", "active") + NEW, "4 Old Rd") == ("valid", "", "MW1")


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the cases are not at {SHARED}")
def test_case_37_the_active_record_is_the_signers_and_both_are_shown(tmp_path: Path) -> None:
    case = SHARED / "37-old-record-cancelled-new-active"
    (line,) = check_files(tmp_path, case / "roll.csv", case / "lines.csv").lines
    assert (line["voter_id"], line["reason"] != "cancelled") == ("MW2", True)
    assert "MW1 (cancelled)" in (line["evidence"] or "")
