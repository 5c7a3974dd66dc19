"""Sharing work out: lines lie on one desk at a time, come back when they are left there, and are never given twice."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import IntegrityError, transaction

from ballotworthy.casework.case import Case
from ballotworthy.casework.room import Room
from ballotworthy.office.models import Account, HeldCase, Lease
from ballotworthy.office.rooms import now
from ballotworthy.verbs.case_differing import differing_lines
from ballotworthy.verbs.case_work import next_lines

HOLD = dt.timedelta(minutes=20)
AT_ONCE = 5
"""So many lines are taken from the pile at once, in the order drawn."""
FIRST, SECOND, THIRD = "first", "second", "third"
LOOKS = (FIRST, SECOND, THIRD)


def wants_second(case: Case, held: HeldCase, line: str) -> bool:
    """Tell whether two people look at a line: so many of a hundred, by the digest of the frame and the line's id."""
    fingerprint = case.frame.fixed["fingerprint"] if case.frame.fixed else ""
    chosen = int.from_bytes(hashlib.sha256(f"{fingerprint} second look {line}".encode()).digest()[:8], "big")
    return bool(chosen % 100 < held.second_share)


def waiting(room: Room, held: HeldCase, person: str, look: str, number: int) -> list[str]:
    """Give the lines that wait for a person's look, so many at most."""
    case = room.case()
    if case.sample is None or case.standing.closed:
        return []
    if look == FIRST:
        return list(next_lines(room, person=person, number=number).lines)
    if look == SECOND:
        lines = next_lines(room, person=person, number=len(case.sample.lines), look=2).lines
        return [line for line in lines if wants_second(case, held, line)][:number]
    differing = differing_lines(room, number=len(case.sample.lines)).lines
    return [each.line for each in differing if person not in (each.first.by, each.second.by)][:number]


def on_desk(room: Room, held: HeldCase, account: Account, look: str) -> list[str]:
    """Give the lines that lie before a person for a look, the first to be decided first; more are fetched if none do.

    What was left lying longer than `HOLD` is anybody's again.
    """
    with transaction.atomic():
        Lease.objects.filter(held=held, until__lt=now()).delete()
        mine = list(Lease.objects.filter(held=held, account=account, look=look).order_by("pk"))
        if mine:
            Lease.objects.filter(pk__in=[each.pk for each in mine]).update(until=now() + HOLD)
            return [each.line for each in mine]
    taken = set(Lease.objects.filter(held=held, look=look).values_list("line", flat=True))
    found: list[str] = []
    for line in waiting(room, held, account.name, look, AT_ONCE + len(taken)):
        if line not in taken and len(found) < AT_ONCE and _take(held, line, look, account):
            found.append(line)
    return found


def lies_before(held: HeldCase, account: Account, look: str, line: str) -> bool:
    """Tell whether a line lies on a person's desk."""
    mine = Lease.objects.filter(held=held, account=account, look=look, line=line, until__gt=now())
    return bool(mine.exists())


def put_back(held: HeldCase, account: Account, look: str, line: str) -> None:
    """Take a line from a person's desk: it was decided, or is for somebody else."""
    Lease.objects.filter(held=held, account=account, look=look, line=line).delete()


def _take(held: HeldCase, line: str, look: str, account: Account) -> bool:
    try:
        with transaction.atomic():
            Lease.objects.create(held=held, line=line, look=look, account=account, until=now() + HOLD)
    except IntegrityError:  # another process was quicker
        return False
    return True
