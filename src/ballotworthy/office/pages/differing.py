"""The lines that two people see differently, and how often first rulings are wrong; by person for managers alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.casework.ordered import ground_words
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import entered
from ballotworthy.office.second_looks import second_looks_of
from ballotworthy.office.who import MANAGE
from ballotworthy.verbs.case_differing import differing_lines
from ballotworthy.verbs.case_rates import OUTCOME, PERSON, REASON, Rate, second_look_rates

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
        by_lot = second_looks_of(held).by_lot
        told = second_look_rates(case) if held.lot_alone else second_look_rates(case, lambda line: by_lot(case, line))
        rates = _rates(told, words, of_people=MANAGE in may)
        context = {"held": held, "may": may, "lines": lines, "rates": rates}
    return render(request, "differing.html", context)


def _rates(rates: Sequence[Rate], words: Mapping[str, str], *, of_people: bool) -> list[tuple[str, Rate]]:
    """Give how often first rulings are wrong, with what each row is about in words; of people to the manager alone."""
    said = {OUTCOME: "first ruled {}", REASON: "first ruled {}", PERSON: "first look by {}"}
    return [
        (said[each.kind].format(words.get(each.name, each.name)), each)
        for each in rates
        if each.kind != PERSON or of_people
    ]
