"""The queue: jobs in a table, held by one worker for a while, done in chunks, cancelled between two of them.

A worker holds a job until a time that each chunk, and each word of progress, puts off; if the worker dies, the time
passes, or the server that saw it die gives the job back, and another goes on at the cursor. What a chunk changes in
the office's tables and the cursor are one transaction. What it enters in a record stands there first, in one
transaction with what the tables tell of it: a chunk looks at both before it enters anything, so that one that is done
again enters nothing twice.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from ballotworthy.errors import Refused
from ballotworthy.office.models import Account, HeldCase, Job
from ballotworthy.office.rooms import now

HOLD = dt.timedelta(seconds=30)
LOOK = 0.1
"""Seconds between two looks at a job that somebody waits for."""
OPEN = (Job.WAITING, Job.RUNNING)


class GivenUp(Exception):
    """The job was cancelled, or is another worker's by now: whoever does it stops."""


@dataclass(frozen=True)
class Step:
    """What a chunk has done.

    Attributes:
        cursor, total: so many units of all are done.
        tables: changes the office's tables, in one transaction with the cursor.
        told: what came of the job, where the chunk was its last; None where more is to do.
    """

    cursor: int
    total: int
    tables: Callable[[], object] = lambda: None
    told: str | None = None


def woken() -> None:
    """Tell the worker that something waits; the server puts its own in this place."""


def add(held: HeldCase, kind: str, account: Account | None = None, said: Mapping[str, Any] | None = None) -> Job:
    """Put a job in the queue."""
    made: Job = Job.objects.create(held=held, kind=kind, account=account, said=dict(said or {}), at=now())
    transaction.on_commit(lambda: woken())
    return made


def once(held: HeldCase, kind: str) -> Job:
    """Give the open job of this kind in a case; one is put in the queue where there is none."""
    found: Job | None = Job.objects.filter(held=held, kind=kind, state__in=OPEN).first()
    return found or add(held, kind)


def claim(worker: str) -> Job | None:
    """Take the job that waits longest, or one that its worker has left; None where nothing waits."""
    with transaction.atomic():
        left = Q(state=Job.RUNNING, until__lt=now())
        job: Job | None = (
            Job.objects.select_for_update(skip_locked=True, of=("self",)).filter(Q(state=Job.WAITING) | left)
            .order_by("pk").first()
        )  # fmt: skip
        if job is not None:
            job.state, job.worker, job.until = Job.RUNNING, worker, now() + HOLD
            job.save(update_fields=["state", "worker", "until"])
        return job


def tell(job: Job, stage: str, done: int, total: int) -> None:
    """Say how far a chunk is, and hold the job on.

    Raises:
        GivenUp: it is not this worker's any more.
    """
    if not _own(job).update(stage=stage[:80], cursor=done, total=total, until=now() + HOLD):
        raise GivenUp


def keep(job: Job, step: Step) -> None:
    """Write down what a chunk has done, all of it or nothing.

    Raises:
        GivenUp: the job is not this worker's any more; where it was cancelled, what its last chunk did stands.
    """
    mine = Job.objects.filter(pk=job.pk, worker=job.worker)
    with transaction.atomic():
        if not mine.update(cursor=step.cursor, total=step.total, until=now() + HOLD):
            raise GivenUp
        step.tables()
        if step.told is not None:  # cancelled too late: it is done
            mine.update(state=Job.DONE, told=step.told, ended=now(), stage="")
    job.refresh_from_db()
    if step.told is None and job.state != Job.RUNNING:
        raise GivenUp


def refuse(job: Job, why: str, status: int) -> None:
    """Write down that a job cannot be done, why, and with which status a page says so."""
    _own(job).update(state=Job.REFUSED, told=why, status=status, ended=now(), stage="")


def cancel(job: Job) -> None:
    """Cancel a job; the chunk that is being done may still be.

    Raises:
        Refused: it has ended.
    """
    if not Job.objects.filter(pk=job.pk, state__in=OPEN).update(state=Job.CANCELLED, ended=now(), stage=""):
        raise Refused("it has ended already; what it did stands.")


def give_back(worker: str) -> None:
    """Give back what a worker holds that has ended."""
    Job.objects.filter(worker=worker, state=Job.RUNNING).update(until=now() - HOLD)


def waited(job: Job, patience: float) -> Job:
    """Give a job as it is once it has ended, or the caller's patience, in seconds."""
    until = time.monotonic() + patience
    while True:
        job.refresh_from_db()
        if job.state not in OPEN or time.monotonic() > until:
            return job
        time.sleep(LOOK)


def _own(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, worker=job.worker, state=Job.RUNNING)
