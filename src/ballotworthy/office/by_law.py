"""What the law requires next in the case of a page, and by when: it stands at the head of every page of a case."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.http import HttpRequest

from ballotworthy.errors import BallotworthyError
from ballotworthy.law.deadlines import Due
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import board_of, entered, now
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_status import status_of_case

SAID_THERE = frozenset({"case", "certificate"})
"""Pages that say it themselves, at greater length."""


@dataclass(frozen=True)
class Next:
    """What comes next in a case, and the next day by law, with the days that are left; None where none is to come."""

    held: HeldCase
    what: str
    due: Due | None
    left: int


def next_in_case(request: HttpRequest) -> Next | None:
    """Give it for a page of a case; None for others, and where the case is certified or cannot be read."""
    held, match = getattr(request, "held", None), getattr(request, "resolver_match", None)
    if held is None or match is None or match.view_name in SAID_THERE:
        return None
    with suppress(BallotworthyError), entered(held) as room:  # a case that is broken says so on its page
        status, today = status_of_case(room, board_of(held).work, crossed_out=()), now().date()
        if status.case.standing.closed:
            return None
        due = min((each for each in status.due if each.day >= today), key=lambda each: each.day, default=None)
        return Next(held, on_page(status.next.what), due, (due.day - today).days if due else 0)
    return None
