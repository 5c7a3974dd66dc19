"""What a browser is told while the office's database does not answer: nothing here asks it."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django_htmx.http import reswap, retarget

AWAY = (
    "The office's database does not answer just now. What was entered before is kept. Whether what you just sent was "
    "entered is not known: look in a moment, and do it again if it is not there; no line is ruled on twice."
)
AGAIN = 5
"""Seconds after which a page asks again by itself."""
STATUS = 503
SHUT = ("08", "57P", "53300")
"""How the codes begin by which PostgreSQL says that it is going, coming, or takes no further connection."""


def is_away(error: BaseException | None) -> bool:
    """Tell whether an error says that PostgreSQL does not answer; SQLite is a file, and always there."""
    if connection.vendor != "postgresql" or not isinstance(error, (OperationalError, InterfaceError)):
        return False
    code = getattr(error.__cause__, "sqlstate", None) or ""  # none where nobody answered
    return not code or code.startswith(SHUT)


def away(request: HttpRequest) -> HttpResponse:
    """Answer a request; a page asks again by itself."""
    sys.stderr.write("office: the database does not answer\n")
    if getattr(request, "htmx", False):
        part = HttpResponse(render_to_string("refused_part.html", {"words": AWAY}), status=STATUS)
        return reswap(retarget(part, "#refusal"), "outerHTML")
    page = HttpResponse(render_to_string("away.html", {"words": AWAY}), status=STATUS)
    page["Retry-After"] = str(AGAIN)
    if request.method == "GET":
        page["Refresh"] = str(AGAIN)
    return page
