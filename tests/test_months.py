"""Calendar months counted from a day, against counting them one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.law.months import first_within, months_later

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def one_later(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 3), -4, date(2026, 7, 3)),
        (date(2026, 10, 31), -4, date(2026, 6, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_months_end_on_the_same_number_or_on_the_last_of_a_month_without_it(
    day: date, months: int, expected: date
) -> None:
    assert months_later(day, months) == expected


@given(DAYS, st.integers(0, 40))
def test_months_are_counted_one_by_one(day: date, months: int) -> None:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = one_later(year, month)
    found = months_later(day, months)
    assert (found.year, found.month) == (year, month)
    assert found.day == day.day or (found + timedelta(days=1)).month != found.month
    assert found.day <= day.day


@given(DAYS, st.integers(1, 30))
def test_the_first_day_within_is_the_first_of_which_that_is_true(day: date, months: int) -> None:
    first = first_within(day, months)
    assert months_later(first, months) >= day > months_later(first - timedelta(days=1), months)


@pytest.mark.parametrize(("day", "months"), [(date(9999, 6, 1), 12), (date(1, 6, 1), -12)])
def test_months_beyond_the_calendar_are_refused(day: date, months: int) -> None:
    with pytest.raises(ValueError, match="months from"):
        months_later(day, months)
