"""A numbered road of another class than the voter's is left to a person; the same class in other words is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ballotworthy.check.road_class import classes
from checked import check_texts

VOTERS = (
    ("ANN", "QUILL", "500 State Highway 7"), ("BO", "TARN", "400 Interstate 9"), ("FAY", "ROSS", "12 FM 1960"),
    ("GUS", "LUND", "88 County Road 12"), ("JAN", "OTT", "RT 3 BX 582"), ("KAY", "PINE", "PSC 100 Box 12"),
    ("LEO", "QUADE", "1200 State Hwy 9"), ("HAL", "MOTT", "77 US Highway 40"), ("IVY", "NASH", "5 N 7th St"),
)  # fmt: skip
LINES = (
    ("Ann Quill", "500 County Road 7", "address-differs"), ("Bo Tarn", "400 US 9", "address-differs"),
    ("Hal Mott", "77 State Route 40", "address-differs"), ("Fay Ross", "12 Farm to Market 1960", ""),
    ("Jan Ott", "HC 3 Box 582", "address-differs"), ("Kay Pine", "Unit 100 Box 12", "address-differs"),
    ("Leo Quade", "1200 CO 9", ""), ("Gus Lund", "88 Co Rd 12", ""), ("Ivy Nash", "5 N 7th Street", ""),
)  # fmt: skip


def test_another_class_of_road_is_left_to_a_person(tmp_path: Path) -> None:
    rest = "active,1970-01-15,2005-03-04"
    roll = [f"V{at},{last},{first},{rest},{address},Fairview,50001" for at, (first, last, address) in enumerate(VOTERS)]
    lines = [f"{at},1,{name},{address},Fairview,50001,2026-05-01" for at, (name, address, _) in enumerate(LINES)]
    head = "voter_id,last_name,first_name,status,birth_date,registration_date,address,city,zip"
    found = check_texts(
        tmp_path, "\n".join([head, *roll]), "\n".join(["sheet,line,name,address,city,zip,signed_on", *lines])
    )
    assert [reason for _, reason, _ in found.outcomes()] == [wanted for *_, wanted in LINES]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("500 Co. Rd. 7", "county"), ("500 C.R. 7", "county"), ("CTH 7", "county"), ("12 State Hwy 7", "state"),
        ("12 S.R. 7", "state"), ("12 SH-7", "state"), ("9 US-40", "us"), ("9 U.S. Route 40", "us"),
        ("9 I-80", "interstate"), ("9 Interstate 80", "interstate"), ("4 Farm Road 12", "farm"), ("4 RM 12", "farm"),
        ("4 Twp Rd 3", "township"), ("1200 CO 9", "county state"), ("500 NC 42", "state"),
        ("HC 3 BX 582", "contract"), ("Highway Contract 61 Box 12", "contract"), ("RT 3 BX 582", "county rural state"),
        ("RFD 2 Box 40", "county rural state"), ("SR 3 Box 5", "contract state"), ("PSC 3, Box 120", "military-psc"),
        ("Unit 100 Box 12", "military-unit"), ("CMR 4 Box 9", "military-cmr"),
        ("4 Highway 7", ""), ("4 Rural Route 7", ""), ("4 7th St", ""), ("4 State St", ""), ("4 County Line Rd", ""),
        ("4 I St Apt 7", ""), ("500 IN 5th St", ""), ("12 Oak St Unit 3 Box 2", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_class_of_a_road_is_read_as_it_is_written(address: str, expected: str) -> None:
    assert classes(address) == set(expected.split())
