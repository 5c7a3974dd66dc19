"""What went wrong in corners of the country that no world had: names of three words, parks, initials, Spanish days."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import numpy as np
import pytest

from ballotworthy.files.written_days import readings
from ballotworthy.roll.common_births import CommonBirths
from checked import check_texts
from test_strange import HEAD, OTHERS, REST, lines

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from unlike.corner_kinds import KINDS
from unlike.every import make
from unlike.trial import Trial, tried

FATHER_AND_SON = [f"T{at},DILLINGHAM,OTIS,{middle},{REST},12 Oak St,Fairview,50001" for at, middle in enumerate("AB")]


def world(kind: str, variant: int) -> Trial:
    return tried(make("corners", kind, variant, 5_000, 1_000, "tests"))


@pytest.mark.parametrize("name", ["Rosalie Has No Horse", "Rosalie M Has No Horse", "ROSALIE HAS NO-HORSE"])
def test_a_family_name_of_three_words_is_read_where_the_roll_has_it(tmp_path: Path, name: str) -> None:
    ours = f"V1,HAS NO HORSE,ROSALIE,MAE,{REST},77 Lake Rd,Fairview,50001"
    roll = "\n".join([HEAD, ours, *OTHERS])
    assert check_texts(tmp_path, roll, lines((name, "77 Lake Rd"))).outcomes() == [("valid", "", "V1")]


def test_the_second_line_of_a_father_and_a_son_counts_less_by_how_often_voters_sign_again(tmp_path: Path) -> None:
    roll = "\n".join([HEAD, *FATHER_AND_SON, *OTHERS])
    two = [("Otis Dillingham", "12 Oak St")] * 2
    again = [("Mary Rice", "263 Elm St")] * 9
    few, many = (
        [float(line["probability"] or 0) for line in check_texts(tmp_path, roll, lines(*two, *more)).lines[:2]]
        for more in ([], again)
    )
    assert few[0] > 0.9
    assert 0.85 < few[1] / few[0] < 0.95
    assert many[1] < 0.6 < few[1]


def test_a_namesake_in_another_unit_of_a_house_of_many_is_for_a_person(tmp_path: Path) -> None:
    park = [
        f"P{at},{last},{first},,{REST},1500 Palm Dr Spc {at + 1},Fairview,50001"
        for at, (last, first) in enumerate((last, first) for last in ("HAUGEN", "NOVAK", "ZOOK") for first in
                                           ("LOIS", "EARL", "NORMA", "VERN", "DORIS", "LLOYD", "JUNE", "CARL"))
    ]  # fmt: skip
    found = check_texts(tmp_path, "\n".join([HEAD, *park, *OTHERS]), lines(("Earl Novak", "1500 Palm Dr Spc 90")))
    assert found.outcomes()[0][0] == "unresolved"


def test_a_birth_date_that_many_voters_have_says_less_and_so_does_its_day_of_the_year() -> None:
    first_of_january = np.repeat(np.arange(1940, 2000) * 512 + 33, 5)
    others = np.arange(700) % 60 * 512 + 1940 * 512 + (np.arange(700) % 12 + 1) * 32 + np.arange(700) % 27 + 2
    births = np.concatenate([first_of_january, others]).astype(np.uint32)
    asked = np.array([1950 * 512 + 33, 1950 * 512 + 2 * 32 + 14, 0], np.uint32)
    dates, days = CommonBirths.of(births).said_less(asked)
    assert dates.tolist() == pytest.approx([np.log2(4 / 999 * 20_000), 0, 0])
    assert days.tolist() == pytest.approx([np.log2(299 / 999 * 366), 0, 0])


def test_an_initial_is_for_a_person_where_no_home_is_asked_and_who_bears_the_name_may_have_moved() -> None:
    found = world("boxes", 1).lines
    refused = found.filter(found["outcome"] == "invalid", found["reason"] != "duplicate")
    assert refused["real"].sum() <= 1


def test_the_months_of_a_petition_in_spanish_are_read() -> None:
    fifth = dt.date(2018, 3, 5)
    for text in ("5 de marzo de 2018", "5 de marzo del 2018", "05/mar/2018", "marzo 5, 2018"):
        assert readings(text).day_first == fifth
    assert readings("12 de septiembre de 2018").day_first == dt.date(2018, 9, 12)
    assert readings("3 ago 2018").day_first == dt.date(2018, 8, 3)
    assert readings("1 de 2018").day_first is None


def test_ten_corners_are_made_and_one_line_of_a_signer_counts() -> None:
    assert len(KINDS) == 10
    made = make("corners", "row houses", 0, 500, 100, "tests")
    assert made.truth.height == made.lines.height == 100
    assert made.truth["valid"].sum() <= made.truth["signer"].drop_nulls().n_unique()
