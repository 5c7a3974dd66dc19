"""The frame in two steps: first what would be fixed and what is missing, and only then it is fixed; later its page."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.casework.case import Case
from ballotworthy.errors import InputError
from ballotworthy.office import queue
from ballotworthy.office.jobs.words import WORDS
from ballotworthy.office.models import HeldCase, Job
from ballotworthy.office.rooms import entered
from ballotworthy.office.uploads import LOOK, forget_looks, is_staged, is_wanted
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_frame import fix_frame, look_at_frame

COMES_IN = ("intake", LOOK, "sheets")
"""Kinds of jobs by which lines come in, or of which lines come."""


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show the frame as it would be fixed, or is; fix the one that was looked at.

    Raises:
        InputError: nobody has looked at it.
        Refused: it is fixed, it is not the one that was looked at, or what was counted is not what was listed.
    """
    if request.method == "POST":
        return _fix(request, held)
    with entered(held) as room:
        look, case = look_at_frame(room, by=request.user.name), room.case()
    required = required_of(case)
    going = Job.objects.filter(held=held, kind__in=COMES_IN, state__in=queue.OPEN)
    looks = [job.said for job in Job.objects.filter(held=held, kind=LOOK, state=Job.DONE)] if not look.fixed else []
    return render(request, "frame.html", {
        "held": held, "may": may, "look": look, "fixed": look.fixed, "refused": on_page(look.refused),
        "left": [said["name"] for said in looks if said.get("folder") and is_staged(said) and not is_wanted(said)],
        "unsaid": unsaid(held, case), "unsaid_sheets": unsaid(held, case, "sheets"),
        "short_of": required if look.lines and required and look.drawable < required[0] else None,
        "going": sorted({WORDS[job.kind] for job in going}),
    })  # fmt: skip


def required_of(case: Case) -> tuple[int, str] | None:
    """Give the number of signatures required and who says so; None where the law's data gives none of its own."""
    given = case.pinned.get("required") if case.pinned else None
    if given:
        return given["value"], given["source"]
    law = case.rules.requirement if case.rules else None
    return None if law is None else (law.value, law.source.cite)


def unsaid(held: HeldCase, case: Case, what: str = "lines") -> set[str]:
    """Give the batches of which the office was not told how many lines, or sheets, the filer promised."""
    jobs = Job.objects.filter(held=held, kind="intake", state=Job.DONE, **{f"said__{what}_promised": None})
    return {job.said["batch"] for job in jobs} & set(case.batches) if case.batches else set()


def _fix(request: HttpRequest, held: HeldCase) -> HttpResponse:
    seen = request.POST.get("seen", "")
    if not seen:
        raise InputError("look at the frame before it is fixed: nothing comes in or goes out afterwards.")
    with entered(held) as room:
        fixed = fix_frame(room, by=request.user.name, seen=seen)
        named = bool(room.case().rolls)
    forget_looks(Q(held=held))
    if named:  # nobody waits for it at his first line
        queue.once(held, "matching")
    messages.success(request, f"The frame is fixed: {fixed.lines:,} lines. Fingerprint {fixed.fingerprint}.")
    return redirect("case", slug=held.slug)
