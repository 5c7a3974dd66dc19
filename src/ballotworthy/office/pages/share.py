"""Sharing lines out by name: who is given which lines of the sample for a first look, and how many of them are open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.casework.case import Case
from ballotworthy.errors import InputError
from ballotworthy.office.board import Board
from ballotworthy.office.bulk import sheets_of
from ballotworthy.office.leases import FIRST
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import board_of, entered
from ballotworthy.office.who import DECIDE
from ballotworthy.verbs.case_enter import enter_event

MOST = 10_000
"""Lines given at once: they stand in one event of the record."""
NOBODY = ""
"""Whose lines are that were given to nobody: whoever fetches lines first has them."""


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """List what was given to whom, and give more.

    Raises:
        InputError: nobody who may decide is chosen, a field cannot be read, or no line fits.
        Refused: no sample is drawn, or the case is certified.
    """
    if request.method == "POST":
        messages.success(request, _give(request, held))
        return redirect("share", slug=held.slug)
    with entered(held):
        board = board_of(held)
    case, left = board.case, open_of(board)
    clerks = _clerks(case)
    listed = [
        (name, len(set(case.assigned.get(name, ()))), len(left.get(name, ())), name in clerks)
        for name in sorted({*clerks, *case.assigned})
    ]
    context = {
        "held": held, "may": may, "case": case, "listed": listed, "clerks": clerks, "free": len(left[NOBODY]),
        "sources": [(name, len(lines)) for name, lines in left.items() if name and lines],
        "strata": sorted(board.strata), "most": MOST,
    }  # fmt: skip
    return render(request, "share.html", context)


def open_of(board: Board) -> Mapping[str, Sequence[str]]:
    """Give the lines without a first look, in the order of work, by whom they were given to; `NOBODY` has the rest.

    Clerks may go on deciding meanwhile: a line that has its first look by now is given in vain, and does no harm.
    """
    owners: dict[str, dict[str, None]] = {}
    for person, lines in board.case.assigned.items():
        for line in lines:
            owners.setdefault(line, {})[person] = None
    found: dict[str, list[str]] = {NOBODY: [], **{person: [] for person in board.case.assigned}}
    for line in board.order:
        if board.waits(FIRST, line):
            for person in owners.get(line, (NOBODY,)):
                found[person].append(line)
    return found


def _give(request: HttpRequest, held: HeldCase) -> str:
    said = {name: request.POST.get(name, "").strip() for name in ("person", "of", "sheets", "stratum", "number")}
    with entered(held):
        board = board_of(held)
    case, person, number = board.case, said["person"], said["number"]
    if person not in _clerks(case):
        raise InputError("choose who is given the lines: somebody who may decide in this case.")
    if number and not (number.isascii() and number.isdigit() and len(number) < 10 and int(number)):
        raise InputError("write in digits how many lines at most, or leave that empty for all that fit.")
    numbers = sheets_of(said["sheets"])
    if strange := sorted(numbers - case.frame.sheets):
        raise InputError(f"there are no such sheets in the frame: {', '.join(strange[:5])}.")
    had = set(case.assigned.get(person, ()))
    fit = [
        line
        for line in open_of(board).get(said["of"], ())
        if line not in had
        and (not numbers or case.frame.line(line).sheet in numbers)
        and said["stratum"] in ("", case.frame.line(line).stratum)
    ]
    lines = fit[: int(number)] if number else fit
    if not lines:
        raise InputError(
            "no line fits that: those that do have their first look, or were given by name already. Choose other "
            "sheets, or whose lines they are now."
        )
    if len(lines) > MOST:
        raise InputError(f"that is {len(lines)} lines, and at most {MOST} are given at once. Write how many at most.")
    with entered(held) as room:
        enter_event(room, "assigned", {"person": person, "lines": lines}, by=request.user.name)
    return f"Lines given to {person}: {len(lines)}."


def _clerks(case: Case) -> list[str]:
    return sorted(name for name, roles in case.people.items() if DECIDE in roles)
