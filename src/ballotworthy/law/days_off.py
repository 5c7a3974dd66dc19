"""The days on which a place's offices are closed, as the `holidays` package knows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def days_off(place: str) -> Mapping[date, str] | None:
    """Give the holidays of a place by day, of any year asked for; None for a place that has no calendar here.

    The code says whose they are: us-ca has those of California, nz those of New Zealand; the union (eu) and
    invented places have none. They are the public holidays the package knows; a statute may count others,
    which is why whoever counts days shows each one passed over.
    """
    # It takes a tenth of a second to load, which other verbs need not wait for.
    from holidays import country_holidays, list_supported_countries

    country, _, part = place.upper().partition("-")
    known = list_supported_countries(include_aliases=False)
    if country not in known or (part and part not in known[country]):
        return None
    return country_holidays(country, subdiv=part or None, language="en_US")


def days_off_known(place: str) -> Mapping[date, str]:
    """Give the holidays of a place as `days_off`, none for a place that has no calendar here.

    The table is empty until a day is asked of it, so `days_off(place) or {}` would forget them all.
    """
    days = days_off(place)
    return {} if days is None else days
