"""One's own keys at the desk: each can be another or none, and all can be turned off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ballotworthy.office.keys import ACTIONS, as_they_come, chosen_by, is_off, set_keys


def page(request: HttpRequest) -> HttpResponse:
    """Show them, and keep others.

    Raises:
        InputError: they are no keys, two are the same, or one is a ground's.
    """
    if request.method == "POST" and "usual" in request.POST:
        as_they_come(request.user)
        messages.success(request, "Your keys are as they come.")
        return redirect("desk-keys")
    if request.method == "POST":
        set_keys(request.user, request.POST)
        messages.success(request, "Your keys are kept.")
        return redirect("desk-keys")
    own = chosen_by(request.user)
    listed = [(action, own[action], key, words) for action, (key, words) in ACTIONS.items()]
    return render(request, "desk_keys.html", {"listed": listed, "off": is_off(request.user)})
