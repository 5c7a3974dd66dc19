"""The lines that two people see differently, and how often they do: by reason, and by person for the manager alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.casework.case import Case
from ballotworthy.casework.ordered import ground_words
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered
from ballotworthy.office.who import MANAGE
from ballotworthy.verbs.case_differing import differing_lines

SHOWN = 100


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """List them with both rulings."""
    with entered(held) as room:
        case = room.case()
        words = ground_words(case)
        lines = [
            {"line": each.line, "rulings": [(ruling, words.get(ruling.reason, ruling.reason)) for ruling in both],
             "two_voters": all(ruling.outcome == "valid" for ruling in both)}
            for each in differing_lines(room, number=SHOWN).lines
            for both in [(each.first, each.second)]
        ]  # fmt: skip
        context = {"held": held, "may": may, "lines": lines, "rates": _rates(case, words, of_people=MANAGE in may)}
    return render(request, "differing.html", context)


def _rates(case: Case, words: Mapping[str, str], *, of_people: bool) -> list[tuple[str, int, int]]:
    """Give, of the lines that two people looked at, how many they saw differently: by first ruling, then by person."""
    read: Counter[str] = Counter()
    differ: Counter[str] = Counter()
    for looks in case.looks.values():
        if looks.first and looks.second:
            reason = looks.first.reason
            names = [f"first ruled {words.get(reason, reason) or looks.first.outcome}"]
            names += [f"first look by {looks.first.by}"] if of_people else []
            for name in names:
                read[name] += 1
                differ[name] += looks.differ
    return [(name, differ[name], count) for name, count in sorted(read.items())]
