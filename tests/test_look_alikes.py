"""What is near the voter's name or home and may be another's is for a person: Joan and John, Broad St and Broadway."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ballotworthy.check.half_street import words_behind
from ballotworthy.check.other_address import renumbered
from ballotworthy.check.other_given_name import one_name
from checked import check_texts

CASES = (
    # the voter and the address of the roll; first name and address of the line, day of birth; its reason where open
    ("GUS TREMAINE", "5 Broadway", "Gus", "5 Broad St", "", "address-differs"),
    ("HEDY UPSHAW", "7 Rock Creek Rd", "Hedy", "7 Rock Creek", "", ""),
    ("INES VANDERGRIFT", "7 Sulphur Springs Rd", "Ines", "7 Sulphur Rd", "", ""),
    ("JUNE WHITLOCK", "7 Sulphur Springs Rd", "June", "7 Sulphur St", "", "address-differs"),
    ("KARL YANCEY", "9 Washington St", "Karl", "9 Washburn St", "", "address-differs"),
    ("LARS ZIMMER", "HC 61 Box 5", "Lars", "HC 16 Box 5", "", "address-differs"),
    ("MONA ASHCROFT", "PSC 12 Box 300", "Mona", "PSC 21 Box 300", "", "address-differs"),
    ("NELL BLANKENSHIP", "1705 Forest Cir", "Nell", "1700 Forest Cir", "", "address-differs"),
    ("OPAL CRUMPTON", "1705 Forest Cir", "Opal", "1706 Forest Cir", "", ""),
    ("JOHN DILLINGHAM", "65 Gum St", "Joan", "65 Gum St", "", "name-differs"),
    ("JOHN ECKHART", "12 Elm St", "Joan", "12 Elm St", "1970-01-15", ""),
    ("JOHN FARNSWORTH", "19 Ash St", "Johm", "19 Ash St", "", ""),
    ("RANDALL GOODFELLOW", "31 Fir St", "Randal", "31 Fir St", "", ""),
    ("RHODA NORWOOD", "1700 Forest Cir", "Rhoda", "1700 Forest Cir", "", ""),
    ("SADIE OVERTON", "700 Beacon St Lot 6", "Sadie", "700 Beacon St Lot 5", "", "address-differs"),
    ("TESS PRINGLE", "700 Beacon St Lot 7", "Tess", "700 Beacon St", "", ""),
)  # fmt: skip


def test_another_name_number_or_street_that_is_near_is_for_a_person_and_a_slip_is_not(tmp_path: Path) -> None:
    head = "voter_id,last_name,first_name,status,birth_date,registration_date,address,city,zip"
    rest = "active,1970-01-15,2005-03-04"
    roll = [
        f"V{at},{voter.split()[1]},{voter.split()[0]},{rest},{address},Fairview,50001"
        for at, (voter, address, *_) in enumerate(CASES)
    ]
    lines = [
        f"{at},1,{first} {voter.split()[1].title()},{address},Fairview,50001,2026-05-01,{born}"
        for at, (voter, _, first, address, born, _) in enumerate(CASES)
    ]
    found = check_texts(
        tmp_path, "\n".join([head, *roll]), "\n".join(["sheet,line,name,address,city,zip,signed_on,birth_date", *lines])
    )
    came = [reason if reason.endswith("-differs") else outcome for outcome, reason, _ in found.outcomes()]
    assert came == [reason or "valid" for *_, reason in CASES]


@pytest.mark.parametrize(
    ("part", "address", "expected"),
    [
        ("BROAD", "5 BROADWAY", None), ("ROCK", "7 ROCK CREEK RD", "CREEK"), ("OLDMILL", "7 OLD MILL", ""),
        ("ROCKCREEK", "7 N ROCK CREEK RD", "RD"), ("WASH", "9 WASHINGTON ST", None), ("A", "", None),
    ],
)  # fmt: skip
def test_a_part_of_a_street_is_whole_words_of_it(part: str, address: str, expected: str | None) -> None:
    assert words_behind(part, address) == expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [("PSC12", "PSC21", True), ("PSC12", "PSC12", False), ("STATEHY43", "STATHY43", False), ("MAPLE", "MAPEL", False)],
)
def test_a_street_with_another_number_in_it_is_another_one(one: str, two: str, expected: bool) -> None:
    assert renumbered(one, two) == expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("JOHN", "JOAN", False), ("RANDAL", "RANDALL", True), ("MARIA", "MARCIA", False), ("ERIC", "ERICA", False),
        ("KATHRYN", "KATHERINE", True), ("LINDA", "LINA", False), ("STEPHEN", "STEVEN", True),
        ("CATHERINE", "KATHERINE", True), ("WEI", "WEY", True), ("JEAN", "JOAN", False), ("TIM", "TOM", False),
        ("BRIAN", "BRYAN", True),
    ],
)  # fmt: skip
def test_spellings_of_a_given_name_sound_alike_and_are_of_one_sex(one: str, two: str, expected: bool) -> None:
    letters = [np.frombuffer(name.ljust(10, "\0").encode(), np.uint8) for name in (one, two)]
    assert one_name(*letters) == expected
