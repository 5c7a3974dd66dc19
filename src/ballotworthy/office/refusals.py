"""What a person sees when something may not be done: the error's own words, with its HTTP status; the log has none."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.shortcuts import render
from django_htmx.http import reswap, retarget

from ballotworthy.errors import BallotworthyError
from ballotworthy.office.away import away, is_away
from ballotworthy.office.benches import BeingLaidOut
from ballotworthy.office.models import Job
from ballotworthy.office.words import on_page

FORBIDDEN = "Your account may not do this here. Whoever manages the case can admit you to it."
FORBIDDEN_OFFICE = "Your account may not do this here. It takes an account that manages the office."
MISSING = "There is no such page, or it is not yours to see."
METHODS = ("GET", "HEAD", "POST")
TOO_OFTEN = "Too many attempts. Wait five minutes."
MISSING_STATUS = 404
BROKEN = (
    "Something went wrong that is not your doing. What you had entered before is kept; tell whoever runs the office."
)

CUT = "The rest of what was sent did not come, and nothing of it was done. Send it again."
LAYING = (
    "The lines are being laid beside the register. That is done once for a register, and takes longest the first time "
    "on a machine, a minute or some. Nothing was entered meanwhile."
)
ASK_AGAIN = 3
"""Seconds after which the page asks again by itself."""


class Refusals:
    """The outermost layer: errors of the tree become pages."""

    def __init__(self, inner: Callable[[HttpRequest], HttpResponse]) -> None:
        self._inner = inner

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self._inner(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Answer a request that ended in an error."""
        if isinstance(error, BallotworthyError):
            return refused(request, on_page(str(error)), error.http_status)
        if isinstance(error, BeingLaidOut):
            return _being_laid_out(request, error.job)
        if isinstance(error, PermissionDenied):
            in_case = request.resolver_match and "slug" in request.resolver_match.kwargs
            return refused(request, FORBIDDEN if in_case else FORBIDDEN_OFFICE, 403)
        if isinstance(error, Http404):
            return refused(request, MISSING, 404)
        if isinstance(error, UnreadablePostError):
            return refused(request, CUT, 400)
        return broken(request, error)


def refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    """Give the page of a refusal, or only its words where a part of a page was asked for."""
    if not getattr(request, "htmx", False):
        context = {"words": words, "status": status, "slug": _case_of(request) if status != MISSING_STATUS else ""}
        return render(request, "refused.html", context, status=status)
    part = render(request, "refused_part.html", {"words": words}, status=status)
    return reswap(retarget(part, "#refusal"), "outerHTML")


def broken(request: HttpRequest, error: BaseException | None = None) -> HttpResponse:
    """Answer a request that met a fault of ours, or a database that is away, in a page or on the way to one."""
    error = error or sys.exc_info()[1]
    if is_away(error):
        return away(request)
    steps = traceback.extract_tb(error.__traceback__) if error else ()
    where = "".join(f"  {step.filename}:{step.lineno} {step.name}\n" for step in steps)
    page = request.resolver_match.view_name if request.resolver_match else "no page"
    sys.stderr.write(f"office: {type(error).__name__} at {page}\n{where}")
    return refused(request, BROKEN, 500)


def _case_of(request: HttpRequest) -> str:
    """Give the case in which somebody was refused, so that he finds back; "" where it is its own page that refuses."""
    match = getattr(request, "resolver_match", None)
    return str(match.kwargs.get("slug", "")) if match and match.view_name not in ("case", "public") else ""


def _being_laid_out(request: HttpRequest, job: Job | None) -> HttpResponse:
    if request.method != "GET" or getattr(request, "htmx", False):
        return refused(request, LAYING, 503)
    page = render(request, "laying.html", {"words": LAYING, "job": job, "slug": _case_of(request)}, status=503)
    page["Refresh"] = page["Retry-After"] = str(ASK_AGAIN)
    return page


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 # Django's
    """Answer an address that leads nowhere."""
    return refused(request, MISSING, 404)


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer somebody who tried too often."""
    return refused(request, TOO_OFTEN, 429)


def no_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 # Django's
    """Answer a form that was not this page's own."""
    return refused(request, "The page was open too long. Go back, load it again, and send it once more.", 403)
