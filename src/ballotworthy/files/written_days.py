"""One day as people write it, in figures or in words, with four digits for the year, two or none: what it may mean."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

MONTHS = ("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER",
          "DECEMBER")  # fmt: skip
IN_SPANISH = ("ENERO", "FEBRERO", "MARZO", "ABRIL", "MAYO", "JUNIO", "JULIO", "AGOSTO", "SEPTIEMBRE", "OCTUBRE",
              "NOVIEMBRE", "DICIEMBRE")  # fmt: skip
"""The months in Spanish: a petition may be circulated in it. No beginning of three letters is two months."""
TIME = re.compile(r"[ T]\d{1,2}(?::\d{2}[\d:.,\s+Z-]*)?(?:\s?[AP]\.?M\.?)?$", re.IGNORECASE)
YEAR = r"['\u2019]?(\d{4}|\d{2})"
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
FIGURES = re.compile(rf"(\d{{1,2}})\s*[-/. ]\s*(\d{{1,2}})(?:\s*[-/. ]\s*{YEAR})?")
JOINED = re.compile(r"(\d{4})(\d{2})(\d{2})")
DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:ST|ND|RD|TH)?[-/.\s]*(?:OF\s+|DE\s+)?([A-Z]{{3,10}})\.?(?:[-/,.\s]*(?:DEL?\s+)?{YEAR})?"
)
MONTH_DAY = re.compile(rf"([A-Z]{{3,10}})[-/.\s]*(\d{{1,2}})(?:ST|ND|RD|TH)?(?:[-/,.\s]+{YEAR})?")


@dataclass(frozen=True)
class Near:
    """What a year that is not written out is understood by.

    Attributes:
        filed: a day with no year is the last such day up to this one.
        latest: a year of two digits is the last such year up to this day's.
    """

    filed: dt.date
    latest: dt.date


@dataclass(frozen=True)
class Readings:
    """What a text means when the month stands first, and when the day does; one day where both are the same."""

    month_first: dt.date | None = None
    day_first: dt.date | None = None


def readings(text: str, near: Near | None = None) -> Readings:
    """Give what a text may mean; a time of day behind the day is passed over.

    Without `near` a year must have four digits.
    """
    upper = text.strip().upper()
    if ":" in upper or upper.endswith("M"):
        upper = TIME.sub("", upper).strip()
    if found := YEAR_FIRST.fullmatch(upper):
        return _sure(_day(found[1], int(found[2]), int(found[3]), near))
    if found := JOINED.fullmatch(upper):
        day = _day(found[1], int(found[2]), int(found[3]), near)
        if day and 1800 <= day.year < 2200:
            return _sure(day)
        upper = f"{upper[:2]}/{upper[2:4]}/{upper[4:]}"
    if found := FIGURES.fullmatch(upper):
        one, two, year = int(found[1]), int(found[2]), found[3]
        return Readings(_day(year, one, two, near), _day(year, two, one, near))
    if found := DAY_MONTH.fullmatch(upper):
        return _sure(_day(found[3], _month(found[2]), int(found[1]), near))
    if found := MONTH_DAY.fullmatch(upper):
        return _sure(_day(found[3], _month(found[1]), int(found[2]), near))
    return Readings()


def _sure(day: dt.date | None) -> Readings:
    return Readings(day, day)


def _month(word: str) -> int:
    """Give the number of a month by its name or its beginning, in English or Spanish, 0 for any other word."""
    head = "SEP" if word in ("SEPT", "SETIEMBRE") else word
    both = enumerate(zip(MONTHS, IN_SPANISH, strict=True), 1)
    return next((at for at, names in both if any(name.startswith(head) for name in names)), 0)


def _day(year: str | None, month: int, day: int, near: Near | None) -> dt.date | None:
    if year is not None and len(year) == 4:
        return _date(int(year), month, day)
    if near is None:
        return None
    if year is not None:
        return _date(near.latest.year - (near.latest.year - int(year)) % 100, month, day)
    this = _date(near.filed.year, month, day)
    return this if this and this <= near.filed else _date(near.filed.year - 1, month, day)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
