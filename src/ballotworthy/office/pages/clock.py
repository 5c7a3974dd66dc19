"""The machine's clock answered for, where it is far from the last event of a case: the next event bears its time."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered, now
from ballotworthy.office.sure_clock import believe


@require_POST
def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Keep that somebody has looked at the clock."""
    with entered(held) as room:
        believe(room, now(), request.user.name)
    messages.info(request, "The clock is believed for the next event of this case.")
    return redirect("case", slug=held.slug)
