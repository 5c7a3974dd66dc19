"""A case at a glance: what must be done next and by when, how far the work is, and who does it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ballotworthy.casework.case import GOES_ON, Case
from ballotworthy.casework.ordered import ground_words
from ballotworthy.casework.status import projects_sample
from ballotworthy.casework.work import Work
from ballotworthy.errors import UnknownName
from ballotworthy.law import RULES
from ballotworthy.law.events import EVENTS
from ballotworthy.office import queue
from ballotworthy.office.benches import MATCHING, bench_if_laid
from ballotworthy.office.board import Board
from ballotworthy.office.by_law import due_of, today_of
from ballotworthy.office.claims import open_claims
from ballotworthy.office.jobs.register import may_name
from ballotworthy.office.leases import FIRST, SECOND, THIRD, something_waits
from ballotworthy.office.models import HeldCase, Job, Lease, TakenBack
from ballotworthy.office.pages.close import PURGE, said_of
from ballotworthy.office.pages.frame import required_of, unsaid
from ballotworthy.office.pages.noted import notable, passed_over_of
from ballotworthy.office.pages.refusal_at import Refusal, asked_for
from ballotworthy.office.pages.work import ROLE, TITLES
from ballotworthy.office.practice import is_practice
from ballotworthy.office.rooms import board_of, entered, now
from ballotworthy.office.second_looks import second_looks_of
from ballotworthy.office.sure_clock import doubt_in
from ballotworthy.office.two_people import consent_to, others_who_may
from ballotworthy.office.unmatched import next_on_page, unmatched
from ballotworthy.office.uploads import sheets_read, snapshots
from ballotworthy.office.who import CERTIFY, DECIDE, MANAGE, RESOLVE
from ballotworthy.petition.lines import FIELDS as LINES_FIELDS
from ballotworthy.roll.fields import FIELDS as ROLL_FIELDS
from ballotworthy.sheets import form_of
from ballotworthy.verbs.case_status import status_of_case

SHOWN = 20
STEPS = ("Lines", "Frame", "Register", "Seed", "Sample", "Work", "Count", "Certificate")


def page(request: HttpRequest, held: HeldCase, may: frozenset[str], refusal: Refusal | None = None) -> HttpResponse:
    """Show where the case stands, and at its form what was refused, if anything was."""
    refusal = refusal or asked_for(request, held)
    if second_looks_of(held).by_machine:
        bench_if_laid(held)
    with entered(held) as room:
        board, person = board_of(held), request.user.name
        blind = DECIDE in may
        crossed_out = tuple(line for line in board.crossed_out if not (blind and board.is_blind(line, person)))
        status = status_of_case(room, board.work, crossed_out)
        case = status.case
        piles = [
            (TITLES[look], look, something_waits(held, request.user, look))
            for look in (FIRST, SECOND, THIRD)
            if ROLE[look] in may
        ]
        context: dict[str, Any] = {
            "held": held, "may": may, "status": status, "case": case, "piles": piles,
            "steps": steps_of(case, board.work), "strata": sorted(board.strata.items()), "reasons": _reasons(board),
            "telling": board.telling(person) if blind else frozenset(),
            "required": required_of(case), "given": _given(case), "today": today_of(case), "due": due_of(status),
            "waiting": [(each.deadline.what, EVENTS[each.deadline.event]) for each in status.waiting],
            "projects": projects_sample(case),
            "next": next_on_page(held, status), "unmatched": unmatched(held),
            "examine_all": may_examine_all(case), "unsaid": unsaid(held, case),
            "unsaid_sheets": unsaid(held, case, "sheets"), "practice": is_practice(case),
            "doubt": doubt_in(room, now()), "lack_second": board.lack_second, "unweighed": board.unweighed,
            "repeated": _repeated(case), "crossed_out": status.crossed_out[:SHOWN], "purged": said_of(case.purged),
            "passed_over": passed_over_of(status), "undated": status.undated, "own_number": status.own_number,
        }  # fmt: skip
    if may & {MANAGE, RESOLVE, CERTIFY} and not case.standing.closed:
        context["taken_back"] = TakenBack.objects.filter(held=held).select_related("account").order_by("pk")[:SHOWN]
        context["unanswered"] = len(open_claims(held, case))
        context["no_third"] = _lacks_third(case, board) if status.work.differing else False
    if CERTIFY in may:
        context["consent"] = consent_to(held, CERTIFY)
        context["own_key"] = case.second_key(request.user.name, case.link.seq)
        context["alone"] = getattr(case, "version", 1) > 1 and not others_who_may(case, CERTIFY, request.user.name)
    if MANAGE in may:
        context["lines_fields"], context["roll_fields"] = (", ".join(each) for each in (LINES_FIELDS, ROLL_FIELDS))
        context["notable"] = notable(case)
        context["purging"] = consent_to(held, PURGE)
        context["own_form"] = _has_form(case.opened["place"], case.opened["kind"])
        context["sheets"] = [path.name for path in sheets_read()]
        context["snapshots"] = [path.name for path in snapshots()]
        context["another"] = bool(case.rolls) and may_name(case) and not case.standing.closed
        context["stations"] = (
            Lease.objects.filter(held=held, until__gt=now()).values_list("account__name", "look").annotate(Count("pk"))
        )
        jobs = Job.objects.filter(held=held, kind=MATCHING)
        context["matching"] = jobs.filter(state__in=queue.OPEN).first()
        context["matched"] = _doubted(jobs.filter(state=Job.DONE).last()) if context["another"] else ()
        context["tally"] = sorted(case.tally.items(), key=lambda each: -sum(each[1].values()))
    if refusal:
        forms = _forms_on_page(case, another=context.get("another", False)) if MANAGE in may else ()
        context |= {"refusal": refusal, "typed": {refusal.form: refusal.typed}, "form_gone": refusal.form not in forms}
    return render(
        request, "dashboard.html", context, status=refusal.status if refusal and request.method == "POST" else 200
    )


def _given(case: Case) -> list[dict[str, str]]:
    """Give the rules that the office entered, each with its meaning."""
    given = case.pinned.get("given", ()) if case.pinned else ()
    return [
        {**each, "meaning": RULES[each["rule"]].meaning if each["rule"] in RULES else each["rule"]} for each in given
    ]


def _forms_on_page(case: Case, *, another: bool) -> frozenset[str]:
    """Give the forms that take something in and that the page of a case has now."""
    if case.frame.fixed is None:
        return frozenset({"lines", "scans"})
    return frozenset({"register"} if not case.rolls or another else ())


def _has_form(place: str, kind: str) -> bool:
    """Tell whether a form of sheets is held for the place and kind of a case."""
    try:
        return bool(form_of(place, kind))
    except UnknownName:
        return False


def _lacks_third(case: Case, board: Board) -> bool:
    """Tell whether a line that two people see differently waits, and nobody who resolves may end it."""
    waiting = set(board.thirds("", len(case.frame.at)))
    for each in others_who_may(case, RESOLVE, ""):
        waiting -= set(board.thirds(each, len(case.frame.at)))
    return bool(waiting)


def _doubted(job: Job | None) -> list[str]:
    """Give what matching the lines last made doubtful, in sentences."""
    return job.told.split("\n")[1:] if job else []


def may_examine_all(case: Case) -> bool:
    """Tell whether the law goes on to every line, as it may behind a certificate too: its verdict decides nothing."""
    verdict, sample = case.standing.verdict, case.sample
    return (
        verdict is not None and verdict.body["verdict"] in GOES_ON
        and sample is not None and sample.body["scope"] != "all"
    )  # fmt: skip


def steps_of(case: Case, work: Work) -> list[tuple[str, str]]:
    """Give the steps of the order, each with `done`, `now` or `later`."""
    standing, sample = case.standing, case.sample
    decided = sample is not None and not work.open
    done = (
        bool(case.frame.lines), case.frame.fixed is not None, bool(case.rolls), case.seed is not None or bool(sample),
        sample is not None, decided, standing.verdict is not None, standing.closed,
    )  # fmt: skip
    at = next((place for place, each in enumerate(done) if not each), len(done))
    return [(step, "done" if here < at else "now" if here == at else "later") for here, step in enumerate(STEPS)]


def _repeated(case: Case) -> int:
    """Give how many lines the count that stands found to repeat a voter of another line."""
    counts = case.standing.counts
    return sum(row["duplicates"] for row in counts.body["rows"]) if counts else 0


def _reasons(board: Board) -> list[tuple[str, str, int]]:
    """Give how many lines were refused on each ground, most first."""
    words = ground_words(board.case)
    said = [(key, words.get(key, key), count) for key, count in (+board.reasons).items()]
    return sorted(said, key=lambda each: -each[2])
