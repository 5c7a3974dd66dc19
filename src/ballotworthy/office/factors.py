"""Second factors: who has one, who needs one, and taking them away from somebody who has lost his."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator

from ballotworthy.office.account_log import note
from ballotworthy.office.models import Account, HouseRules

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What is a factor of its own; recovery codes only stand in for one."""


def house_rules() -> HouseRules:
    """Give the rules of the house; those of a new office where none were set."""
    found: HouseRules | None = HouseRules.objects.first()
    return found or HouseRules()


def has_factor(account: Account) -> bool:
    """Tell whether an account has a second factor."""
    return bool(Authenticator.objects.filter(user=account, type__in=FACTORS).exists())


def lacks_factor(account: Account, roles: Iterable[str], rules: HouseRules) -> bool:
    """Tell whether an account that comes in one of several roles needs a second factor there, and has none."""
    return bool(frozenset(roles) & frozenset(rules.second_factor)) and not has_factor(account)


def take_away(account: Account, *, by: str, why: str) -> None:
    """Take all second factors from an account, whose person has lost them; its log says by whom, and why."""
    Authenticator.objects.filter(user=account).delete()
    note(account, "second factors taken away", by=by, why=why)
