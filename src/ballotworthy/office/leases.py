"""Sharing work out: lines lie on one desk at a time, come back when they are left there, and are never given twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction

from ballotworthy.office import followed
from ballotworthy.office.board import Board
from ballotworthy.office.models import Account, HeldCase, Lease
from ballotworthy.office.rooms import now

HOLD = dt.timedelta(minutes=20)
AT_ONCE = 5
"""So many lines are taken from the pile at once, in the order drawn."""
FIRST, SECOND, THIRD = followed.FIRST, followed.SECOND, followed.THIRD
LOOKS = (FIRST, SECOND, THIRD)


def waiting(board: Board, person: str, look: str, number: int, taken: Collection[str] = ()) -> list[str]:
    """Give the lines that wait for a person's look and lie on nobody's desk, so many at most."""
    if board.case.sample is None or board.case.standing.closed:
        return []
    pile = {FIRST: board.firsts, SECOND: board.seconds, THIRD: board.thirds}
    return pile[look](person, number, taken) if look in pile else []


def on_desk(board: Board, held: HeldCase, account: Account, look: str) -> list[str]:
    """Give the lines that lie before a person for a look, the first to be decided first; more are fetched if none do.

    What was left lying longer than `HOLD` is anybody's again, and what was decided elsewhere goes.
    """
    with transaction.atomic():
        Lease.objects.filter(held=held, until__lt=now()).delete()
        lying = list(Lease.objects.filter(held=held, account=account, look=look).order_by("pk"))
        closed = board.case.standing.closed
        mine = [each for each in lying if not closed and board.waits(look, each.line)]
        if len(mine) < len(lying):
            Lease.objects.filter(pk__in={each.pk for each in lying} - {each.pk for each in mine}).delete()
        if mine:
            Lease.objects.filter(pk__in=[each.pk for each in mine]).update(until=now() + HOLD)
            return [each.line for each in mine]
    taken = set(Lease.objects.filter(held=held, look=look).values_list("line", flat=True))
    found: list[str] = []
    for line in waiting(board, account.name, look, 2 * AT_ONCE, taken):
        if len(found) < AT_ONCE and _take(held, line, look, account):
            found.append(line)
    return found


def something_waits(board: Board, held: HeldCase, account: Account, look: str) -> bool:
    """Tell whether a person would be given a line for a look: none that lies on another's desk."""
    others = Lease.objects.filter(held=held, look=look, until__gt=now()).exclude(account=account)
    return bool(waiting(board, account.name, look, 1, set(others.values_list("line", flat=True))))


def lies_before(held: HeldCase, account: Account, look: str, line: str) -> bool:
    """Tell whether a line lies on a person's desk."""
    mine = Lease.objects.filter(held=held, account=account, look=look, line=line, until__gt=now())
    return bool(mine.exists())


def _take(held: HeldCase, line: str, look: str, account: Account) -> bool:
    try:
        with transaction.atomic():
            Lease.objects.create(held=held, line=line, look=look, account=account, until=now() + HOLD)
    except IntegrityError:  # another process was quicker
        return False
    return True
