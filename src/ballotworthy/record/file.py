"""A record in a file: locked while written, flushed to the disk before it is acknowledged, whole after any crash.

The lock is `flock` on the record itself, which the system takes back from a process that dies. What a crash
leaves behind the last line feed was never acknowledged, and is cut off when the next writer opens the file.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError, OutputError, RecordBusy
from ballotworthy.files.flushed import flush
from ballotworthy.files.locked import lock, require_locks
from ballotworthy.record.batches import finished, is_sound, place_of

PATIENCE = 10.0
PAUSE = 0.01
PIECE = 1 << 20
HASHED = 1 << 24
LONGEST_BEGINNING = 200
BEGINNING = b'{"'
"""How every event begins."""


class FileStorage:
    """The record at `path`; it is made by the first writer.

    Args:
        path: of the file.
        patience: how many seconds to wait for the pen.
        settle: called with the storage under the lock, before anything is read or written; it may cut off events
            that were never acknowledged.
    """

    def __init__(
        self, path: Path, *, patience: float = PATIENCE, settle: Callable[[FileStorage], object] | None = None
    ) -> None:
        self.path = path
        self.patience = patience
        self._settle = settle
        self._read = (0, 0)  # so many lines end at so many bytes: where reading goes on

    def read(self, after: int = 0) -> Iterator[bytes]:
        """Give the whole lines behind the first `after` ones; see `Storage`.

        Raises:
            InputError: the file cannot be opened.
        """
        if not self.path.exists():
            return
        count, offset = self._read if self._read[0] <= after else (0, 0)
        try:
            with self.path.open("rb", buffering=PIECE) as file:
                file.seek(offset)
                for line in file:
                    if not line.endswith(b"\n"):
                        return
                    count, offset = count + 1, offset + len(line)
                    self._read = (count, offset)
                    if count > after:
                        yield line[:-1]
        except OSError as error:
            raise InputError(f"{self.path} cannot be read: {error.strerror}.") from error

    @contextmanager
    def writing(self) -> Iterator[FilePen]:
        """Give the pen; see `Storage`.

        Raises:
            RecordBusy: another program is writing in it for too long.
            OutputError: the file cannot be opened for writing, or the system locks no files.
        """
        require_locks()
        is_new = not self.path.exists()
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise OutputError(f"{self.path} cannot be written: {error.strerror}.") from error
        try:
            lock_within(handle, self.path, self.patience)
            if is_new:
                flush(self.path.parent)
            if self._settle:
                self._settle(self)
            cut_torn(self.path, handle)
            yield FilePen(self.path, handle)
        finally:
            os.close(handle)

    @property
    def folder(self) -> Path:
        """Give the folder of the case."""
        return self.path.parent

    def end(self) -> int:
        """Give the byte at which the file ends."""
        return self.path.stat().st_size

    def behind(self, place: int, most: int) -> bytes:
        """Give the bytes behind the first `place` ones, so many at most."""
        with self.path.open("rb") as file:
            file.seek(place)
            return file.read(most)

    def cut(self, place: int) -> None:
        """Cut the file off behind so many bytes."""
        os.truncate(self.path, place)
        flush(self.path)

    def mark(self, lines: int) -> Mapping[str, Any] | None:
        """Give the byte at which so many lines end, and the SHA-256 of all before; see `Kept`."""
        count, offset = self._read
        return {"bytes": offset, "record": _digest(self.path, offset)} if count == lines else None

    def stands(self, lines: int, mark: Mapping[str, Any]) -> bool:
        """Tell whether the file begins with the very bytes of which a mark was made; see `Kept`."""
        most = int(mark["bytes"])
        if self.end() < most or _digest(self.path, most) != mark["record"]:
            return False
        self._read = (lines, most)
        return True


def lock_within(handle: int, path: Path, patience: float) -> None:
    """Lock an open file or folder, once no other program has it locked; closing it unlocks it.

    Raises:
        RecordBusy: it takes longer than `patience`, in seconds.
    """
    until = time.monotonic() + patience
    while True:
        try:
            lock(handle, wait=False)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise RecordBusy(
                    f"another program is writing in {path}; nothing was written. Try again when it is done."
                ) from error
            time.sleep(PAUSE)
        else:
            return


def _digest(path: Path, most: int) -> str:
    """Give the SHA-256 of so many bytes, by pieces so long that its thread seldom waits for the interpreter."""
    found, left, piece = hashlib.sha256(), most, memoryview(bytearray(HASHED))
    with path.open("rb", buffering=0) as file:
        while left and (read := file.readinto(piece[: min(HASHED, left)])):
            found.update(piece[:read])
            left -= read
    return found.hexdigest()


class FilePen:
    """The right to write in an open, locked file."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    def append(self, lines: Sequence[bytes]) -> None:
        """Add lines and flush them to the disk; see `Pen`."""
        if not lines:
            return
        size = os.lseek(self._handle, 0, os.SEEK_END)
        left = memoryview(b"\n".join(lines) + b"\n")
        try:
            while left:
                left = left[os.write(self._handle, left) :]
            os.fsync(self._handle)
        except OSError as error:
            os.ftruncate(self._handle, size)
            raise OutputError(
                f"{self._path} could not be written: {error.strerror}. The record is as it was before; "
                "free some space and do it again."
            ) from error


def cut_torn(path: Path, handle: int) -> None:
    """Cut off what stands behind the last line feed: the beginning of an event that was never acknowledged.

    Raises:
        InputError: the file does not begin as a record does, or what stands there is a whole event with another byte in
            place of its line feed: it is something else, or damaged, and left alone.
    """
    end = size = os.lseek(handle, 0, os.SEEK_END)
    while end:
        begin = max(0, end - PIECE)
        at = os.pread(handle, end - begin, begin).rfind(b"\n")
        if at >= 0:
            end = begin + at + 1
            break
        end = begin
    if end < size:
        if not BEGINNING.startswith(os.pread(handle, len(BEGINNING), 0).rstrip(b"\0")):
            raise InputError(f"{path} holds no event at all; it is damaged or no record. It was left as it was.")
        if is_sound(os.pread(handle, size - end - 1, end)):
            raise InputError(
                f"{path} ends with a whole event and a byte that is no line feed: it was damaged. It was left as it "
                "was; bring it back from a copy."
            )
        os.ftruncate(handle, end)
        os.fsync(handle)
    _cut_unfinished(handle, end)


def _cut_unfinished(handle: int, end: int) -> None:
    """Cut off the events of a batch that is not all there: they were never acknowledged."""
    begin = _back(handle, end, 1)
    place = place_of(os.pread(handle, LONGEST_BEGINNING, begin))
    if place is None or place[0] == place[1]:
        return
    begin = _back(handle, end, place[0])
    with os.fdopen(os.dup(handle), "rb") as file:
        file.seek(begin)
        whole = any(True for _ in finished(line[:-1] for line in file))
    if not whole:  # else it is no batch, or damaged, and the reader says so
        os.ftruncate(handle, begin)
        os.fsync(handle)


def _back(handle: int, end: int, lines: int) -> int:
    """Give where the last lines of a file begin that ends in a line feed at `end`; 0 where it has no more."""
    at = max(end - 1, 0)
    while at:
        begin = max(0, at - PIECE)
        piece = os.pread(handle, at - begin, begin)
        while (found := piece.rfind(b"\n")) >= 0:
            lines -= 1
            if not lines:
                return begin + found + 1
            piece = piece[:found]
        at = begin
    return 0
