"""The first page: the cases that a person may see, with what each needs next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.errors import BallotworthyError
from ballotworthy.office.by_law import due_of, next_due
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import board_of, entered
from ballotworthy.office.who import roles_of
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_status import status_of_case

NO_DAY = 1_000_000
"""Days to the next one by law, where none is to come."""


def page(request: HttpRequest) -> HttpResponse:
    """List the cases: those that are not certified first, and of these the one whose day by law comes first."""
    cases = []
    for held in HeldCase.objects.order_by("slug"):
        try:
            if roles_of(request, held):
                with entered(held) as room:
                    status = status_of_case(room, board_of(held).work)
                due = None if status.case.standing.closed else next_due(due_of(status))
                cases.append({"slug": held.slug, "status": status, "next": on_page(status.next.what), "due": due})
        except BallotworthyError as error:
            if request.user.manages:
                cases.append({"slug": held.slug, "broken": on_page(str(error))})
    cases.sort(key=_need)
    return render(request, "home.html", {"cases": cases})


def _need(case: dict[str, Any]) -> tuple[bool, int]:
    """Give what sorts a case: whether it is certified, and how many days are left to the next day by law."""
    if "status" not in case:  # it is broken
        return False, -1
    return case["status"].case.standing.closed, case["due"].left if case["due"] else NO_DAY
