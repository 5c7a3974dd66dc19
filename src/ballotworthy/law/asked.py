"""The rules that a caller asks for by place, kind and day: all three, or an error that names those that lack."""

from __future__ import annotations

import datetime as dt

from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import as_day
from ballotworthy.law.days import Days
from ballotworthy.law.reading import read_law
from ballotworthy.law.rules import Rules, rules_on


def asked_rules(place: str | None, kind: str | None, on: str | dt.date | Days | None) -> Rules:
    """Give the rules of a place for a kind of petition on a day.

    Raises:
        InputError: one of the three is not given, or the day is none.
        UnknownName: there is no such place, or it has no such kind.
        LawSilent: a rule without which nothing can be decided is not in force on the day.
    """
    lacking = [name for name, value in (("place", place), ("kind", kind), ("on", on)) if not value]
    if lacking or not place or not kind or not on:
        kinds = f" Kinds of {place}: {', '.join(sorted(read_law(place).kinds))}." if place and "kind" in lacking else ""
        raise InputError(f"say whose law holds: {', '.join(lacking)} not given.{kinds}")
    return rules_on(read_law(place), kind, on if isinstance(on, Days) else as_day(on, "on"))
