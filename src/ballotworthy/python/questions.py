"""Questions before and beside a vote: polls, Article V, the whole road of a measure."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from ballotworthy.convention import Reading, Switches
from ballotworthy.files.asked_day import as_day
from ballotworthy.files.keywords import keywords_told
from ballotworthy.verbs.convention import Counted, count_states
from ballotworthy.verbs.convention_bloc import BlocAsked, find_bloc
from ballotworthy.verbs.convention_ratify import Ratified, count_ratifications
from ballotworthy.verbs.measure import Shown, show_measure
from ballotworthy.verbs.support import Answer, Asked, ask_support


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


@keywords_told(Asked, given=("today",))
def support_of(polls: str | Path, *, on: str | dt.date | None = None, **asked: Any) -> Answer:
    """Give what a table of polls says of each kind of question; further words as of `ballotworthy support`.

    Raises:
        InputError: the table cannot be read, or is of several places and none is named.
        FileFaults: what is wrong in the table, all at once.
    """
    if asked.get("vote"):
        asked["vote"] = as_day(asked["vote"], "vote")
    return ask_support(Path(polls), Asked(_today(), on=as_day(on, "on") if on else None, **asked))


@keywords_told(Switches)
def count_applications(subject: str, *, on: str | dt.date, **switches: Any) -> Counted:
    """Count the states that apply for a convention on a subject; switches as of `ballotworthy convention count`.

    Raises:
        UnknownName: no application is on this subject.
    """
    return count_states(subject, as_day(on, "on"), Switches(**switches))


@keywords_told(Reading)
def ratification_of(amendment: str | int, *, on: str | dt.date, **reading: Any) -> Ratified:
    """Count the ratifications of an amendment on a day; the open questions as of `ballotworthy convention ratify`.

    Raises:
        UnknownName: there is no such amendment.
    """
    return count_ratifications(str(amendment), as_day(on, "on"), Reading(**reading))


@keywords_told(Switches)
def blocking_bloc(subject: str, *, on: str | dt.date, **switches: Any) -> BlocAsked:
    """Give how many further states call a convention, how many ratify, and how few can stop it.

    Raises:
        UnknownName: no application is on this subject.
    """
    return find_bloc(subject, as_day(on, "on"), Switches(**switches), today=_today())


@keywords_told()
def read_measure(path: str | Path, *, on: str | dt.date | None = None) -> Shown:
    """Give what is held of a measure and where it stands at the end of a day, today if none is given.

    Raises:
        InputError: the file, its polls or its petition cannot be read.
        FileFaults: what is wrong in one of them, all at once.
    """
    return show_measure(Path(path), as_day(on, "on") if on else _today(), _today())
