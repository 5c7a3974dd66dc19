"""Counting what was decided, certifying the verdict, and purging afterwards: the last two are acts of two people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ballotworthy.casework.case import Case
from ballotworthy.errors import InputError, Refused
from ballotworthy.files.asked_day import parse_day
from ballotworthy.office.benches import forget_lines
from ballotworthy.office.languages import code
from ballotworthy.office.models import HeldCase
from ballotworthy.office.pages.own_key import key_given
from ballotworthy.office.rooms import case_of, entered, now
from ballotworthy.office.two_people import consent_to, first_of_two, in_record, others_who_may, withdraw
from ballotworthy.office.who import CERTIFY, MANAGE
from ballotworthy.verbs.case_certify import certify_case
from ballotworthy.verbs.case_count import count_case
from ballotworthy.verbs.case_purge import purge_case, refuse_early

PURGE = "purge"
WHAT = {"names": "the lines with their names", "images": "the pictures"}


@require_POST
def count(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Count, and judge by the pinned law.

    Raises:
        Refused: that was done, and nothing has changed since.
    """
    with entered(held) as room:
        judged = count_case(room.provided(_refuse_counted), by=request.user.name)
    messages.success(request, f"The law's answer to these counts: {code(judged.verdict['verdict'])}.")
    return redirect("case", slug=held.slug)


def _refuse_counted(case: Case) -> None:
    if case.standing.verdict is not None:  # a form sent twice would end what somebody signed in between
        raise Refused("this was counted already, and nothing has changed since. The law's answer stands as it is.")


@require_POST
def certify(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Sign the verdict that stands, once two people have typed their own names under it; one, where only one may.

    Raises:
        InputError: what was typed is not his name.
    """
    _signed(request)
    with key_given(request) as key, entered(held) as room:
        case = room.case()
        verdict = case.standing.verdict
        if case.risk_terms is not None and not case.standing.risk:
            raise Refused(
                "the terms of a risk-limiting check stand in this case: state first what it says, on its page."
            )
        said = {"verdict": verdict.sha256 if verdict else "", **({"risk": case.risk["statement"]} if case.risk else {})}
        first, beside = _two(request, held, case, CERTIFY, said, certify_case)
        if first is None:
            return redirect("case", slug=held.slug)
        done = certify_case(room, by=first, second_key=key if beside.get("second") else None, **beside)
    withdraw(held, CERTIFY)
    messages.success(request, f"Certified: {code(done.verdict)}. The certificate and the signed head are in the case.")
    return redirect("case", slug=held.slug)


def purge(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Delete names and pictures after the lawful period, once two people have signed the same.

    Raises:
        InputError: nothing was chosen, a day or the ground is missing, or what was typed is not his name.
        Refused: the day has not come, or the case was never certified.
    """
    if request.method != "POST":
        case, consent = case_of(held), consent_to(held, PURGE)
        own_key = case.second_key(request.user.name, case.link.seq)
        context = {
            "held": held, "may": may, "case": case, "consent": consent, "what": WHAT, "own_key": own_key,
            "purged": said_of(case.purged), "signed": said_of(consent.said["what"]) if consent else (),
        }  # fmt: skip
        return render(request, "purge.html", context)
    _signed(request)
    what = [each for each in WHAT if each in request.POST]
    ground, day = request.POST.get("ground", "").strip(), request.POST.get("lawful_from", "")
    if not what or not ground:
        raise InputError("choose what is to be deleted, and write the rule that allows it.")
    lawful_from = parse_day(day, "the first lawful day")
    said = {"what": what, "ground": ground, "lawful_from": lawful_from.isoformat()}
    with key_given(request) as key, entered(held) as room:
        refuse_early(room.case(), now(), lawful_from)
        first, beside = _two(request, held, room.case(), PURGE, said, purge_case)
        if first is None:
            return redirect("purge", slug=held.slug)
        second_key = key if beside.get("second") else None
        done = purge_case(
            room, by=first, ground=ground, lawful_from=lawful_from, what=what, second_key=second_key, **beside
        )
    withdraw(held, PURGE)
    forget_lines(held)
    messages.success(request, f"{done.files:,} files are deleted; the record says so, and still verifies.")
    return redirect("case", slug=held.slug)


def said_of(what: Iterable[str]) -> list[str]:
    """Give what is deleted in words."""
    return [WHAT.get(each, each) for each in sorted(what, reverse=True)]


@require_POST
def take_back(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Take a first signature back, before the second person has signed."""
    act = request.POST.get("act", "")
    withdraw(held, act)
    messages.info(request, "The signature is taken back; nothing was done.")
    return redirect("purge" if act == PURGE else "case", slug=held.slug)


ROLE = {CERTIFY: CERTIFY, PURGE: MANAGE}


def _two(
    request: HttpRequest, held: HeldCase, case: Case, act: str, said: dict[str, Any], verb: Any
) -> tuple[str | None, dict[str, Any]]:
    """Give in whose name an act is done now and what its verb is told of the second; no name where one has to wait."""
    person, role = request.user, ROLE[act]
    others = others_who_may(case, role, person.name)
    if not others:
        return person.name, in_record(verb, case, "", request.POST.get("alone", "").strip())
    first = first_of_two(held, case, act, role, person, said)
    if first is None:
        messages.success(request, f"Signed. It happens once another signs the same: {', '.join(others)}.")
        return None, {}
    return first.name, in_record(verb, case, person.name)


def _signed(request: HttpRequest) -> None:
    if request.POST.get("signed", "").strip() != request.user.name:
        raise InputError("type the name of your own account to sign it.")
