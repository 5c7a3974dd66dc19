"""The cases that lie open: each is read once and followed, and one request at a time works in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, RLock, Thread

from django.conf import settings

from ballotworthy.casework.case import Case
from ballotworthy.casework.checkpoint import kept_at
from ballotworthy.casework.held import OFFICE
from ballotworthy.casework.room import PRIVATE, RECORD, Room, enter, keep_checkpoint
from ballotworthy.errors import BallotworthyError
from ballotworthy.files.asked_day import refuse_to_come
from ballotworthy.office.board import Board
from ballotworthy.office.models import HeldCase
from ballotworthy.office.pace import Pace
from ballotworthy.office.sure_clock import sure
from ballotworthy.record import FileStorage

KEEP_EVERY = 20_000
"""So many events are worth a new checkpoint."""
TENDED_EVERY = 600.0


@dataclass
class Open:
    """A case that lies open."""

    room: Room
    lock: RLock = field(default_factory=RLock)
    board: Board | None = None
    kept: int = 0
    """So many events stand in its checkpoint."""
    pace: Pace | None = None


_open: dict[Path, Open] = {}
_opening = Lock()


def now() -> dt.datetime:
    """Give the time of the machine's clock: the only clock of an office."""
    return dt.datetime.now(dt.UTC)


def not_to_come(day: dt.date, what: str) -> None:
    """Refuse a day that has not come, by one more than the clock's: an office east of it is ahead.

    Raises:
        InputError: it has not come; `what` says of what.
    """
    refuse_to_come(day, now().date(), what)


def folder_of(slug: str) -> Path:
    """Give the folder of a case."""
    return Path(settings.OFFICE_FOLDER) / "cases" / slug


@contextmanager
def entered(held: HeldCase) -> Iterator[Room]:
    """Give the room of a case; nobody else of this process is in it meanwhile."""
    opened = opened_of(held)
    with opened.lock:
        yield opened.room


def board_of(held: HeldCase) -> Board:
    """Give the board of a case as its record has it now; it is to be read inside of `entered`."""
    opened = opened_of(held)
    with opened.lock:
        case, board = opened.room.case(), opened.board
        if board is None or board.case is not case or board.stale or board.share != held.second_share:
            board = opened.board = Board(case, held.second_share)
            opened.room.desk.heard = board.hear
        return board


def hours_of(held: HeldCase) -> Mapping[str, int]:
    """Give the first looks of a case by hour; the record is read through once, and on from there."""
    opened = opened_of(held)
    with opened.lock:
        opened.pace = opened.pace or Pace(FileStorage(opened.room.folder / RECORD))
        return opened.pace.follow()


def keep_checkpoints() -> None:
    """Write down the open cases to which much was added since they were written down."""
    for opened in list(_open.values()):
        with opened.lock, suppress(BallotworthyError):  # the doctor tells of a full disk, and nothing hangs on this
            if opened.room.case().link.seq - opened.kept >= KEEP_EVERY and keep_checkpoint(opened.room):
                opened.kept = opened.room.case().link.seq


def case_of(held: HeldCase) -> Case:
    """Give a case as its record has it now; it is not to be changed."""
    with entered(held) as room:
        return room.case()


def tend() -> None:
    """Write checkpoints now and then, for as long as the process lives."""

    def keep_on() -> None:
        while not ended.wait(TENDED_EVERY):
            keep_checkpoints()

    ended = Event()
    Thread(target=keep_on, name="checkpoints", daemon=True).start()


def opened_of(held: HeldCase) -> Open:
    """Give a case that lies open; it is opened where it does not."""
    folder = folder_of(held.slug)
    with _opening:
        if folder not in _open:
            room = enter(folder, lambda: sure(room, now()), OFFICE)
            _open[folder] = Open(room, kept=kept_at(folder / PRIVATE))
        return _open[folder]
