"""The page for everybody: how far a case is, without a name, a line or a ruling; the manager can switch it off."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.office.by_law import due_of
from ballotworthy.office.models import HeldCase
from ballotworthy.office.pages.dashboard import steps_of
from ballotworthy.office.rooms import board_of, entered
from ballotworthy.verbs.case_status import status_of_case


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it where it is switched on; once the case is certified, no day of the law that is done with.

    Raises:
        Http404: there is no such case, or its page is off.
    """
    held = HeldCase.objects.filter(slug=slug, public=True).first()
    if held is None:
        raise Http404
    with entered(held) as room:
        board = board_of(held)
        status = status_of_case(room, board.work)
        case = status.case
        context = {
            "status": status,
            "case": case,
            "steps": steps_of(case, board.work),
            "strata": sorted(board.strata.items()),
            "due": [each for each in due_of(status) if each.done is None or not case.standing.closed],
        }
    return render(request, "public.html", context)
