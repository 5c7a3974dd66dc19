"""Who may use a page: every route declares it, and a page that declares nothing keeps the program from starting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import case_of

View = Callable[..., HttpResponse]

ANYBODY = "anybody"
"""Also without an account: signing in, and the page without names."""
STAFF = "staff"
"""Whoever has an account."""
MANAGER = "manager"
"""Who may make accounts and open cases."""
MANAGE, DECIDE, RESOLVE, CERTIFY, OBSERVE = "manage", "decide", "resolve", "certify", "observe"
ROLES = (MANAGE, DECIDE, RESOLVE, CERTIFY, OBSERVE)
"""What a person may do in one case: the first four stand in its record, observing in the office's tables."""


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
            return view(request, **given)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), "sign-in")
        if MANAGER in who and not request.user.manages:
            raise PermissionDenied
        if "slug" in given:
            held = HeldCase.objects.filter(slug=given.pop("slug")).first()
            if held is None:
                raise Http404
            may = roles_of(request, held)
            if not may:
                raise Http404
            if not may & frozenset(who):
                raise PermissionDenied
            return view(request, held, may, **given)
        return view(request, **given)

    page.who = who  # type: ignore[attr-defined] # read by checks.py and the test that walks all routes
    return page
