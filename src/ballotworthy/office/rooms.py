"""The cases that lie open: each is read once and followed, and one request at a time works in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, RLock, Thread

from django.conf import settings

from ballotworthy.casework.case import Case
from ballotworthy.casework.room import Room, enter
from ballotworthy.errors import BallotworthyError
from ballotworthy.office.models import HeldCase
from ballotworthy.verbs.case_bench import Bench, lay_out_lines


@dataclass
class Open:
    """A case that lies open, and its bench once somebody has asked for it."""

    room: Room
    lock: RLock = field(default_factory=RLock)
    bench: Bench | None = None


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


def bench_of(held: HeldCase) -> Bench:
    """Give the bench of a case; it is laid out when it is first asked for, and anew for another roll.

    Raises:
        InputError: it cannot be laid out.
    """
    opened = _opened(held)
    with opened.lock:
        rolls = opened.room.case().rolls
        if opened.bench is None or opened.bench.digest != next(reversed(rolls), ""):
            opened.bench = lay_out_lines(opened.room)
        return opened.bench


def warm() -> None:
    """Lay out, in the background, the benches of the cases in which people decide, so that nobody waits for it."""

    def lay_out() -> None:
        for held in HeldCase.objects.all():
            with suppress(BallotworthyError):  # whoever opens the case is told
                case = case_of(held)
                if case.sample and not case.standing.closed:
                    bench_of(held)

    Thread(target=lay_out, name="benches", daemon=True).start()


def _opened(held: HeldCase) -> Open:
    folder = folder_of(held.slug)
    with _opening:
        if folder not in _open:
            _open[folder] = Open(enter(folder, now))
        return _open[folder]
