"""Days as people write them, and no name of a person in a message when a cell is no day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.days import Reading, custom_of, read_day_columns, read_days, read_years
from ballotworthy.files.tables import Table

LATEST = dt.date(2018, 4, 30)
HOW = Reading(1880, LATEST)
FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%m%d%Y", "%Y/%m/%d", "%m-%d-%Y", "%d-%b-%Y", "%d %b %Y", "%b %d, %Y",
           "%B %d, %Y")  # fmt: skip


def read(*cells: str | None, **how: Any) -> tuple[list[dt.date | None], list[str]]:
    found = read_days(
        pl.Series("dob", cells, dtype=pl.String), np.arange(2, 2 + len(cells)), "DOB", replace(HOW, **how)
    )
    assert found.days.name == "dob"
    assert found.total >= len(found.faults)
    return found.days.to_list(), [fault.what for fault in found.faults]


@pytest.mark.parametrize(
    "text",
    ["2018-04-05", "2018-4-5", "04/05/2018", "4/5/2018", "04/5/2018", "20180405", "04052018", "2018/04/05",
     "04-05-2018", "05-APR-2018", "5 Apr 2018", "Apr 5, 2018", "APR 05, 2018", "April 5, 2018", "2018-04-05 00:00:00",
     "2018-04-05T23:59:59Z", "4/5/2018 12:00:00 AM"],
)  # fmt: skip
def test_one_day_is_read_however_it_is_written(text: str) -> None:
    assert read(text) == ([dt.date(2018, 4, 5)], [])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2018-02-30", "the text there is not a day of the calendar"),
        ("02/29/2018", "the text there is not a day of the calendar"),
        ("31/13/2017", "the text there is not a day of the calendar"),
        ("2018-13-01", "the text there is not a day of the calendar"),
        ("2018-04", "the text there is not a day of the calendar"),
        ("43210", "the number there seems to be a spreadsheet's count of days and not a day of the calendar"),
        ("20180230", "the text there is not a day of the calendar"),
        ("2018-04-050", "the text there is not a day of the calendar"),
        ("04/05/18", "the day there has no year of four digits, and may be of this century or the last"),
        ("18", "the day there has no year of four digits, and may be of this century or the last"),
        ("03-FEB-80", "the day there has no year of four digits, and may be of this century or the last"),
        ("0018-04-05", "the day there lies before 1880"),
        ("1/1/0018", "the day there lies before 1880"),
        ("1879-12-31", "the day there lies before 1880"),
        ("2099-01-01", "the day there lies after 2018-04-30"),
        ("2018-05-01", "the day there lies after 2018-04-30"),
    ],
)
def test_what_is_no_day_is_told(text: str, what: str) -> None:
    assert read(text) == ([None], [what])


@pytest.mark.parametrize("text", ["Smith", "J", "J. O", "Li", "李明", "Ñá", "O 1950", "2018-04-05 Ann", "Apr 31, 2018"])
def test_a_text_that_may_be_a_name_is_never_shown(text: str) -> None:
    assert read(text) == ([None], ["the text there is not a day of the calendar"])


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1))
@example("Łukasz 5")
@example("12 ñ")
def test_no_letter_of_any_script_comes_into_a_message(text: str) -> None:
    shown = "".join(read(text)[1])
    own = (
        "the day there has no year of four digits, and may be of this century or the last, lies before, text, calendar"
    )
    assert {letter for letter in shown if letter.isalpha()} <= set(own)


@given(st.dates(dt.date(1880, 1, 1), LATEST), st.sampled_from(FORMATS))
def test_every_day_reads_back_from_every_form(day: dt.date, form: str) -> None:
    assert read(day.strftime(form), order="month-first") == ([day], [])


def test_faults_stand_at_their_line_and_column_and_good_days_stay() -> None:
    cells = pl.Series("dob", ["1950-01-01", None, "x", "1951-02-03"])
    found = read_days(cells, np.array([2, 3, 9, 12]), "DOB", HOW)
    assert found.days.to_list() == [dt.date(1950, 1, 1), None, None, dt.date(1951, 2, 3)]
    assert [(fault.line, fault.column) for fault in found.faults] == [(9, "DOB")]
    assert found.total == 1


def test_the_first_twenty_faults_are_kept_and_all_are_counted() -> None:
    cells = pl.Series("dob", ["2018-02-30"] * 50)
    found = read_days(cells, np.arange(2, 52), "DOB", HOW)
    assert [fault.line for fault in found.faults] == list(range(2, 22))
    assert found.total == 50


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1950", 1950), ("1950.0", 1950), ("1880", 1880), ("2018", 2018), ("1879", None), ("2019", None), ("18", None),
     ("50", None), ("2099", None), ("19500", None), ("Smith", None), ("1950.5", None)],
)  # fmt: skip
def test_years_have_four_digits_and_lie_in_a_life(text: str, expected: int | None) -> None:
    years, faults, total = read_years(pl.Series("birth_year", [None, text]), np.array([2, 3]), "YOB", 1880, 2018)
    assert years.to_list() == [None, expected]
    assert total == len(faults) == (expected is None)
    assert all(text not in str(fault) for fault in faults if not text.isdigit())
    assert [(fault.line, fault.column) for fault in faults] == ([] if expected else [(3, "YOB")])


def test_all_day_and_year_columns_are_read_under_the_headings_of_the_file() -> None:
    frame = pl.DataFrame(
        {
            "birth_date": ["1950-01-01", "x"],
            "signed_on": ["x", "2018-04-05"],
            "birth_year": ["x", "1950"],
            "name": ["A", "B"],
        }
    )
    columns = {"birth_date": "DOB", "signed_on": "Date", "birth_year": "YOB", "name": "Name"}
    table = Table(Path("a.csv"), frame, np.array([2, 3]), "", "utf-8")
    read = read_day_columns(frame, table, columns, HOW)
    assert read.frame.rows() == [(dt.date(1950, 1, 1), None, None, "A"), (None, dt.date(2018, 4, 5), 1950, "B")]
    assert [(fault.line, fault.column) for fault in read.faults] == [(3, "DOB"), (2, "Date"), (2, "YOB")]
    assert read.total == 3


def test_a_day_on_the_command_line_is_read_in_one_form() -> None:
    assert parse_day("2018-04-20", "--on") == dt.date(2018, 4, 20)
    for text in ("2018-02-30", "4/20/2018", "18-04-20", "", "tomorrow"):
        with pytest.raises(InputError, match=r"--on .* is not a day"):
            parse_day(text, "--on")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["03/02/1980", "31/12/1979"], [dt.date(1980, 2, 3), dt.date(1979, 12, 31)]),
        (["03/02/1980", "12/31/1979"], [dt.date(1980, 3, 2), dt.date(1979, 12, 31)]),
        (["3.2.1980", "31.12.1979"], [dt.date(1980, 2, 3), dt.date(1979, 12, 31)]),
        (["03-02-1980", "31-DEC-1979"], [dt.date(1980, 3, 2), dt.date(1979, 12, 31)]),
        (["03021980", "31121979"], [dt.date(1980, 2, 3), dt.date(1979, 12, 31)]),
        (["05/04/2018", "05/12/2017"], [dt.date(2018, 4, 5), dt.date(2017, 12, 5)]),
    ],
)
def test_the_cells_of_a_column_tell_whether_the_day_comes_first(cells: list[str], expected: list[dt.date]) -> None:
    """The last: 4 May 2018 is still to come, so that the day stands first."""
    assert read(*cells, latest=LATEST if cells[0] != "05/04/2018" else dt.date(2018, 4, 30)) == (expected, [])


def test_a_slip_among_many_days_changes_no_order_and_is_told() -> None:
    days, faults = read("13/12/1979", *["12/13/1979"] * 10)
    assert days == [None, *[dt.date(1979, 12, 13)] * 10]
    assert faults == ["the text there is not a day of the calendar read month first, as the others of the column are"]


def test_a_column_of_both_orders_keeps_no_misread_half() -> None:
    days, faults = read("13/12/1979", "12/13/1979", "01/02/1980", "1980-01-02")
    assert days == [dt.date(1979, 12, 13), dt.date(1979, 12, 13), None, dt.date(1980, 1, 2)]
    assert faults == [
        "the day there is one day month first and another day first, and the column has days of both orders"
    ]


def test_the_user_may_say_the_order() -> None:
    assert read("01/02/1980", order="day-first") == ([dt.date(1980, 2, 1)], [])
    assert read("01/02/1980", order="month-first") == ([dt.date(1980, 1, 2)], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4/1/18", dt.date(2018, 4, 1)), ("4-1-18", dt.date(2018, 4, 1)), ("4/1/'18", dt.date(2018, 4, 1)),
        ("12/30/17", dt.date(2017, 12, 30)), ("4/1", dt.date(2018, 4, 1)), ("12/30", dt.date(2017, 12, 30)),
        ("April 1", dt.date(2018, 4, 1)), ("1 Apr", dt.date(2018, 4, 1)), ("Apr. 1st, 18", dt.date(2018, 4, 1)),
        ("1st of April 2018", dt.date(2018, 4, 1)), ("4/30/19", dt.date(2019, 4, 30)),
    ],
)  # fmt: skip
def test_a_year_of_signing_that_is_not_written_out_is_that_of_the_time_for_signing(
    text: str, expected: dt.date
) -> None:
    cells = pl.Series("signed_on", [text])
    how = Reading(1880, dt.date(2019, 5, 1), filed=LATEST, custom="month-first")
    assert read_days(cells, np.array([2]), "Date", how).days.to_list() == [expected]


def test_where_no_cell_tells_the_order_the_others_of_the_file_do_then_custom_then_both_are_kept() -> None:
    columns = {"birth_date": "DOB", "signed_on": "Date"}

    def two(births: str, custom: str | None) -> tuple[pl.DataFrame, tuple[str, ...]]:
        frame = pl.DataFrame({"birth_date": [births], "signed_on": ["03/04/2018"]})
        table = Table(Path("a.csv"), frame, np.array([2]), "", "utf-8")
        found = read_day_columns(frame, table, columns, replace(HOW, custom=custom))
        return found.frame, found.remarks

    frame, remarks = two("31/12/1960", None)
    assert (frame["signed_on"].to_list(), frame.columns, remarks) == ([dt.date(2018, 4, 3)], list(columns), ())
    frame, remarks = two("1960-12-31", "day-first")
    assert (frame["signed_on"].to_list(), len(remarks)) == ([dt.date(2018, 4, 3)], 1)
    frame, remarks = two("1960-12-31", None)
    assert frame.select("signed_on", "signed_or").row(0) == (dt.date(2018, 3, 4), dt.date(2018, 4, 3))
    assert remarks == (
        "1 day in Date may be read month first or day first, and no cell of the file tells which: say so with "
        "--dates month-first or --dates day-first.",
    )


def test_the_custom_of_a_place() -> None:
    assert [custom_of(place) for place in ("us-ca", "nz", "zz-example", None)] == [
        "month-first",
        "day-first",
        None,
        None,
    ]
