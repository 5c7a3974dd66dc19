"""What the law says when a day has passed, and what was done by it: a page for each day, and one of all of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.casework.case import Case
from ballotworthy.casework.days_of_case import clock_days, days_of
from ballotworthy.casework.law_days import LawDay
from ballotworthy.law.events import EVENTS
from ballotworthy.law.model import Deadline
from ballotworthy.law.zones import zone_of
from ballotworthy.office.by_law import due_of, today_of
from ballotworthy.office.models import HeldCase
from ballotworthy.office.pages.noted import OF_RECORD, notable, passed_over_of
from ballotworthy.office.rooms import board_of, entered
from ballotworthy.office.who import CERTIFY, MANAGE, RESOLVE
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_status import status_of_case

OF_CLAIMS = frozenset({"challenged", "supplement-filed"})
"""Events to which withdrawals, challenges and cures of single lines belong."""


def page(request: HttpRequest, held: HeldCase, may: frozenset[str], number: int) -> HttpResponse:
    """Show one day of the law.

    Raises:
        Http404: the law has no such time, or its day cannot be counted yet.
    """
    with entered(held) as room:
        status = status_of_case(room, board_of(held).work)
        day = next((each for each in due_of(status) if each.number == number), None)
        if day is None:
            raise Http404
        time = day.due.deadline
        context: dict[str, Any] = {
            "held": held, "may": may, "case": status.case, "day": day, "time": time, "today": today_of(status.case),
            "since": EVENTS[time.event], "done_by": EVENTS.get(day.by, ""), "asked": _asked(time),
            "next": on_page(status.next.what), "of_claims": bool(OF_CLAIMS & set(time.met_by)),
            "says_day": MANAGE in may and bool(set(time.met_by) & set(dict(notable(status.case)))),
            "orders": bool(may & {MANAGE, RESOLVE, CERTIFY}), "record_days": _record_days(status.case),
            "zone": zone_of(status.case.opened["place"]), "passed_over": passed_over_of(status),
        }  # fmt: skip
    return render(request, "law_day.html", context)


def every(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show all days of the law in a case, filing among them, those that have passed first."""
    with entered(held) as room:
        status = status_of_case(room, board_of(held).work)
        context = {
            "held": held, "may": may, "case": status.case, "rules": status.case.rules,
            "days": sorted(due_of(status), key=_passed_first), "zone": zone_of(status.case.opened["place"]),
            "waiting": [(each.deadline, EVENTS[each.deadline.event], each.source) for each in status.waiting],
            "passed_over": passed_over_of(status), "undated": status.undated,
        }  # fmt: skip
    return render(request, "law_days.html", context)


def _passed_first(day: LawDay) -> tuple[bool, dt.date]:
    return not day.passed, day.due.safe


def _asked(time: Deadline) -> list[str]:
    """Give the events, in words, of which one would show that what is asked was done."""
    return [EVENTS[event] for event in time.met_by]


def _record_days(case: Case) -> list[tuple[str, dt.date, bool, dt.date | None]]:
    """Give the days that the record holds: what happened, when, whether the record did it, and its day if another."""
    own = clock_days(case)
    return [
        (EVENTS[what], day, what in OF_RECORD or own.get(what) == day, own[what] if own.get(what, day) != day else None)
        for what, day in days_of(case).items()
        if what in EVENTS
    ]
