"""Who may act in a case: admitting, dismissing, observing, and how many lines two people look at."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from ballotworthy.casework import ROLES, Act
from ballotworthy.casework.case import Case
from ballotworthy.errors import InputError
from ballotworthy.office import practice
from ballotworthy.office.models import Account, HeldCase
from ballotworthy.office.rooms import case_of, entered
from ballotworthy.office.who import CERTIFY, OBSERVE


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """List who may do what, and change it, all of it or nothing; the record keeps every change.

    Raises:
        InputError: the share of second looks is no whole number up to 100.
        Refused: the record does not allow a change, such as that nobody is left who manages the case.
    """
    if request.method == "POST":
        _keep(request, held)
        messages.success(request, "Kept.")
        return redirect("admit", slug=held.slug)
    people = case_of(held).people
    observers = set(held.observers.values_list("name", flat=True))
    listed = [
        {"name": name, "was": _was(people, observers, name), "may": people.get(name, ()), "observes": name in observers}
        for name in Account.objects.filter(is_active=True).order_by("name").values_list("name", flat=True)
    ]  # fmt: skip
    return render(request, "admit.html", {"held": held, "may": may, "listed": listed, "roles": ROLES})


def _keep(request: HttpRequest, held: HeldCase) -> None:
    share = request.POST.get("second_share", str(held.second_share))
    if not (share.isascii() and share.isdigit() and int(share) <= 100):
        raise InputError("write how many of a hundred lines two people look at, 0 to 100.")
    observers = set(held.observers.values_list("name", flat=True))
    asked = _asked(request.POST)
    with entered(held) as room:
        changed = {
            name: them for name, them in asked.items() if them != _was(room.case().people, observers, name).split()
        }
        roles = {name: [role for role in ROLES if role in them] for name, them in changed.items()}
        if any(CERTIFY in them for them in roles.values()):
            practice.check(room.case())
        # Whoever comes to manage comes first and whoever asks is last, so that somebody manages all the while.
        order = sorted(roles, key=lambda name: (name == request.user.name, "manage" not in roles[name], name))

        def made(case: Case) -> list[Act]:
            return [act for name in order for act in _acts(case, request.user.name, name, roles[name])]

        if made(room.case()):
            room.write(made)
    accounts = {each.name: each for each in Account.objects.filter(name__in=changed)}
    for name, them in changed.items():
        (held.observers.add if OBSERVE in them else held.observers.remove)(accounts[name])
    if "second_share" in request.POST:
        held.second_share, held.public = int(share), "public" in request.POST
        held.save()


def _asked(said: QueryDict) -> dict[str, list[str]]:
    """Give, for each person whose row was changed from how it was shown, what he is to do.

    A row that was not touched is left as it is by now: another manager may have changed it meanwhile.
    """
    names = Account.objects.filter(is_active=True).values_list("name", flat=True)
    shown = {name: said[f"was:{name}"].split() for name in names if f"was:{name}" in said}
    asked = {name: [each for each in (*ROLES, OBSERVE) if each in said.getlist(f"may:{name}")] for name in shown}
    return {name: them for name, them in asked.items() if them != shown[name]}


def _was(people: Mapping[str, frozenset[str]], observers: set[str], name: str) -> str:
    may = people.get(name, frozenset())
    return " ".join(each for each in (*ROLES, OBSERVE) if each in may or (each == OBSERVE and name in observers))


def _acts(case: Case, by: str, name: str, roles: list[str]) -> list[Act]:
    before = case.people.get(name, frozenset())
    if set(roles) == before:
        return []
    return [Act(by, "admitted", {"id": name, "may": roles}) if roles else Act(by, "dismissed", {"id": name})]
