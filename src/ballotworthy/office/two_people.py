"""Acts of two people: the first signs and waits, the second signs the same, and only then does it happen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

from django.db import transaction

from ballotworthy.casework.case import Case
from ballotworthy.errors import Refused
from ballotworthy.office.models import Account, Consent, HeldCase
from ballotworthy.office.rooms import now


def others_who_may(case: Case, role: str, person: str) -> list[str]:
    """Give who else may do it: has the role in the case, and an account that is open."""
    named = [name for name, roles in case.people.items() if role in roles and name != person]
    return sorted(Account.objects.filter(name__in=named, is_active=True).values_list("name", flat=True))


def consent_to(held: HeldCase, act: str) -> Consent | None:
    """Give what the first of two people has signed; None where nobody has."""
    found: Consent | None = Consent.objects.filter(held=held, act=act).select_related("account").first()
    return found


def first_of_two(
    held: HeldCase, case: Case, act: str, role: str, account: Account, said: Mapping[str, Any]
) -> Account | None:
    """Give the first person where this one is the second; None where this one is the first, and waits from now on.

    Raises:
        Refused: he has signed already, or what was signed is not what stands there now; the old signature is void.
    """
    before = consent_to(held, act)
    if before is not None:
        first: Account = before.account
        same = before.said == said
        entitled = first.is_active and role in case.people.get(first.name, ())
        if same and entitled and first != account:
            return first
        if same and entitled:
            raise Refused("you have signed already. Another person who may do it signs next.")
        before.delete()
        if first != account:
            raise Refused(f"what {first.name} signed is not what stands here now, so it is void. Look again, and sign.")
    with transaction.atomic():
        Consent.objects.create(held=held, act=act, account=account, said=dict(said), at=now())
    return None


def withdraw(held: HeldCase, act: str) -> None:
    """Forget what the first person signed."""
    Consent.objects.filter(held=held, act=act).delete()


def in_record(verb: Callable[..., Any], case: Case, second: str, alone: str = "") -> dict[str, Any]:
    """Give what a verb is told of the second person, where the record of the case has a place for it."""
    if getattr(case, "version", 1) == 1 or "second" not in signature(verb).parameters:
        return {}
    return {"second": second} if second else {"alone": alone}
