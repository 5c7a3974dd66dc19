"""The day on which each line may have been signed, within the time the law gives for gathering signatures."""

from __future__ import annotations

import datetime as dt

import polars as pl

from ballotworthy.files.quantities import quantity
from ballotworthy.law import Rules
from ballotworthy.law.months import first_within


def days_of(frame: pl.DataFrame, rules: Rules) -> tuple[pl.Series, pl.Series]:
    """Give the earliest and the latest day that each line may have been signed on, of those that decide.

    They are two where nothing tells whether the month or the day was written first, and where a line tells no day in
    the time for gathering, if that has a beginning: its first and its last. What is said against a voter must hold on
    both. Where the law goes by the day of filing it is that day.
    """
    begin, end = window(rules)
    none = pl.Series([None], dtype=pl.Date).new_from_index(0, frame.height)
    if rules.as_of is None or rules.as_of.value != "signing":
        return none.fill_null(end).alias("first"), none.fill_null(end).alias("last")
    signed = frame["signed_on"] if "signed_on" in frame.columns else none
    other = frame["signed_or"] if "signed_or" in frame.columns and signed.null_count() < len(signed) else signed
    one = pl.when(signed.is_between(begin, end)).then(signed)
    two = pl.when(other.is_between(begin, end)).then(other)
    untold = end if begin == dt.date.min else begin
    first, last = pl.min_horizontal(one, two).fill_null(untold), pl.max_horizontal(one, two).fill_null(end)
    both = pl.select(first.alias("first"), last.alias("last"))
    return both["first"], both["last"]


def within(frame: pl.DataFrame, signed: pl.Series, rules: Rules) -> pl.Series:
    """Tell of each line whether the day of signing, in one order of day and month or the other, lies in the window."""
    begin, end = window(rules)
    fits = signed.is_between(begin, end)
    if "signed_or" in frame.columns:
        fits |= frame["signed_or"].is_between(begin, end).fill_null(value=False)
    return fits


def window(rules: Rules) -> tuple[dt.date, dt.date]:
    """Give the first and the last day on which a line can have been signed; a date outside is none to go by."""
    last = rules.days.of("filing")
    if days := rules.circulation_days:
        return last - dt.timedelta(days=days.value), last
    months = rules.circulation_months
    return (first_within(last, months.value) if months else dt.date.min), last


def outside_notes(frame: pl.DataFrame, rules: Rules) -> list[str]:
    """Tell of lines dated outside the time for gathering where the law data names no ground to refuse them."""
    if "signed_on" not in frame.columns or "date-outside" in rules.reasons:
        return []
    number = int((~within(frame, frame["signed_on"], rules)).fill_null(value=False).sum())
    begin, end = window(rules)
    time = f"after {end}" if begin == dt.date.min else f"outside {begin} to {end}, the time for gathering signatures"
    dated = f"{quantity(number, 'line is', 'lines are')} dated {time}"
    refused = f"The law data of {rules.place} names no ground for that, so none was refused for it"
    return [f"{dated}. {refused}; look at them, or at the days given."] if number else []


def undated_notes(frame: pl.DataFrame, rules: Rules) -> list[str]:
    """Tell of signed lines without a day in a file that has days, where the law data names no ground to refuse them."""
    if "signed_on" not in frame.columns or frame["signed_on"].null_count() == frame.height:
        return []
    if "no-date" in rules.reasons or rules.as_of is None or rules.as_of.value != "signing":
        return []
    number = frame.filter(pl.col("signed_on").is_null() & ~pl.col("blank") & ~pl.col("struck")).height
    says = quantity(number, "line bears no day", "lines bear no day")
    begin, end = window(rules)
    days = f"all days from {begin} to {end}, and open where they differ"
    how = f"the day of filing, {end}" if begin == dt.date.min else days
    return [f"{says} of signing that is read: judged as of {how}."] if number else []
