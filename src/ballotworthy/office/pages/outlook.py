"""How the case may end: pace against the deadline, what the rest can still change, the machine's number put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.casework.bench import Bench
from ballotworthy.casework.foreseen import foreseen_of
from ballotworthy.casework.outlook import outlook_of
from ballotworthy.office.benches import bench_if_laid, chances_of
from ballotworthy.office.board import Board, Sum
from ballotworthy.office.by_law import due_of, next_due, today_of
from ballotworthy.office.languages import code
from ballotworthy.office.models import HeldCase
from ballotworthy.office.pace import forecast
from ballotworthy.office.rooms import board_of, entered, hours_of
from ballotworthy.office.unmatched import unmatched
from ballotworthy.office.who import DECIDE
from ballotworthy.verbs.case_expected import expected_of
from ballotworthy.verbs.case_status import status_of_case

WORST = 12
"""So many sheets and circulators are listed, those first of which most lines were refused; so many strata lacking."""
FEW = 5
"""Sheets and circulators with fewer rulings are not compared."""


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show it; nothing of it decides anything, and clerks do not see it.

    Whoever manages and may still look second at a line sees no figure that could tell him what was ruled on it first.
    """
    bench, chances = bench_if_laid(held), chances_of(held)
    with entered(held) as room:
        board = board_of(held)
        status = status_of_case(room, board.work)
        due = next_due(due_of(status))
        work, today, person = board.work, today_of(board.case), request.user.name
        blind = DECIDE in may and bool(board.seconds(person, 1))
        context: dict[str, Any] = {
            "held": held, "may": may, "case": board.case, "work": work, "due": due, "blind": blind,
            "unmatched": unmatched(held),
            "hidden": DECIDE in may and bool(board.telling(person)), "outlook": outlook_of(board.case),
            "foreseen": foreseen_of(board.case),
            "pace": forecast(
                hours_of(held), work.lines - work.first, today, due.due.safe if due else None,
                board.case.opened["place"],
            ),
            "sheets": () if blind else _worst(board.sheets.items()),
            "repeats": sum(len(lines) > 1 for lines in board.standing.values()),
        }  # fmt: skip
        if context["outlook"]:
            context["possible"] = ", ".join(code(each) for each in context["outlook"].verdicts)
            context["lacking"] = list(context["outlook"].lacking.items())[:WORST]
        if bench is not None:
            context["circulators"] = () if blind else _worst(_circulators(board, bench))
            context["laid"], context["expected"] = True, expected_of(board.case, chances) if chances else None
    return render(request, "outlook.html", context)


def _circulators(board: Board, bench: Bench) -> Iterable[tuple[str, Sum]]:
    """Give the sums of each circulator; his name is that of the lines as filed, and is in no record."""
    if "circulator" not in bench.lines.columns:
        return ()
    of = dict(zip(bench.rows, bench.lines["circulator"].to_list(), strict=True))
    sums: dict[str, Sum] = {}
    for line in board.order:
        each = sums.setdefault(of.get(line) or "not told", Sum())
        each.lines += 1
        ruling = board.case.ruling(line)
        each.ruled += ruling is not None
        each.valid += ruling is not None and ruling.outcome == "valid"
    return sums.items()


def _worst(sums: Iterable[tuple[str, Sum]]) -> list[tuple[str, Sum, int]]:
    """Give those of which the largest share was refused, each with that share in per cent."""
    enough = [(name, each, round(100 * each.refused / each.ruled)) for name, each in sums if each.ruled >= FEW]
    order = Counter({at: 1000 * share + each.refused for at, (_, each, share) in enumerate(enough)})
    return [enough[at] for at, weight in order.most_common(WORST) if weight > 0]
