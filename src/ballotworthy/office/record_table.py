"""The record of a case in the office's database: lines are added and never changed, in one transaction with the tables.

The pen is a lock of the case's folder, which the system takes back from a process that dies; papers that take long are
made under it without holding the database. The lines of an act, and what they change in the tables that pages read
(`followed.py`), are one transaction; a second writer would meet the table's own key, a case and a number.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction

from ballotworthy.errors import BallotworthyError, OutputError, RecordBusy
from ballotworthy.files.locked import require_locks
from ballotworthy.office.followed import Statement, follow
from ballotworthy.office.models import RecordLine
from ballotworthy.record.file import PATIENCE, lock_within

PIECE = 10_000
"""So many lines are read at once."""
HASHED = 50_000
"""So many lines are hashed at once: some 30 MB, for which no other thread of the process is held up."""
ADD = "INSERT INTO office_recordline (held_id, number, line) VALUES (%s, %s, %s)"
ADD_NEXT = """
    INSERT INTO office_recordline (held_id, number, line) SELECT %s, %s, %s
    WHERE NOT EXISTS (SELECT 1 FROM office_recordline WHERE held_id = %s AND number >= %s)
    AND (%s = 1 OR EXISTS (
        SELECT 1 FROM office_recordline
        WHERE held_id = %s AND number = %s AND substr(line, length(line) - 65, 64) = %s
    ))
"""
"""A line goes behind the one that it follows, and nowhere else."""
END = "SELECT MAX(number) FROM office_recordline WHERE held_id = %s"
"""What requests and rulings ask; the rest is asked through the model."""
PLACE = re.compile(rb'"prev":"([0-9a-f]{64})","seq":([0-9]+),"sha256":"[0-9a-f]{64}"}\Z')
"""How a line ends: the digest of the one before, its number and its own digest."""
DIGESTS = """
    SELECT (
        SELECT sha256(string_agg(line, '\\x0a'::bytea)) FROM (
            SELECT line FROM office_recordline
            WHERE held_id = %s AND number > behind AND number <= least(behind + %s, %s) ORDER BY number
        ) AS piece
    ) FROM generate_series(0, %s - 1, %s) AS behind ORDER BY behind
"""
"""PostgreSQL hashes a million lines without sending them, a piece after the other as its key finds them.
In another order they would have another digest, and the checkpoint would not be believed."""
JOINED = """
    SELECT CAST(group_concat(CAST(line AS TEXT), char(10)) AS BLOB) FROM (
        SELECT line FROM office_recordline WHERE held_id = %s AND number > %s AND number <= %s ORDER BY number
    ) AS piece
"""
"""SQLite has no digest; it puts the lines together, for which Python would wait a million times."""
FULL, BUSY = (8, 10, 13), (5, 6)
"""What SQLite says of a disk that is full or cannot be written, and of a database that another holds."""
DISK_FULL = "53100"
"""What PostgreSQL says of the first."""


_looked: ContextVar[set[TableStorage] | None] = ContextVar("looked", default=None)
"""Records of which it was asked what other processes added to them, within `one_look`; None outside of it."""


@contextmanager
def one_look() -> Iterator[None]:
    """Have it asked once, of each record, what other processes added; who takes the pen looks anew."""
    if _looked.get() is not None:
        yield
        return
    token = _looked.set(set())
    try:
        yield
    finally:
        _looked.reset(token)


class TableStorage:
    """The record of a case in the office's database; see `record.Kept`. A place is a number of lines.

    Args:
        held_id: of the case.
        folder: the case's.
        patience: how many seconds to wait for the pen.
        settle: called with the storage once the pen is held, before anything is read or written.
    """

    def __init__(
        self,
        held_id: int,
        folder: Path,
        *,
        patience: float = PATIENCE,
        settle: Callable[[TableStorage], object] | None = None,
    ) -> None:
        self.held_id = held_id
        self._folder = folder
        self._patience = patience
        self._settle = settle
        self._beside: Callable[[], object] | None = None
        self._known = 0

    @property
    def folder(self) -> Path:
        """Give the folder of the case."""
        return self._folder

    @contextmanager
    def beside(self, tables: Callable[[], object]) -> Iterator[None]:
        """Have the tables changed in the transaction that adds lines; where none are added, nothing is."""
        self._beside = tables
        try:
            yield
        finally:
            self._beside = None

    def read(self, after: int = 0) -> Iterator[bytes]:
        """Give the lines behind the first `after` ones; see `Storage`."""
        looked = _looked.get()
        if looked is None or self not in looked:
            self._known = self.end()
        if looked is not None:
            looked.add(self)
        end = self._known
        if after >= end:  # as nearly always: nothing more is asked
            return
        lines = RecordLine.objects.filter(held_id=self.held_id).order_by("number").values_list("line", flat=True)
        for begin in range(after, end, PIECE):  # a range is found by the key alone, whatever the database guesses
            yield from map(bytes, lines.filter(number__gt=begin, number__lte=min(begin + PIECE, end)))

    @contextmanager
    def writing(self) -> Iterator[TablePen]:
        """Give the pen; see `Storage`.

        Raises:
            RecordBusy: another program is writing in it for too long.
            OutputError: the case's folder is not there, or the system locks no files.
        """
        require_locks()
        try:
            handle = os.open(self._folder, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise OutputError(f"{self._folder} cannot be written: {error.strerror}.") from error
        try:
            lock_within(handle, self._folder, self._patience)
            self._look_anew()
            if self._settle:
                self._settle(self)
            yield TablePen(self)
        except BaseException:
            self._look_anew()
            raise
        finally:
            os.close(handle)

    def end(self) -> int:
        """Give the number of lines there are now."""
        with connection.cursor() as cursor:
            cursor.execute(END, [self.held_id])
            return cursor.fetchone()[0] or 0

    def behind(self, place: int, most: int) -> bytes:
        """Give what stands behind so many lines; see `Kept`."""
        found, length = [], 0
        for line in self.read(place):
            found.append(line + b"\n")
            length += len(found[-1])
            if length >= most:
                break
        return b"".join(found)[:most]

    def cut(self, place: int) -> None:
        """Do nothing: a transaction leaves nothing behind that was never acknowledged."""

    def mark(self, lines: int) -> Mapping[str, Any] | None:
        """Give the digest of so many lines; see `Kept`."""
        return {"lines": lines, "record": self._digest(lines)} if self.end() >= lines else None

    def stands(self, lines: int, mark: Mapping[str, Any]) -> bool:
        """Tell whether these are the lines of which a mark was made; see `Kept`."""
        return bool(mark["lines"] == lines and self.end() >= lines and self._digest(lines) == mark["record"])

    def add(self, lines: Sequence[bytes], after: int) -> None:
        """Put lines into the table behind the first `after` ones, within a transaction of the caller's."""
        with connection.cursor() as cursor:
            cursor.executemany(ADD, [(self.held_id, number, line) for number, line in enumerate(lines, after + 1)])

    def add_next(self, lines: Sequence[bytes]) -> int:
        """Put lines behind the last of the table, and do in the tables what they say, within a transaction.

        It gives how many lines stand before them.

        Raises:
            RecordBusy: they follow another line: the database is not the one that was read.
        """
        place = PLACE.search(lines[0])
        assert place  # noqa: S101 # every line that is sealed ends so
        prev, number = place[1], int(place[2])
        case = self.held_id
        put = [case, number, lines[0], case, number, number, case, number - 1, prev]
        if not done_together([(ADD_NEXT, put), *follow(case, lines)]):
            raise RecordBusy(
                f"the record of {self._folder.name} is not the one that was read: the database was brought back from a "
                "backup meanwhile. Nothing was written; start the office again."
            )
        if lines[1:]:
            self.add(lines[1:], number)
        return number - 1

    def holds(self, lines: Sequence[bytes], after: int) -> bool:
        """Tell whether lines stand behind the first `after` ones."""
        self._look_anew()
        return self.end() >= after + len(lines) and [*islice(self.read(after), len(lines))] == [*lines]

    def _look_anew(self) -> None:
        (_looked.get() or set()).discard(self)

    def _digest(self, lines: int) -> str:
        found = sha256()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(DIGESTS, [self.held_id, HASHED, lines, lines, HASHED])
                for (digest,) in cursor.fetchall():
                    found.update(bytes(digest))
                return found.hexdigest()
            for begin in range(0, lines, HASHED):
                cursor.execute(JOINED, [self.held_id, begin, min(begin + HASHED, lines)])
                found.update(sha256(cursor.fetchone()[0]).digest())
            return found.hexdigest()


def done_together(statements: Sequence[Statement]) -> int:
    """Do statements in a transaction of the caller's; give how many rows the first of them touched.

    PostgreSQL is sent them in one message: whoever waits for its answer waits for the interpreter afterwards.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            texts, given = zip(*statements, strict=True)
            cursor.execute(";".join(texts), [*chain(*given)])
            return int(cursor.rowcount)
        touched = []
        for statement in statements:
            cursor.execute(*statement)
            touched.append(int(cursor.rowcount))
        return touched[0]


class TablePen:
    """The right to add lines to a case's record in the database."""

    def __init__(self, storage: TableStorage) -> None:
        self._storage = storage

    def append(self, lines: Sequence[bytes]) -> None:
        """Add lines, and do in the tables what they say, in one transaction; see `Pen`.

        Raises:
            RecordBusy: another held the database for too long.
            OutputError: its disk is full, or cannot be written.
            DatabaseError: it went away; nobody was told that anything is there.
        """
        if not lines:
            return
        storage, after = self._storage, None
        try:
            with transaction.atomic(durable=True):
                after = storage.add_next(lines)
                if storage._beside:
                    storage._beside()
        except DatabaseError as error:
            if after is None or not storage.holds(lines, after):  # else it was committed, and only the answer was lost
                told = _told(error)
                if told is None:
                    raise
                raise told from error
        storage._known = after + len(lines)


def _told(error: DatabaseError) -> BallotworthyError | None:
    """Give the error of the tree that a fault of the database is; None where it is none of a user's."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
    if code in BUSY:
        return RecordBusy("others are writing in the office's database; nothing was written. Try again in a moment.")
    if code in FULL or getattr(error.__cause__, "sqlstate", "") == DISK_FULL:
        return OutputError(
            "the office's database could not be written. The record is as it was before; free some space where the "
            "database lies, and do it again."
        )
    return None
