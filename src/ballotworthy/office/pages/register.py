"""The register: a voter file read or a snapshot chosen, looked at, and only then named in the record."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.errors import InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.office import queue
from ballotworthy.office.first_look import look_at
from ballotworthy.office.jobs.register import RULED, may_name
from ballotworthy.office.models import HeldCase, Job
from ballotworthy.office.pages.intake import answered, at_form, order_of
from ballotworthy.office.pages.job import answer, first_look
from ballotworthy.office.rooms import case_of, not_to_come
from ballotworthy.office.uploads import snapshots, stage
from ballotworthy.office.words import WRITTEN, on_page, pairs, split_status

MOST_VOTERS = 5_000_000_000
"""Bytes of an upload."""


@at_form("register")
def read(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Have a snapshot built of an uploaded voter file, or choose one that is in the office's folder, to look at it."""
    given = request.POST
    if chosen := given.get("snapshot", ""):
        return first_look(held, chosen)
    columns, statuses = split_status(pairs(given.get("columns", ""), WRITTEN))
    if taken := given.get("taken_on", ""):
        not_to_come(parse_day(taken, "the day on which it was taken"), "A register cannot have been taken")
    asked = {
        **stage(request, MOST_VOTERS), "snapshot": f"{held.slug}-{secrets.token_hex(3)}.roll", "columns": columns,
        "statuses": statuses, "taken_on": taken, "lenient": "lenient" in given,
        "dates": order_of(given), "heading": "headless" not in given,
    }  # fmt: skip
    return answered(request, held, may, queue.add(held, "snapshot", request.user, asked))


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show what a snapshot holds, without a name, and have it named or thrown away.

    Raises:
        InputError: another register is named and lines have been ruled on.
    """
    given = request.POST if request.method == "POST" else request.GET
    found, case = _found(given.get("snapshot", "")), case_of(held)
    if request.method == "POST" and "discard" in given:
        if not _is_own(held, found) or look_at(found).roll.sha256 in case.rolls:
            raise InputError("this snapshot was not built for this case alone, or is named. It stays.")
        shutil.rmtree(found)
        messages.info(request, "The snapshot is thrown away. Nothing of it stands in the record.")
        return redirect("case", slug=held.slug)
    if request.method == "POST":
        if not may_name(case):
            raise InputError(RULED)
        asked = {"snapshot": found.name, "seen": given.get("seen", "")}
        return answer(request, queue.add(held, "register", request.user, asked))
    look = look_at(found)
    built = Job.objects.filter(held=held, kind="snapshot", state=Job.DONE, said__snapshot=found.name).last()
    return render(request, "register.html", {
        "held": held, "may": may, "look": look, "snapshot": found.name, "own": _is_own(held, found),
        "told": on_page(built.told).split("\n") if built else [], "named": look.roll.sha256 in case.rolls,
        "before": next(reversed(case.rolls.values()), None), "may_name": may_name(case),
    })  # fmt: skip


def _found(name: str) -> Path:
    found = next((path for path in snapshots() if path.name == name), None)
    if found is None:
        raise Http404
    return found


def _is_own(held: HeldCase, snapshot: Path) -> bool:
    """Tell whether a snapshot was built here for this case, and no case has named it on its pages, or is at it."""
    jobs = Job.objects.filter(said__snapshot=snapshot.name)
    naming = jobs.filter(kind="register", state__in=(*queue.OPEN, Job.DONE))
    return jobs.filter(held=held, kind="snapshot", state=Job.DONE).exists() and not naming.exists()
