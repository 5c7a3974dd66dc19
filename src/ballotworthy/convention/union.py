"""The states of the Union on a day, and how many of them call a convention or ratify: U.S. Const. art. V."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from importlib.resources import files

from ballotworthy.errors import InputError

SOURCE = "http://www.factmonster.com/cgi-bin/id/A0763770"
"""Days of admission; another list (roark7e, Macmillan) has Michigan on 16 January and West Virginia on 19 June."""


ESTABLISHED = dt.date(1788, 6, 21)
"""The ninth state, New Hampshire, ratified: the Constitution was established between them (art. VII)."""


def in_force(day: dt.date) -> None:
    """Refuse a day on which nothing could be asked for under Article V.

    Raises:
        InputError: the Constitution was not established yet.
    """
    if day < ESTABLISHED:
        raise InputError(f"{day} is before the Constitution was established, {ESTABLISHED}. Choose a later day.")


@cache
def admitted() -> dict[str, tuple[str, dt.date]]:
    """Give name and day of admission by postal code, oldest first; of the first thirteen, the day they ratified."""
    text = (files("ballotworthy") / "convention/states.csv").read_text("utf-8")
    return {
        row["state"]: (row["name"], dt.date.fromisoformat(row["admitted"])) for row in csv.DictReader(text.splitlines())
    }


def states_on(day: dt.date) -> tuple[str, ...]:
    """Give the codes of the states of that day, oldest first."""
    return tuple(state for state, (_, since) in admitted().items() if since <= day)


def name_of(state: str) -> str:
    """Give a state's name by its postal code."""
    return admitted()[state][0]


def needed_to_call(day: dt.date) -> int:
    """Give two thirds of the states of a day, in whole states: 34 of 50."""
    return -(-2 * len(states_on(day)) // 3)


def needed_to_ratify(day: dt.date) -> int:
    """Give three fourths of the states of a day, in whole states: 38 of 50."""
    return -(-3 * len(states_on(day)) // 4)
