"""The day of an event from which deadlines are counted and that happens outside the record, such as an order."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ballotworthy.casework.days_of_case import clock_days
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.law.events import EVENTS
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered, not_to_come
from ballotworthy.verbs.case_enter import enter_event
from ballotworthy.verbs.case_status import Status, status_of_case

OF_RECORD = frozenset({"filed", "received", "certified"})
"""Events whose day the record has from what is done in it; of a count made on paper before, somebody says it."""
TO_COME = frozenset({"election"})
"""Events whose day is known before it has come."""


def notable(status: Status) -> Sequence[tuple[str, str]]:
    """Give the events, with their meaning, whose day somebody must say, or has said and may correct.

    A deadline is counted from it, or it is what a deadline asks for. The record dates a count by its own clock, and
    somebody may say that it was made before, on paper.
    """
    times = [each.deadline for each in status.due] + [each.deadline for each in status.waiting]
    met_by = {event for time in times for event in time.met_by}
    waits = {each.deadline.event for each in status.waiting}
    dated = {each.deadline.event for each in status.due} & set(status.case.clocked)
    wanted = (waits | dated | met_by | set(status.case.days)) - OF_RECORD
    return [(event, words) for event, words in EVENTS.items() if event in wanted]


@require_POST
def note(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Enter the day.

    Raises:
        InputError: no deadline waits for the event, its day has not come, or is after that of the record's own clock.
    """
    what, day = request.POST.get("what", ""), parse_day(request.POST.get("day", ""), "the day")
    with entered(held) as room:
        status = status_of_case(room)
        if what not in dict(notable(status)):
            raise InputError("choose what happened: no deadline of this case waits for anything else.")
        if what not in TO_COME:
            not_to_come(day, "Nothing can have happened")
        if (dated := clock_days(status.case).get(what)) and day > dated:
            raise InputError(f"the record itself holds it as done on {dated}. Say an earlier day, or none.")
        enter_event(room, "noted", {"what": what, "day": day.isoformat()}, by=request.user.name)
    messages.success(request, f"The day is entered: {EVENTS[what]}, {day}.")
    return redirect("case", slug=held.slug)
