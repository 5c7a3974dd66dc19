"""One line of a case, looked up by its number: what stands on it, what was ruled, and a wrong ruling made anew."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ballotworthy.casework.claims import Claim
from ballotworthy.casework.ordered import ORDERED, ground_words
from ballotworthy.casework.room import Room
from ballotworthy.errors import InputError, Refused
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.office.benches import bench_of
from ballotworthy.office.bulk import LEAST_WORDS
from ballotworthy.office.claims import claims_of
from ballotworthy.office.leases import HOLD
from ballotworthy.office.models import BulkLine, HeldCase, Lease, TakenBack
from ballotworthy.office.pages.picture import picture_of
from ballotworthy.office.pages.ruled import rulings_on, with_voters
from ballotworthy.office.pages.work import AGAIN
from ballotworthy.office.rooms import board_of, case_of, entered, now
from ballotworthy.office.who import DECIDE, RESOLVE
from ballotworthy.verbs.case_bench import cells_of
from ballotworthy.verbs.case_enter import enter_event
from ballotworthy.verbs.case_show import show_line

BLIND = (
    "you may still look at this line second, without knowing what was ruled first. Take it from the second looks; "
    "whoever resolves and decides no lines can rule on it anew."
)


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show a line; lay it on the desk of somebody who resolves and says what is wrong with its ruling, or strike it.

    Raises:
        InputError: the line is not in the frame, or nobody says what is wrong.
        Refused: there is no ruling that could be wrong, or it lies on another's desk; it cannot be struck.
    """
    line = (request.POST if request.method == "POST" else request.GET).get("line", "").strip()
    if request.method == "POST":
        if RESOLVE not in may:
            raise Refused("whoever resolves rules on a line anew. Whoever manages the case can admit you to that.")
        with entered(held):
            if _is_blind(request, held, may, line):
                raise Refused(BLIND)
        act = request.POST.get("act", "")
        if act == "strike":
            _strike(request, held, line)
        elif act == "stands":
            TakenBack.objects.filter(held=held, line=line).delete()
        else:
            _lay_on_desk(request, held, line)
            return redirect("work", slug=held.slug, look=AGAIN)
        return redirect(f"{reverse('line', args=[held.slug])}?{urlencode({'line': line})}")
    context: dict[str, Any] = {"held": held, "may": may, "line": line}
    if line:
        bench = None if "names" in case_of(held).purged else bench_of(held)
        with entered(held) as room:
            context |= _shown(room, held, line)
            context["cells"] = cells_of(bench, line) if bench else {}
            ruled = () if (blind := _is_blind(request, held, may, line)) else rulings_on(room, line)
            named = bench and not may.isdisjoint((DECIDE, RESOLVE))  # who manages alone sees no voter of the roll
            hashed = room.voter_key().hashed if named else str
            context |= {"blind": blind, "rulings": with_voters(bench if named else None, line, hashed, ruled)}
    return render(request, "line.html", context)


def _is_blind(request: HttpRequest, held: HeldCase, may: frozenset[str], line: str) -> bool:
    """Tell whether somebody may still look second at a line, within a case that was entered."""
    return DECIDE in may and board_of(held).is_blind(line, request.user.name)


def _shown(room: Room, held: HeldCase, line: str) -> dict[str, Any]:
    shown, case = show_line(room, line), room.case()
    reason = shown.ruling.reason if shown.ruling else shown.struck
    words = ground_words(case)
    touched = BulkLine.objects.filter(bulk__held=held, line=line, done=True)
    return {
        "shown": shown, "case": case, "ground": words.get(reason, reason), "order": case.ordered.get(line, ""),
        "picture": picture_of(case, room.folder, line) is not None,
        "bulk_acts": list(touched.values_list("bulk", flat=True)),
        "marked": shown.line.mark.partition(":")[0],
        "claims": _claims(held, line), "taken_back": TakenBack.objects.filter(held=held, line=line).first(),
        "words": words,
        "can_strike": (
            case.sample is not None and not shown.sampled and not shown.struck and not case.standing.closed
            and case.frame.can_be_drawn(line)
        ),
        "differs": shown.looks.differ and not (shown.looks.resolved or shown.looks.corrected),
    }  # fmt: skip


def _strike(request: HttpRequest, held: HeldCase, line: str) -> None:
    """Take a line outside the sample out; one of the sample is ruled on instead."""
    why, reason = request.POST.get("why", "").strip(), request.POST.get("reason", "")
    if len(why) < LEAST_WORDS:
        raise InputError("write by whose order, and where it stands: the record says it of the line.")
    if not reason:
        raise InputError("choose the order itself, or one of the place's grounds.")
    body = {"line": line, "reason": reason, "why": why}
    if reason == ORDERED:
        body |= {"why": "by that order", "order": why}
    answers = _answers(request, held, line)
    with entered(held) as room:
        enter_event(room, "struck", body | ({} if answers is None else {"answers": answers}), by=request.user.name)
    messages.success(request, f"Line {line} is struck.")


def _answers(request: HttpRequest, held: HeldCase, line: str) -> int | None:
    """Give the number of the challenge or cure that is answered; None where none is."""
    said = request.POST.get("answers", "")
    if not said:
        return None
    number = read_whole(said)
    if number not in {each.seq for each in _claims(held, line)}:
        raise InputError(f"event {said} is no challenge or cure of line {line}. Choose it from the list.")
    return number


def _claims(held: HeldCase, line: str) -> list[Claim]:
    """Give the challenges and cures of a line, the last first."""
    if line not in case_of(held).disputes.values():
        return []
    return [each for each in claims_of(held) if each.body.get("line") == line]


def _lay_on_desk(request: HttpRequest, held: HeldCase, line: str) -> None:
    why = request.POST.get("why", "").strip()[:200]
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
    said = {
        "account": request.user, "until": now() + HOLD, "why": why, "answers": _answers(request, held, line),
    }  # fmt: skip
    Lease.objects.update_or_create(held=held, line=line, look=AGAIN, defaults=said)
