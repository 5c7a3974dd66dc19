"""Accounts: a person is invited by a link that works once, and sets his own password; no password exists before."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from ballotworthy.errors import InputError
from ballotworthy.office.account_log import AT_SERVER
from ballotworthy.office.factors import FACTORS, take_away
from ballotworthy.office.models import PLAIN_NAME, Account, Attempt, HeldCase, Invitation
from ballotworthy.office.rooms import now

INVITED_FOR = dt.timedelta(days=3)
USED = "this link was used already, or is older than three days. Ask a manager for a new one."
FAILURES, WITHIN = 5, dt.timedelta(minutes=5)
"""So many failures within this time, and signing in has to wait."""


def make_account(name: str, *, manages: bool = False) -> Account:
    """Make an account without a password.

    Raises:
        InputError: the name is taken, or is none that a record can hold.
    """
    try:
        PLAIN_NAME(name)
    except ValidationError as error:
        raise InputError(f"an account's name stands in the record: {error.messages[0]}") from error
    if Account.objects.filter(name=name).exists():
        raise InputError(f"there is an account {name} already. Names are not used twice, since records hold them.")
    account = Account(name=name, manages=manages)
    account.set_unusable_password()
    account.save()
    return account


def invite(account: Account) -> str:
    """Give the secret of a link that works once; links given before it stop working."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        Invitation.objects.filter(account=account).delete()
        Invitation.objects.create(account=account, digest=_digest(secret), until=now() + INVITED_FOR)
    return secret


def invited_by(secret: str) -> Invitation | None:
    """Give the invitation of a link that still works."""
    found = Invitation.objects.filter(digest=_digest(secret), until__gt=now()).select_related("account").first()
    return found if found and found.account.is_active else None


def may_choose_name(account: Account) -> bool:
    """Tell whether an account is the first of its office, before any case: nothing holds its name yet."""
    return account.manages and Account.objects.count() == 1 and not HeldCase.objects.exists()


def accept(invitation: Invitation, password: str, name: str = "") -> None:
    """Set the password, and the name where one is chosen, and end the invitation.

    Raises:
        InputError: another has used it meanwhile; nothing is changed.
    """
    account = invitation.account
    account.name = name or account.name
    account.set_password(password)
    with transaction.atomic():
        if not Invitation.objects.filter(pk=invitation.pk).delete()[0]:  # of several at once one finds it there
            raise InputError(USED)
        account.save(update_fields=["name", "password"])
        Invitation.objects.filter(account=account).delete()


def recover(name: str, *, why: str) -> str:
    """Give the secret of a new link for somebody who is locked out, and take his second factors away; it is kept.

    Only who may run commands on the office's machine comes here: the way back for a last manager.

    Raises:
        InputError: there is no such account, or no reason is given.
    """
    account = Account.objects.filter(name=name, is_active=True).first()
    if account is None:
        raise InputError(f"no open account is called {name}. The page People lists them.")
    if not why.strip():
        raise InputError("say why with --why: it is kept beside the account.")
    with transaction.atomic():
        take_away(account, by=AT_SERVER, why=why.strip())
        end_sessions(account)
        return invite(account)


def end_sessions(account: Account) -> None:
    """Sign an account out wherever it is signed in."""
    Account.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)
    account.refresh_from_db(fields=["epoch"])


def end_sessions_without_factor() -> None:
    """See to it that whoever makes a second factor is signed out wherever it was not asked for."""

    def made(request: HttpRequest, user: Account, authenticator: Authenticator, **_: object) -> None:
        if authenticator.type in FACTORS:
            end_sessions(user)
            update_session_auth_hash(request, user)

    authenticator_added.connect(made, dispatch_uid="sessions without it end", weak=False)


def attempted(key: str) -> None:
    """Count an attempt, and forget those that no longer matter."""
    Attempt.objects.filter(at__lt=now() - WITHIN).delete()
    Attempt.objects.create(key=key, at=now())


def must_wait(key: str, most: int = FAILURES, within: dt.timedelta = WITHIN) -> bool:
    """Tell whether so many attempts were made that the next has to wait."""
    return bool(Attempt.objects.filter(key=key, at__gt=now() - within).count() >= most)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
