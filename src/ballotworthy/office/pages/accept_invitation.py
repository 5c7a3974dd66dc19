"""The link that works once: a person sets his password and is in, by his second factor if he has one."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ballotworthy.errors import InputError
from ballotworthy.office.account_log import note
from ballotworthy.office.accounts import USED, accept, invited_by, may_choose_name
from ballotworthy.office.models import PLAIN_NAME


def page(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for a password, twice; the first of an office chooses the name that records will have, too.

    Raises:
        InputError: the link was used, or is too old.
    """
    invitation = invited_by(secret)
    if invitation is None:
        raise InputError(USED)
    faults: list[str] = []
    chooses = may_choose_name(invitation.account)
    name = request.POST.get("name", "").strip() if chooses else ""
    if request.method == "POST":
        password = request.POST.get("password", "")
        try:
            validate_password(password, invitation.account)
        except ValidationError as error:
            faults = list(error.messages)
        if chooses:
            faults += _faults_of(name)
        if password != request.POST.get("again", ""):
            faults.append("The two passwords are not the same.")
        if not faults:
            accept(invitation, password, name)
            note(invitation.account, "password set by a link")
            return perform_login(request, invitation.account, redirect_url=reverse("home"))
    context = {"name": name or invitation.account.name, "chooses": chooses, "faults": faults}
    return render(request, "accept_invitation.html", context)


def _faults_of(name: str) -> list[str]:
    try:
        PLAIN_NAME(name)
    except ValidationError as error:
        return [f"Your name: {error.messages[0]}"]
    return []
