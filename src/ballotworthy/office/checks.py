"""What must hold before the office starts: every route says who may use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from ballotworthy.office.who import ANYBODY, LOCKED, MANAGER, OWN, ROLES, STAFF

KNOWN = frozenset({ANYBODY, LOCKED, OWN, STAFF, MANAGER, *ROLES})


def patterns(parts: Sequence[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Give every route below some patterns."""
    for part in parts:
        if isinstance(part, URLResolver):
            yield from patterns(part.url_patterns)
        else:
            yield part


@register
def every_route_says_who(app_configs: Any = None, **_: Any) -> list[Error]:  # noqa: ARG001 # Django's signature
    """Refuse a route that does not say who may use it, or one in a case that no role of the case guards."""
    faults = []
    for each in patterns(get_resolver().url_patterns):
        who = frozenset(getattr(each.callback, "who", ()))
        in_a_case = "slug" in str(each.pattern)
        if not who or not who <= KNOWN or (in_a_case and not who & {*ROLES, ANYBODY}):
            faults.append(Error(f"the route {each.pattern} does not say who may use it", id="office.E001"))
    return faults
