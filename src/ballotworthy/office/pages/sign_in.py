"""Signing in by name and password, and signing out."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ballotworthy.office.accounts import attempted, must_wait

WRONG = "Name and password do not fit each other."
WAIT = "Too many attempts. Wait five minutes, or ask a manager for a new link."


def page(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; five failures of a name, or twenty of an address, and both wait."""
    if request.method != "POST":
        return render(request, "sign_in.html", {"next": request.GET.get("next", "")})
    name, onward = request.POST.get("name", "").strip().lower(), request.POST.get("next", "")
    by_name, by_address = f"sign-in {name}"[:80], f"sign-in from {request.META.get('REMOTE_ADDR', '')}"[:80]
    if must_wait(by_name) or must_wait(by_address, 20):
        return render(request, "sign_in.html", {"wrong": WAIT, "next": onward}, status=429)
    account = authenticate(request, username=name, password=request.POST.get("password", ""))
    if account is None:
        attempted(by_name)
        attempted(by_address)
        return render(request, "sign_in.html", {"wrong": WRONG, "next": onward}, status=403)
    login(request, account)
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return redirect(onward if safe else "home")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("sign-in")
