"""Of two surnames one may be left out or slip; a second one that contradicts the voter's is for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from ballotworthy.check.other_surname import contradicts
from checked import check_texts

HEAD = "voter_id,last_name,first_name,status,birth_date,registration_date,address,city,zip\n"
ROLL = HEAD + (
    "U1,UGALDE RIOS,MARIA,active,1970-01-15,2005-03-04,31 Fir St,Fairview,50001\n"
    "A1,ASHBY-BELL,ANN,active,1970-01-15,2005-03-04,33 Fir St,Fairview,50001\n"
)


@pytest.mark.parametrize(
    ("name", "house", "wanted"),
    [
        ("Maria Ugalde Perez", 31, ("unresolved", "surname-differs")),
        ("Maria Ugalde Rios", 31, ("valid", "")),
        ("Maria Ugalde Rois", 31, ("valid", "")),
        ("Maria Ugalde", 31, ("valid", "")),
        ("Ann Ashby-Cole", 33, ("unresolved", "surname-differs")),
        ("Ann Ashby", 33, ("valid", "")),
    ],
)
def test_a_surname_that_contradicts_is_left_to_a_person(
    name: str, house: int, wanted: tuple[str, str], tmp_path: Path
) -> None:
    lines = f"sheet,line,name,address,city,zip,signed_on\n1,1,{name},{house} Fir St,Fairview,50001,2026-05-01\n"
    ((outcome, reason, _),) = check_texts(tmp_path, ROLL, lines).outcomes()
    assert (outcome, reason) == wanted


@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("UGALDE PEREZ", "UGALDE RIOS", True), ("PEREZ UGALDE", "UGALDE RIOS", True),
        ("UGALDE RIOS", "RIOS UGALDE", False),
        ("UGALDE R", "UGALDE PEREZ", False), ("UGALDE PERES", "UGALDE PEREZ", False), ("UGALDE", "UGALDE RIOS", False),
        ("UGALDE UGALDE", "UGALDE RIOS", False), ("ASHBY COLE", "GREEN BELL", False),
    ],
)  # fmt: skip
def test_two_names_contradict_where_one_word_is_shared_and_the_others_are_no_slips(
    one: str, two: str, wanted: bool
) -> None:
    assert contradicts(one, two) == wanted
