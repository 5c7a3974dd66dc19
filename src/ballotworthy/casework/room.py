"""The room of a case: its folder on disk, its keys and its desk; every verb of a case enters here.

X/
  case.record              the record: one event a line, no name in it; an office has it in its database instead
  case.record.head.json    the last head that was signed
  certificate.json, .pdf   once it is certified
  held-by.txt              who works in it, where an office does or it was handed over (`held.py`)
  weights.tsv              the machine's weights, if a risk-limiting check has them; no name in it
  private/                 for the office only: office.key, voters.key, the lines with their names, images,
                           a checkpoint of a large case (`checkpoint.py`), what matching found (`match/kept.py`)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from ballotworthy.casework.begun import BEGUN, Papers, begun, settle
from ballotworthy.casework.case import Case
from ballotworthy.casework.checkpoint import begun_with, keep
from ballotworthy.casework.desk import Act, Clock, Desk
from ballotworthy.casework.held import COMMAND_LINE, check_held, check_in_reach
from ballotworthy.casework.weights import Weights, read_weights
from ballotworthy.errors import InputError, RecordBusy
from ballotworthy.record import (
    Event,
    FileStorage,
    Kept,
    OfficeKey,
    Storage,
    VoterKey,
    head_file,
    open_office_key,
    open_voter_key,
    sign,
)

RECORD = "case.record"
HEAD = "case.record.head.json"
WEIGHTS = "weights.tsv"
PRIVATE = "private"
IMAGES = "images"
MATCHED = "matches.npz"
OFFICE_KEY, VOTER_KEY = "office.key", "voters.key"


@dataclass(frozen=True)
class RecordAt:
    """How far the record of a case is: its number of events, and the hash of the last one."""

    case: str
    events: int
    head: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as every verb of a case answers it in JSON."""
        return asdict(self)


NO_OPENING = (
    "{} is empty, or holds no whole event: the opening of a case was broken off there, or its content is lost. Bring "
    "the record back from a copy; or if there never was a case, remove the folder and open it anew."
)


@dataclass(frozen=True)
class Room:
    """A case's folder, and the desk at which its record is worked; it may stay open from verb to verb.

    `told` is what became of something that was begun before and broken off, "" where nothing was; `holder` is who
    works in it (`held.py`); `sure` is called with the case before each act, while nobody else can write.
    """

    folder: Path
    desk: Desk
    clock: Clock
    told: str = ""
    holder: str = COMMAND_LINE
    sure: Callable[[Case], object] = field(default=lambda _: None, repr=False)

    def provided(self, sure: Callable[[Case], object]) -> Room:
        """Give the room for acts that may happen only as long as something holds; what `sure` raises enters nothing."""
        return replace(self, sure=sure)

    @property
    def record(self) -> Kept:
        """Give what the record is kept in: a file in the folder, or an office's database."""
        return cast(Kept, self.desk.storage)

    def case(self) -> Case:
        """Give the case as its record has it now; it is not to be changed.

        Raises:
            InputError: it was never opened, or its opening is lost.
        """
        return self._opened(self.desk.case())

    def at(self) -> RecordAt:
        """Give how far the record is."""
        return record_at(self.case())

    def write(
        self,
        made: Callable[[Case], Iterable[Act]],
        papers: Callable[[Case], Papers] | None = None,
        *,
        doomed: Sequence[Path] = (),
    ) -> tuple[Event, ...]:
        """Add the acts that `made` makes of the case, write `papers`, made of it after them, and delete `doomed`.

        All of it or nothing: a refusal, a full disk or a kill leaves the case as it was, or as it is afterwards; what a
        killed process could not finish or clear away, the next one that enters does (`begun.py`).

        Raises:
            Refused: one of the acts may not happen in this case now, or another holds it.
            RecordBusy, OutputError: they could not be written; nothing has changed.
        """

        def around(case: Case, lines: Sequence[bytes]) -> AbstractContextManager[None]:
            return begun(self.record, lines, papers(case) if papers else {}, doomed, PRIVATE)

        def held(case: Case) -> Iterable[Act]:
            check_held(self.folder, self.holder)
            self.sure(self._opened(case))
            return made(case)

        return self.desk.do(held, around)

    def _opened(self, case: Case) -> Case:
        if not case.opened:  # a record begins with an event, and its batch may lack its end
            raise InputError(NO_OPENING.format(self.folder))
        return case

    def office_key(self, given: Path | None = None) -> OfficeKey:
        """Give the office's key: that of a file, or the one made for this case."""
        return open_office_key(given or self.folder / PRIVATE / OFFICE_KEY)

    def voter_key(self) -> VoterKey:
        """Give the case's key for voters.

        Raises:
            InputError: it is not there, or not the one to which the case was opened.
        """
        path = self.folder / PRIVATE / VOTER_KEY
        key = open_voter_key(path)
        if key.commitment != self.case().opened["voters"]:
            raise InputError(f"{path} is not the key of this case. Put the right one in its place.")
        return key

    def weights(self, case: Case) -> Weights | None:
        """Give the machine's weights of the case; None where its check has no machine.

        Raises:
            InputError: the file is not there.
            Refused: it is not what was committed.
        """
        if case.proposals is None or case.risk_terms is None or "machine" not in case.risk_terms:
            return None
        path = self.folder / WEIGHTS
        try:
            text = path.read_bytes().decode("utf-8", "replace")  # what is no UTF-8 is not what was committed
        except OSError as error:
            raise InputError(f"{path} cannot be opened: {error.strerror}. Put it back.") from error
        return read_weights(text, case.proposals["sha256"])


def enter(folder: Path, clock: Clock, holder: str = COMMAND_LINE) -> Room:
    """Enter the room of the case in a folder.

    Args:
        folder: the case's.
        clock: what tells the time of an event.
        holder: who enters; whoever does not hold the case may read it.

    Raises:
        InputError: there is none, or its record is empty.
        Refused: an office holds it, in its database.
    """
    if not (folder / RECORD).is_file():
        check_in_reach(folder)
        raise InputError(f"{folder} holds no case (it has no {RECORD}). Open one: ballotworthy case new {folder}")
    told = settled_now(folder, partial(FileStorage, folder / RECORD))
    check_begun(folder)
    return room_of(FileStorage(folder / RECORD, settle=settle), clock, holder, told)


def room_of(record: Kept, clock: Clock, holder: str, told: str = "") -> Room:
    """Give the room of the case whose record is kept there."""
    return Room(record.folder, Desk(record, clock, begun_with(record, record.folder / PRIVATE)), clock, told, holder)


def keep_checkpoint(room: Room) -> bool:
    """Write down a case as it stands, so that the next process opens it fast; tell whether that was worth it.

    Raises:
        OutputError: it could not be written.
    """
    return keep(room.case(), room.record, room.folder / PRIVATE)


def settled_now(folder: Path, record: Callable[..., Kept]) -> str:
    """Settle what a process that is gone has begun in a folder; while one is at it, there is nothing to settle.

    `record` makes the storage, told its `patience` and how to `settle`.
    """
    if not os.path.lexists(folder / BEGUN):
        return ""
    said: list[str] = []
    with suppress(RecordBusy), record(patience=0, settle=lambda kept: said.append(settle(kept))).writing():
        pass
    return "".join(said)


def check_begun(folder: Path) -> None:
    """Refuse a folder whose record has no event.

    Raises:
        InputError: the record is empty.
    """
    with (folder / RECORD).open("rb") as file:
        has_event = file.readline().endswith(b"\n")
    if not has_event:
        raise InputError(NO_OPENING.format(folder / RECORD))


def write_record(record: Storage, path: Path) -> None:
    """Write a record to a file, as it stands now: the same bytes, wherever it is kept."""
    with path.open("wb") as file:
        file.writelines(line + b"\n" for line in record.read())


def record_at(case: Case) -> RecordAt:
    """Give how far the record of a case is."""
    return RecordAt(case.name, case.link.seq, case.link.sha256)


def head_bytes(case: Case, key: OfficeKey) -> bytes:
    """Give the file of the head of a case, signed."""
    return head_file(sign(key, case.name, case.link))
