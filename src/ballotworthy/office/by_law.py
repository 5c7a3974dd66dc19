"""What the law requires next in the case of a page, and by when: it stands at the head of every page of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.http import HttpRequest

from ballotworthy.casework.case import Case
from ballotworthy.casework.law_days import IN_DOUBT, NOT_DONE, LawDay, law_days
from ballotworthy.errors import BallotworthyError
from ballotworthy.law.zones import local_day
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import board_of, entered, now
from ballotworthy.office.unmatched import next_on_page
from ballotworthy.verbs.case_status import Status, status_of_case

SAID_THERE = frozenset({"case", "certificate", "law-days"})
"""Pages that say it themselves, at greater length."""


@dataclass(frozen=True)
class Next:
    """What comes next in a case, the next day by law as `next_due` gives it, and the last that was missed."""

    held: HeldCase
    what: str
    due: LawDay | None
    missed: LawDay | None


def next_in_case(request: HttpRequest) -> Next | None:
    """Give it for a page of a case; None for others, and where the case is certified or cannot be read."""
    held, match = getattr(request, "held", None), getattr(request, "resolver_match", None)
    if held is None or match is None or match.view_name in SAID_THERE:
        return None
    with suppress(BallotworthyError), entered(held) as room:  # a case that is broken says so on its page
        status = status_of_case(room, board_of(held).work, crossed_out=())
        if status.case.standing.closed:
            return None
        days = due_of(status)
        return Next(held, next_on_page(held, status), next_due(days), _missed(days))
    return None


def due_of(status: Status) -> list[LawDay]:
    """Give the days that the law allows, the first first."""
    return law_days(status.case, today_of(status.case))


def today_of(case: Case) -> dt.date:
    """Give the day that it is at the place of a case; by UTC where its zone is not known."""
    return local_day(case.opened["place"], now())


def next_due(days: Sequence[LawDay]) -> LawDay | None:
    """Give the first of these days that has not passed and asks what is not done; None where none is to come."""
    return next((each for each in days if each.left >= 0 and each.done is None), None)


def _missed(days: Sequence[LawDay]) -> LawDay | None:
    """Give the last day that has passed, the safe one at least, with what it asks not done by the record; else None."""
    return next((each for each in reversed(days) if each.state in (NOT_DONE, IN_DOUBT)), None)
