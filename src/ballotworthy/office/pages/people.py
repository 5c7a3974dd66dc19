"""The people of the office: accounts, the links by which they come in, and who has left."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from ballotworthy.errors import InputError
from ballotworthy.office.accounts import invite, make_account
from ballotworthy.office.models import Account


def page(request: HttpRequest) -> HttpResponse:
    """List the accounts, and make one."""
    if request.method == "POST":
        account = make_account(request.POST.get("name", "").strip(), manages="manages" in request.POST)
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
    account.save()
    messages.success(request, f"The account of {account.name} is closed.")
    return redirect("people")


def _listed(request: HttpRequest, invited: Account | None = None) -> HttpResponse:
    address = request.build_absolute_uri(f"/invited/{invite(invited)}") if invited else ""
    accounts = Account.objects.order_by("-is_active", "name")
    return render(request, "people.html", {"accounts": accounts, "invited": invited, "address": address})
