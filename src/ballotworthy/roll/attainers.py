"""Electors who come of age on a day that their entry gives: until then it makes nobody an elector.

The register of electors of the United Kingdom holds, for those not yet of age, the day on which they come of age
(Representation of the People Act 1983, section 4(5)); until that day the entry is conclusive that its elector is not
(section 49(4)). Councils call the column a date of birth, and some give that, so the days themselves tell which it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from ballotworthy.errors import Fault

FIELD = "of_age_on"
RECENT = dt.timedelta(days=5 * 366)
"""A day on which somebody came of age is dropped from a register within years."""
YOUNGEST = dt.timedelta(days=14 * 365)
"""Nobody on a register was born later than this before it was made."""
ADULT = 18


@dataclass(frozen=True)
class Attainers:
    """A voter file whose column of days of coming of age is understood.

    Attributes:
        frame: without that column; who was not of age when the file was taken is pending, who came of age later than
            registered is registered from that day on.
        columns: the heading of each field; where the days are of births, as that.
        remarks: what was done with how many, in sentences.
        fault: that the days can be neither, or None.
    """

    frame: pl.DataFrame
    columns: Mapping[str, str]
    remarks: tuple[str, ...]
    fault: Fault | None


def attainers(frame: pl.DataFrame, columns: Mapping[str, str], taken_on: dt.date, *, said: bool) -> Attainers:
    """Read the days of coming of age of a voter file, if it has any.

    Args:
        frame: the voter file, its days as dates, `status` among its columns.
        columns: the heading of each field.
        taken_on: the day the file was taken.
        said: whether the user said that the column holds such days, whatever they look like.
    """
    if FIELD not in frame.columns:
        return Attainers(frame, columns, (), None)
    heading, days, rest = columns[FIELD], frame[FIELD], frame.drop(FIELD)
    if said or bool((days > taken_on - RECENT).all()):
        return Attainers(_from_that_day(rest, days, taken_on), columns, _told(heading, days, taken_on), None)
    if bool((days <= taken_on - YOUNGEST).all()) and "birth_date" not in columns:
        kept = {field: name for field, name in columns.items() if field != FIELD} | {"birth_date": heading}
        return Attainers(rest.with_columns(days.alias("birth_date")), kept, _told_births(heading, days, taken_on), None)
    what = "its days are neither all of births nor all of coming of age"
    remedy = f"Say which: --map birth_date=HEADING, or --map {FIELD}=HEADING for days from which an entry counts"
    return Attainers(rest, columns, (), Fault(None, heading, what, remedy))


def _from_that_day(frame: pl.DataFrame, days: pl.Series, taken_on: dt.date) -> pl.DataFrame:
    young = (days > taken_on).fill_null(value=False)
    status = frame["status"].zip_with(
        ~young | frame["status"].is_in(["cancelled"]), pl.Series(["pending"]).new_from_index(0, len(days))
    )
    frame = frame.with_columns(status)
    since = days.set(days > taken_on, None)
    if not since.is_not_null().any():
        return frame
    known = [frame["registration_date"]] if "registration_date" in frame.columns else []
    return frame.with_columns(pl.select(pl.max_horizontal(*known, since)).to_series().alias("registration_date"))


def _told(heading: str, days: pl.Series, taken_on: dt.date) -> tuple[str, ...]:
    later = int((days > taken_on).sum())
    since = len(days) - days.null_count() - later
    told = [f"{heading} was read as the day on which an elector comes of age: the entry counts from that day."]
    if later:
        told.append(f"{_electors(later)} not of age on {taken_on}: pending (not registered on the day).")
    if since:
        told.append(f"{_electors(since)} of age since a day that stands there: not registered before it.")
    return tuple(told)


def _told_births(heading: str, days: pl.Series, taken_on: dt.date) -> tuple[str, ...]:
    told = [f"{heading} was read as the day of birth: its days are too long ago for coming of age."]
    young = int((days.dt.offset_by(f"{ADULT}y") > taken_on).sum())
    if young:
        told.append(
            f"Warning: {_electors(young)} not yet {ADULT} on {taken_on}, counted as active: "
            "whether they may sign is for the law."
        )
    return tuple(told)


def _electors(count: int) -> str:
    return "1 elector is" if count == 1 else f"{count:,} electors are"
