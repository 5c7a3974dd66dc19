"""A backup while people work: an office's folder copied, each case under its record's lock, whole or not at all."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from ballotworthy.casework.begun import settle
from ballotworthy.casework.checkpoint import FILE as CHECKPOINT
from ballotworthy.casework.room import RECORD, write_record
from ballotworthy.casework.sealed import check_passphrase, seal_folder
from ballotworthy.files.whole import whole_file, whole_folder
from ballotworthy.office.models import HeldCase
from ballotworthy.office.openid import OPENID_FILE
from ballotworthy.office.record_table import TableStorage
from ballotworthy.office.restored import DUMPED, MARKER
from ballotworthy.office.rooms import now
from ballotworthy.office.settings import CASES, KEY_FILE, TABLES
from ballotworthy.office.taken_in import TAKEN
from ballotworthy.record import FileStorage

MADE = "backup-made.txt"
ROLLS = "rolls"
RECORDS = ("office.recordline",)


@dataclass(frozen=True)
class Saved:
    """A backup: its folder, and how many cases and snapshots it has."""

    folder: Path
    cases: int
    rolls: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `office backup --json` prints it."""
        return {"folder": str(self.folder), "cases": self.cases, "rolls": self.rolls}


def back_up(office: Path, out: Path) -> Saved:
    """Copy an office whose tables are open; the copy is an office itself, and is served to restore it.

    Where the tables lie in PostgreSQL, `tables.json` has them, and `rebuild` reads them into empty ones.

    Raises:
        InputError: `out` holds something that is no backup.
        RecordBusy: somebody held a record for too long.
        OutputError: it could not be written.
    """
    with whole_folder(
        out, marker=MARKER, holds=(CASES, ROLLS, TABLES, DUMPED, KEY_FILE, OPENID_FILE, "uploads"), private=True
    ) as made:
        (made / CASES).mkdir(mode=0o700)
        cases = [each for each in sorted((office / CASES).iterdir()) if each.is_dir()]
        saved = sum(_save_case(case, made / CASES / case.name) for case in cases)
        rolls = sorted((office / ROLLS).glob("*.roll")) if (office / ROLLS).is_dir() else []
        for roll in rolls:
            shutil.copytree(roll, made / ROLLS / roll.name)
        shutil.copy2(office / KEY_FILE, made / KEY_FILE)
        if (office / OPENID_FILE).is_file():
            shutil.copy2(office / OPENID_FILE, made / OPENID_FILE)
        _save_tables(office, made)
        (made / MARKER).write_text(f"{now().isoformat()}\n", "utf-8")
    (office / MADE).write_text(f"{now().isoformat()}\n", "utf-8")
    return Saved(out, saved, len(rolls))


def back_up_sealed(office: Path, out: Path, *, passphrase: str) -> Saved:
    """Write such a copy into one file that only the passphrase opens; the open copy lies in the office meanwhile.

    Raises:
        InputError: the passphrase is short.
        RecordBusy, OutputError: as `back_up`.
    """
    check_passphrase(passphrase)
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as work, whole_file(out, private=True) as path:
        saved = back_up(office, Path(work) / "office")
        files = sorted(each for each in saved.folder.rglob("*") if each.is_file())
        with path.open("wb") as file:
            names = [each.relative_to(saved.folder).as_posix() for each in files]
            seal_folder(saved.folder, names, file, passphrase)
    return replace(saved, folder=out)


def last_backup(office: Path) -> dt.datetime | None:
    """Give when the last backup was made; None if none was."""
    path = office / MADE
    return dt.datetime.fromisoformat(path.read_text("utf-8").strip()) if path.is_file() else None


def _save_case(case: Path, to: Path) -> bool:
    """Copy a case while nobody can write in it, with its record in a file; tell whether it is one."""
    if (case / RECORD).is_file():  # nobody has opened it since it was brought here
        with FileStorage(case / RECORD, settle=settle).writing():
            shutil.copytree(case, to)
        return True
    held = HeldCase.objects.filter(slug=case.name).first()
    if held is None:
        return False
    table = TableStorage(held.pk, case, settle=settle)
    with table.writing():
        shutil.copytree(case, to, ignore=shutil.ignore_patterns(TAKEN, CHECKPOINT))
        write_record(table, to / RECORD)
    return True


def _save_tables(office: Path, made: Path) -> None:
    if connection.vendor != "sqlite":
        tables = ("office", "mfa", "socialaccount")
        call_command("dumpdata", *tables, exclude=RECORDS, output=str(made / DUMPED), verbosity=0)
        (made / DUMPED).chmod(0o600)
        return
    with closing(sqlite3.connect(office / TABLES)) as source, closing(sqlite3.connect(made / TABLES)) as copy:
        source.backup(copy)
        copy.execute("DELETE FROM office_recordline")  # the records lie in the folders, as old as what is beside them
        copy.commit()
        copy.execute("VACUUM")
    (made / TABLES).chmod(0o600)
