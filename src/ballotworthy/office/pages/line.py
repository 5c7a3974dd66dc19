"""One line of a case, looked up by its number: what stands on it, what was ruled, and a wrong ruling made anew."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.casework.room import Room
from ballotworthy.errors import InputError, Refused
from ballotworthy.office.benches import bench_of
from ballotworthy.office.leases import HOLD
from ballotworthy.office.models import BulkLine, HeldCase, Lease
from ballotworthy.office.pages.picture import picture_of
from ballotworthy.office.pages.work import AGAIN, rulings_on
from ballotworthy.office.rooms import case_of, entered, now
from ballotworthy.office.who import RESOLVE
from ballotworthy.verbs.case_bench import cells_of
from ballotworthy.verbs.case_show import show_line


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show a line; lay it on the desk of somebody who resolves and says what is wrong with its ruling.

    Raises:
        InputError: the line is not in the frame, or nobody says what is wrong.
        Refused: there is no ruling that could be wrong, or it lies on another's desk.
    """
    line = (request.POST if request.method == "POST" else request.GET).get("line", "").strip()
    if request.method == "POST":
        _lay_on_desk(request, held, may, line)
        return redirect("work", slug=held.slug, look=AGAIN)
    context: dict[str, Any] = {"held": held, "may": may, "line": line}
    if line:
        bench = None if "names" in case_of(held).purged else bench_of(held)
        with entered(held) as room:
            context |= _shown(room, held, line)
            context["cells"] = cells_of(bench, line) if bench else {}
    return render(request, "line.html", context)


def _shown(room: Room, held: HeldCase, line: str) -> dict[str, Any]:
    shown, case = show_line(room, line), room.case()
    reason = shown.ruling.reason if shown.ruling else shown.struck
    ground = case.rules.reasons.get(reason) if case.rules else None
    touched = BulkLine.objects.filter(bulk__held=held, line=line, done=True)
    return {
        "shown": shown, "case": case, "ground": ground.words if ground else reason, "rulings": rulings_on(room, line),
        "picture": picture_of(case, room.folder, line) is not None,
        "bulk_acts": list(touched.values_list("bulk", flat=True)),
        "differs": shown.looks.differ and not (shown.looks.resolved or shown.looks.corrected),
    }  # fmt: skip


def _lay_on_desk(request: HttpRequest, held: HeldCase, may: frozenset[str], line: str) -> None:
    why = request.POST.get("why", "").strip()[:200]
    if RESOLVE not in may:
        raise Refused("whoever resolves rules on a line anew. Whoever manages the case can admit you to that.")
    if not why:
        raise InputError(
            "say what is wrong with the ruling, with no name in it: the record keeps it beside the new one."
        )
    with entered(held) as room:
        looks, standing = show_line(room, line).looks, room.case().standing
    if standing.closed:
        raise Refused(
            "the case is certified. Whoever certifies reopens it by a court's order, under “Orders and repairs”."
        )
    if looks.first is None:
        raise Refused(f"line {line} has not been ruled on, so there is nothing to rule anew.")
    lies = Lease.objects.filter(held=held, line=line, look=AGAIN, until__gt=now()).exclude(account=request.user).first()
    if lies is not None:
        raise Refused(f"line {line} lies on the desk of {lies.account.name}, to be ruled anew.")
    said = {"account": request.user, "until": now() + HOLD, "why": why}
    Lease.objects.update_or_create(held=held, line=line, look=AGAIN, defaults=said)
