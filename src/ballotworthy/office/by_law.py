"""What the law requires next in the case of a page, and by when: it stands at the head of every page of a case."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ballotworthy.casework.law_days import NOT_DONE, LawDay, law_days
from ballotworthy.errors import BallotworthyError
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import board_of, entered, now
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_status import Status, status_of_case

SAID_THERE = frozenset({"case", "certificate", "law-days"})
"""Pages that say it themselves, at greater length."""


@dataclass(frozen=True)
class Next:
    """What comes next in a case, the next day by law as `next_due` gives it, and the last that was missed."""

    held: HeldCase
    what: str
    due: Mapping[str, Any] | None
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
        return Next(held, on_page(status.next.what), next_due(status), missed_of(status))
    return None


def due_of(status: Status) -> list[dict[str, Any]]:
    """Give the days that the law allows, the first first, each with the days that are left."""
    return [{"due": each.due, "left": each.left, "of_law": each} for each in law_days(status.case, now().date())]


def missed_of(status: Status) -> LawDay | None:
    """Give the last day that has passed without what it asks having been done by the record; None where none has."""
    missed = [each for each in law_days(status.case, now().date()) if each.state == NOT_DONE]
    return missed[-1] if missed else None


def next_due(status: Status) -> Mapping[str, Any] | None:
    """Give the first of these days that has not passed and asks what is not done; None where none is to come."""
    return next((each for each in due_of(status) if each["left"] >= 0 and each["of_law"].done is None), None)
