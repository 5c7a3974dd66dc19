"""Voters who stand on several lines: the lines side by side, as they were written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.office.benches import bench_of
from ballotworthy.office.models import HeldCase
from ballotworthy.office.pages.picture import picture_of
from ballotworthy.office.rooms import board_of, entered
from ballotworthy.verbs.case_bench import cells_of

SHOWN = 20
"""So many voters a page."""


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show them, with what was ruled on each line; the count keeps what the law lets count."""
    bench = bench_of(held)
    with entered(held) as room:
        board = board_of(held)
        case = board.case
        several = [sorted(lines, key=case.frame.at.__getitem__) for lines in board.standing.values() if len(lines) > 1]
        several.sort(key=lambda lines: case.frame.at[lines[0]])

        def shown(line: str) -> dict[str, Any]:
            picture = picture_of(case, room.folder, line) is not None
            ruling, at = case.ruling(line), case.frame.line(line)
            return {"line": at, "id": line, "cells": cells_of(bench, line), "ruling": ruling, "picture": picture}

        groups = [[shown(line) for line in lines] for lines in several[:SHOWN]]
        policy = case.rules.duplicates if case.rules else None
    context = {"held": held, "may": may, "groups": groups, "number": len(several), "policy": policy}
    return render(request, "repeats.html", context)
