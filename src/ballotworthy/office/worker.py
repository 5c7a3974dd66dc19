"""The worker: a process of its own that does what takes longer than a page waits, one job after the other.

Its server holds the other end of its input: a line there says that something waits, and the end of it that the server
is gone, however it went. Then the worker gives its job back and ends at once, in whatever it is: nothing half done
stands, as after a kill.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from contextlib import suppress
from http import HTTPStatus
from threading import Event, Thread
from typing import BinaryIO

from django.db import DatabaseError, connection

from ballotworthy.errors import BallotworthyError
from ballotworthy.office import queue
from ballotworthy.office.jobs import KINDS
from ballotworthy.office.models import Job
from ballotworthy.office.uploads import clear, forget_old_looks

LOOKS_EVERY = 2.0
"""Seconds after which the worker looks by itself."""
TELLS_EVERY = 0.5
PAUSE = 0.05
"""Seconds between two chunks: whoever waits for the pen has it meanwhile."""
FAULT = "something went wrong that is not your doing. Tell whoever runs the office; the log says where."


def work(worker: str, line: BinaryIO) -> None:
    """Do jobs until the server is gone.

    Args:
        worker: who holds the jobs, as the server calls this process.
        line: from the server.
    """
    waits = Event()
    Thread(target=_listen, args=(worker, line, waits), name="line", daemon=True).start()
    with suppress(DatabaseError):
        forget_old_looks()
    while True:
        try:
            work_off(worker)
        except DatabaseError:  # it went away; the job is done on from where it stands once it answers
            connection.close()
            with suppress(DatabaseError):
                queue.give_back(worker)
        waits.wait(LOOKS_EVERY)
        waits.clear()


def work_off(worker: str) -> None:
    """Do all that waits."""
    while (job := queue.claim(worker)) is not None:
        do(job)


def do(job: Job) -> None:
    """Do a job from where it stands to its end, or until it is cancelled."""
    last = 0.0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal last
        if done in (0, total) or time.monotonic() - last > TELLS_EVERY:
            queue.tell(job, stage, done, total)
            last = time.monotonic()

    try:
        while True:
            step = KINDS[job.kind](job, tell)
            queue.keep(job, step)
            if step.told is not None:
                break
            time.sleep(PAUSE)
    except queue.GivenUp:
        job.refresh_from_db()
        if job.state == Job.RUNNING:  # another worker's by now
            return
    except DatabaseError:
        raise
    except BallotworthyError as error:
        queue.refuse(job, str(error), error.http_status)
    except Exception as error:
        steps = traceback.extract_tb(error.__traceback__)
        where = "".join(f"  {step.filename}:{step.lineno} {step.name}\n" for step in steps)
        sys.stderr.write(f"office: {type(error).__name__} in a job of kind {job.kind}\n{where}")
        queue.refuse(job, FAULT, HTTPStatus.INTERNAL_SERVER_ERROR)
    clear(job)


def _listen(worker: str, line: BinaryIO, waits: Event) -> None:
    while line.readline():
        waits.set()
    with suppress(DatabaseError):
        queue.give_back(worker)
        connection.close()
    os._exit(0)
