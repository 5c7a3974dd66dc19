"""A record's file taken into the office's database: verified, the same bytes, and the file kept as it was.

So come in the cases of a new office, those handed over by the command line, those of a backup, and those of an office
that was begun when records lay in files: whoever opens such a case first takes its record in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

from ballotworthy.casework.begun import settle
from ballotworthy.casework.checkpoint import FILE
from ballotworthy.casework.room import PRIVATE, RECORD, check_begun
from ballotworthy.errors import InputError
from ballotworthy.files.flushed import flush
from ballotworthy.office.record_table import PIECE, TableStorage
from ballotworthy.record import FileStorage, Storage, read_chain

TAKEN = "case.record.taken-in"
"""The file as it was, once its lines are in the database; what was added since is not in it."""
BOTH = (
    "{} holds a record, and the office's database holds another of this case. One of the two is of another day: bring "
    "the folder and the database back from one backup, or move the file away if the database is right."
)


def take_in(held_id: int, folder: Path) -> None:
    """Take the record in a case's folder into the database, whole or not at all; nothing where none lies there.

    Raises:
        RecordBroken: an event of it does not hold.
        InputError: it is empty, or the database holds another record of this case.
        RecordBusy: another program is writing in it.
    """
    path, table = folder / RECORD, TableStorage(held_id, folder)
    if not path.is_file():
        return
    with table.writing():
        if not path.is_file():  # another process did it meanwhile
            return
        check_begun(folder)
        file = FileStorage(path, settle=settle)
        with file.writing():
            if not table.end():
                _copy(file, table)
            if not alike(file, table):
                raise InputError(BOTH.format(path))
            (folder / PRIVATE / FILE).unlink(missing_ok=True)  # it tells of the file
            path.rename(folder / TAKEN)
            flush(folder)


def _copy(file: FileStorage, table: TableStorage) -> None:
    lines: list[bytes] = []

    def read() -> Iterator[bytes]:
        for line in file.read():
            lines.append(line)
            yield line

    with transaction.atomic(durable=True):
        for event in read_chain(read()):
            if len(lines) == PIECE:
                table.add(lines, event.seq - len(lines))
                lines.clear()
        table.add(lines, table.end())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE office_recordline")


def alike(file: Storage, table: Storage) -> bool:
    """Tell whether two records have the same lines."""
    read = table.read()
    return all(line == next(read, None) for line in file.read()) and next(read, None) is None
