"""Sharing lines out: who is given which of the sample by name for a first look, and what lies on whose desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ballotworthy.casework.case import Case
from ballotworthy.casework.work import may_decide
from ballotworthy.errors import InputError
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.office.board import Board
from ballotworthy.office.bulk import sheets_of
from ballotworthy.office.leases import FIRST, closed_accounts, desks, put_back
from ballotworthy.office.models import Account, HeldCase, WentBack
from ballotworthy.office.rooms import board_of, entered
from ballotworthy.verbs.case_enter import enter_event

MOST = 10_000
"""Lines given at once: they stand in one event of the record."""
RECENT = 50
"""Acts by which lines went back from desks that are shown, the last first."""
NOBODY = ""
"""Whose lines are that were given to nobody who still decides: whoever fetches lines first has them."""


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """List what was given to whom and what lies on whose desk, give more, and put back what lies there.

    Raises:
        InputError: nobody who may decide is chosen, a field cannot be read, or no line fits.
        Refused: no sample is drawn, or the case is certified.
    """
    if request.method == "POST":
        does = _put_back if request.POST.get("act") == "back" else _give
        messages.success(request, does(request, held))
        return redirect("share", slug=held.slug)
    with entered(held):
        board = board_of(held)
    case, left, lying = board.case, open_of(board), dict(desks(held))
    clerks, closed = _clerks(case), closed_accounts({*case.assigned, *lying})
    listed = [
        {
            "name": name, "given": len(set(case.assigned.get(name, ()))), "left": len(left.get(name, ())),
            "lie": lying.get(name, 0), "closed": name in closed, "decides": may_decide(case, name),
        }
        for name in sorted({*clerks, *case.assigned, *lying})
    ]  # fmt: skip
    context = {
        "held": held, "may": may, "case": case, "listed": listed, "clerks": clerks, "free": len(left[NOBODY]),
        "sources": [(name, len(lines)) for name, lines in left.items() if name and lines],
        "strata": sorted(board.strata), "most": MOST,
        "acts": WentBack.objects.filter(held=held).select_related("account").order_by("-at", "-pk")[:RECENT],
    }  # fmt: skip
    return render(request, "share.html", context)


def open_of(board: Board) -> Mapping[str, Sequence[str]]:
    """Give the lines without a first look, in the order of work, by whom they were given to.

    `NOBODY` has what anybody is handed: what was given to nobody, or to those alone who do not decide any more. Clerks
    may go on deciding meanwhile: a line that has its first look by now is given in vain, and does no harm.
    """
    gone = closed_accounts(board.case.assigned)
    come = {person for person in board.case.assigned if person not in gone and may_decide(board.case, person)}
    owners: dict[str, dict[str, None]] = {}
    for person, lines in board.case.assigned.items():
        for line in lines:
            owners.setdefault(line, {})[person] = None
    found: dict[str, list[str]] = {NOBODY: [], **{person: [] for person in board.case.assigned}}
    for line in board.order:
        if board.waits(FIRST, line):
            of = owners.get(line, {})
            for person in of if come & of.keys() else (*of, NOBODY):
                found[person].append(line)
    return found


def _give(request: HttpRequest, held: HeldCase) -> str:
    said = {name: request.POST.get(name, "").strip() for name in ("person", "of", "sheets", "stratum", "number")}
    with entered(held):
        board = board_of(held)
    case, person, number = board.case, said["person"], read_whole(said["number"])
    if person not in _clerks(case):
        raise InputError("choose who is given the lines: somebody who may decide in this case.")
    if said["number"] and not number:
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
    lines = fit[:number] if number else fit
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


def _put_back(request: HttpRequest, held: HeldCase) -> str:
    account = get_object_or_404(Account, name=request.POST.get("person", ""))
    lines = put_back(account, by=request.user, why=WentBack.PUT_BACK, held=held)
    if not lines:
        return f"Nothing lies on the desk of {account.name} any more."
    return f"Lines put back from the desk of {account.name}: {lines}. Whoever fetches lines next has them."


def _clerks(case: Case) -> list[str]:
    may = {name for name in case.people if may_decide(case, name)}
    return sorted(may - closed_accounts(may))
