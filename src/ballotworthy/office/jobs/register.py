"""The register named: a snapshot in the office's folder, as somebody has looked at it."""

from __future__ import annotations

from ballotworthy.casework.case import Case
from ballotworthy.errors import InputError, Refused
from ballotworthy.files.progress import Progress
from ballotworthy.office import queue
from ballotworthy.office.first_look import seen_of
from ballotworthy.office.models import Job
from ballotworthy.office.queue import Step
from ballotworthy.office.rooms import entered
from ballotworthy.office.uploads import rolls, snapshots
from ballotworthy.verbs.case_roll import name_roll

CHANGED = "this snapshot is not the one that was looked at. Look at it again."
RULED = "lines have been ruled on by the register that is named, so no other can be named here in its place."


def step(job: Job, tell: Progress) -> Step:
    """Name it where it is not named, and have the lines matched with it."""
    from ballotworthy.roll import open_roll  # here, since the worker alone compiles

    found = rolls() / job.said["snapshot"]
    if found not in snapshots():
        raise InputError("there is no such snapshot in the office's folder `rolls`.")
    if seen_of(found) != job.said["seen"]:
        raise Refused(CHANGED)
    tell("making sure of the snapshot", 0, 0)
    with entered(job.held) as room:
        known = room.case().rolls.get(open_roll(found).sha256)
        if known is not None and "began" in job.said:  # a second try
            return Step(1, 1, told=_told(known["day"], known["voters"], known["roll"]))
        _make_sure(room.case())
        if known is None:
            job.said = {**job.said, "began": True}
            job.save(update_fields=["said"])
        named = name_roll(room.provided(_make_sure), found, by=job.account.name)
        framed = room.case().frame.fixed is not None
    return Step(
        named.voters, named.voters, lambda: framed and queue.once(job.held, "matching"),
        told=_told(named.day, named.voters, named.roll),
    )  # fmt: skip


def _make_sure(case: Case) -> None:
    if not may_name(case):  # a line was ruled on since it was asked for
        raise InputError(RULED)


def may_name(case: Case) -> bool:
    """Tell whether a register is named here: the first one, or another as long as no line has been ruled on."""
    return not case.rolls or not case.looks


def _told(day: str, voters: int, digest: str) -> str:
    return f"The register of {day}: {voters:,} voters, digest {digest[:16]}…"
