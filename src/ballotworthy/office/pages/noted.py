"""The day of an event from which deadlines are counted and that happens outside the record, such as an order."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ballotworthy.casework.case import Case
from ballotworthy.casework.days_of_case import days_of, undated_certificate
from ballotworthy.casework.law_days import times_of
from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.law.events import EVENTS
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered
from ballotworthy.verbs.case_enter import enter_event
from ballotworthy.verbs.case_status import Status

OF_RECORD = frozenset({"filed", "received", "certified"})
"""Events whose day the record has from what is done in it; of a count made on paper before, somebody says it."""


def notable(case: Case) -> Sequence[tuple[str, str]]:
    """Give the events, with their meaning, whose day somebody must say, or has said and may correct.

    A deadline is counted from it, or it is what a deadline asks for. The record dates a count by its own clock, and
    somebody may say that it was made before, on paper.
    """
    times = [time for cited in times_of(case) for time in cited.value]
    met_by = {event for time in times for event in time.met_by}
    counted_from = {time.event for time in times}
    waits, dated = counted_from - set(days_of(case)), counted_from & set(case.clocked)
    wanted = (waits | dated | met_by | set(case.days)) - OF_RECORD
    if undated_certificate(case):
        wanted.add("certified")
    return [(event, words) for event, words in EVENTS.items() if event in wanted]


def passed_over_of(status: Status) -> Sequence[tuple[str, str, bool]]:
    """Give the days that were said and cannot be, for a page: what happened, its day, whether before the filing."""
    return [(EVENTS.get(each.what, each.what), each.day, each.early) for each in status.passed_over]


@require_POST
def note(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Enter the day; whatever day the record holds, the right one goes in.

    Raises:
        InputError: no deadline waits for the event, or its day cannot be, as `refuse_noted` says.
    """
    what, day = request.POST.get("what", ""), parse_day(request.POST.get("day", ""), "the day")
    with entered(held) as room:
        if what not in dict(notable(room.case())):
            raise InputError("choose what happened: no deadline of this case waits for anything else.")
        enter_event(room, "noted", {"what": what, "day": day.isoformat()}, by=request.user.name)
    messages.success(request, f"The day is entered: {EVENTS[what]}, {day}.")
    return redirect("case", slug=held.slug)
