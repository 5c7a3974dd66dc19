"""Sharing work out: lines lie on one desk at a time, come back when they are left there, and are never given twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Count

from ballotworthy.office import followed
from ballotworthy.office.board import Board
from ballotworthy.office.models import Account, HeldCase, Lease, WentBack
from ballotworthy.office.rooms import board_of, entered, now

HOLD = dt.timedelta(minutes=20)
WRITTEN_EVERY = dt.timedelta(minutes=1)
"""A desk at which somebody works is not written down anew for each line."""
SHOWN = 2
"""A page needs the line at hand, and the one whose pictures it loads ahead."""
AT_ONCE = 5
"""So many lines are taken from the pile at once, in the order drawn."""
FIRST, SECOND, THIRD = followed.FIRST, followed.SECOND, followed.THIRD
LOOKS = (FIRST, SECOND, THIRD)


def waiting(board: Board, person: str, look: str, number: int, taken: Collection[str] = ()) -> list[str]:
    """Give the lines that wait for a person's look and lie on nobody's desk, so many at most; within `entered`."""
    if board.case.sample is None or board.case.standing.closed:
        return []
    if look == FIRST:
        return board.firsts(person, number, taken, closed_accounts(board.case.assigned))
    pile = {SECOND: board.seconds, THIRD: board.thirds}
    return pile[look](person, number, taken) if look in pile else []


def closed_accounts(names: Collection[str]) -> frozenset[str]:
    """Give those of some people whose accounts are closed: the record may still admit them, and they never come."""
    if not names:
        return frozenset()
    return frozenset(Account.objects.filter(is_active=False, name__in=names).values_list("name", flat=True))


def on_desk(held: HeldCase, account: Account, look: str) -> list[str]:
    """Give the lines that lie before a person for a look, the first to be decided first.

    More are fetched before the last of them is decided, so that the next one's pictures can be loaded ahead. What was
    left lying longer than `HOLD` is anybody's who fetches lines, and what was decided elsewhere goes. The case is
    entered for its piles alone: others work in it while the database is asked.
    """
    more = True
    while True:
        lying = list(Lease.objects.filter(held=held, account=account, look=look).order_by("pk"))
        with entered(held):
            board = board_of(held)
            closed = board.case.standing.closed
            mine = [each for each in lying if not closed and board.waits(look, each.line)]
        if len(mine) < len(lying):
            Lease.objects.filter(pk__in={each.pk for each in lying} - {each.pk for each in mine}).delete()
        more = more and len(mine) < SHOWN and _fetched(held, account, look)
        if not more and (not mine or _held_on(mine)):
            return [each.line for each in mine]


def _held_on(mine: Sequence[Lease]) -> bool:
    """Have lines lie on a desk from now on; False if another process gave one away meanwhile."""
    until = now() + HOLD
    if all(each.until > until - WRITTEN_EVERY for each in mine):
        return True
    return bool(Lease.objects.filter(pk__in=[each.pk for each in mine]).update(until=until) == len(mine))


def _fetched(held: HeldCase, account: Account, look: str) -> bool:
    """Put lines from the pile on a desk; False where none are left. A line that another takes first goes to him."""
    at = now()
    lying = list(Lease.objects.filter(held=held, look=look).values_list("line", "until"))
    if any(until < at for _, until in lying):
        Lease.objects.filter(held=held, until__lt=at).delete()
    with entered(held):
        lines = waiting(board_of(held), account.name, look, AT_ONCE, {line for line, until in lying if until >= at})
    leases = [Lease(held=held, line=line, look=look, account=account, until=at + HOLD) for line in lines]
    Lease.objects.bulk_create(leases, ignore_conflicts=True)
    return bool(lines)


def something_waits(held: HeldCase, account: Account, look: str) -> bool:
    """Tell whether a person would be given a line for a look: none that lies on another's desk."""
    others = Lease.objects.filter(held=held, look=look, until__gt=now()).exclude(account=account)
    taken = set(others.values_list("line", flat=True))
    with entered(held):
        return bool(waiting(board_of(held), account.name, look, 1, taken))


def desks(held: HeldCase) -> list[tuple[str, int]]:
    """Give who has lines on the desk, for whichever look, and how many."""
    lying = Lease.objects.filter(held=held, until__gt=now()).values_list("account__name")
    return list(lying.annotate(Count("pk")).order_by("account__name"))


def went_back(name: str, lines: int) -> str:
    """Say that lines went back from somebody's desk."""
    return f"Lines that went back from the desk of {name}: {lines}. Whoever fetches lines next has them."


def put_back(account: Account, *, by: Account, why: str, held: HeldCase | None = None) -> int:
    """Take what lies on a person's desk from it, in one case or in all, for anybody to take; give how many lines.

    Who did it, when and why is kept.
    """
    lying = Lease.objects.filter(account=account, **({"held": held} if held else {}))
    with transaction.atomic():
        taken = {case: lying.filter(held=case).delete()[0] for case in set(lying.values_list("held", flat=True))}
        WentBack.objects.bulk_create(
            WentBack(held_id=case, account=account, by=by.name, why=why, lines=lines, at=now())
            for case, lines in taken.items()
            if lines
        )
    return sum(taken.values())


def lies_before(held: HeldCase, account: Account, look: str, line: str) -> bool:
    """Tell whether a line lies on a person's desk."""
    mine = Lease.objects.filter(held=held, account=account, look=look, line=line, until__gt=now())
    return bool(mine.exists())
