"""Signing in by name and password, and signing out."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ballotworthy.office.accounts import attempted, must_wait
from ballotworthy.office.pages.own_account import keys_work
from ballotworthy.office.stations import forget_what_was_shown

WRONG = "Name and password do not fit each other."
WAIT = "Too many attempts. Wait five minutes, or ask a manager for a new link."


def page(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, then for the second factor of an account that has one.

    Five failures of a name, or twenty of an address, and both wait.
    """
    if request.method != "POST":
        return _asked(request, request.GET.get("next", ""))
    name, onward = request.POST.get("name", "").strip().lower(), request.POST.get("next", "")
    by_name, by_address = f"sign-in {name}"[:80], f"sign-in from {request.META.get('REMOTE_ADDR', '')}"[:80]
    if must_wait(by_name) or must_wait(by_address, 20):
        return _asked(request, onward, WAIT, 429)
    account = authenticate(request, username=name, password=request.POST.get("password", ""))
    if account is None:
        attempted(by_name)
        attempted(by_address)
        return _asked(request, onward, WRONG, 403)
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return perform_login(request, account, redirect_url=onward if safe else reverse("home"))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return forget_what_was_shown(redirect("account_login"))


def _asked(request: HttpRequest, onward: str, wrong: str = "", status: int = 200) -> HttpResponse:
    context = {"next": onward, "wrong": wrong, "openid": settings.OFFICE_OPENID, "keys_work": keys_work(request)}
    return render(request, "sign_in.html", context, status=status)
