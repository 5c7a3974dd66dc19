"""A line with the voter's number on another street, in another direction or another town is for a person, not valid."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.check.other_address import unlike
from checked import check_texts

VOTERS = (
    ("LENA", "TARWOOD", "65 Gum St"), ("IDA", "MOSSWELL", "101 5th St"), ("ROSE", "QUILLAN", "101 N Birch St"),
    ("HUGO", "WREXLEY", "400 S 200 E"), ("MAE", "YARDLEY", "101 1st St"), ("TIM", "ZEBROWSKI", "66 Maple St"),
    ("VERA", "ACKERBY", "Mill St & River Rd"), ("ANN", "BELLING", "Mill St & Ridge Rd"),
    ("VERA", "DUNHAM", "PSC 12 Box 3456"), ("ZELDA", "QUIST", "4-12 Cedar St"), ("XENA", "DORNE", "RR 2 Box 14"),
    ("YURI", "HOLMBERG", "94-47 Garden Way"),
)  # fmt: skip
LINES = (
    ("Lena Tarwood", "65 Oak Blvd", "50001", "address-differs"),
    ("Lena Tarwood", "65 Gmu St", "50001", ""),
    ("Ida Mosswell", "101 Fifteenth St", "50001", "address-differs"),
    ("Ida Mosswell", "101 Fifth", "50001", ""),
    ("Rose Quillan", "101 S Birch St", "50001", "address-differs"),
    ("Rose Quillan", "101 Birch", "50001", ""),
    ("Hugo Wrexley", "400 S 200 W", "50001", "address-differs"),
    ("Mae Yardley", "101 1st Ave", "50001", "address-differs"),
    ("Tim Zebrowski", "66 Maple St", "99999", "address-differs"),
    ("Tim Zebrowski", "66 Mapel St", "50001", ""),
    ("Vera Ackerby", "Mill St & Pond Rd", "50001", "address-differs"),
    ("Vera Ackerby", "14 Mill St", "50001", "address-differs"),
    ("Vera Ackerby", "cor. River Rd / Mill St", "50001", ""),
    ("Ann Belling", "Mill & River", "50001", "address-differs"),
    ("Ann Belling", "Mill & Ridje", "50001", ""),
    ("Vera Dunham", "PSC 81 Box 3456", "50001", "address-differs"),
    ("Zelda Quist", "412 Cedar St", "50001", "address-differs"),
    ("Zelda Quist", "4 12 Cedar St", "50001", ""),
    ("Xena Dorne", "RR 2 Box 41", "50001", "address-differs"),
    ("Xena Dorne", "Box 14 RR 2", "50001", ""),
    ("Yuri Holmberg", "94 47 Garden Way", "50001", ""),
    ("Yuri Holmberg", "9447 Garden Way", "50001", ""),
)


def test_another_street_direction_type_or_town_is_left_to_a_person_and_a_slip_is_not(tmp_path: Path) -> None:
    rest = "active,1970-01-15,2005-03-04"
    roll = [f"V{at},{last},{first},{rest},{address},Fairview,50001" for at, (first, last, address) in enumerate(VOTERS)]
    lines = [
        f"{at},1,{name},{address},{'Otherville' if code != '50001' else 'Fairview'},{code},2026-05-01"
        for at, (name, address, code, _) in enumerate(LINES)
    ]
    head = "voter_id,last_name,first_name,status,birth_date,registration_date,address,city,zip"
    found = check_texts(
        tmp_path, "\n".join([head, *roll]), "\n".join(["sheet,line,name,address,city,zip,signed_on", *lines])
    )
    came = [reason if reason == "address-differs" else "" for _, reason, _ in found.outcomes()]
    assert came == [wanted for *_, wanted in LINES]
    assert [outcome for outcome, reason, _ in found.outcomes() if reason == "address-differs"] == ["unresolved"] * 12


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("GUM", "OAK", True), ("MAPLE", "MAPEL", False), ("TWILFTH", "12", False), ("5", "15", True),
        ("3R8D", "33", False), ("STATEHY43", "43", False), ("HIGHWAY7", "19", True),
        ("14E", "15E", True), ("14E", "14W", True),
    ],
)  # fmt: skip
def test_names_of_streets_are_unlike_where_no_slip_makes_one_of_the_other(one: str, two: str, expected: bool) -> None:
    assert unlike(one, two) == expected


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@given(name=st.text(LETTERS, min_size=4, max_size=10), at=st.integers(0, 9), letter=st.sampled_from("XQZ"))
def test_one_wrong_letter_makes_no_other_street(name: str, at: int, letter: str) -> None:
    place = at % len(name)
    assert not unlike(name, name[:place] + letter + name[place + 1 :])


def test_a_box_that_the_register_has_for_a_home_is_for_a_person_and_no_missing_address(tmp_path: Path) -> None:
    found = check_texts(
        tmp_path,
        "voter_id,last_name,first_name,birth_date,registration_date,status,address,city,zip\n"
        "V1,JOINER,RORY,1970-01-15,2005-03-04,active,PO BOX 77,Fairview,50001\n"
        "V2,KELSEY,RORY,1970-01-15,2005-03-04,active,9 MESA RD,Fairview,50001\n",
        "sheet,line,name,address,city,zip,signed_on\n"
        "1,1,Rory Joiner,P.O. Box 77,Fairview,50001,2026-05-01\n"
        "1,2,Rory Joiner,P.O. Box 78,Fairview,50001,2026-05-01\n"
        "1,3,Rory Kelsey,P.O. Box 9,Fairview,50001,2026-05-01\n",
    )
    assert [came[:2] for came in found.outcomes()] == [
        ("unresolved", "address-incomplete"),
        ("invalid", "no-address"),
        ("invalid", "no-address"),
    ]
