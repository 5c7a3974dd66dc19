"""What happens to accounts, for managers to read: who came in and how, what failed, and what was changed by whom."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_in, user_login_failed

from ballotworthy.office.models import Account, AccountAct
from ballotworthy.office.rooms import now

AT_SERVER = "server"
"""Stands for the person who may run commands on the office's machine."""
FACTORS = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def note(account: Account, what: str, *, by: str = "", why: str = "") -> None:
    """Write down what happened to an account; `by` is "" where it was its own person."""
    AccountAct.objects.create(account=account, what=what, by=by, why=why, at=now())


def listen() -> None:
    """Hear of what Django and allauth do to accounts."""
    user_logged_in.connect(_came_in, dispatch_uid="came-in")
    user_login_failed.connect(_failed, dispatch_uid="failed")
    for signal, what in (
        (authenticator_added, "made"),
        (authenticator_removed, "taken away"),
        (authenticator_reset, "made anew"),
        (authenticator_used, "used"),
        (authentication_failed, "failed"),
    ):
        signal.connect(_of_factor(what), dispatch_uid=f"factor {what}", weak=False)


def _came_in(user: Account, **_: Any) -> None:
    note(user, "signed in")


def _failed(credentials: dict[str, Any], **_: Any) -> None:
    account = Account.objects.filter(name=credentials.get("username", "")).first()
    if account is not None:
        note(account, "sign-in failed")


def _of_factor(what: str) -> Any:
    def heard(user: Account, authenticator: Authenticator, **_: Any) -> None:
        note(user, f"{FACTORS[authenticator.type]} {what}")

    return heard
