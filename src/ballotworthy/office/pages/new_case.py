"""Opening a case: whose law, which kind, which day, who may act."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.office.models import Account, HeldCase
from ballotworthy.office.rooms import folder_of, now
from ballotworthy.office.words import on_page
from ballotworthy.verbs.case_open import Opening, open_case
from ballotworthy.verbs.law_places import list_places

FIELDS = ("case", "office", "measure", "what", "on", "filed", "required", "required_source", "disclosure")
SLUG = re.compile("[^a-z0-9]+")


def page(request: HttpRequest) -> HttpResponse:
    """Open a case; what was typed stays on the page when it is refused."""
    wrong, status = "", 200
    said = {name: request.POST.get(name, "").strip() for name in FIELDS}
    if request.method == "POST":
        try:
            return redirect("case", slug=_open(said, request.user.name))
        except BallotworthyError as error:
            wrong, status = on_page(str(error)), error.http_status
    held = [(f"{each.place} {each.kind}", f"{each.name}: {each.title}") for each in list_places().held]
    context = {"kinds": held, "said": said, "wrong": wrong, "people": Account.objects.filter(is_active=True)}
    return render(request, "new_case.html", context, status=status)


def _open(said: dict[str, str], by: str) -> str:
    slug = SLUG.sub("-", said["case"].lower()).strip("-")[:60]
    if not slug or HeldCase.objects.filter(slug=slug).exists():
        raise InputError("give the case a number or name of its own, with a letter or digit.")
    place, _, kind = said["what"].partition(" ")
    if said["required"] and not (said["required"].isascii() and said["required"].isdigit() and said["required_source"]):
        raise InputError("write the number required in digits, and who set it.")
    open_case(
        folder_of(slug),
        Opening(
            case=said["case"],
            office=said["office"],
            measure=said["measure"],
            place=place,
            kind=kind,
            on=parse_day(said["on"], "the governing day"),
            filed=parse_day(said["filed"], "the day of filing") if said["filed"] else None,
            disclosure=said["disclosure"] or "closed",
        ),
        clock=now,
        by=by,
        required=(int(said["required"]), said["required_source"]) if said["required"] else None,
    )
    HeldCase.objects.create(slug=slug)
    return slug
