"""Opening a case: whose law, which kind, which day, who may act."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.casework.case import Case
from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.law.given import GIVABLE, read_given
from ballotworthy.office.handover import slug_of
from ballotworthy.office.models import Account, HeldCase
from ballotworthy.office.practice import begin, titled
from ballotworthy.office.rooms import case_of, enter_held, folder_of, not_to_come, now
from ballotworthy.office.started import hold
from ballotworthy.office.who import roles_of
from ballotworthy.office.words import on_page
from ballotworthy.safe_text import safe_line
from ballotworthy.verbs.case_open import Opening, number_beside_law, open_case
from ballotworthy.verbs.law_places import list_places

FIELDS = (
    "case", "office", "measure", "what", "on", "filed", "required", "required_source", "rules", "rules_source",
    "disclosure", "practice", "instead",
)  # fmt: skip

WORDS = {"case": "the name of the case", "office": "the name of the office", "measure": "the title of the measure"}

INSTEAD = (
    "the law has another number of signatures required. Tick that the case is not decided by it, or leave the number "
    "empty."
)


def page(request: HttpRequest) -> HttpResponse:
    """Open a case; what was typed stays on the page when it is refused."""
    wrong, status, own = "", 200, None
    said = {name: request.POST.get(name, "").strip() for name in FIELDS}
    like = HeldCase.objects.filter(slug=request.GET.get("like", "")).first()
    if request.method == "GET" and like and roles_of(request, like):
        said = _said_of(case_of(like))
    if request.method == "POST":
        try:
            opening, number = _opening_of(said)
            own = number_beside_law(opening, number)
            if own and said["instead"] != f"{own.value}":
                raise InputError(INSTEAD)
            return redirect("case", slug=_open(said, opening, number, request.user.name))
        except BallotworthyError as error:
            wrong, status = on_page(str(error)), error.http_status
    held = [(f"{each.place} {each.kind}", f"{each.name}: {each.title}") for each in list_places().held]
    context = {
        "kinds": held, "said": said, "wrong": wrong, "people": Account.objects.filter(is_active=True),
        "givable": ", ".join(GIVABLE), "own_number": own,
    }  # fmt: skip
    return render(request, "new_case.html", context, status=status)


def _said_of(case: Case) -> dict[str, str]:
    """Give what was said when a case was opened, for one that is opened anew in its place."""
    opened, given = case.opened, (case.pinned or {}).get("required")
    number = {"required": str(given["value"]), "required_source": given["source"]} if given else {}
    if rules := (case.pinned or {}).get("given"):
        number["rules"] = "\n".join(f"{each['rule']}={each['value']}" for each in rules)
        number["rules_source"] = rules[0]["source"]
    kept = {name: opened[name] for name in ("office", "measure", "on", "filed", "disclosure")}
    return {"case": f"{opened['case']}, opened anew", "what": f"{opened['place']} {opened['kind']}", **kept, **number}


def _opening_of(said: dict[str, str]) -> tuple[Opening, tuple[int, str] | None]:
    """Give what is opened, and the number required with who set it, where one was typed."""
    place, _, kind = said["what"].partition(" ")
    if unseen := next((name for name in ("case", "office", "measure") if safe_line(said[name]) != said[name]), ""):
        raise InputError(
            f"{WORDS[unseen]} holds a character that nobody sees, such as a mark of direction or an end of a line. "
            "Type it anew, without copying it."
        )
    number = read_whole(said["required"])
    if said["required"] and not (number and said["required_source"]):
        raise InputError("write the number required in digits, and who set it.")
    on = parse_day(said["on"], "the governing day")
    filed = parse_day(said["filed"], "the day of filing") if said["filed"] else None
    not_to_come(filed or on, "A petition cannot have been filed")
    opening = Opening(
        case=said["case"],
        office=said["office"],
        measure=titled(said["measure"]) if said["practice"] else said["measure"],
        place=place,
        kind=kind,
        on=on,
        filed=filed,
        disclosure=said["disclosure"] or "closed",
        practice=bool(said["practice"]),
    )
    return opening, (number, said["required_source"]) if number else None


def _open(said: dict[str, str], opening: Opening, number: tuple[int, str] | None, by: str) -> str:
    slug = slug_of(opening.case)
    rules = [line for each in said["rules"].splitlines() if (line := each.strip())]
    if rules and not said["rules_source"]:
        raise InputError("say where these rules stand: the record keeps it beside them.")
    open_case(
        folder_of(slug),
        opening,
        clock=now,
        by=by,
        required=number,
        given=tuple(read_given(each, said["rules_source"]) for each in rules),
    )
    held = hold(slug)
    if opening.practice:
        begin(enter_held(held, now), by)
    return slug
