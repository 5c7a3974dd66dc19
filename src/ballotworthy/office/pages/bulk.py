"""Bulk acts of a case: written down with their count, begun once that is typed, watched, cancelled; never deleted."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ballotworthy.casework.ordered import ground_words
from ballotworthy.errors import InputError, Refused
from ballotworthy.office.bulk import begin, chosen, draft
from ballotworthy.office.bulk import cancel as stop
from ballotworthy.office.models import Bulk, HeldCase, Job
from ballotworthy.office.rooms import case_of, entered
from ballotworthy.office.who import RESOLVE

SHOWN = 500


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """List them, and write one down.

    Raises:
        InputError: it has no condition, no ground or no reason.
    """
    case = case_of(held)
    if request.method == "POST":
        if RESOLVE not in may:
            raise PermissionDenied
        said = {name: request.POST.get(name, "").strip() for name in ("circulator", "sheets", "reason", "why")}
        made = draft(held, case, request.user, **said)
        return redirect("bulk-act", slug=held.slug, number=made.pk)
    listed = Bulk.objects.filter(held=held).select_related("account", "job").order_by("-pk")
    return render(request, "bulk.html", {"held": held, "may": may, "listed": listed, "grounds": ground_words(case)})


def one(request: HttpRequest, held: HeldCase, may: frozenset[str], number: int) -> HttpResponse:
    """Show a bulk act: what it says, how many lines, how far it is, and each line."""
    bulk = _bulk(held, number)
    done = bulk.lines.filter(done=True).count()
    context = {
        "held": held, "may": may, "bulk": bulk, "done": done, "number": bulk.lines.count(),
        "lines": bulk.lines.order_by("pk")[:SHOWN], "shown": SHOWN,
        "ground": ground_words(case_of(held)).get(bulk.reason, bulk.reason),
    }  # fmt: skip
    page = render(request, "bulk_act.html", context)
    if bulk.state in (Job.WAITING, Job.RUNNING):
        page["Refresh"] = "2"
    return page


@require_POST
def start(request: HttpRequest, held: HeldCase, may: frozenset[str], number: int) -> HttpResponse:  # noqa: ARG001
    """Begin it, if the lines are still those that were counted.

    Raises:
        InputError: the number typed is not that of its lines.
        Refused: it was begun before, is another's, or the lines have changed since.
    """
    bulk = _bulk(held, number)
    if bulk.state != Bulk.DRAFTED or bulk.account != request.user:
        raise Refused("this bulk act was begun before, or another wrote it down: who writes it down begins it.")
    lines = list(bulk.lines.order_by("pk").values_list("line", flat=True))
    if request.POST.get("count", "").strip().replace(",", "") != str(len(lines)):
        raise InputError(f"type how many lines it touches to begin it: {len(lines):,}.")
    with entered(held) as room:
        if chosen(held, room.case(), bulk.circulator, bulk.sheets) != lines:
            raise Refused("the lines that fit have changed since it was counted. Write it down anew.")
    begin(bulk)
    return redirect("bulk-act", slug=held.slug, number=number)


@require_POST
def cancel(request: HttpRequest, held: HeldCase, may: frozenset[str], number: int) -> HttpResponse:  # noqa: ARG001
    """Stop it; what it did stands in the record, and is corrected like everything else."""
    bulk = _bulk(held, number)
    stop(bulk)
    messages.info(request, "Cancelled. What was done before stands in the record.")
    return redirect("bulk-act", slug=held.slug, number=number)


def _bulk(held: HeldCase, number: int) -> Bulk:
    found: Bulk | None = Bulk.objects.filter(held=held, pk=number).select_related("account", "job").first()
    if found is None:
        raise Http404
    return found
