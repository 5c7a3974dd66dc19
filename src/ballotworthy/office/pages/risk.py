"""The risk-limiting check beside the statutory sample: its terms before the seed, what it says, what it wants next."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import asdict
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ballotworthy.casework.case import Case
from ballotworthy.casework.overweighed import overweighed
from ballotworthy.casework.risk import requirement_of
from ballotworthy.casework.room import Room
from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.office.board import Board
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import board_of, entered
from ballotworthy.office.uploads import discard, named_as_given, stage, staged
from ballotworthy.office.who import DECIDE
from ballotworthy.office.words import on_page
from ballotworthy.risk_check.asked import Asked
from ballotworthy.verbs.case_risk_next import Wanted, next_in_check
from ballotworthy.verbs.case_risk_state import record_risk, state_risk
from ballotworthy.verbs.case_risk_terms import fix_risk_terms
from ballotworthy.verbs.case_risk_weigh import weigh_lines

MOST_PROPOSALS = 500_000_000
"""Bytes of an upload."""
SHOWN = 10
SHARE = re.compile(r"0?\.[0-9]{1,6}\Z")


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show what the check asks, what it says by the rulings so far, and which lines it wants next."""
    with entered(held) as room:
        case = room.case()
        context: dict[str, Any] = {
            "held": held, "may": may, "case": case, "terms": case.risk_terms,
            "open": case.frame.fixed is not None and case.seed is None and case.sample is None,
        }  # fmt: skip
        if case.risk_terms is not None:
            context["required"] = requirement_of(case)
            context |= _stands(room, held, case, request.user.name if DECIDE in may else "")
    return render(request, "risk.html", context)


@require_POST
def terms(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Fix the terms, with or without the machine's proposals.

    Raises:
        InputError: a number cannot be, or the proposals cannot be read.
        Refused: the frame is not fixed, or the seed is drawn.
    """
    if "sure" not in request.POST:
        raise InputError("say that these are the terms: they cannot be changed once they stand.")
    risk = request.POST.get("risk", "").strip()
    if not SHARE.match(risk):
        raise InputError("write the risk limit as a share below 1, such as 0.05.")
    numbers = {name: _number(request, name) for name in ("unlinked", "missing", "expected_valid")}
    given = stage(request, MOST_PROPOSALS) if "file" in request.FILES else None
    try:
        with entered(held) as room:
            asked = Asked(
                float(risk), numbers["unlinked"], missing=numbers["missing"] or 0,
                expected_valid=numbers["expected_valid"],
            )  # fmt: skip
            fix = partial(fix_risk_terms, room, asked, by=request.user.name, by_strata="by_strata" in request.POST)
            if given is None:
                fix()
            else:
                with named_as_given(staged(given)) as path:
                    fix(proposals=path)
    finally:
        discard(given or {})
    messages.success(request, "The terms of the check stand in the record.")
    return redirect("risk", slug=held.slug)


@require_POST
def weigh(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Enter how many further valid lines of a line's signer the whole petition has.

    Raises:
        InputError: no number is written.
        Refused: the line is not drawn.
    """
    line, further = request.POST.get("line", "").strip(), _number(request, "further")
    if further is None:
        raise InputError(f"line {line}: write how many further valid lines of this signer were found; 0 if none.")
    with entered(held) as room:
        weigh_lines(room, [(line, further)], by=request.user.name)
    messages.success(request, f"Line {line} is weighed: {further:,}. What was entered last holds.")
    return redirect("risk", slug=held.slug)


@require_POST
def record(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Record what the check says now, for the certificate."""
    with entered(held) as room:
        record_risk(room, by=request.user.name)
    messages.success(request, "What the check says stands in the record. It is made anew if a ruling changes.")
    return redirect("risk", slug=held.slug)


def _stands(room: Room, held: HeldCase, case: Case, person: str) -> dict[str, Any]:
    """Give what it says and wants; to who may still look second at lines, nothing of what was ruled on them."""
    board = board_of(held)
    waiting = frozenset(board.seconds(person, len(case.looks))) if person else frozenset()
    if case.seed is None or case.sample is None:
        return {}
    try:
        said, wanted = state_risk(room), next_in_check(room, number=SHOWN + len(waiting))
    except BallotworthyError as error:
        return {"wrong": on_page(str(error))}
    lines = [_beside(board, case, each, waiting) for each in wanted.lines if each.line not in waiting]
    return {
        "said": said.body, "blind": bool(waiting), "wanted": {**asdict(wanted), "lines": lines[:SHOWN]},
        "later": bool(wanted.lines and not lines), "recorded": case.standing.risk, "weighed": bool(case.weighings),
        "overweighed": [str(each) for each in overweighed(case, case.weighings) if each.line not in waiting],
    }  # fmt: skip


def _beside(board: Board, case: Case, wanted: Wanted, hidden: Collection[str]) -> dict[str, Any]:
    """Give a line that is wanted, with the other lines that were ruled its signer's and are not to be hidden."""
    ruling = case.ruling(wanted.line)
    his = board.stands_on(ruling.voter) if ruling else ()
    return {**asdict(wanted), "his": [line for line in his if line != wanted.line and line not in hidden]}


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "").strip().replace(",", "")
    number = read_whole(text)
    if text and number is None:
        raise InputError("write numbers in digits.")
    return number
