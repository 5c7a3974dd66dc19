"""The benches of cases: lines beside the register, matched by the worker, kept in a file, and laid out here.

The server compiles nothing. A bench is laid out by a thread of its own once the worker has matched its lines; whoever
asks meanwhile is told how far that is.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

from django.db import connection

from ballotworthy.casework.bench import Bench, ToLayOut, brought_up, is_matched, lay_out, to_lay_out
from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.office import queue
from ballotworthy.office.models import HeldCase, Job
from ballotworthy.office.rooms import board_of, case_of, entered, folder_of, is_weighed, keep_checkpoints, know_weighed
from ballotworthy.office.second_looks import MOST_WEIGHED, second_looks_of
from ballotworthy.office.uploads import rolls
from ballotworthy.verbs.case_expected import Weighed, weighed_of

MATCHING = "matching"
PATIENCE = 1.0
"""Seconds that a page waits for a bench that is being laid out; then the page says so, and asks again by itself."""


class BeingLaidOut(Exception):
    """The lines are being laid beside the register; nothing is wrong, and whoever waits a little sees them.

    `job` is the worker's, None once it has done its part.
    """

    def __init__(self, job: Job | None) -> None:
        self.job = job


@dataclass
class Laying:
    """A bench that is being laid out, by one thread, while the case stays open to all."""

    digest: str
    done: Event = field(default_factory=Event)
    job: Job | None = None
    bench: Bench | None = None
    fault: BallotworthyError | None = None
    weighed: Weighed | None = None


_laid: dict[Path, Laying] = {}
_lock = Lock()


def bench_of(held: HeldCase, patience: float = PATIENCE) -> Bench:
    """Give the bench of a case; it is laid out when it is first asked for, and anew for another roll.

    Raises:
        BeingLaidOut: it takes longer than the caller's patience, in seconds.
        InputError: it cannot be laid out.
    """
    laying = _laying(held)
    if not laying.done.wait(patience):
        raise BeingLaidOut(laying.job)
    if laying.fault:
        raise laying.fault
    assert laying.bench is not None  # noqa: S101 # it is done, and without a fault
    with entered(held) as room:  # lines typed anew are matched at once
        bench = brought_up(laying.bench, room)
        if bench is not laying.bench:
            laying.bench, laying.weighed = bench, None
    if second_looks_of(held).by_machine and not is_weighed(held):
        weigh(held)
    return bench


def bench_if_laid(held: HeldCase) -> Bench | None:
    """Give the bench of a case; None where there is none yet, for whatever reason."""
    with suppress(BallotworthyError, BeingLaidOut):
        return bench_of(held, patience=0)
    return None


def fault_of(held: HeldCase) -> str:
    """Give why the lines of a case could not be laid out here when that was last asked; "" where nothing hindered."""
    laying = _laid.get(folder_of(held.slug))
    return str(laying.fault) if laying and laying.fault else ""


def chances_of(held: HeldCase) -> Mapping[str, float] | None:
    """Give, by line, the machine's probability that it is valid; None for a large case, or where no bench is laid."""
    weighed = weigh(held)
    return weighed.chances if weighed else None


def weigh(held: HeldCase) -> Weighed | None:
    """Give what the machine makes of each line, and have the board of the case know it; None as `chances_of`."""
    laying, rules = _laid.get(folder_of(held.slug)), case_of(held).rules
    if laying is None or laying.bench is None or rules is None or len(laying.bench.rows) > MOST_WEIGHED:
        return None
    if laying.weighed is None:  # clerks decide meanwhile
        laying.weighed = weighed_of(laying.bench, rules)
    know_weighed(held, laying.weighed)
    return laying.weighed


def forget_lines(held: HeldCase) -> None:
    """Take the lines with their names from memory: their files were deleted."""
    with _lock:
        _laid.pop(folder_of(held.slug), None)


def forget_purged() -> None:
    """Take the lines of cases whose names were deleted from this process's memory: another may have done it."""
    for held in HeldCase.objects.all():
        if folder_of(held.slug) in _laid and case_of(held).purged:
            forget_lines(held)


def warm() -> None:
    """Open the cases in the background, and lay out the benches of those in which people decide: nobody waits."""

    def lay_out_all() -> None:
        try:
            for held in HeldCase.objects.all():
                with suppress(BallotworthyError, BeingLaidOut):  # whoever opens the case is told
                    case = case_of(held)
                    if case.sample and not case.standing.closed:
                        board_of(held)
                        bench_of(held, patience=0)
            keep_checkpoints()
        finally:
            connection.close()

    Thread(target=lay_out_all, name="benches", daemon=True).start()


def _laying(held: HeldCase) -> Laying:
    folder = folder_of(held.slug)
    with entered(held) as room, _lock:
        laying = _laid.get(folder)
        if laying is None or laying.digest != next(reversed(room.case().rolls), "") or laying.fault:
            asked = to_lay_out(room, rolls())
            laying = _laid[folder] = Laying(asked.digest)
            Thread(target=_lay_out, args=(held, laying, asked), name="bench", daemon=True).start()
        return laying


def _lay_out(held: HeldCase, laying: Laying, asked: ToLayOut) -> None:
    try:
        if not is_matched(asked):
            laying.job = queue.once(held, MATCHING)
            while (job := queue.waited(laying.job, queue.LOOK)).state in queue.OPEN:
                time.sleep(queue.LOOK)
            laying.job = None
            if job.state != Job.DONE:
                laying.fault = InputError(job.told or "the matching of the lines was cancelled. Ask for it again.")
                return
        laying.bench = lay_out(asked)
    except BallotworthyError as error:
        laying.fault = error
    except Exception as error:  # a thread has nobody else to tell; the next page that asks is told
        laying.fault = InputError(f"the lines cannot be laid beside the register ({type(error).__name__}).")
    finally:
        laying.done.set()
        connection.close()
