"""What changed between two days: each change once, on its day, with the act that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.errors import InputError, UnknownName
from ballotworthy.law import Dated, Kind, Law, Reason, Source, read_law
from ballotworthy.law.changes import Change, changes
from ballotworthy.law.coverage import Span, coverage, spans

OLD = Source("Old Act, s. 1", "https://example.org/old")
NEW = Source("New Act, s. 2", "https://example.org/new")
REPEAL = Source("Repeal Act, s. 3", "https://example.org/repeal")
FIRST, LAST = date(1990, 1, 1), date(2030, 1, 1)


def law_of(rules: Mapping[str, Any], reasons: Mapping[str, Any] = MappingProxyType({})) -> Law:
    kind = Kind("initiative", "initiative", rules, reasons)
    return replace(read_law("zz-example"), kinds={"initiative": kind})


def test_a_value_that_follows_another_is_a_change_on_its_first_day() -> None:
    lines = (Dated(date(2000, 1, 1), date(2009, 12, 31), 100, OLD), Dated(date(2010, 1, 1), None, 200, NEW))
    assert changes(law_of({"requirement": lines}), "initiative", date(2005, 1, 1), LAST) == (
        Change("requirement", date(2010, 1, 1), 100, 200, NEW),
    )


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (date(2009, 12, 31), date(2010, 1, 1), 1),
        (date(2010, 1, 1), date(2010, 6, 1), 0),
        (date(2005, 1, 1), date(2009, 12, 31), 0),
        (date(2010, 1, 1), date(2010, 1, 1), 0),
    ],
)
def test_the_second_day_belongs_to_the_time_and_the_first_does_not(first: date, second: date, found: int) -> None:
    lines = (Dated(date(2000, 1, 1), date(2009, 12, 31), 100, OLD), Dated(date(2010, 1, 1), None, 200, NEW))
    assert len(changes(law_of({"requirement": lines}), "initiative", first, second)) == found


def test_a_repeal_is_a_change_by_the_act_that_ended_it() -> None:
    lines = (Dated(date(2000, 1, 1), date(2019, 12, 31), 100, OLD, REPEAL),)
    assert changes(law_of({"requirement": lines}), "initiative", date(2005, 1, 1), LAST) == (
        Change("requirement", date(2020, 1, 1), 100, None, REPEAL),
    )


def test_a_gap_is_an_end_and_a_beginning() -> None:
    lines = (Dated(date(2000, 1, 1), date(2004, 12, 31), 1, OLD, REPEAL), Dated(date(2010, 1, 1), None, 2, NEW))
    assert changes(law_of({"requirement": lines}), "initiative", date(2001, 1, 1), LAST) == (
        Change("requirement", date(2005, 1, 1), 1, None, REPEAL),
        Change("requirement", date(2010, 1, 1), None, 2, NEW),
    )


def test_a_value_cited_anew_is_no_change() -> None:
    lines = (Dated(date(2000, 1, 1), date(2009, 12, 31), 100, OLD), Dated(date(2010, 1, 1), None, 100, NEW))
    assert changes(law_of({"requirement": lines}), "initiative", date(2001, 1, 1), LAST) == ()


def test_grounds_of_refusal_change_by_their_words_and_codes() -> None:
    reasons = [
        Reason("duplicate", code, "signed twice", source) for code, source in (("D", OLD), ("D", NEW), ("2", NEW))
    ]
    lines = tuple(
        Dated(date(year, 1, 1), date(year + 9, 12, 31), reason, reason.source, REPEAL)
        for year, reason in zip((2000, 2010, 2020), reasons, strict=True)
    )
    found = changes(law_of({}, {"duplicate": lines}), "initiative", date(2001, 1, 1), date(2029, 1, 1))
    assert [(change.rule, change.on, change.after.code) for change in found] == [
        ("reasons.duplicate", date(2020, 1, 1), "2")
    ]


@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST), st.dates(FIRST, LAST))
def test_changes_of_two_times_in_a_row_are_those_of_both(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    law = read_law("us-ca")
    both = changes(law, "amendment", first, middle) + changes(law, "amendment", middle, last)
    whole = changes(law, "amendment", first, last)
    assert sorted(both, key=repr) == sorted(whole, key=repr)


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(InputError, match="earlier day first"):
        changes(read_law("us-ca"), "amendment", date(2020, 1, 1), date(2019, 1, 1))


def test_a_kind_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownName):
        changes(read_law("us-ca"), "amendments", date(2019, 1, 1), date(2020, 1, 1))


def test_coverage_tells_since_when_and_what_is_missing() -> None:
    law = read_law("zz-example")
    found = {each.kind: each for each in coverage(law)}
    assert set(found) == set(law.kinds)
    assert found["initiative"].formula == "california"
    assert found["initiative"].held == (Span(date(2000, 1, 1), None),)
    assert str(found["recall"].requirement[0]) == "2000-01-01 to 2020-06-30"
    assert found["initiative"].missing == len(law.missing) > 0
    assert found["initiative"].values > found["initiative"].rules > 10


def test_values_in_a_row_are_one_span_and_a_gap_makes_two() -> None:
    days = ((2000, 2004), (2005, 2009), (2015, None))
    lines = [Dated(date(a, 1, 1), date(b, 12, 31) if b else None, a, OLD) for a, b in days]
    assert [str(span) for span in spans(lines)] == ["2000-01-01 to 2009-12-31", "from 2015-01-01 on"]
