"""A checkpoint: a case as folded so far, beside its record, so that a large case opens without being replayed.

It is believed only where it fits: the record still begins with the very bytes that were folded (their SHA-256), the
state is whole (its own SHA-256), and the same release folded it. Everything else is replayed from the first event.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import ballotworthy
from ballotworthy.casework.case import Case
from ballotworthy.casework.many import no_collection
from ballotworthy.casework.plain_case import from_plain, to_plain
from ballotworthy.errors import OutputError
from ballotworthy.files.whole import whole_file
from ballotworthy.record import FileStorage

FILE = "checkpoint"
WORTH = 5_000
"""A record of fewer events is replayed sooner than a checkpoint is read."""
PIECE = 1 << 22
FOLDED_BY = ("casework", "law", "record", "petition", "stats", "sufficiency")
"""The rooms that decide what a record folds to."""


class Followed(FileStorage):
    """A record that is read on from where a checkpoint ends."""

    def ends(self, lines: int) -> int | None:
        """Give the byte at which so many lines end, where the last reading ended there; None where it did not."""
        return self._read[1] if self._read[0] == lines else None

    def begin_at(self, lines: int, offset: int) -> None:
        """Read on behind so many lines, which end at a byte."""
        self._read = (lines, offset)


def keep(case: Case, storage: Followed, private: Path) -> bool:
    """Write a case's checkpoint; the case was read to the end of its record, and nobody changes it meanwhile.

    Args:
        case: as folded.
        storage: of its record.
        private: the case's private folder.

    Returns:
        Whether one was written: not of a short record, nor before the frame is fixed.

    Raises:
        OutputError: it could not be written; the one before stands.
    """
    offset = storage.ends(case.link.seq)
    if case.link.seq < WORTH or case.frame.fixed is None or offset is None:
        return False
    state = json.dumps(to_plain(case), ensure_ascii=False, separators=(",", ":"), check_circular=False).encode()
    head = {
        "made_by": made_by(), "seq": case.link.seq, "bytes": offset, "record": _digest(storage.path, offset),
        "state": hashlib.sha256(state).hexdigest(),
    }  # fmt: skip
    try:
        with whole_file(private / FILE, private=True) as path, path.open("wb") as file:
            file.write(json.dumps(head).encode() + b"\n")
            file.write(state)
    except OSError as error:
        raise OutputError(f"{private / FILE} could not be written: {error.strerror}.") from error
    return True


def begun_with(storage: Followed, private: Path) -> Callable[[], Case]:
    """Give what a desk begins with: the case of the checkpoint that fits, or an empty one."""

    def begin() -> Case:
        found = _fitting(storage, private / FILE)
        if found is None:
            storage.begin_at(0, 0)
            return Case()
        case, offset = found
        storage.begin_at(case.link.seq, offset)
        return case

    return begin


def kept_at(private: Path) -> int:
    """Give how many events the checkpoint of a case has that this release wrote; 0 where there is none."""
    try:
        with (private / FILE).open("rb") as file:
            head = json.loads(file.readline())
            return int(head["seq"]) if head["made_by"] == made_by() else 0
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return 0


def _fitting(storage: Followed, path: Path) -> tuple[Case, int] | None:
    """Give the case of a checkpoint and where its record's bytes end; None where it does not fit."""
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline())
            if head["made_by"] != made_by() or storage.path.stat().st_size < head["bytes"]:
                return None
            with ThreadPoolExecutor(1) as beside:  # hashing holds no lock of Python
                digest = beside.submit(_digest, storage.path, head["bytes"])
                state = file.read()
                if hashlib.sha256(state).hexdigest() != head["state"]:
                    return None
                with no_collection():
                    case = from_plain(json.loads(state))
                fits = digest.result() == head["record"] and case.link.seq == head["seq"]
            return (case, int(head["bytes"])) if fits else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _digest(path: Path, most: int) -> str:
    found, left = hashlib.sha256(), most
    with path.open("rb", buffering=0) as file:
        while left and (piece := file.read(min(PIECE, left))):
            found.update(piece)
            left -= len(piece)
    return found.hexdigest()


@cache
def made_by() -> str:
    """Give the digest of the code that folds a record: another release may fold it otherwise."""
    found = hashlib.sha256()
    root = Path(ballotworthy.__file__).parent
    for room in FOLDED_BY:
        for path in sorted((root / room).rglob("*.py")):
            found.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return found.hexdigest()
