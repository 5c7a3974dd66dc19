"""The seed ceremony: a page for the wall, from the fingerprint to the first lines drawn; printed it is the minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ballotworthy.casework.case import Case
from ballotworthy.casework.named_people import refuse_nobody
from ballotworthy.casework.seeds import CHAINS, round_time
from ballotworthy.errors import InputError
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.office import compared
from ballotworthy.office.benches import warm
from ballotworthy.office.drawn_code import drawn_code
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import case_of, entered
from ballotworthy.office.two_people import others_who_may
from ballotworthy.office.unmatched import unmatched
from ballotworthy.office.who import MANAGE
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_beacon import name_beacon
from ballotworthy.verbs.case_sample import choose_sample
from ballotworthy.verbs.case_seed import enter_seed

DICE = 20
THROWN = f"[0-9]{{{DICE}}}"
FIRST_DRAWN = 10
COMMAND_CODE = "The command as a code that a camera reads"
REDRAW = (
    "awk -F'\\t' '$3==\"{stratum}\" && {counts} {{print $1\"-\"$2}}' frame.tsv | while read -r id; "
    "do printf '%s  %s\\n' "
    '$(printf \'%s:%s\' {seed} "$id" | sha256sum | cut -c1-64) "$id"; done | LC_ALL=C sort | head | cut -c67-'
)
"""What redraws the first lines of a stratum in a shell, from the frame of an export."""
HAPPENED = {
    "frame": "The frame was fixed", "beacon_named": "The beacon was named", "seed": "The seed was entered",
    "sample": "The sample was drawn",
}  # fmt: skip
"""What the minutes say of events, in the order in which they come."""
EVERY = "Every line is to be examined"


def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Show the ceremony: what is fixed, the digits, and once the sample is drawn the first lines of it."""
    case = case_of(held)
    shown = {"held": held, "may": may, "case": case, **_said(case), **_compared(request, held, case)}
    return render(request, "seed.html", shown)


@require_POST
def compare(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Sign, with the name of one's own account, that what is fixed is what was announced.

    Raises:
        InputError: what was typed is not his name.
    """
    if request.POST.get("signed", "").strip() != request.user.name:
        raise InputError("type the name of your own account to sign it.")
    with entered(held) as room:
        compared.compare(held, room.case(), request.user)
    messages.success(request, "Signed: what is fixed is what was announced.")
    return redirect("seed", slug=held.slug)


@require_POST
def enter(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Enter the digits as they were thrown; what was typed stays where it is wrong."""
    two = compared.both(held, case_of(held), request.user.name)
    try:
        digits, source, present = _thrown(request.POST, by_account=bool(two))
        source += compared.told(two, request.user.name)
        with entered(held) as room:
            enter_seed(room, digits, by=request.user.name, how="dice", source=source, present=present)
    except InputError as error:
        return _again(request, held, may, error)
    return _stands(request, held)


@require_POST
def name(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Name the round of a beacon that will be the seed, before its value exists."""
    two = compared.both(held, case_of(held), request.user.name)
    try:
        chain, number = _named(request.POST, by_account=bool(two))
        with entered(held) as room:
            name_beacon(room, by=request.user.name, chain=chain, round_number=number)
    except InputError as error:
        return _again(request, held, may, error)
    messages.success(request, "The beacon is named. Its value is the seed once it is there.")
    return redirect("seed", slug=held.slug)


@require_POST
def value(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Enter the value of the beacon that was named as the seed."""
    try:
        published, source, present = _published(request.POST, case_of(held))
        two = compared.signed(held, case_of(held))
        source += compared.told(two) if len(two) == len(compared.ACTS) else ""
        with entered(held) as room:
            enter_seed(room, published, by=request.user.name, how="beacon", source=source, present=present)
    except InputError as error:
        return _again(request, held, may, error)
    return _stands(request, held)


def _again(request: HttpRequest, held: HeldCase, may: frozenset[str], error: InputError) -> HttpResponse:
    case = case_of(held)
    wrong = {"wrong": on_page(str(error)), "said": request.POST.dict()}
    shown = {"held": held, "may": may, "case": case, **_said(case), **_compared(request, held, case), **wrong}
    return render(request, "seed.html", shown, status=error.http_status)


def _stands(request: HttpRequest, held: HeldCase) -> HttpResponse:
    compared.forget(held)
    messages.success(request, "The seed stands in the record and cannot be changed.")
    return redirect("seed", slug=held.slug)


def _thrown(said: Mapping[str, str], *, by_account: bool) -> tuple[str, str, list[str]]:
    """Give the digits, what the record says of them, and who saw them.

    Raises:
        InputError: they are not twenty digits, fewer than two witnesses have signed off, or none of them threw.
    """
    digits = "".join(said.get("seed", "").split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == DICE):
        raise InputError(f"a seed of dice is {DICE} digits, one a throw; these are {len(digits)}.")
    present = _present(
        said, "two people at least see the dice. Write the name of each who was present once, one a line."
    )
    rolled = _plain(said.get("rolled", ""))
    thrower = next((name for name in present if _plain(name) == rolled), "")
    if not thrower:
        raise InputError("say who throws the die: one of those who are present, as the name is written there.")
    if not by_account and said.get("fingerprint") != "confirmed":
        raise InputError("confirm before the first throw that the fingerprint on the wall is the one announced.")
    struck = [f"struck: {each}" for each in said.get("struck", "").split() if read_whole(each) is not None]
    source = "; ".join([f"{DICE} throws of a ten-sided die by {thrower}", *struck])
    return digits, source, present


def _present(said: Mapping[str, str], lacking: str) -> list[str]:
    """Give who was there, two at least and each once.

    Raises:
        InputError: they are not, in the words given, or one of them is no name.
    """
    present = [name for each in said.get("present", "").splitlines() if (name := each.strip())]
    if len(set(map(_plain, present))) < max(2, len(present)):
        raise InputError(lacking)
    refuse_nobody(present)
    return present


def _plain(name: str) -> str:
    """Give a name so that two spellings of it are one."""
    return " ".join(name.casefold().split())


def _named(said: Mapping[str, str], *, by_account: bool) -> tuple[str, int]:
    """Give the chain and the round of the beacon.

    Raises:
        InputError: the round is no number, or nobody compared the fingerprint.
    """
    number = read_whole(said.get("round", "").strip())
    if number is None:
        raise InputError("a round is a whole number, such as that of a quarter of an hour from now.")
    if not by_account and said.get("fingerprint") != "confirmed":
        raise InputError("confirm before a beacon is named that the fingerprint on the wall is the one announced.")
    return said.get("chain", "").strip(), number


def _published(said: Mapping[str, str], case: Case) -> tuple[str, str, list[str]]:
    """Give the value of the beacon that was named, which beacon it is, and who looked it up.

    Raises:
        InputError: none was named, or fewer than two people looked the value up.
    """
    if case.beacon is None or case.beacon["kind"] != "chain":
        raise InputError("name the beacon first: a value that is there already could have been chosen.")
    lacking = "two people at least look the value up. Write the name of each once, one a line."
    source = f"round {case.beacon['round']} of the beacon {case.beacon['chain']}"
    return said.get("seed", ""), source, _present(said, lacking)


@require_POST
def sample(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:  # noqa: ARG001
    """Draw the sample by the seed, or order that every line is examined."""
    every, why = "every" in request.POST, request.POST.get("why", "").strip()
    with entered(held) as room:
        chosen = choose_sample(room, by=request.user.name, every=every, why=why)
    warm()
    messages.success(request, f"{chosen.lines:,} of {chosen.of:,} lines are to be examined.")
    return redirect("case" if every else "seed", slug=held.slug)


def _said(case: Case) -> dict[str, Any]:
    """Give what the wall shows of a case; no name."""
    strata = [(name, len(ids)) for name, ids in sorted(case.frame.drawable.items())]
    apart = case.frame.fixed["lines"] - sum(count for _, count in strata) if case.frame.fixed else 0
    found: dict[str, Any] = {"strata": strata, "apart": apart, "dice": DICE, "thrown": THROWN}
    if case.beacon and case.beacon["kind"] == "chain":
        found["value_at"] = round_time(case.beacon)
    found["chains"] = tuple(CHAINS)
    if case.seed:
        digits = case.seed["seed"]
        command = redraw_command(case, digits) if strata else ""
        found |= {"digits": digits, "command": command, "qr": drawn_code(command, COMMAND_CODE, scale=3)}
    if case.drawn:
        found["first"] = [
            {"stratum": each["stratum"], "size": each["size"], "ids": each["ids"][:FIRST_DRAWN]}
            for each in case.drawn["strata"]
        ]
        found["later"] = next((each["event"] for each in case.samples if each["scope"] == "all"), None)
    return found


def _compared(request: HttpRequest, held: HeldCase, case: Case) -> dict[str, Any]:
    """Give who has compared what is fixed, whether this account still may, and which of two managers it waits for."""
    told: dict[str, Any] = {"unmatched": unmatched(held)}
    if case.frame.fixed is None or case.seed is not None:
        return told | ({"minutes": _minutes(case)} if case.seed else {})
    person, found = request.user, compared.signed(held, case)
    two = len(found) == len(compared.ACTS)
    signs = not two and person.name in case.people and person not in [each.account for each in found]
    waits = () if two else others_who_may(case, MANAGE, person.name)
    return told | {
        "compared": found,
        "both": two,
        "may_compare": signs,
        "waits": [person.name, *waits] if waits else (),
    }


def _minutes(case: Case) -> list[tuple[str, str, str, int]]:
    """Give what happened: in words, when to the minute, by whose account, as which event of the record."""
    seen = []
    for kind, words in HAPPENED.items():
        if kind in case.firsts:
            seq, by = case.firsts[kind]
            at = dt.datetime.fromisoformat(case.time_of(seq))
            every = kind == "sample" and case.samples[0]["scope"] == "all"
            seen.append((EVERY if every else words, at.strftime(compared.MINUTE), by, seq))
    return seen


def redraw_command(case: Case, seed: str) -> str:
    """Give the shell command that redraws the first lines of the first stratum, whatever signs its name has."""
    stratum = sorted(case.frame.drawable)[0].replace("\\", "\\\\").replace('"', '\\"').replace("'", "'\\''")
    counts = "$5 !~ /^removed/" if case.rules and case.rules.blank_lines_count else '$5==""'
    return REDRAW.format(stratum=stratum, counts=counts, seed=f'"{seed}"' if " " in seed else seed)
