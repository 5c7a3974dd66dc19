"""An office brought back from an encrypted backup, where no office is yet: nothing of Django is loaded."""

from __future__ import annotations

from pathlib import Path

from ballotworthy.casework.sealed import unsealed
from ballotworthy.errors import InputError
from ballotworthy.office.settings import CASES

MARKER = "office-backup.txt"
DUMPED = "tables.json"
"""The tables of an office whose database is PostgreSQL."""


def restore(backup: Path, out: Path, *, passphrase: str) -> int:
    """Write the office of such a file into a new folder, whole or not at all; give how many files it has.

    Raises:
        InputError: the file is no backup, the passphrase is another, it was altered, or the folder holds something.
    """
    with unsealed(backup, out, marker=MARKER, passphrase=passphrase) as (made, names):
        if MARKER not in names:
            raise InputError(f"{backup} is no backup of an office. Of a case: ballotworthy case recover {backup}")
        (made / CASES).mkdir(mode=0o700, exist_ok=True)
        for folder in (each for each in made.rglob("*") if each.is_dir()):
            folder.chmod(0o700)
    return len(names)
