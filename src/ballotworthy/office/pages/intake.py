"""Lines and scans uploaded to be looked at. The worker reads the files."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from functools import wraps

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.files.asked_day import parse_day
from ballotworthy.files.columns import plain_heading
from ballotworthy.files.day_order import ORDERS, Order
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.office import queue
from ballotworthy.office.models import HeldCase, Job
from ballotworthy.office.pages import dashboard
from ballotworthy.office.pages.job import answer
from ballotworthy.office.pages.refusal_at import EITHER, of_job, sent
from ballotworthy.office.rooms import case_of, not_to_come
from ballotworthy.office.uploads import FORM, LOOK, forget_looks, stage, staged
from ballotworthy.office.words import WRITTEN, on_page, pairs
from ballotworthy.petition.lines import FIELDS
from ballotworthy.sheets import form_of
from ballotworthy.verbs.case_intake import MOST_PROMISED, TOO_MANY

MOST_LINES, MOST_SCANS, MOST_FORM = 500_000_000, 2_000_000_000, 200_000
"""Bytes of an upload."""
SCANS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


View = Callable[[HttpRequest, HeldCase, frozenset[str]], HttpResponse]


def at_form(form: str) -> Callable[[View], View]:
    """Have what a form is refused for shown at it, on the page of the case, with what was typed in it."""

    def of(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
            if request.method != "POST":
                return redirect("case", slug=held.slug)
            try:
                return view(request, held, may)
            except BallotworthyError as error:
                refusal = sent(form, on_page(str(error)), error.http_status, request)
            return dashboard.page(request, held, may, refusal)

        return page

    return of


def answered(request: HttpRequest, held: HeldCase, may: frozenset[str], job: Job) -> HttpResponse:
    """Answer a form that put a job in the queue, as `answer` does; a job that is refused at once, at the form."""
    shown = answer(request, job)
    refusal = of_job(job)
    return dashboard.page(request, held, may, refusal) if refusal else shown


@at_form("lines")
def lines(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Have a file of lines, or sheets that were read, looked at as one batch; nothing is taken in yet.

    Raises:
        InputError: what is said beside the file cannot be, or there is no file.
    """
    given = request.POST
    said = {name: given.get(name, "").strip() for name in ("sheets", "batch", "stratum", "received")}
    if said["received"]:
        not_to_come(parse_day(said["received"], "the day received"), "The batch cannot be received")
    rules = case_of(held).rules
    names = {*FIELDS, plain_heading(rules.divided_by)} if rules and rules.divided_by else FIELDS
    asked = {
        **said, **{name: _number(given, name) for name in ("lines_promised", "sheets_promised")},
        "columns": pairs(given.get("columns", ""), WRITTEN, names), "lenient": "lenient" in given,
        "dates": order_of(given), "settled": given.get("dates") != EITHER,
        **({} if said["sheets"] else stage(request, MOST_LINES)),
    }  # fmt: skip
    forget_looks(Q(held=held, account=request.user))
    return answered(request, held, may, queue.add(held, LOOK, request.user, asked))


@at_form("scans")
def scans(request: HttpRequest, held: HeldCase, may: frozenset[str]) -> HttpResponse:
    """Have scans of sheets read; their rows are then offered beside the files of lines.

    Raises:
        UnknownName: the place of the case has no form.
        InputError: there is no file, or what describes the form is too large.
    """
    opened = case_of(held).opened
    place, kind = (opened["place"], opened["kind"]) if request.POST.get("form") == "place" else ("", "")
    if place:
        form_of(place, kind)
    given = stage(request, MOST_SCANS, SCANS, several=True)
    if described := request.FILES.get("described"):
        if described.size > MOST_FORM:
            raise InputError(f"what describes the form has more than {MOST_FORM:,} bytes; it is no form.toml.")
        staged(given).with_name(FORM).write_bytes(described.read())
    out = f"{held.slug}-{secrets.token_hex(3)}"
    asked = {**given, "place": place, "kind": kind, "out": out}
    return answered(request, held, may, queue.add(held, "sheets", request.user, asked))


def _number(said: Mapping[str, str], name: str) -> int | None:
    promised = said.get(name, "").strip()
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", promised):  # as pages print it
        promised = promised.replace(",", "")
    promised = promised.lstrip("0") or promised[:1]
    if re.fullmatch(rf"[0-9]{{{len(str(MOST_PROMISED)) + 1},}}", promised):
        raise InputError(TOO_MANY)
    number = read_whole(promised)
    if promised and number is None:
        raise InputError("write in digits how many the filer says there are, or leave it empty.")
    return number


def order_of(said: Mapping[str, str]) -> Order | None:
    """Give the order of days that a form says, None where the file's own days decide."""
    order = said.get("dates", "")
    return next((each for each in ORDERS if each == order), None)
