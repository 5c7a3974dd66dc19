"""Rules that go by another day than that by which a case's law is pinned: no case is opened by the wrong number."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ballotworthy.casework.pinned import plain_values, rules_of
from ballotworthy.law import RULES, Days, read_law_text, rules_on

NUMBER = "Give the number required, and say who set it: --required N --required-source TEXT, or the office's fields."


def fault_of_day(text: str, place: str, kind: str, on: str, filed: str, *, required: bool) -> str:
    """Say why the law of the governing day is not the petition's where rules go by another act's day, or "".

    Maine's number goes by the day of filing, Washington's by that on which the text was filed.

    Args:
        text, place, kind: whose law.
        on: the governing day, by which a case's law is pinned.
        filed: the day of filing.
        required: the office gives the number of signatures required, so that the law's is not asked.
    """
    days = Days(dt.date.fromisoformat(on), filing=dt.date.fromisoformat(filed))
    law = rules_on(read_law_text(text, Path(place) / "law.toml"), kind, days)
    own, pinned = plain_values(law), plain_values(rules_of(text, place, kind, on))
    others = sorted(name for name in {*own, *pinned} if own.get(name) != pinned.get(name))
    if required and "requirement" in others:
        others.remove("requirement")
    if others:
        each = (f"{RULES[name].meaning}: {_told(own.get(name))}, not {_told(pinned.get(name))}" for name in others)
        or_number = f" Or: {NUMBER}" if others == ["requirement"] else ""
        return (
            f"a case's law is that of its governing day, {on}, and some of it goes by the day of filing, {filed}: "
            f"{'; '.join(each)}. Open it with the day of filing as its governing day.{or_number}"
        )
    number = law.assumed.get("requirement")
    if required or number is None or law.requirement is None:
        return ""
    return (
        f"the number of {RULES['requirement'].meaning} goes by the day of {number.act}, which a case does not hold: "
        f"{_told(number.before)} until {number.until}, {_told(law.requirement.value)} since. {NUMBER}"
    )


def _told(value: object) -> str:
    """Give a value in words; a table of districts only as that."""
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return f"{value:,}" if isinstance(value, int) else value if isinstance(value, str) else "another table"
