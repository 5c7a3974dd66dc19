"""The people of the office: accounts, the links by which they come in, who needs a second factor, and who has left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.office.account_log import note
from ballotworthy.office.accounts import end_sessions, invite, make_account
from ballotworthy.office.factors import FACTORS, house_rules, take_away
from ballotworthy.office.leases import put_back, went_back
from ballotworthy.office.models import Account, AccountAct, Consent, HeldCase, WentBack
from ballotworthy.office.pages.share import open_of
from ballotworthy.office.rooms import board_of, entered
from ballotworthy.office.who import MANAGER, ROLES

RECENT = 40
"""Acts on accounts that the page shows."""
LONGEST_LOCK = 240


def page(request: HttpRequest) -> HttpResponse:
    """List the accounts, and make one."""
    if request.method == "POST":
        account = make_account(request.POST.get("name", "").strip(), manages="manages" in request.POST)
        note(account, "account made", by=request.user.name)
        return _listed(request, account)
    return _listed(request)


@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """Give a new link for an account; it is shown once."""
    return _listed(request, get_object_or_404(Account, name=request.POST.get("name"), is_active=True))


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the account of a person who has left; what he did stays in the records.

    Raises:
        InputError: it is one's own.
    """
    account = get_object_or_404(Account, name=request.POST.get("name"))
    if account == request.user:
        raise InputError("you cannot close your own account. Another manager can.")
    account.is_active = False
    account.set_unusable_password()
    account.pin = account.known_as = ""
    account.save()
    Consent.objects.filter(account=account).delete()  # who opens it again has signed nothing
    note(account, "account closed", by=request.user.name)
    messages.success(request, f"The account of {account.name} is closed.")
    if lines := put_back(account, by=request.user, why=WentBack.CLOSED):
        messages.success(request, went_back(account.name, lines))
    for told in _left_in_cases(account.name):
        messages.warning(request, told)
    return redirect("people")


@require_POST
def take_factors(request: HttpRequest) -> HttpResponse:
    """Take the second factors of somebody who has lost them away, with a reason that is kept.

    Raises:
        InputError: no reason is given, or the account is one's own.
    """
    account = get_object_or_404(Account, name=request.POST.get("name"), is_active=True)
    why = request.POST.get("why", "").strip()
    if account == request.user:
        raise InputError("your own second factors are taken away on the page of your account.")
    if not why:
        raise InputError("say why: how you know that it is he who asks. It is kept.")
    take_away(account, by=request.user.name, why=why)
    end_sessions(account)
    messages.success(request, f"{account.name} signs in by password alone, until a new second factor is set up.")
    return redirect("people")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign somebody out wherever he is signed in, as when a machine was lost."""
    account = get_object_or_404(Account, name=request.POST.get("name"), is_active=True)
    end_sessions(account)
    note(account, "signed out everywhere", by=request.user.name)
    return redirect("people")


@require_POST
def known_as(request: HttpRequest) -> HttpResponse:
    """Say what the provider calls a person; whoever was known before has to be known anew.

    Raises:
        InputError: another account is called so.
    """
    account = get_object_or_404(Account, name=request.POST.get("name"), is_active=True)
    called = request.POST.get("known_as", "").strip()[:200]
    if called and Account.objects.filter(known_as=called).exclude(pk=account.pk).exists():
        raise InputError("another account is known by that name. One person has one account.")
    SocialAccount.objects.filter(user=account).delete()
    account.known_as = called
    account.save(update_fields=["known_as"])
    note(
        account,
        "known to the sign-in service" if called else "no longer known to the sign-in service",
        by=request.user.name,
    )
    return redirect("people")


@require_POST
def rules(request: HttpRequest) -> HttpResponse:
    """Set who needs a second factor, and after how many minutes a station locks itself.

    Raises:
        InputError: the minutes are none.
    """
    minutes = read_whole(request.POST.get("lock_after", ""))
    if minutes is None or not 1 <= minutes <= LONGEST_LOCK:
        raise InputError(f"a station locks itself after 1 to {LONGEST_LOCK} minutes.")
    set_now = house_rules()
    set_now.second_factor = [role for role in (MANAGER, *ROLES) if role in request.POST]
    set_now.lock_after = minutes
    set_now.save()
    needed = ", ".join(set_now.second_factor) or "nobody"
    note(request.user, "rules set", why=f"second factor: {needed}; stations lock after {minutes} minutes")
    return redirect("people")


def _left_in_cases(name: str) -> Iterator[str]:
    """Say of each case that is not certified what somebody who has left may still do in it, and what waits there."""
    for held in HeldCase.objects.order_by("slug"):
        with suppress(BallotworthyError), entered(held):  # a case that is broken says so on the first page
            board = board_of(held)
            if name not in board.case.people or board.case.standing.closed:
                continue
            lines = len(open_of(board).get(name, ()))
            yield f"The record of {held.slug} still admits {name}. Whoever manages it ends that under “Who may act”."
            if lines:
                yield (
                    f"Lines of {held.slug} given to {name} by name that have no first look: {lines}. Whoever fetches "
                    "lines next has them; “Share out lines” gives them to somebody by name."
                )


def _listed(request: HttpRequest, invited: Account | None = None) -> HttpResponse:
    address = ""
    if invited:
        address = request.build_absolute_uri(f"/invited/{invite(invited)}")
        note(invited, "link given", by=request.user.name)
    factor = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS))
    context = {
        "accounts": Account.objects.annotate(factor=factor).order_by("-is_active", "name"),
        "invited": invited, "address": address, "openid": settings.OFFICE_OPENID, "rules": house_rules(),
        "roles": (MANAGER, *ROLES), "acts": AccountAct.objects.select_related("account").order_by("-at")[:RECENT],
    }  # fmt: skip
    return render(request, "people.html", context)
