"""Orders of a court or an officer: a certified case reopened, and refused lines that count after all."""

from __future__ import annotations

import datetime as dt
import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import case_of, entered, not_to_come
from ballotworthy.office.who import CERTIFY, RESOLVE
from ballotworthy.verbs.case_reopen import reopen_case
from ballotworthy.verbs.case_restore import restore_lines

MAY = {"reopen": CERTIFY, "restore": RESOLVE}


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show what was ordered so far, and enter another order.

    Raises:
        InputError: the order, its day or a line is not said.
        Refused: the case is certified, or is not; a line has no ruling to correct.
    """
    if request.method != "POST":
        return render(request, "orders.html", {"held": held, "may": may, "case": case_of(held)})
    act = request.POST.get("act", "")
    if MAY.get(act) not in may:
        raise PermissionDenied
    order, day = _order(request)
    with entered(held) as room:
        if act == "reopen":
            reopen_case(room, by=request.user.name, order=order, day=day)
            messages.success(request, "The case is open again; its certificate stays in the record.")
        else:
            voters = _lines(request.POST.get("lines", ""))
            if strange := [line for line in voters if line not in room.case().frame.at]:
                raise InputError(
                    f"there are no such lines: {', '.join(strange[:5])}. Write each as 12-3, sheet and line."
                )
            done = restore_lines(room, voters, by=request.user.name, order=order, day=day)
            messages.success(request, f"Lines that count again: {done.lines:,}. Count the decisions anew.")
    return redirect("case", slug=held.slug)


def _order(request: HttpRequest) -> tuple[str, dt.date]:
    order = request.POST.get("order", "").strip()
    if not order:
        raise InputError("say whose order it is, and its number.")
    day = parse_day(request.POST.get("day", ""), "the day of the order")
    not_to_come(day, "Nothing can have been ordered")
    return order, day


def _lines(text: str) -> dict[str, str]:
    """Give the voter of each line that somebody wrote, "" where the order names none."""
    voters: dict[str, str] = {}
    for each in filter(None, re.split(r"[\s,;]+", text)):
        line, _, voter = each.partition("=")
        if not line or line in voters:
            raise InputError("write each line once, as 12-3, or 12-3=4711 with the voter whom the order names.")
        voters[line] = voter
    if not voters:
        raise InputError("name the lines that count again.")
    return voters
