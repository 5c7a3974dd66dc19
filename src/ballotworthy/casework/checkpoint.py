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
from ballotworthy.errors import BallotworthyError, OutputError
from ballotworthy.files.whole import whole_file
from ballotworthy.record import Kept

FILE = "checkpoint"
WORTH = 5_000
"""A record of fewer events is replayed sooner than a checkpoint is read."""
ODD = (OSError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, BallotworthyError)
"""What reading may raise of a file that somebody altered, whose digests he made anew: the record is then replayed."""
FOLDED_BY = ("casework", "law", "record", "petition", "stats", "sufficiency")
"""The rooms that decide what a record folds to."""


def keep(case: Case, storage: Kept, private: Path) -> bool:
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
    seq = case.link.seq
    mark = storage.mark(seq) if seq >= WORTH and case.frame.fixed is not None else None
    if mark is None:
        return False
    state = json.dumps(to_plain(case), ensure_ascii=False, separators=(",", ":"), check_circular=False).encode()
    head = {"made_by": made_by(), "seq": seq, **mark, "state": hashlib.sha256(state).hexdigest()}
    try:
        with whole_file(private / FILE, private=True) as path, path.open("wb") as file:
            file.write(json.dumps(head).encode() + b"\n")
            file.write(state)
    except OSError as error:
        raise OutputError(f"{private / FILE} could not be written: {error.strerror}.") from error
    return True


def begun_with(storage: Kept, private: Path) -> Callable[[], Case]:
    """Give what a desk begins with: the case of the checkpoint that fits, or an empty one."""

    def begin() -> Case:
        return _fitting(storage, private / FILE) or Case()

    return begin


def kept_at(private: Path) -> int:
    """Give how many events the checkpoint of a case has that this release wrote; 0 where there is none."""
    try:
        with (private / FILE).open("rb") as file:
            head = json.loads(file.readline())
            return int(head["seq"]) if head["made_by"] == made_by() else 0
    except ODD:
        return 0


def _fitting(storage: Kept, path: Path) -> Case | None:
    """Give the case of a checkpoint; None where it does not fit."""
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline())
            if head["made_by"] != made_by():
                return None
            with ThreadPoolExecutor(1) as beside:  # whatever reads the record holds no lock of Python for long
                state = beside.submit(_state, file.read(), head["state"])
                stands = storage.stands(int(head["seq"]), head)
                case = state.result()
            return case if stands and case is not None and case.link.seq == head["seq"] else None
    except ODD:
        return None


def _state(state: bytes, digest: str) -> Case | None:
    if hashlib.sha256(state).hexdigest() != digest:
        return None
    with no_collection():
        return from_plain(json.loads(state))


@cache
def made_by() -> str:
    """Give the digest of the code that folds a record: another release may fold it otherwise."""
    found = hashlib.sha256()
    root = Path(ballotworthy.__file__).parent
    for room in FOLDED_BY:
        for path in sorted((root / room).rglob("*.py")):
            found.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return found.hexdigest()
