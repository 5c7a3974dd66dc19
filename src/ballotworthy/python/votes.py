"""Votes, polls, conventions and measures, in the words of the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
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
from ballotworthy.verbs.vote_count import CountedVote
from ballotworthy.verbs.vote_count import count_vote as counted_vote
from ballotworthy.verbs.vote_judge import JudgedVote
from ballotworthy.verbs.vote_judge import judge_vote as judged
from ballotworthy.verbs.vote_plan import PlannedAudit
from ballotworthy.verbs.vote_plan import plan_audit as planned
from ballotworthy.vote import Numbers


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


@keywords_told(Numbers)
def judge_vote(
    rule: str | Sequence[str],
    *,
    place: str | None = None,
    kind: str | None = None,
    on: str | dt.date | None = None,
    **numbers: int | Fraction | None,
) -> JudgedVote:
    """Judge a vote by a rule, such as `judge_vote("yes_of_valid:>1/2", yes=10, no=9)`.

    Numbers are `registered`, `cast`, `yes`, `no`, `blank`, `invalid`, `districts_for`, `districts_against`. With place,
    kind and the day of the vote, say as well what recount law makes of its margin.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, or only some of place, kind and day
            are given.
        UnknownName: there is no such place or kind.
    """
    day = as_day(on, "on") if on else None
    return judged(rule, Numbers(**numbers), place=place, kind=kind, on=day)  # type: ignore[arg-type]  # a wrong kind is told by name


@keywords_told(Numbers)
def plan_audit(
    rule: str | Sequence[str], *, cards: int, risk: float = 0.05, method: str = "alpha", **numbers: int | None
) -> PlannedAudit:
    """Plan the first sample of a risk-limiting audit of a vote; numbers as of `judge_vote`.

    Raises:
        InputError: the rule cannot be read, the numbers cannot be true together, or one that is audited is missing.
    """
    return planned(rule, Numbers(**numbers), cards, risk, method)  # type: ignore[arg-type]  # told by name


@keywords_told(counted_vote)
def count_vote(files: str | Path | Sequence[str | Path], **asked: Any) -> CountedVote:
    """Count files of results; further words as of `ballotworthy vote count`: measure, rule, registered, manifest.

    Raises:
        InputError: a file is of no known format, or there is no measure.
        FileFaults: a file is faulty.
    """
    several = [files] if isinstance(files, str | Path) else files
    for name in ("registered", "manifest"):
        if isinstance(asked.get(name), str):
            asked[name] = Path(asked[name])
    return counted_vote([Path(each) for each in several], **asked)


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
