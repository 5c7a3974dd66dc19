"""Whose request may take its time: an upload of somebody who is signed in, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ballotworthy.office.spoken import UNHURRIED


def unhurried(inner: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give the layer that lifts the bound before anything reads the body."""

    def answer(request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        lift = request.META.get(UNHURRIED)
        if lift and request.method == "POST" and request.user.is_authenticated:
            lift()
        return inner(request)

    return answer
