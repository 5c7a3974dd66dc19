"""The log of a running check: one JSON object a line, each with the digest of the line before, only ever added to.

A line that a crash left without its end was never acknowledged; it is passed over, and cut off by the next
addition. Two programs that add at once wait for each other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError, OutputError
from ballotworthy.files.locked import lock, require_locks

LOG = "log.jsonl"


def first_line(event: dict[str, Any]) -> bytes:
    """Give the line that opens a log."""
    return _line(event, "")


def digest(line: bytes) -> str:
    """Give the digest by which the next line names this one: SHA-256 of its text without the line's end."""
    return sha256(line.rstrip(b"\n")).hexdigest()


def read_log(folder: Path) -> tuple[list[dict[str, Any]], str, str]:
    """Give the events, the digest of the first line, and that of the last.

    Raises:
        InputError: no check has begun in this folder, or its log was changed.
    """
    try:
        data = (folder / LOG).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"no check has begun in {folder}; begin one with `ballotworthy risk start`.") from error
    except OSError as error:
        raise InputError(f"{folder / LOG} cannot be opened: {error.strerror}.") from error
    return _events(folder, data)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep others from adding to the log while the block reads it and adds."""
    require_locks()
    with _reported(folder), (folder / LOG).open("rb") as file:
        lock(file.fileno())
        yield


def add(folder: Path, event: dict[str, Any], last: str) -> str:
    """Add an event after the line whose digest is `last`, on the disk before this returns; give its digest.

    Raises:
        OutputError: it could not be written; the log is as it was.
    """
    line = _line(event, last)
    with _reported(folder), (folder / LOG).open("r+b", buffering=0) as file:
        end = _whole_until(file.seek(0, os.SEEK_END), file)
        file.truncate(end)
        file.seek(end)
        try:
            if file.write(line) != len(line):
                raise OSError(28, "the disk is full")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(end)
            raise
    return digest(line)


def _whole_until(size: int, file: Any) -> int:
    """Give where the last whole line ends."""
    step, end = 1 << 16, size
    while end > 0:
        start = max(0, end - step)
        file.seek(start)
        at = file.read(end - start).rfind(b"\n")
        if at >= 0:
            return int(start + at + 1)
        end = start
    return 0


def _line(event: dict[str, Any], before: str) -> bytes:
    return json.dumps({"before": before, **event}, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def _events(folder: Path, data: bytes) -> tuple[list[dict[str, Any]], str, str]:
    lines = data.split(b"\n")[:-1]
    if not lines:
        raise InputError(f"{folder / LOG} is empty; begin a check with `ballotworthy risk start`.")
    digests = [sha256(line).hexdigest() for line in lines]
    try:  # all lines at once, which is four times as fast; one by one where that fails, to name the line
        events = json.loads(b"[" + b",".join(lines) + b"]")
        follow = [event["before"] for event in events] == ["", *digests[:-1]]
    except (ValueError, KeyError, TypeError, RecursionError):
        follow = False
    if not follow:
        number = next((at for at, line in enumerate(lines) if _before(line) != ["", *digests][at]), len(lines) - 1) + 1
        raise InputError(
            f"{folder / LOG}, line {number}: it does not follow from the line before, so the log was changed after it "
            "was written. Nothing can be said from it; go back to a copy that was not touched."
        )
    return events, digests[0], digests[-1]


def _before(line: bytes) -> str | None:
    try:
        return str(json.loads(line)["before"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


@contextmanager
def _reported(folder: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise InputError(f"no check has begun in {folder}; begin one with `ballotworthy risk start`.") from error
    except OSError as error:
        raise OutputError(
            f"{folder / LOG} could not be written: {error.strerror or error}. The log is as it was; free some space "
            "and tell it again."
        ) from error
