"""Back a case up: record, papers, keys and names together in one file, encrypted with a passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.casework.begun import BEGUN
from ballotworthy.casework.held import HELD
from ballotworthy.casework.room import RecordAt, Room
from ballotworthy.casework.sealed import check_passphrase, seal_folder
from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file


@dataclass(frozen=True)
class Saved:
    """A backup: its file, and how many files of the case are in it."""

    record: RecordAt
    file: Path
    files: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case backup --json` prints it."""
        return {**self.record.to_dict(), "file": str(self.file), "files": self.files}


def back_up(room: Room, out: Path, *, passphrase: str) -> Saved:
    """Write all of a case's folder into one encrypted file while nobody else can write in the case.

    Args:
        room: the case.
        out: the file, outside the case's folder.
        passphrase: whoever has it and the file has the keys and the names.

    Raises:
        InputError: the passphrase is short, or the file would stand in the case's own folder.
        OutputError: the file could not be written.
        RecordBusy: another program is writing in the record for too long.
    """
    check_passphrase(passphrase)
    if out.absolute().is_relative_to(room.folder.absolute()):
        raise InputError(f"{out} would stand in the case's own folder. Name a file elsewhere, best on another disk.")
    with room.record.writing(), whole_file(out, private=True) as path:
        found = sorted(each for each in room.folder.rglob("*") if each.is_file() and not each.is_symlink())
        names = [each.relative_to(room.folder).as_posix() for each in found]
        names = [name for name in names if name != HELD and not name.startswith(f"{BEGUN}/")]
        with path.open("wb") as file:
            seal_folder(room.folder, names, file, passphrase)
        return Saved(room.at(), out, len(names))
