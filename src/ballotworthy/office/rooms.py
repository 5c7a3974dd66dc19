"""The cases that lie open: each is read once and followed, and one request at a time works in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event, Lock, RLock, Thread
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection

from ballotworthy.casework.begun import settle
from ballotworthy.casework.case import Case
from ballotworthy.casework.checkpoint import kept_at
from ballotworthy.casework.desk import Clock
from ballotworthy.casework.held import OFFICE
from ballotworthy.casework.room import PRIVATE, Room, keep_checkpoint, room_of, settled_now
from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.files.asked_day import refuse_to_come
from ballotworthy.office.board import Board
from ballotworthy.office.models import HeldCase
from ballotworthy.office.pace import Pace
from ballotworthy.office.record_table import TableStorage, one_look
from ballotworthy.office.second_looks import second_looks_of
from ballotworthy.office.sure_clock import sure
from ballotworthy.office.taken_in import take_in

if TYPE_CHECKING:
    from ballotworthy.verbs.case_expected import Weighed

KEEP_EVERY = 20_000
"""So many events are worth a new checkpoint."""
TENDED_EVERY = 600.0


@dataclass
class Open:
    """A case that lies open."""

    room: Room
    table: TableStorage
    lock: RLock = field(default_factory=RLock)
    board: Board | None = None
    weighed: Weighed | None = None
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
    """Give the room of a case; nobody else of this process is in it, and others' events come with the next."""
    opened = opened_of(held)
    with opened.lock, one_look():
        yield opened.room


@contextmanager
def entered_beside(held: HeldCase, tables: Callable[[], object]) -> Iterator[Room]:
    """Give the room of a case, in which what is entered and a change of the office's tables are one transaction."""
    with entered(held) as room, opened_of(held).table.beside(tables):
        yield room


def board_of(held: HeldCase) -> Board:
    """Give the board of a case as its record has it now; it is to be read inside of `entered`."""
    opened = opened_of(held)
    with opened.lock:
        case, board, second = opened.room.case(), opened.board, second_looks_of(held)
        weighed = opened.weighed if second.by_machine else None
        fits = board is not None and board.case is case and board.second == second and board.weighed is weighed
        if board is None or not fits or board.stale:
            board = opened.board = Board(case, second, weighed)
            opened.room.desk.heard = board.hear
        return board


def is_weighed(held: HeldCase) -> bool:
    """Tell whether it knows that; what is typed anew changes it for one line, and is left to who asks for chances."""
    return opened_of(held).weighed is not None


def know_weighed(held: HeldCase, weighed: Weighed) -> None:
    """Have the board of a case know what the machine makes of its lines, by which some get a second look."""
    opened = opened_of(held)
    with opened.lock:
        opened.weighed = weighed


def hours_of(held: HeldCase) -> Mapping[str, int]:
    """Give the first looks of a case by hour; the record is read through once, and on from there."""
    opened = opened_of(held)
    with opened.lock:
        opened.pace = opened.pace or Pace(opened.table)
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


def tend(*chores: Callable[[], object]) -> None:
    """Do chores now and then, for as long as the process lives."""

    def keep_on() -> None:
        while not ended.wait(TENDED_EVERY):
            for chore in chores:
                with suppress(DatabaseError, BallotworthyError):  # it went away, and will be asked again
                    chore()
            connection.close()

    ended = Event()
    Thread(target=keep_on, name="chores", daemon=True).start()


def opened_of(held: HeldCase) -> Open:
    """Give a case that lies open; it is opened where it does not."""
    folder = folder_of(held.slug)
    with _opening:
        if folder not in _open or _open[folder].table.held_id != held.pk:  # it may have gone, and come back
            room, table = room_and_table(held, lambda: sure(room, now()))
            _open[folder] = Open(room, table, kept=kept_at(folder / PRIVATE))
        return _open[folder]


LOST = (
    "the record of case {} is neither in the office's database nor in its folder {}. Bring both back from one backup: "
    "ballotworthy office restore"
)


def enter_held(held: HeldCase, clock: Clock) -> Room:
    """Enter the room of a case that this office holds, as another process would; its record's file is taken in first.

    Raises:
        InputError: its record is lost, or cannot be taken in.
    """
    return room_and_table(held, clock)[0]


def room_and_table(held: HeldCase, clock: Clock) -> tuple[Room, TableStorage]:
    """Give such a room, and what its record is kept in; raises as `enter_held`."""
    folder = folder_of(held.slug)
    take_in(held.pk, folder)
    record = partial(TableStorage, held.pk, folder)
    table = record(settle=settle)
    if not table.end():
        raise InputError(LOST.format(held.slug, folder))
    return room_of(table, clock, OFFICE, settled_now(folder, record)), table
