"""Who may act in a case: admitting, dismissing, observing, and how many lines two people look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from ballotworthy.casework import ROLES, Act
from ballotworthy.casework.case import Case
from ballotworthy.casework.ordered import ground_words
from ballotworthy.errors import InputError
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.office import practice
from ballotworthy.office.leases import desks, went_back
from ballotworthy.office.models import Account, HeldCase
from ballotworthy.office.pages.share import open_of
from ballotworthy.office.rooms import board_of, case_of, entered
from ballotworthy.office.second_looks import (
    AGAINST,
    CROSSED_OUT,
    GROUND,
    LEFT,
    REFUSED,
    REPEAT,
    kinds_known,
    set_kinds,
)
from ballotworthy.office.who import CERTIFY, DECIDE, OBSERVE

SAID = {
    REFUSED: "refused, on whatever ground",
    CROSSED_OUT: "accepted, though crossed out or blank as filed",
    LEFT: "one that the machine would leave to a person",
    AGAINST: "ruled otherwise than the machine finds likelier",
    REPEAT: "one that the machine finds to be a repeat, or perhaps",
}


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """List who may do what, and change it, all of it or nothing; the record keeps every change.

    Raises:
        InputError: the share of second looks is no whole number up to 100, or a closed account is given a role.
        Refused: the record does not allow a change, such as that nobody is left who manages the case.
    """
    if request.method == "POST":
        for told in ("Kept.", *_keep(request, held)):
            messages.success(request, told)
        return redirect("admit", slug=held.slug)
    people = case_of(held).people
    observers = set(held.observers.values_list("name", flat=True))
    listed = [
        {"name": name, "was": _was(people, observers, name), "may": people.get(name, ()), "observes": name in observers,
         "closed": not active}
        for name, active in _accounts(people).order_by("name").values_list("name", "is_active")
    ]  # fmt: skip
    context = {"held": held, "may": may, "listed": listed, "roles": ROLES, "kinds": _kinds(held)}
    return render(request, "admit.html", context)


def _kinds(held: HeldCase) -> list[tuple[str, str, bool]]:
    """Give the kinds of rulings of which two people may look at every line: its name, its words, whether they do."""
    case = case_of(held)
    words = ground_words(case)
    return [
        (kind, SAID.get(kind) or f"refused: {words[kind.removeprefix(GROUND)]}", kind in held.second_kinds)
        for kind in kinds_known(case)
    ]


def _accounts(people: Mapping[str, frozenset[str]]) -> QuerySet[Account]:
    """Give the accounts that can be admitted, and closed ones that the record still admits."""
    return Account.objects.filter(Q(is_active=True) | Q(name__in=people))


def _keep(request: HttpRequest, held: HeldCase) -> list[str]:
    """Keep what was changed, and give what else came of it, in sentences."""
    share = read_whole(request.POST.get("second_share", str(held.second_share)))
    if share is None or share > 100:
        raise InputError("write how many of a hundred lines two people look at, 0 to 100.")
    observers = set(held.observers.values_list("name", flat=True))
    with entered(held) as room:
        before = room.case().people
        asked = _asked(request.POST, before)
        changed = {name: them for name, them in asked.items() if them != _was(before, observers, name).split()}
        roles = {name: [role for role in ROLES if role in them] for name, them in changed.items()}
        if any(CERTIFY in them for them in roles.values()):
            practice.check(room.case())
        # Whoever comes to manage comes first and whoever asks is last, so that somebody manages all the while.
        order = sorted(roles, key=lambda name: (name == request.user.name, "manage" not in roles[name], name))

        def made(case: Case) -> list[Act]:
            return [act for name in order for act in _acts(case, request.user.name, name, roles[name])]

        leave = [name for name in order if DECIDE in before.get(name, ()) and DECIDE not in roles[name]]
        lay = dict(desks(held))
        if made(room.case()):
            room.write(made)
        left = open_of(board_of(held)) if leave else {}
    told = _told(order, lay, dict(desks(held)), {name: len(left.get(name, ())) for name in leave})
    accounts = {each.name: each for each in Account.objects.filter(name__in=changed)}
    for name, them in changed.items():
        (held.observers.add if OBSERVE in them else held.observers.remove)(accounts[name])
    if "second_share" in request.POST:
        set_kinds(held, case_of(held), request.POST.getlist("second_kind"))
        held.second_share, held.public = share, "public" in request.POST
        held.save()
    return told


def _told(names: Iterable[str], lay: Mapping[str, int], lie: Mapping[str, int], given: Mapping[str, int]) -> list[str]:
    """Say which lines went back from desks, and which wait that were given by name to who may not decide any more."""
    back = {name: lay.get(name, 0) - lie.get(name, 0) for name in names}
    return [
        *(went_back(name, lines) for name, lines in back.items() if lines > 0),
        *(
            f"Lines given to {name} by name that have no first look: {lines}. Whoever fetches lines next has them; "
            "“Share out lines” gives them to somebody by name."
            for name, lines in given.items() if lines
        ),
    ]  # fmt: skip


def _asked(said: QueryDict, people: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Give, for each person whose row was changed from how it was shown, what he is to do.

    A row that was not touched is left as it is by now: another manager may have changed it meanwhile.
    """
    active = dict(_accounts(people).values_list("name", "is_active"))
    shown = {name: said[f"was:{name}"].split() for name in active if f"was:{name}" in said}
    asked = {name: [each for each in (*ROLES, OBSERVE) if each in said.getlist(f"may:{name}")] for name in shown}
    for name, them in asked.items():
        if not active[name] and not set(them) <= people.get(name, frozenset()) | {OBSERVE}:
            raise InputError(f"the account of {name} is closed: no role can be given to it, only taken away.")
    return {name: them for name, them in asked.items() if them != shown[name]}


def _was(people: Mapping[str, frozenset[str]], observers: set[str], name: str) -> str:
    may = people.get(name, frozenset())
    return " ".join(each for each in (*ROLES, OBSERVE) if each in may or (each == OBSERVE and name in observers))


def _acts(case: Case, by: str, name: str, roles: list[str]) -> list[Act]:
    before = case.people.get(name, frozenset())
    if set(roles) == before:
        return []
    return [Act(by, "admitted", {"id": name, "may": roles}) if roles else Act(by, "dismissed", {"id": name})]
