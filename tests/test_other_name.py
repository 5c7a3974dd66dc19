"""A line with one name of a voter's and another beside it counts at less of the odds, and is never valid by itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.check.other_name import GIVEN, NOBODYS, OTHER_SEX, SURNAME, as_counted, odds_of, other_name
from ballotworthy.match import Beliefs, find, weigh_pairs
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters
from checked import check_texts

HEAD = "voter_id,last_name,first_name,middle_name,status,birth_date,registration_date,address,city,zip"
DAY = dt.date(2026, 6, 30)
REST = "active,1970-01-15,2005-03-04"


@given(st.floats(0, 1 - 1e-9), st.floats(0.1, 1))
def test_its_odds_are_that_share_of_the_matchers_and_all_others_stay(chance: float, odds: float) -> None:
    less, same = as_counted(np.array([chance, chance]), np.array([odds, 1.0]))
    assert less / (1 - less) == pytest.approx(odds * chance / (1 - chance))
    assert same == chance


def test_a_certainty_stays_one() -> None:
    assert as_counted(np.array([0.0, 1.0]), np.array([0.5, 0.5])).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("name", "expected", "odds"),
    [
        ("Greta Lindholm", True, SURNAME), ("Louise Abernathy", True, GIVEN), ("Walter Abernathy", True, OTHER_SEX),
        ("Xqzvel Abernathy", True, NOBODYS), ("Louise Lindholm", False, 1), ("Greta Abernathy", False, 1),
        ("Abernathy", False, 1), ("Greta Maria", False, 1), ("Greta Hall", False, 1),
        ("Greta A Lindholm", True, SURNAME),
    ],
)  # fmt: skip
def test_another_name_is_one_of_two_that_is_none_of_the_voters_and_counts_by_whose_it_may_be(
    tmp_path: Path, name: str, expected: bool, odds: float
) -> None:
    roll = f"V1,HALL ABERNATHY,GRETA,MARIA,{REST},77 Lake Shore Dr,Fairview,50001"
    (tmp_path / "roll.csv").write_text(f"{HEAD}\n{roll}\n", "utf-8")
    (tmp_path / "lines.csv").write_text(f"sheet,line,name,address,zip\n1,1,{name},77 Lake Shore Dr,50001\n", "utf-8")
    build_roll(read_voters(tmp_path / "roll.csv", taken_on=DAY), tmp_path / "x.roll")
    voters = open_roll(tmp_path / "x.roll")
    matches = find(read_lines(tmp_path / "lines.csv", latest=DAY).frame, voters, beliefs=Beliefs())
    levels = weigh_pairs(matches, voters, 0)[0]
    others = other_name(levels, matches, voters)
    assert others.tolist() == [expected]
    assert odds_of(others, levels, matches, voters).tolist() == [odds]


def test_another_surname_at_the_voters_home_is_for_a_person_and_a_birth_date_settles_it(tmp_path: Path) -> None:
    names = ("SMITH", "BROWN", "RICE", "MOSS", "HOLMES", "LYONS", "GARCIA", "LEE")
    others = [f"O{at},{last},{first},,{REST},{at * 7 + 200} Elm St,Fairview,50001" for at, (last, first) in enumerate(
        (last, first) for last in names for first in ("JOHN", "MARY", "ANN", "PETER"))]  # fmt: skip
    roll = [HEAD, f"V1,ABERNATHY,GRETA,,{REST},77 Lake Shore Dr,Fairview,50001", *others]
    found = []
    for born in ("", "1970-01-15"):
        line = f"1,1,Greta Lindholm,77 Lake Shore Dr,Fairview,50001,2026-05-01,{born}"
        lines = f"sheet,line,name,address,city,zip,signed_on,birth_date\n{line}"
        found += check_texts(tmp_path, "\n".join(roll), lines).outcomes()
    first, second = found
    assert first[:2] == ("unresolved", "name-differs")
    assert second == ("valid", "", "V1")
