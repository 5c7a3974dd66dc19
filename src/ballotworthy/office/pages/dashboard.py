"""A case at a glance: what must be done next and by when, how far the work is, and who does it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.casework.case import Case
from ballotworthy.office.leases import FIRST, SECOND, THIRD, waiting
from ballotworthy.office.models import HeldCase, Lease
from ballotworthy.office.pages.intake import snapshots
from ballotworthy.office.pages.work import ROLE, TITLES
from ballotworthy.office.rooms import entered, now
from ballotworthy.office.who import MANAGE
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_status import Status, status_of_case

STEPS = ("Lines", "Frame", "Register", "Seed", "Sample", "Work", "Count", "Certificate")


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show where the case stands."""
    with entered(held) as room:
        status = status_of_case(room)
        case = status.case
        piles = [
            (TITLES[look], look, len(waiting(room, held, request.user.name, look, 1)))
            for look in (FIRST, SECOND, THIRD)
            if ROLE[look] in may
        ]
        context: dict[str, Any] = {
            "held": held, "may": may, "status": status, "case": case, "piles": piles, "steps": steps_of(case),
            "strata": strata_of(case), "reasons": _reasons(case), "today": now().date(), "due": due_of(status),
            "next": on_page(status.next.what),
        }  # fmt: skip
    if MANAGE in may:
        context["snapshots"] = [path.name for path in snapshots()]
        context["stations"] = (
            Lease.objects.filter(held=held, until__gt=now()).values_list("account__name", "look").annotate(Count("pk"))
        )
        context["tally"] = sorted(case.tally.items(), key=lambda each: -sum(each[1].values()))
    return render(request, "dashboard.html", context)


def steps_of(case: Case) -> list[tuple[str, str]]:
    """Give the steps of the order, each with `done`, `now` or `later`."""
    standing, sample = case.standing, case.sample
    decided = sample is not None and all(case.ruling(line) for line in sample.lines)
    done = (
        bool(case.frame.lines), case.frame.fixed is not None, bool(case.rolls), case.seed is not None or bool(sample),
        sample is not None, decided, standing.verdict is not None, standing.closed,
    )  # fmt: skip
    at = next((place for place, each in enumerate(done) if not each), len(done))
    return [(step, "done" if here < at else "now" if here == at else "later") for here, step in enumerate(STEPS)]


def strata_of(case: Case) -> list[dict[str, Any]]:
    """Give the progress of each stratum."""
    if case.sample is None:
        return []
    lines: dict[str, list[str]] = {}
    for line in case.sample.lines:
        lines.setdefault(case.frame.line(line).stratum, []).append(line)
    found = []
    for name, ids in sorted(lines.items()):
        rulings = [ruling for line in ids if (ruling := case.ruling(line))]
        valid = sum(ruling.outcome == "valid" for ruling in rulings)
        found.append({"name": name, "lines": len(ids), "ruled": len(rulings), "valid": valid,
                      "share": round(100 * len(rulings) / len(ids)) if ids else 0})  # fmt: skip
    return found


def _reasons(case: Case) -> list[tuple[str, str, int]]:
    """Give how many lines were refused on each ground, most first."""
    found: dict[str, int] = {}
    for line in case.looks:
        ruling = case.ruling(line)
        if ruling and ruling.reason:
            found[ruling.reason] = found.get(ruling.reason, 0) + 1
    words = case.rules.reasons if case.rules else {}
    said = [(key, words[key].words if key in words else key, count) for key, count in found.items()]
    return sorted(said, key=lambda each: -each[2])


def due_of(status: Status) -> list[dict[str, Any]]:
    """Give the days that the law allows, the first first, each with the days that are left."""
    today = now().date()
    return [{"due": each, "left": (each.day - today).days} for each in sorted(status.due, key=lambda each: each.day)]
