"""A station locked: its pages are gone until its person gives his password or PIN; nobody else's work is touched."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest, HttpResponse

from ballotworthy.errors import InputError
from ballotworthy.office.by_law import next_in_case
from ballotworthy.office.factors import house_rules
from ballotworthy.office.keys import LOCK, keys_of
from ballotworthy.office.languages import LANGUAGES
from ballotworthy.office.models import Account, HouseRules
from ballotworthy.office.rooms import now

LOCKED, SEEN, SINCE = "station_locked", "station_seen", "station_since"
LONGEST = dt.timedelta(hours=10)
"""No session lasts longer, however much is done in it: a working day."""
SEEN_EVERY = 30
"""Seconds: a station that asks more often is not written down anew."""
LEAST_PIN, MOST_PIN = 6, 12


def in_pages(request: HttpRequest) -> dict[str, Any]:
    """Give pages the rules of the house, by which they lock themselves, the key of that, languages, what comes next."""
    return {"house": house_rules, "languages": LANGUAGES, "lock_key": lambda: keys_of(request.user)[LOCK],
            "next_in_case": lambda: next_in_case(request)}  # fmt: skip


def lock(request: HttpRequest) -> None:
    """Lock the station of a request."""
    request.session[LOCKED] = True


def is_over(request: HttpRequest) -> bool:
    """Tell whether the session has lasted a working day since somebody signed in."""
    at = now().timestamp()
    return bool(at - request.session.setdefault(SINCE, at) > LONGEST.total_seconds())


def is_locked(request: HttpRequest, rules: HouseRules) -> bool:
    """Tell whether the station is locked; it locks itself after the time of the house without a request."""
    session = request.session
    if session.get(LOCKED):
        return True
    at, seen = now().timestamp(), session.get(SEEN)
    if seen is not None and at - seen > dt.timedelta(minutes=rules.lock_after).total_seconds():
        lock(request)
        return True
    if seen is None or at - seen > SEEN_EVERY:
        session[SEEN] = at
    return False


def unlock(request: HttpRequest, secret: str) -> bool:
    """Unlock the station by its person's password or PIN; False where it is neither."""
    account: Account = request.user
    if not account.check_password(secret) and not (account.pin and check_password(secret, account.pin)):
        return False
    request.session[LOCKED] = False
    request.session[SEEN] = now().timestamp()
    return True


def set_pin(account: Account, pin: str) -> None:
    """Set the PIN of an account; "" takes it away.

    Raises:
        InputError: it is none that is hard enough to guess.
    """
    if pin and not (pin.isascii() and pin.isdigit() and LEAST_PIN <= len(pin) <= MOST_PIN):
        raise InputError(f"a PIN is {LEAST_PIN} to {MOST_PIN} digits.")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        raise InputError("a PIN of one digit or of digits in a row is guessed at once. Choose another.")
    account.pin = make_password(pin) if pin else ""
    account.save(update_fields=["pin"])


def forget_what_was_shown(answer: HttpResponse) -> HttpResponse:
    """Have the browser throw away the pictures it kept; browsers listen to it over TLS and on localhost."""
    answer["Clear-Site-Data"] = '"cache"'
    return answer
