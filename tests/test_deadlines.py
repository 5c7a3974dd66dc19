"""Deadlines that follow from a date: counted in calendar, business and working days, and written as a calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.errors import InputError
from ballotworthy.files.icalendar import Event, calendar_text
from ballotworthy.law import Cited, Deadline, Source
from ballotworthy.law.days_off import days_off, days_off_known
from ballotworthy.law.deadlines import Due, due_days

ACT = Source("Invented Act, s. 9", "https://example.org/act#9")
CHRISTMAS = {date(2026, 12, 25): "Christmas Day"}
UNITS = ("calendar", "business", "working")


def due(days: int, unit: str, filed: date, off: Mapping[date, str] = CHRISTMAS, *, before: bool = False) -> Due:
    rule = Cited((Deadline("the clerk answers", days, unit, "filed", "clerk", before=before),), ACT)
    found, waiting = due_days([rule], {"filed": filed}, off)
    assert waiting == ()
    return found[0]


@pytest.mark.parametrize(
    ("days", "unit", "filed", "expected"),
    [
        pytest.param(0, "calendar", date(2026, 8, 3), date(2026, 8, 3), id="the day itself"),
        pytest.param(1, "calendar", date(2026, 8, 3), date(2026, 8, 4), id="the day of the event is not counted"),
        pytest.param(30, "calendar", date(2028, 2, 1), date(2028, 3, 2), id="over a leap day"),
        pytest.param(5, "business", date(2026, 8, 3), date(2026, 8, 10), id="Monday to Monday"),
        pytest.param(1, "working", date(2026, 8, 7), date(2026, 8, 10), id="Friday to Monday"),
        pytest.param(1, "working", date(2026, 8, 8), date(2026, 8, 10), id="filed on a Saturday"),
        pytest.param(1, "business", date(2026, 12, 24), date(2026, 12, 28), id="over Christmas and a weekend"),
    ],
)
def test_days_are_counted_as_the_law_counts_them(days: int, unit: str, filed: date, expected: date) -> None:
    assert due(days, unit, filed).day == expected


@pytest.mark.parametrize(
    ("count", "unit", "event", "expected"),
    [
        pytest.param(6, "months", date(2026, 8, 31), date(2027, 2, 28), id="to the end of a short month"),
        pytest.param(1, "months", date(2026, 1, 15), date(2026, 2, 15), id="a month"),
        pytest.param(0, "months", date(2026, 1, 15), date(2026, 1, 15), id="none"),
    ],
)
def test_months_are_calendar_months(count: int, unit: str, event: date, expected: date) -> None:
    assert due(count, unit, event).day == expected


@pytest.mark.parametrize(
    ("count", "unit", "event", "expected"),
    [
        pytest.param(4, "months", date(2026, 11, 3), date(2026, 7, 3), id="months"),
        pytest.param(4, "months", date(2026, 10, 31), date(2026, 6, 30), id="months to a shorter one"),
        pytest.param(120, "calendar", date(2026, 11, 3), date(2026, 7, 6), id="calendar days"),
        pytest.param(2, "working", date(2026, 12, 28), date(2026, 12, 23), id="working days over Christmas"),
    ],
)
def test_time_before_an_event_is_counted_back_from_it(count: int, unit: str, event: date, expected: date) -> None:
    assert due(count, unit, event, before=True).day == expected


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 90), st.sampled_from(UNITS))
def test_days_counted_back_lie_as_far_as_those_counted_on(event: date, days: int, unit: str) -> None:
    """Oracle: the calendar turned around at the event gives the mirrored day."""
    back = due(days, unit, event, before=True).day
    there = [event - timedelta(days=n) for n in range((event - back).days)]
    counted = there if unit == "calendar" else [event - timedelta(days=n + 1) for n in range((event - back).days)]
    open_days = [day for day in counted if unit == "calendar" or (day.weekday() < 5 and day not in CHRISTMAS)]
    assert len(open_days) == days


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (Deadline("x", 8, "working", "filed"), "8 working days after filed"),
        (Deadline("x", 1, "business", "votes-counted"), "1 business day after votes-counted"),
        (Deadline("x", 4, "months", "election", before=True), "4 months before election"),
        (Deadline("x", 1, "months", "filed"), "1 month after filed"),
    ],
)
def test_a_deadline_says_its_span(deadline: Deadline, words: str) -> None:
    assert deadline.span == words


def test_holidays_passed_over_are_named() -> None:
    assert due(3, "working", date(2026, 12, 23)).passed == ((date(2026, 12, 25), "Christmas Day"),)


@pytest.mark.parametrize(
    ("rule", "since", "last", "otherwise"),
    [
        (Deadline("x", 30, "working", "filed"), date(2026, 6, 1), date(2026, 7, 15), date(2026, 7, 14)),
        (Deadline("x", 30, "working", "filed"), date(2026, 10, 14), date(2026, 11, 30), date(2026, 11, 27)),
        (
            Deadline("x", 30, "working", "filed"),
            date(2027, 7, 1),
            date(2027, 8, 13),
            None,
        ),  # 4 July is a Sunday: § 6701
        (Deadline("x", 3, "working", "filed"), date(2026, 12, 23), date(2026, 12, 29), None),
        (Deadline("x", 2, "working", "hearing", before=True), date(2026, 7, 6), date(2026, 7, 1), date(2026, 7, 2)),
    ],
)
def test_a_day_off_that_not_every_statute_has_leaves_two_days(
    rule: Deadline, since: date, last: date, otherwise: date | None
) -> None:
    """California: Gov. Code §§ 6700 and 6701 have no 3 July 2026, and name no day after Thanksgiving."""
    found = due_days([Cited((rule,), ACT)], {rule.event: since}, days_off_known("us-ca"))[0][0]
    assert found.day == last
    assert (found.otherwise.day if found.otherwise else None) == otherwise


@pytest.mark.parametrize(
    ("filed", "closed"),
    [(date(2026, 12, 24), "Christmas Day"), (date(2026, 8, 7), "Saturday"), (date(2026, 8, 3), "")],
)
def test_a_calendar_day_on_which_offices_are_closed_is_told_and_not_moved(filed: date, closed: str) -> None:
    found = due(1, "calendar", filed)
    assert (found.day, found.closed) == (filed + timedelta(days=1), closed)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 90), st.sampled_from(["business", "working"]))
def test_so_many_open_days_lie_between_the_event_and_the_deadline(filed: date, days: int, unit: str) -> None:
    """Oracle: every day between them looked at once more, and the last one an open day."""
    found = due(days, unit, filed)
    between = [filed + timedelta(days=n) for n in range(1, (found.day - filed).days + 1)]
    open_days = [day for day in between if day.weekday() < 5 and day not in CHRISTMAS]
    assert len(open_days) == days
    assert not days or open_days[-1] == found.day


def test_deadlines_come_by_day_and_those_without_a_day_wait() -> None:
    rule = Cited(
        (
            Deadline("second", 9, "calendar", "filed"),
            Deadline("protest", 5, "calendar", "certified"),
            Deadline("first", 2, "calendar", "filed"),
        ),
        ACT,
    )
    found, waiting = due_days([rule], {"filed": date(2026, 8, 3)}, {})
    assert [each.deadline.what for each in found] == ["first", "second"]
    assert [(each.deadline.what, each.source) for each in waiting] == [("protest", ACT)]


def test_a_deadline_beyond_the_calendar_is_refused() -> None:
    for count, unit, event, before in (
        (300, "calendar", date(9999, 6, 1), False),
        (12, "months", date(9999, 6, 1), False),
        (12, "months", date(1, 6, 1), True),
        (10_001, "calendar", date(2026, 6, 1), True),
        (400, "months", date(2026, 6, 1), False),
    ):
        with pytest.raises(InputError, match="beyond the calendar"):
            due(count, unit, event, before=before)


@pytest.mark.parametrize(
    ("place", "day", "name"),
    [
        ("us-ca", date(2026, 3, 31), "Chavez"),
        ("us-co", date(2026, 7, 3), "Independence Day"),
        ("nz", date(2026, 2, 6), "Waitangi"),
        ("ca-bc", date(2026, 8, 3), "British Columbia Day"),
        ("it", date(2026, 4, 25), "Liberation Day"),
        ("us-dc", date(2026, 4, 16), "Emancipation"),
    ],
)
def test_the_holidays_are_those_of_the_place(place: str, day: date, name: str) -> None:
    calendar = days_off(place)
    assert calendar is not None
    assert name in calendar.get(day, "")


@pytest.mark.parametrize("place", ["eu", "zz-example", "us-zz"])
def test_a_place_without_a_calendar_has_none(place: str) -> None:
    assert days_off(place) is None


EVENT = Event(date(2026, 9, 2), "clerk: answers; at last", "Act, s. 9\nread \\ it", "https://example.org/a,b")


def test_a_calendar_file_is_what_the_standard_asks_for() -> None:
    text = calendar_text([EVENT], date(2026, 8, 3), "us-co statute")
    lines = text.split("\r\n")
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ballotworthy//Deadlines//EN"]
    for line in (
        "DTSTAMP:20260803T000000Z",
        "DTSTART;VALUE=DATE:20260902",
        "DTEND;VALUE=DATE:20260903",
        "SUMMARY:clerk: answers\\; at last",
        "DESCRIPTION:Act\\, s. 9\\nread \\\\ it",
        "URL:https://example.org/a,b",
    ):
        assert line in lines
    assert lines[-3:] == ["END:VEVENT", "END:VCALENDAR", ""]
    assert "\n" not in text.replace("\r\n", "")


def test_the_same_deadline_has_the_same_identifier_and_another_has_another() -> None:
    first, again = (calendar_text([EVENT], stamp, "x") for stamp in (date(2026, 8, 3), date(2026, 8, 4)))
    other = calendar_text([EVENT], date(2026, 8, 3), "y")
    uid = [next(line for line in text.split("\r\n") if line.startswith("UID:")) for text in (first, again, other)]
    assert uid[0] == uid[1] != uid[2]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=300))
def test_lines_are_folded_at_75_octets_and_unfold_to_what_they_were(words: str) -> None:
    """RFC 5545, 3.1: lines of text should not be longer than 75 octets, excluding the line break."""
    text = calendar_text([Event(date(2026, 9, 2), words, "")], date(2026, 8, 3), "x")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "").split("\r\n")
    summary = next(line for line in unfolded if line.startswith("SUMMARY:"))
    assert re.sub(r"\\(.)", r"\1", summary.removeprefix("SUMMARY:")) == words
