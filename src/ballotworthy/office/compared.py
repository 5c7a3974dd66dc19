"""What is fixed compared before the first die: two people, each with an account of the case, sign that it is the same.

Where two may manage a case both sign, for a seed is an act of two people as certifying is. Where only one may, those
whom the case admits may sign as well, and a case with one account goes by the names that its manager writes down.
The record then holds which of both it was, in what it says of the seed's source.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from ballotworthy.casework.case import Case
from ballotworthy.errors import Refused
from ballotworthy.office.models import Account, Consent, HeldCase
from ballotworthy.office.rooms import now
from ballotworthy.office.two_people import others_who_may
from ballotworthy.office.who import MANAGE

ACTS = ("compared first", "compared second")
BY_ACCOUNTS = "; fingerprint, lines and strata compared before by {}, each with an account of their own"
BY_NAMES = "; fingerprint, lines and strata compared before by two of those present, as {} has confirmed"
"""What the record says behind the source of a seed: who has signed, or whose word it is."""
MINUTE = "%Y-%m-%d %H:%M UTC"


def fixed_of(case: Case) -> dict[str, Any]:
    """Give what two people compare: the frame's fingerprint, its lines, and how many there are to draw by stratum."""
    fixed = case.frame.fixed or {}
    strata = {name: len(ids) for name, ids in sorted(case.frame.drawable.items())}
    return {"fingerprint": fixed.get("fingerprint"), "lines": fixed.get("lines"), "strata": strata}


def signed(held: HeldCase, case: Case) -> list[Consent]:
    """Give who has compared what is fixed now, in the order of time; nobody who has left the case since."""
    found = Consent.objects.filter(held=held, act__in=ACTS).select_related("account").order_by("at")
    return [each for each in found if _stands(each, case)]


def compare(held: HeldCase, case: Case, account: Account) -> None:
    """Keep that somebody has compared what is fixed.

    Raises:
        Refused: there is nothing to compare, the seed is entered, he has signed before, or two others have.
    """
    if case.frame.fixed is None or case.seed is not None:
        raise Refused("what is fixed is compared once the frame is, and before the seed.")
    with transaction.atomic():
        for each in Consent.objects.filter(held=held, act__in=ACTS).select_related("account"):
            if not _stands(each, case):
                each.delete()
        before = signed(held, case)
        if not _may(account, case):
            who = ", ".join(others_who_may(case, MANAGE, account.name))
            raise Refused(f"several people manage this case, so two of them compare what is fixed: {who}.")
        if account in [each.account for each in before]:
            raise Refused("you have compared it already. Another person does so next, with an account of their own.")
        free = [act for act in ACTS if act not in [each.act for each in before]]
        if not free:
            raise Refused("two people have compared it already.")
        Consent.objects.create(held=held, act=free[0], account=account, said=fixed_of(case), at=now())


def both(held: HeldCase, case: Case, person: str) -> Sequence[Consent]:
    """Give those who have compared it, two of them; nobody where names are written down in place of it.

    Raises:
        Refused: another may manage the case too, and two have not signed.
    """
    found = signed(held, case)
    if len(found) == len(ACTS):
        return found
    if others := others_who_may(case, MANAGE, person):
        who = ", ".join(sorted({person, *others}))
        raise Refused(f"several people manage this case, so two compare what is fixed, each with his account: {who}.")
    return ()


def told(found: Sequence[Consent], person: str = "") -> str:
    """Give what the record says of it behind the source of the seed: who signed, or on whose word it goes."""
    who = " and ".join(f"{each.account.name} ({each.at.strftime(MINUTE)})" for each in found)
    return BY_ACCOUNTS.format(who) if found else BY_NAMES.format(person) if person else ""


def forget(held: HeldCase) -> None:
    """Forget it: the seed stands in the record, and who compared in what that says of its source."""
    Consent.objects.filter(held=held, act__in=ACTS).delete()


def _stands(consent: Consent, case: Case) -> bool:
    account = consent.account
    here = account.is_active and account.name in case.people
    return here and consent.said == fixed_of(case) and _may(account, case)


def _may(account: Account, case: Case) -> bool:
    """Tell whether somebody may compare: where several manage the case it is they who do."""
    managers = others_who_may(case, MANAGE, "")
    return len(managers) < len(ACTS) or account.name in managers
