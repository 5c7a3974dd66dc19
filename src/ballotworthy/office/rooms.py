"""The cases that lie open: each is read once and followed, and one request at a time works in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, RLock, Thread

from django.conf import settings

from ballotworthy.casework.case import Case
from ballotworthy.casework.room import Room, enter
from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.office.models import HeldCase
from ballotworthy.verbs.case_bench import Bench, ToLayOut, lay_out, to_lay_out

PATIENCE = 4.0
"""Seconds that a page waits for a bench that is being laid out; then the page says so, and asks again by itself."""


class BeingLaidOut(Exception):
    """The lines are being laid beside the register; nothing is wrong, and whoever waits a little sees them."""


@dataclass
class Laying:
    """A bench that is being laid out, by one thread, while the case stays open to all."""

    digest: str
    done: Event = field(default_factory=Event)
    bench: Bench | None = None
    fault: BallotworthyError | None = None


@dataclass
class Open:
    """A case that lies open, and its bench once somebody has asked for it."""

    room: Room
    lock: RLock = field(default_factory=RLock)
    laying: Laying | None = None


_open: dict[Path, Open] = {}
_opening = Lock()


def now() -> dt.datetime:
    """Give the time of the machine's clock: the only clock of an office."""
    return dt.datetime.now(dt.UTC)


def folder_of(slug: str) -> Path:
    """Give the folder of a case."""
    return Path(settings.OFFICE_FOLDER) / "cases" / slug


@contextmanager
def entered(held: HeldCase) -> Iterator[Room]:
    """Give the room of a case; nobody else of this process is in it meanwhile."""
    opened = _opened(held)
    with opened.lock:
        yield opened.room


def case_of(held: HeldCase) -> Case:
    """Give a case as its record has it now; it is not to be changed."""
    with entered(held) as room:
        return room.case()


def bench_of(held: HeldCase, patience: float = PATIENCE) -> Bench:
    """Give the bench of a case; it is laid out when it is first asked for, and anew for another roll.

    Raises:
        BeingLaidOut: it takes longer than the caller's patience, in seconds.
        InputError: it cannot be laid out.
    """
    opened = _opened(held)
    with opened.lock:
        rolls = opened.room.case().rolls
        laying = opened.laying
        if laying is None or laying.digest != next(reversed(rolls), "") or laying.fault:
            asked = to_lay_out(opened.room)
            laying = opened.laying = Laying(asked.digest)
            Thread(target=_lay_out, args=(laying, asked), name="bench", daemon=True).start()
    if not laying.done.wait(patience):
        raise BeingLaidOut
    if laying.fault:
        raise laying.fault
    assert laying.bench is not None  # noqa: S101 # it is done, and without a fault
    return laying.bench


def warm() -> None:
    """Lay out, in the background, the benches of the cases in which people decide, so that nobody waits for it."""

    def lay_out() -> None:
        for held in HeldCase.objects.all():
            with suppress(BallotworthyError, BeingLaidOut):  # whoever opens the case is told
                case = case_of(held)
                if case.sample and not case.standing.closed:
                    bench_of(held, patience=0)

    Thread(target=lay_out, name="benches", daemon=True).start()


def _lay_out(laying: Laying, asked: ToLayOut) -> None:
    try:
        laying.bench = lay_out(asked)
    except BallotworthyError as error:
        laying.fault = error
    except Exception as error:  # a thread has nobody else to tell; the next page that asks is told
        laying.fault = InputError(f"the lines cannot be laid beside the register ({type(error).__name__}).")
    finally:
        laying.done.set()


def _opened(held: HeldCase) -> Open:
    folder = folder_of(held.slug)
    with _opening:
        if folder not in _open:
            _open[folder] = Open(enter(folder, now))
        return _open[folder]
