"""The cases that lie open: each is read once and followed, and one request at a time works in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, RLock, Thread

from django.conf import settings

from ballotworthy.casework.bench import Bench, ToLayOut, brought_up, lay_out, to_lay_out
from ballotworthy.casework.case import Case
from ballotworthy.casework.checkpoint import kept_at
from ballotworthy.casework.room import PRIVATE, RECORD, Room, enter, keep_checkpoint
from ballotworthy.errors import BallotworthyError, InputError
from ballotworthy.office.board import Board
from ballotworthy.office.models import HeldCase
from ballotworthy.office.pace import Pace
from ballotworthy.record import FileStorage
from ballotworthy.verbs.case_expected import chances_of as expected_chances

KEEP_EVERY = 20_000
"""So many events are worth a new checkpoint."""
TENDED_EVERY = 600.0
MOST_CHANCES = 200_000
"""Lines of a case of which the machine's probabilities are worked out while somebody waits."""
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
    board: Board | None = None
    kept: int = 0
    """So many events stand in its checkpoint."""
    pace: Pace | None = None
    chances: tuple[Bench, dict[str, float]] | None = None


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


def board_of(held: HeldCase) -> Board:
    """Give the board of a case as its record has it now; it is to be read inside of `entered`."""
    opened = _opened(held)
    with opened.lock:
        case, board = opened.room.case(), opened.board
        if board is None or board.case is not case or board.stale or board.share != held.second_share:
            board = opened.board = Board(case, held.second_share)
            opened.room.desk.heard = board.hear
        return board


def hours_of(held: HeldCase) -> Mapping[str, int]:
    """Give the first looks of a case by hour; the record is read through once, and on from there."""
    opened = _opened(held)
    with opened.lock:
        opened.pace = opened.pace or Pace(FileStorage(opened.room.folder / RECORD))
        return opened.pace.follow()


def chances_of(held: HeldCase) -> Mapping[str, float] | None:
    """Give, by line, the machine's probability that it is valid; None for a large case, or where no bench is laid."""
    opened = _opened(held)
    bench, rules = opened.laying.bench if opened.laying else None, case_of(held).rules
    if bench is None or rules is None or len(bench.rows) > MOST_CHANCES:
        return None
    known = opened.chances
    if known is None or known[0] is not bench:  # outside of the lock: clerks decide meanwhile
        known = opened.chances = (bench, expected_chances(bench, rules))
    return known[1]


def forget_lines(held: HeldCase) -> None:
    """Take the lines with their names from memory: their files were deleted."""
    opened = _opened(held)
    with opened.lock:
        opened.laying = opened.chances = None


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
    with opened.lock:
        laying.bench = brought_up(laying.bench, opened.room)
        return laying.bench


def warm() -> None:
    """Open the cases in the background, and lay out the benches of those in which people decide: nobody waits."""

    def lay_out() -> None:
        for held in HeldCase.objects.all():
            with suppress(BallotworthyError, BeingLaidOut):  # whoever opens the case is told
                case = case_of(held)
                if case.sample and not case.standing.closed:
                    board_of(held)
                    bench_of(held, patience=0)
        keep_checkpoints()

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


def tend() -> None:
    """Write checkpoints now and then, for as long as the process lives."""

    def keep_on() -> None:
        while not ended.wait(TENDED_EVERY):
            keep_checkpoints()

    ended = Event()
    Thread(target=keep_on, name="checkpoints", daemon=True).start()


def _opened(held: HeldCase) -> Open:
    folder = folder_of(held.slug)
    with _opening:
        if folder not in _open:
            _open[folder] = Open(enter(folder, now), kept=kept_at(folder / PRIVATE))
        return _open[folder]
