"""A zip opened: its files by name, each unpacked when it is asked for; what is damaged or swells is refused."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import IO, Any, cast

import numpy as np

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.given import refuse_beyond
from ballotworthy.vote.formats.zip_directory import (
    PACKED,
    SIZE,
    begin_of,
    begins_of,
    directory_of,
    unpack_many,
    unpacked,
)

MOST_TIMES = 300
"""A file that grows by more when unpacked is no export."""
LARGE = 1 << 24
MACINTOSH = "__MACOSX"
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError,
          ValueError, OverflowError)  # fmt: skip
"""What readers of zips raise at damaged ones."""


class Zip:
    """A zip: its files by their numbers in the directory.

    Args:
        name: for messages.
        source: where it is, or its bytes.

    Raises:
        FileFaults: it is damaged, or one of its files grows beyond reason.
        InputError: it is larger than the limit of files.
    """

    def __init__(self, name: str, source: Path | bytes) -> None:
        self.name, self.source = name, source
        self.held = source if isinstance(source, bytes) else b""
        self.stream = source.open("rb") if isinstance(source, Path) else io.BytesIO()
        self.lock = Lock()
        length = self.stream.seek(0, io.SEEK_END) if isinstance(source, Path) else len(source)
        try:
            self.plain = directory_of(self._bytes, length)
            self.begins = begins_of(self.held, self.plain) if self.plain and self.held else None
            if self.plain is None:
                listed = self._archive.infolist()
                self.names = [each.filename for each in listed]
                sizes, packed = (
                    np.array([getattr(each, name) for each in listed], np.int64)
                    for name in ("file_size", "compress_size")
                )
            else:
                self.names = self.plain.names
                sizes, packed = self.plain.numbers[:, SIZE], self.plain.numbers[:, PACKED]
        except DAMAGE as error:
            raise _broken(name) from error
        files: Sequence[int] = range(len(self.names))
        joined = "\n".join([*self.names, ""])
        if "/\n" in joined or MACINTOSH in joined:
            files = [at for at in files if not self.names[at].endswith("/") and MACINTOSH not in self.names[at]]
        self.files = sorted(files, key=self.names.__getitem__)
        """The numbers of those that count, by name: no folders, nothing that a Macintosh adds."""
        self.sizes = sizes.tolist()
        self._refuse_swelling(sizes[self.files], packed[self.files], length)

    def __del__(self) -> None:
        """Close it."""
        self.stream.close()

    def read(self, at: int) -> bytes:
        """Give all bytes of a file.

        Raises:
            FileFaults: the zip is damaged.
        """
        return self.read_many([at])[0]

    def read_many(self, files: Sequence[int]) -> list[bytes]:
        """Give all bytes of some files.

        Raises:
            FileFaults: the zip is damaged.
        """
        if self.plain is None:
            return [self._slowly(at) for at in files]
        found: list[bytes] = []
        rows = self.plain.numbers[files]
        try:
            if self.begins is not None:
                unpack_many(self.held, self.begins[files].tolist(), rows, found)
            else:
                for at, numbers in zip(files, rows.tolist(), strict=True):
                    begin = begin_of(self._bytes, self.names[at], numbers)
                    found.append(unpacked(self._bytes(begin, numbers[PACKED]), numbers))
        except DAMAGE as error:
            raise _broken(f"{self.name}: {self.names[files[len(found)]]}") from error
        return found

    def _slowly(self, at: int) -> bytes:
        with _Packed(self._archive, at, self.name) as stream:
            return stream.read()

    def opened(self, at: int) -> IO[bytes]:
        """Open a file for reading.

        Raises:
            FileFaults: the zip is damaged; reading raises alike.
        """
        if self.sizes[at] <= LARGE:
            return io.BytesIO(self.read(at))
        return cast(IO[bytes], _Packed(self._archive, at, self.name))

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source)

    def _bytes(self, begin: int, length: int) -> bytes:
        if self.held:
            return self.held[begin : begin + length]
        with self.lock:
            self.stream.seek(begin)
            return self.stream.read(length)

    def _refuse_swelling(self, grown: np.ndarray, packed: np.ndarray, length: int) -> None:
        """Refuse a zip that grows beyond reason, in one file or in all together."""
        remedy = "No export does; ask its maker"
        swollen = np.flatnonzero((grown > LARGE) & (grown > MOST_TIMES * np.maximum(packed, 1)))
        what = f"bytes, {MOST_TIMES} times and more of what it is"
        if len(swollen):
            inside = self.names[self.files[swollen[0]]]
            told = f"{inside} grows to {int(grown[swollen[0]]):,} {what}"
            raise FileFaults(self.name, [Fault(None, None, told, remedy)])
        whole = sum(grown.tolist())
        if whole > LARGE and whole > MOST_TIMES * max(sum(packed.tolist()), 1):
            raise FileFaults(self.name, [Fault(None, None, f"its files grow to {whole:,} {what}", remedy)])
        if sum(packed.tolist()) > length:
            raise FileFaults(self.name, [Fault(None, None, "its files lie over one another", remedy)])
        refuse_beyond(Path(self.name), "bytes", whole)


class _Packed(io.RawIOBase):
    """A file of a zip as Python reads it, of which any damage is told as a fault of the file."""

    def __init__(self, archive: zipfile.ZipFile, at: int, name: str) -> None:
        entry = archive.infolist()[at]
        self.name = f"{name}: {entry.filename}"
        self.stream = self._tried(lambda: archive.open(entry))

    def read(self, size: int = -1) -> bytes:
        return bytes(self._tried(lambda: self.stream.read(size)))

    def _tried(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except RuntimeError as error:
            what = "it is locked by a password" if "password" in str(error) else "the zip is damaged"
            raise FileFaults(self.name, [Fault(None, None, what, "Unpack it and give the folder")]) from error
        except DAMAGE as error:
            raise _broken(self.name) from error


def _broken(name: str) -> FileFaults:
    what = "the zip is damaged or was cut short"
    return FileFaults(name, [Fault(None, None, what, "Fetch it again; compare its size with the original's")])
