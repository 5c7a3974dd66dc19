"""A bulk act done: its lines in chunks, each one commit of the record and of the table that tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ballotworthy.casework import Act
from ballotworthy.casework.case import Case
from ballotworthy.casework.ordered import ORDERED
from ballotworthy.files.progress import Progress
from ballotworthy.office.bulk import CORRECTED, DECIDED, LEFT, STRUCK, how_of
from ballotworthy.office.models import Bulk, BulkLine, Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered_beside
from ballotworthy.office.who import DECIDE

CHUNK = 200


def step(job: Job, tell: Progress) -> Step:
    """Do one chunk; done twice, it does nothing the second time."""
    bulk = Bulk.objects.select_related("held", "account").get(job=job)
    chunk = list(bulk.lines.filter(done=False).order_by("pk")[:CHUNK])
    number, done = bulk.lines.count(), bulk.lines.filter(done=True).count()
    if not chunk:
        return Step(number, number, told=f"{number:,} lines were gone through.")
    tell("lines", done, number)
    hows: dict[str, str] = {}

    def made(case: Case) -> list[Act]:  # while nobody else can write
        may_decide = DECIDE in case.people.get(bulk.account.name, ())
        for each in chunk:
            how = how_of(case, each.line)
            hows[each.line] = LEFT if how == DECIDED and not may_decide else how
        return list(_acts(bulk, hows))

    def tables() -> None:
        for each in chunk:
            each.done, each.how = True, hows[each.line]
        BulkLine.objects.bulk_update(chunk, ["done", "how"], batch_size=CHUNK)

    with entered_beside(bulk.held, tables) as room:
        entered = room.write(made)
    return Step(done + len(chunk), number) if entered else Step(done + len(chunk), number, tables)


def _acts(bulk: Bulk, hows: Mapping[str, str]) -> Iterator[Act]:
    by, order = bulk.account.name, {"order": bulk.why} if bulk.reason == ORDERED else {}
    why = f"{'by that order' if order else bulk.why} (bulk act {bulk.pk} of the office)"
    for line, how in hows.items():
        refused = {"line": line, "outcome": "invalid", "reason": bulk.reason, **order}
        if how == STRUCK:
            yield Act(by, "struck", {"line": line, "reason": bulk.reason, "why": why, **order})
        elif how == CORRECTED:
            yield Act(by, "corrected", {**refused, "why": why})
        elif how == DECIDED:
            yield Act(by, "decision", {**refused, "look": 1})
