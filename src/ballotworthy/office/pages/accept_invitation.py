"""The link that works once: a person sets his password and is in."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.errors import InputError
from ballotworthy.office.accounts import accept, invited_by

BACKEND = "django.contrib.auth.backends.ModelBackend"


def page(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for a password, twice.

    Raises:
        InputError: the link was used, or is too old.
    """
    invitation = invited_by(secret)
    if invitation is None:
        raise InputError("this link was used already, or is older than three days. Ask a manager for a new one.")
    faults: list[str] = []
    if request.method == "POST":
        password = request.POST.get("password", "")
        try:
            validate_password(password, invitation.account)
        except ValidationError as error:
            faults = list(error.messages)
        if password != request.POST.get("again", ""):
            faults.append("The two passwords are not the same.")
        if not faults:
            accept(invitation, password)
            login(request, invitation.account, BACKEND)
            return redirect("home")
    return render(request, "accept_invitation.html", {"name": invitation.account.name, "faults": faults})
