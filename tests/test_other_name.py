"""A line with one name of a voter's and another beside it counts at half of the odds, and is never valid by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.check.other_name import ODDS, as_counted, other_name
from ballotworthy.match.comparisons import first_name, last_name
from ballotworthy.match.weigh import FIELDS, FIRST, LAST
from checked import check_texts

HEAD = "voter_id,last_name,first_name,status,birth_date,registration_date,address,city,zip"
REST = "active,1970-01-15,2005-03-04"


def levels(last: int, first: int) -> np.ndarray:
    found = np.ones((1, len(FIELDS)), np.uint8)
    found[0, LAST], found[0, FIRST] = last, first
    return found


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [
        (last_name.AGREES, first_name.DIFFERENT, True), (last_name.SLIP, first_name.DIFFERENT, True),
        (last_name.DIFFERENT, first_name.NICKNAME, True), (last_name.AGREES, first_name.AGREES, False),
        (last_name.DIFFERENT, first_name.DIFFERENT, False), (last_name.AGREES, first_name.MISSING, False),
        (last_name.MISSING, first_name.DIFFERENT, False),
    ],
)  # fmt: skip
def test_another_name_is_one_of_two_that_wholly_differs(last: int, first: int, expected: bool) -> None:
    assert other_name(levels(last, first)).tolist() == [expected]


@given(st.floats(0, 1 - 1e-9))
def test_its_odds_are_those_of_the_matcher_at_half_and_all_others_stay(chance: float) -> None:
    halved = as_counted(np.array([chance]), levels(last_name.AGREES, first_name.DIFFERENT))[0]
    assert halved / (1 - halved) == pytest.approx(ODDS * chance / (1 - chance))
    assert as_counted(np.array([chance]), levels(last_name.AGREES, first_name.AGREES))[0] == chance


def test_a_certainty_stays_one() -> None:
    both = np.repeat(levels(last_name.AGREES, first_name.DIFFERENT), 2, axis=0)
    assert as_counted(np.array([0.0, 1.0]), both).tolist() == [0.0, 1.0]


def test_another_surname_at_the_voters_home_is_for_a_person_and_a_birth_date_settles_it(tmp_path: Path) -> None:
    names = ("SMITH", "BROWN", "RICE", "MOSS", "HOLMES", "LYONS", "GARCIA", "LEE")
    others = [f"O{at},{last},{first},{REST},{at * 7 + 200} Elm St,Fairview,50001" for at, (last, first) in enumerate(
        (last, first) for last in names for first in ("JOHN", "MARY", "ANN", "PETER"))]  # fmt: skip
    roll = [HEAD, f"V1,ABERNATHY,GRETA,{REST},77 Lake Shore Dr,Fairview,50001", *others]
    lines = ["sheet,line,name,address,city,zip,signed_on,birth_date"]
    for at, born in enumerate(("", "1970-01-15"), 1):
        lines.append(f"{at},1,Greta Lindholm,77 Lake Shore Dr,Fairview,50001,2026-05-01,{born}")
    found = check_texts(tmp_path, "\n".join(roll), "\n".join(lines))
    first, second = found.outcomes()
    assert first[:2] == ("unresolved", "name-differs")
    assert second == ("valid", "", "V1")
