"""A locked station: it shows a name and asks for the password or PIN; five wrong ones, and it signs out."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ballotworthy.office.account_log import note
from ballotworthy.office.accounts import attempted, must_wait
from ballotworthy.office.stations import LOCKED, forget_what_was_shown, lock, unlock

WRONG = "That is neither your password nor your PIN."


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Lock the station, from whatever page."""
    lock(request)
    onward = request.POST.get("next", "")
    return forget_what_was_shown(redirect(f"{reverse('locked')}?next={onward}" if _safe(request, onward) else "locked"))


def page(request: HttpRequest) -> HttpResponse:
    """Unlock it, or sign out after five wrong attempts."""
    onward = request.POST.get("next", request.GET.get("next", ""))
    onward = onward if _safe(request, onward) else reverse("home")
    if not request.session.get(LOCKED):
        return redirect(onward)
    if request.method != "POST":
        return render(request, "locked.html", {"next": onward})
    account, key = request.user, f"unlock {request.user.name}"[:80]
    if not must_wait(key) and unlock(request, request.POST.get("secret", "")):
        return redirect(onward)
    attempted(key)
    note(account, "unlocking failed")
    if must_wait(key):
        logout(request)
        return forget_what_was_shown(redirect("account_login"))
    return render(request, "locked.html", {"next": onward, "wrong": WRONG}, status=403)


def _safe(request: HttpRequest, onward: str) -> bool:
    return bool(onward) and url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure())
