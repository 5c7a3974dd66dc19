"""The first page: the cases that a person may see, with what each needs next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.errors import BallotworthyError
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import board_of, entered
from ballotworthy.office.who import roles_of
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_status import status_of_case


def page(request: HttpRequest) -> HttpResponse:
    """List the cases: those with work first."""
    cases = []
    for held in HeldCase.objects.order_by("slug"):
        try:
            may = roles_of(request, held)
            if may:
                with entered(held) as room:
                    status = status_of_case(room, board_of(held).work)
                    cases.append({"slug": held.slug, "status": status, "next": on_page(status.next.what), "may": may})
        except BallotworthyError as error:
            if request.user.manages:
                cases.append({"slug": held.slug, "broken": on_page(str(error))})
    cases.sort(key=lambda each: "status" in each and each["status"].case.standing.closed)
    return render(request, "home.html", {"cases": cases})
