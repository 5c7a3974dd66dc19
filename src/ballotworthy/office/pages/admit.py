"""Who may act in a case: admitting, dismissing, observing, and how many lines two people look at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ballotworthy.casework import ROLES
from ballotworthy.errors import InputError
from ballotworthy.office import practice
from ballotworthy.office.models import Account, HeldCase
from ballotworthy.office.rooms import case_of, entered
from ballotworthy.office.who import CERTIFY
from ballotworthy.verbs.case_enter import enter_event


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """List who may do what, and change it; the record keeps every change.

    Raises:
        InputError: the share of second looks is no whole number up to 100.
    """
    if request.method == "POST":
        if "second_share" in request.POST:
            share = request.POST["second_share"]
            if not (share.isascii() and share.isdigit() and int(share) <= 100):
                raise InputError("write how many of a hundred lines two people look at, 0 to 100.")
            held.second_share, held.public = int(share), "public" in request.POST
            held.save()
        else:
            _admit(request, held)
        return redirect("admit", slug=held.slug)
    people = case_of(held).people
    observers = set(held.observers.values_list("name", flat=True))
    listed = [
        {"name": account.name, "may": people.get(account.name, frozenset()), "observes": account.name in observers}
        for account in Account.objects.filter(is_active=True).order_by("name")
    ]
    return render(request, "admit.html", {"held": held, "may": may, "listed": listed, "roles": ROLES})


def _admit(request: HttpRequest, held: HeldCase) -> None:
    account = get_object_or_404(Account, name=request.POST.get("name"), is_active=True)
    roles = [role for role in ROLES if role in request.POST]
    (held.observers.add if "observe" in request.POST else held.observers.remove)(account)
    with entered(held) as room:
        if CERTIFY in roles:
            practice.check(room.case())
        before = room.case().people.get(account.name, frozenset())
        if roles and set(roles) != before:
            enter_event(room, "admitted", {"id": account.name, "may": roles}, by=request.user.name)
        elif before and not roles:
            enter_event(room, "dismissed", {"id": account.name}, by=request.user.name)
