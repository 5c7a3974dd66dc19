"""Who may use a page: every route declares it, and a page that declares nothing keeps the program from starting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django_htmx.http import HttpResponseClientRedirect

from ballotworthy.errors import InputError
from ballotworthy.office.account_log import note
from ballotworthy.office.factors import house_rules, lacks_factor
from ballotworthy.office.models import HeldCase
from ballotworthy.office.record_table import one_look
from ballotworthy.office.refusals import refused
from ballotworthy.office.rooms import case_of
from ballotworthy.office.stations import is_locked, is_over

View = Callable[..., HttpResponse]

ANYBODY = "anybody"
"""Also without an account: signing in, and the page without names."""
LOCKED = "locked"
"""Whoever has an account, also while his station is locked: unlocking it, and signing out."""
OWN = "own"
"""Whoever has an account, about that account: also while it lacks a second factor."""
STAFF = "staff"
"""Whoever has an account."""
MANAGER = "manager"
"""Who may make accounts and open cases."""
MANAGE, DECIDE, RESOLVE, CERTIFY, OBSERVE = "manage", "decide", "resolve", "certify", "observe"
ROLES = (MANAGE, DECIDE, RESOLVE, CERTIFY, OBSERVE)
"""What a person may do in one case: the first four stand in its record, observing in the office's tables."""
ONLY_SENT = "This address takes what a form sends, and is no page. Nothing was entered by opening it."
NOT_ENTERED = "You were signed out, or your station locked, before that was sent: it was not entered. Do it once more."
LONGEST = 1_000
"""Letters in one field of a form: most of them stand in a record, on a certificate and on every page of the case."""
LISTS = frozenset({"lines", "sheets", "columns", "rules", "present", "struck"})
"""Fields that hold a list."""
NEEDS_FACTOR = "What you may do here needs a second factor. Set one up first; it takes a minute."


@dataclass(frozen=True)
class Route:
    """An address, its page, and who may use it: one of the words above, or any of several roles in the case."""

    address: str
    view: View
    name: str
    who: tuple[str, ...]

    def pattern(self) -> URLPattern:
        """Give it as Django wants it."""
        return path(self.address, guarded(self.view, self.who), name=self.name)


def roles_of(request: HttpRequest, held: HeldCase) -> frozenset[str]:
    """Give what the account of a request may do in a case."""
    name = request.user.name
    found = case_of(held).people.get(name, frozenset())
    return found | {OBSERVE} if found or held.observers.filter(name=name).exists() else found


def guarded(view: View, who: tuple[str, ...]) -> View:
    """Give a page that only those who may use it reach; others learn nothing of a case, not even that it exists."""

    @wraps(view)
    def page(request: HttpRequest, **given: Any) -> HttpResponse:
        if ANYBODY in who:
            _refuse_nul(request)
            return view(request, **given)
        if request.user.is_authenticated and is_over(request):
            logout(request)
        if not request.user.is_authenticated:
            return _led_to(request, redirect_to_login(_page_of(request, told=LOCKED not in who), "account_login"))
        with one_look():
            answer = _kept_by_nobody(inside(request, **given))
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return answer
        return refused(request, ONLY_SENT, HTTPStatus.METHOD_NOT_ALLOWED)

    def inside(request: HttpRequest, **given: Any) -> HttpResponse:
        if LOCKED in who:
            return view(request, **given)
        rules = house_rules()
        if is_locked(request, rules):
            return _led_to(request, redirect_to_login(_page_of(request), "locked"))
        if MANAGER in who and not request.user.manages:
            raise _refused(request)
        if OWN not in who and lacks_factor(request.user, [MANAGER] if request.user.manages else [], rules):
            return _to_factors(request)
        _refuse_too_long(request)
        if "slug" in given:
            held = HeldCase.objects.filter(slug=given.pop("slug")).first()
            if held is None:
                raise Http404
            may = roles_of(request, held)
            if not may:
                raise Http404
            if not may & frozenset(who):
                raise _refused(request)
            if lacks_factor(request.user, may, rules):
                return _to_factors(request)
            request.held = held
            return view(request, held, may, **given)
        return view(request, **given)

    page.who = who  # type: ignore[attr-defined] # read by checks.py and the test that walks all routes
    return page


def _refuse_too_long(request: HttpRequest) -> None:
    """Refuse a form in which somebody pasted a page into a field.

    Raises:
        InputError: a field holds more than `LONGEST` letters, or a sign that no database takes.
    """
    _refuse_nul(request)
    fields = request.POST.lists() if request.method == "POST" else ()
    if any(len(text) > LONGEST for name, texts in fields if name not in LISTS for text in texts):
        raise InputError(f"a field of the form holds more than {LONGEST:,} letters. Say it shorter.")


def _refuse_nul(request: HttpRequest) -> None:
    """Refuse the sign that PostgreSQL takes into no text, which no keyboard types.

    Raises:
        InputError: a field of the form, or what stands behind the address, holds it.
    """
    given = (request.GET, request.POST) if request.method == "POST" else (request.GET,)
    if any("\0" in text for fields in given for name, texts in fields.lists() for text in (name, *texts)):
        raise InputError("a field holds a sign that is no letter (NUL). Type it anew.")


def _refused(request: HttpRequest) -> PermissionDenied:
    """Give the refusal, and write down who was refused and where."""
    note(request.user, "refused", why=f"page {request.resolver_match.view_name}")
    return PermissionDenied()


def _page_of(request: HttpRequest, *, told: bool = True) -> str:
    """Give the page to which somebody comes back who has to sign in first, or to unlock his station.

    What he sent is not entered, and the address to which a form was sent is no page: it is the form's own page then.
    """
    if request.method != "POST" and not request.htmx:
        return str(request.get_full_path())
    if request.method == "POST" and told:
        messages.warning(request, NOT_ENTERED)
    came = urlsplit((request.htmx.current_url if request.htmx else request.META.get("HTTP_REFERER")) or "")
    return f"{came.path}?{came.query}".rstrip("?") if came.netloc == request.get_host() else reverse("home")


def _led_to(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Lead to another page; a page that asked for a part of itself is led there whole."""
    return HttpResponseClientRedirect(answer.headers["Location"]) if request.htmx else answer


def _to_factors(request: HttpRequest) -> HttpResponse:
    messages.warning(request, NEEDS_FACTOR)
    return _led_to(request, redirect("mfa_index"))


def _kept_by_nobody(answer: HttpResponse) -> HttpResponse:
    """Have browsers keep no page of an account, so that none comes back once the station is locked."""
    answer.headers.setdefault("Cache-Control", "no-store, private")
    return answer
