"""A rule's value on a day, and the three ways in which there is none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.errors import LawAbsent, LawNotYetInForce, LawRepealed, LawSilent
from ballotworthy.law import Dated, Source, value_on

OLD = Source("Old Act, s. 1", "https://example.org/old")
NEW = Source("New Act, s. 2", "https://example.org/new")
REPEAL = Source("Repeal Act, s. 3", "https://example.org/repeal")

LINES = (
    Dated(date(2000, 1, 1), date(2009, 12, 31), 100, OLD),
    Dated(date(2010, 1, 1), date(2019, 12, 31), 200, NEW, REPEAL),
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2000, 1, 1), 100),
        (date(2009, 12, 31), 100),
        (date(2010, 1, 1), 200),
        (date(2019, 12, 31), 200),
    ],
)
def test_first_and_last_day_belong_to_a_value(day: date, expected: int) -> None:
    assert value_on(LINES, day, "days").value == expected


def test_value_comes_with_its_source() -> None:
    assert value_on(LINES, date(2015, 6, 1), "days").source == NEW


def test_absent_rule_says_how_to_add_it() -> None:
    with pytest.raises(LawAbsent, match=r"no days of zz in the data.*law\.toml"):
        value_on((), date(2015, 6, 1), "days of zz")


def test_rule_not_yet_in_force_names_the_act_and_its_day() -> None:
    with pytest.raises(LawNotYetInForce, match=r"begins on 2000-01-01, with Old Act, s\. 1"):
        value_on(LINES, date(1999, 12, 31), "days")


def test_repealed_rule_names_the_act_that_ended_it() -> None:
    with pytest.raises(LawRepealed, match=r"to 2019-12-31, ended by Repeal Act, s\. 3"):
        value_on(LINES, date(2020, 1, 1), "days")


def test_gap_between_values_is_a_repeal() -> None:
    gap = (Dated(date(2000, 1, 1), date(2004, 12, 31), 1, OLD, REPEAL), Dated(date(2010, 1, 1), None, 2, NEW))
    with pytest.raises(LawRepealed, match="ended by Repeal Act"):
        value_on(gap, date(2007, 1, 1), "days")


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_every_day_has_one_answer_or_one_error(day: date) -> None:
    try:
        found = value_on(LINES, day, "days")
    except LawSilent:
        assert not any(line.holds_on(day) for line in LINES)
    else:
        assert [line.value for line in LINES if line.holds_on(day)] == [found.value]


@given(st.dates(date(2000, 1, 2), date(2019, 12, 31)))
def test_value_changes_only_where_a_line_begins(day: date) -> None:
    before = value_on(LINES, day - timedelta(days=1), "days").value
    assert (value_on(LINES, day, "days").value != before) == (day == date(2010, 1, 1))
