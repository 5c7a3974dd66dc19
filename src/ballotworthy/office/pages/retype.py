"""Cells of the line on the desk typed anew, where a transcriber or a machine misread them; the line is matched anew."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ballotworthy.errors import InputError, Refused
from ballotworthy.office.benches import bench_of
from ballotworthy.office.leases import FIRST, lies_before
from ballotworthy.office.models import HeldCase
from ballotworthy.office.pages.work import desk
from ballotworthy.office.rooms import entered
from ballotworthy.verbs.case_bench import typable_of
from ballotworthy.verbs.case_retype import retype_lines

CELL = "cell-"
"""How the page calls a field of a line."""


@require_POST
def retype(request: HttpRequest, held: HeldCase, may: frozenset[str], look: str) -> HttpResponse:
    """Enter the cells that differ from what stood there, and lay the line out anew.

    Raises:
        InputError: nothing differs, or nobody says what was wrong.
        Refused: the line does not lie before this person.
    """
    if look != FIRST:
        raise Http404
    line, why = request.POST.get("line", ""), request.POST.get("why", "").strip()
    if not lies_before(held, request.user, look, line):
        raise Refused(f"line {line} does not lie on your desk any more. Load the page again.")
    if not why:
        raise InputError("say in a word what was wrong, such as: misread. Write no name there.")
    bench = bench_of(held)
    stood = typable_of(bench, line)
    typed = {field: request.POST.get(f"{CELL}{field}", text).strip() for field, text in stood.items()}
    changed = {field: text for field, text in typed.items() if text != stood[field]}
    with entered(held) as room:
        retype_lines(room, {line: changed}, by=request.user.name, why=why, bench=bench)
    told = {"line": line, "what": "typed"}
    return desk(request, held, may, look, told) if request.htmx else redirect("work", slug=held.slug, look=look)
