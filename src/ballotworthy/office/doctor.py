"""The office's doctor: what is wrong with disk, clock, tables, cases, keys, folders and backup, and what to do."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import DatabaseError, connection

from ballotworthy.casework.held import OFFICE
from ballotworthy.casework.room import PRIVATE, enter
from ballotworthy.errors import BallotworthyError
from ballotworthy.office.backup import last_backup
from ballotworthy.office.models import HeldCase
from ballotworthy.office.rooms import folder_of, now
from ballotworthy.office.settings import KEY_FILE

LEAST_FREE = 2_000_000_000
BACKUP_EVERY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, and what was found; where it is not well, what to do."""

    what: str
    well: bool
    words: str

    def to_dict(self) -> dict[str, object]:
        """Give it as `office doctor --json` prints it."""
        return asdict(self)


def examine(folder: Path) -> list[Finding]:
    """Look at an office whose tables are open."""
    return [_disk(folder), _tables(), *_cases(), *_folders(folder), _backup(folder)]


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    words = f"{free / 1e9:,.1f} GB are free."
    return Finding(
        "disk", free >= LEAST_FREE, words if free >= LEAST_FREE else f"{words} Free some before work goes on."
    )


def _tables() -> Finding:
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA quick_check")
                found = cursor.fetchone()[0]
                if found != "ok":
                    return Finding("tables", False, "the SQLite file is damaged. Bring it back from the last backup.")
            else:
                cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Finding("tables", False, f"the database does not answer ({type(error).__name__}). Start it.")
    return Finding("tables", True, f"{connection.vendor} answers.")


def _cases() -> Iterator[Finding]:
    for held in HeldCase.objects.order_by("slug"):
        what = f"case {held.slug}"
        try:
            room = enter(folder_of(held.slug), now, OFFICE)
            case = room.case()
            if case.at > f"{now():%Y-%m-%dT%H:%M:%SZ}":
                yield Finding(what, False, f"its last event is dated {case.at}, which is to come. Set the clock right.")
                continue
            if "keys" not in case.purged:
                room.voter_key()
                if room.office_key().public != case.key:
                    yield Finding(what, False, "its signing key is another's. Bring the right one back from a backup.")
                    continue
            yield Finding(what, True, f"{case.link.seq:,} events hold, and its keys fit.")
        except BallotworthyError as error:
            yield Finding(what, False, str(error))


def _folders(folder: Path) -> Iterator[Finding]:
    private = [folder, folder / KEY_FILE, *folder.glob(f"cases/*/{PRIVATE}")]
    seen = [path for path in private if path.stat().st_mode & 0o077]
    names = ", ".join(str(path) for path in seen)
    words = (
        f"others may look into {names}. Take that right away: chmod go= {names}"
        if seen
        else "only the owner reads them."
    )
    yield Finding("folders", not seen, words)


def _backup(folder: Path) -> Finding:
    last = last_backup(folder)
    if last is None:
        return Finding("backup", False, f"none was made. Make one: ballotworthy office backup {folder} -o FOLDER")
    old = now() - last > BACKUP_EVERY
    words = f"the last was made on {last:%Y-%m-%d at %H:%M} UTC."
    return Finding("backup", not old, f"{words} Make another." if old else words)
