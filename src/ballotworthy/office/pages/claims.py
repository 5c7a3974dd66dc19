"""Withdrawals of signers, challenges of lines and cures: entered as they come, listed with what answered them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.casework.case import Case
from ballotworthy.casework.rulings import WITHDRAWN
from ballotworthy.errors import InputError, Refused
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.office.benches import bench_of
from ballotworthy.office.claims import claims_of
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import board_of, case_of, entered, not_to_come
from ballotworthy.office.shown_register import make_sure, still_named
from ballotworthy.office.who import RESOLVE
from ballotworthy.verbs.case_bench import voter_of, voters_alone
from ballotworthy.verbs.case_enter import enter_event

NO_LINE = "there is no such line in the frame. Write it as 12-3, sheet and line."


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """List what came in, and enter another.

    Raises:
        InputError: a field is missing, or what it says cannot be.
        Refused: it may not stand in the record now.
    """
    case = case_of(held)
    act = request.POST.get("act", "")
    if request.method == "POST" and RESOLVE not in may:
        raise PermissionDenied
    if act in ENTER:
        messages.success(request, ENTER[act](request, held, case))
        return redirect("claims", slug=held.slug)
    context: dict[str, Any] = {
        "held": held, "may": may, "case": case, "claims": claims_of(held) if case.frame.fixed else (),
        "line": request.GET.get("line", ""), "grounds": case.rules.reasons.values() if case.rules else (),
        "words": {key: ground.words for key, ground in case.rules.reasons.items()} if case.rules else {},
        "withdrawal": case.rules.withdrawal if case.rules else None,
        "may_withdraw": bool(case.pinned and WITHDRAWN in case.pinned["reasons"]),
    }  # fmt: skip
    if act == "find":
        context |= _found(request, held)
    return render(request, "claims.html", context)


def _found(request: HttpRequest, held: HeldCase) -> dict[str, Any]:
    """Give the voters whom typed words find, each with the lines on which he stands."""
    typed = request.POST.get("typed", "").strip()[:80]
    if len(typed) < 2:
        raise InputError("type the house number and the beginning of the voter's name, such as 704 smi.")
    bench = bench_of(held)
    with entered(held) as room:
        hashed, board, gone = room.voter_key().hashed, board_of(held), room.case().withdrawn
        found = voters_alone(bench, typed, standing=lambda voter: board.stands_on(hashed(voter)))
        left = {each.row for each in found if hashed(each.voter_id) in gone}
    return {"typed": typed, "found": found, "left": left, "searched": True, "roll": bench.digest}


def _withdraw(request: HttpRequest, held: HeldCase, case: Case) -> str:
    said = request.POST
    if (row := read_whole(said.get("row", ""))) is None:
        raise InputError("choose the voter who withdrew.")
    ground, day = said.get("ground", "").strip(), _day(request, "the day of the withdrawal")
    if not ground:
        raise InputError("say what it is and how it came, with no name in it: the record keeps it.")
    if day.isoformat() >= case.opened["filed"] and not said.get("late"):
        raise Refused(
            f"the petition was filed on {case.opened['filed']}, and this withdrawal is of {day}. Where the law lets "
            "signers withdraw so late, tick that it does; else it changes nothing, and is not entered."
        )
    bench = bench_of(held)
    make_sure(bench, said.get("roll", ""))
    with entered(held) as room:
        voter = voter_of(bench, row)
        lines = board_of(held).stands_on(room.voter_key().hashed(voter))
        body = {"voter": voter, "day": day.isoformat(), "ground": ground}
        enter_event(room.provided(still_named(bench)), "withdrawn", body, by=request.user.name, lookup=False)
    if not lines:
        return "The withdrawal is entered. No line of this voter counts by now; one that is ruled valid later will not."
    return f"The withdrawal is entered. It takes away: {', '.join(lines)}."


def _challenge(request: HttpRequest, held: HeldCase, case: Case) -> str:
    said, line = request.POST, _line(request, case)
    claim, reason = said.get("claim", ""), said.get("reason", "")
    if claim not in ("valid", "invalid"):
        raise InputError("say what they claim: that the line counts, or that it does not.")
    if reason and claim == "valid":
        raise InputError("a ground goes with the claim that a line does not count. Leave it out, or change the claim.")
    if not (side := said.get("side", "").strip()):
        raise InputError("say who disputes it: proponents, opponents, the signer, and the number of the paper.")
    body = {"line": line, "side": side, "claim": claim, "day": _day(request, "the day of the challenge").isoformat()}
    body |= {"reason": reason} if reason else {}
    with entered(held) as room:
        done = enter_event(room, "challenged", body, by=request.user.name, claims=claims_of(held))
    return f"The challenge of line {line} is entered, as event {done.seq}. By itself it changes nothing."


def _cure(request: HttpRequest, held: HeldCase, case: Case) -> str:
    line = _line(request, case)
    if not (what := request.POST.get("what", "").strip()):
        raise InputError("say what was brought for the line, with no name in it: the record keeps it.")
    body = {"line": line, "what": what, "day": _day(request, "the day of the cure").isoformat()}
    with entered(held) as room:
        done = enter_event(room, "cured", body, by=request.user.name)
    return f"The cure of line {line} is entered, as event {done.seq}. By itself it changes nothing."


ENTER = {"withdraw": _withdraw, "challenge": _challenge, "cure": _cure}


def _line(request: HttpRequest, case: Case) -> str:
    line = str(request.POST.get("line", "")).strip()
    if line not in case.frame.at:
        raise InputError(NO_LINE)
    return line


def _day(request: HttpRequest, what: str) -> dt.date:
    day = parse_day(request.POST.get("day", ""), what)
    not_to_come(day, "Nothing can have come in")
    return day
