"""The last ruling taken back: ruled anew by who may resolve, and laid before those who may by who only decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ballotworthy.errors import Refused
from ballotworthy.office.leases import HOLD
from ballotworthy.office.models import HeldCase, LastRuled, Lease, TakenBack
from ballotworthy.office.pages.work import AGAIN, ROLE
from ballotworthy.office.rooms import case_of, now
from ballotworthy.office.who import RESOLVE

NOTHING = "You have ruled on no line of this case, so there is nothing to take back."


@require_POST
def undo(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Lay the line ruled last on the desk again; what is then ruled is a correction, and both stand in the record.

    Of whoever only decides it is kept that he takes it back: those who resolve see it on the case's page.

    Raises:
        Refused: there is none, or the case is certified.
    """
    line = LastRuled.objects.filter(held=held, account=request.user).values_list("line", flat=True).first()
    look = request.POST.get("look", "")
    at_desk = look in ROLE and ROLE[look] in may
    if line is None and at_desk:
        messages.info(request, NOTHING)
        return redirect("work", slug=held.slug, look=look)
    if line is None:
        raise Refused(NOTHING)
    if case_of(held).standing.closed:
        raise Refused("the case is certified. A ruling can change once it is reopened by order.")
    if RESOLVE not in may:
        TakenBack.objects.get_or_create(held=held, line=line, defaults={"account": request.user, "at": now()})
        messages.success(request, f"You take your ruling on line {line} back. Whoever resolves rules on it anew.")
        if at_desk:
            return redirect("work", slug=held.slug, look=look)
        return redirect("case", slug=held.slug)
    said = {"account": request.user, "until": now() + HOLD, "why": "", "answers": None}
    Lease.objects.update_or_create(held=held, line=line, look=AGAIN, defaults=said)
    messages.info(request, f"Line {line} lies before you again: what you now rule replaces your last ruling.")
    return redirect("work", slug=held.slug, look=AGAIN)
