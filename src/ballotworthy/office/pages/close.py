"""Counting what was decided, and certifying the verdict."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ballotworthy.errors import InputError
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered
from ballotworthy.verbs.case_certify import certify_case
from ballotworthy.verbs.case_count import count_case


@require_POST
def count(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Count, and judge by the pinned law."""
    with entered(held) as room:
        judged = count_case(room, by=request.user.name)
    messages.success(request, f"The law's answer to these counts: {judged.verdict['verdict']}.")
    return redirect("case", slug=held.slug)


@require_POST
def certify(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Sign the verdict that stands, once the person has typed his own name under it.

    Raises:
        InputError: what was typed is not his name.
    """
    if request.POST.get("signed", "").strip() != request.user.name:
        raise InputError("type the name of your own account under the verdict to sign it.")
    with entered(held) as room:
        beside = {name: request.POST.get(name, "").strip() for name in ("second", "alone")}
        done = certify_case(room, by=request.user.name, **beside)
    messages.success(request, f"Certified: {done.verdict}. The certificate and the signed head are in the case.")
    return redirect("case", slug=held.slug)
