"""One's own account: second factors, recovery codes, password, the PIN that unlocks a station, other browsers."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ballotworthy.office.account_log import note
from ballotworthy.office.accounts import end_sessions
from ballotworthy.office.stations import set_pin


def page(request: HttpRequest) -> HttpResponse:
    """Show what the account has."""
    mine = Authenticator.objects.filter(user=request.user)
    context = {
        "app": mine.filter(type=Authenticator.Type.TOTP).first(),
        "keys": mine.filter(type=Authenticator.Type.WEBAUTHN).order_by("created_at"),
        "codes": mine.filter(type=Authenticator.Type.RECOVERY_CODES).first(),
        "keys_work": keys_work(request),
        "acts": request.user.acts.order_by("-at")[:10],
    }
    return render(request, "own_account.html", context)


@require_POST
def pin(request: HttpRequest) -> HttpResponse:
    """Set the PIN, or take it away by an empty one; the password is asked for, as a locked station would."""
    if not request.user.check_password(request.POST.get("password", "")):
        messages.error(request, "That is not your password.")
        return redirect("mfa_index")
    chosen = request.POST.get("pin", "").strip()
    set_pin(request.user, chosen)
    note(request.user, "PIN set" if chosen else "PIN taken away")
    messages.success(request, "Your PIN unlocks a station from now on." if chosen else "Your PIN is taken away.")
    return redirect("mfa_index")


@require_POST
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    end_sessions(request.user)
    update_session_auth_hash(request, request.user)
    note(request.user, "signed out everywhere else")
    messages.success(request, "You are signed in here alone.")
    return redirect("mfa_index")


def keys_work(request: HttpRequest) -> bool:
    """Tell whether browsers make passkeys for this address: over TLS or on localhost, by a name and no number."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    by_name = not host.replace(".", "").isdigit() and not host.startswith("[")
    return by_name and (request.is_secure() or host == "localhost")
