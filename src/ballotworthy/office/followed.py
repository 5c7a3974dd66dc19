"""What events change in the tables that pages read, in the transaction that puts them into the record.

A ruling takes its line from the desk on which it lay for that look; who ruled on it there may take it back. What was
taken back waits no longer once its line is ruled anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from ballotworthy.office.models import LastRuled, Lease, TakenBack

FIRST, SECOND, THIRD, AGAIN = "first", "second", "third", "again"
RULINGS = {"decision": "", "resolved": THIRD, "corrected": AGAIN}
"""Kinds of events that rule on a line, and for which look; a decision says it itself."""
MARKS = tuple(f'"kind":"{kind}"'.encode() for kind in RULINGS)
ANEW = frozenset({THIRD, AGAIN})
AT_ONCE = 500


def follow(held_id: int, lines: Sequence[bytes]) -> None:
    """Do in the tables of a case what the lines of its record say, within a transaction of the caller's."""
    ruled: dict[tuple[str, str], str] = {}
    for text in lines:
        if any(mark in text for mark in MARKS):
            event = json.loads(text)
            look = RULINGS.get(event["kind"])
            if look is not None:
                look = look or (FIRST if event["body"]["look"] == 1 else SECOND)
                ruled[event["body"]["line"], look] = event["by"]
    named = sorted({line for line, _ in ruled})
    for at in range(0, len(named), AT_ONCE):
        _take_from_desks(held_id, named[at : at + AT_ONCE], ruled)
    anew = sorted({line for line, look in ruled if look in ANEW})
    for at in range(0, len(anew), AT_ONCE):
        TakenBack.objects.filter(held_id=held_id, line__in=anew[at : at + AT_ONCE]).delete()


def _take_from_desks(held_id: int, lines: Sequence[str], ruled: dict[tuple[str, str], str]) -> None:
    lying = Lease.objects.filter(held_id=held_id, line__in=lines).select_related("account")
    gone = [lease for lease in lying if (lease.line, lease.look) in ruled]
    if not gone:
        return
    Lease.objects.filter(pk__in=[lease.pk for lease in gone]).delete()
    for lease in gone:
        if lease.account.name == ruled[lease.line, lease.look]:
            last = LastRuled.objects.filter(held_id=held_id, account=lease.account)
            if not last.update(line=lease.line):
                LastRuled.objects.create(held_id=held_id, account=lease.account, line=lease.line)
