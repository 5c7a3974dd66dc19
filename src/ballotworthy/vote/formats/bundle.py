"""What a user gives as one thing, a file, a folder or a zip, as the files that it is made of."""

from __future__ import annotations

import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.digest import file_digest
from ballotworthy.files.given import refuse_beyond

MOST_TIMES = 300
"""A member that grows by more when unpacked is no export."""
LARGE = 1 << 24
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError,
          ValueError, OverflowError)  # fmt: skip
"""What Python's reader of zips raises at damaged ones."""


@dataclass(frozen=True)
class Member:
    """One file.

    Attributes:
        name: for messages: the file, or the zip and its member.
        base: the last part of its name.
        group: the name of the inner zip that it stands in, "" elsewhere.
        opened: opens it for reading, in a `with`.
    """

    name: str
    base: str
    group: str
    opened: Callable[[], IO[bytes]]

    def read(self) -> bytes:
        """Give its bytes.

        Raises:
            FileFaults: the zip is damaged.
        """
        with reading(self) as stream:
            return stream.read()


@contextmanager
def reading(member: Member) -> Iterator[IO[bytes]]:
    """Open a member; what is wrong with its packing is told while it is read.

    Raises:
        FileFaults: the zip is damaged.
    """
    with member.opened() as stream:
        yield stream


class _Packed(io.RawIOBase):
    """A member of a zip, of which any damage is told as a fault of the file."""

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
        self.name = name
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


def members(path: Path) -> tuple[Member, ...]:
    """Give the files of a file, a folder (without those hidden) or a zip, by name; zips within a zip are opened too.

    Raises:
        InputError: there is no such file.
        FileFaults: the zip is damaged, or one of its files grows beyond reason.
    """
    if path.is_dir():
        inside = sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))
        if not inside:
            raise InputError(f"the folder {path} is empty. Give the folder of an export, or its files.")
        return tuple(each for file in inside for each in members(file))
    if not path.exists():
        raise InputError(f"there is no file {path}. Check the name; relative names start from this folder.")
    try:
        with path.open("rb") as stream:
            packed = stream.read(4) == b"PK\x03\x04"
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from error
    if packed and path.suffix.lower() not in (".xlsx", ".xlsm", ".ods"):
        return _zipped(str(path), path, "")
    return (Member(str(path), path.name, "", lambda: path.open("rb")),)


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file, or of the names and hashes of a folder's files."""
    if path.is_dir():
        whole = hashlib.sha256()
        for file in sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith(".")):
            whole.update(f"{sha256(file)}  {file.relative_to(path).as_posix()}\n".encode())
        return whole.hexdigest()
    return file_digest(path)


def _zipped(name: str, source: Path | io.BytesIO, group: str) -> tuple[Member, ...]:
    try:
        archive = zipfile.ZipFile(source)
        entries = [each for each in archive.infolist() if not each.is_dir() and "__MACOSX" not in each.filename]
    except DAMAGE as error:
        raise _broken(name) from error
    _refuse_swelling(name, entries, source)
    found: list[Member] = []
    for entry in sorted(entries, key=lambda each: each.filename):
        inner, base = f"{name}: {entry.filename}", entry.filename.rpartition("/")[2]
        member = Member(inner, base, group, _opener(archive, entry, inner))
        if base.lower().endswith(".zip"):
            if group:
                raise FileFaults(name, [Fault(None, None, f"{base} is a zip in a zip in a zip", "Unpack it")])
            found += _zipped(inner, io.BytesIO(member.read()), base[:-4])
        elif not base.startswith("."):
            found.append(member)
    if not found:
        raise FileFaults(name, [Fault(None, None, "the zip is empty", "Give the whole export")])
    return tuple(found)


def _refuse_swelling(name: str, entries: Sequence[zipfile.ZipInfo], source: Path | io.BytesIO) -> None:
    """Refuse a zip that grows beyond reason, in one file or in all together.

    Raises:
        FileFaults: it does.
        InputError: it is larger than the limit of files.
    """
    remedy = "No export does; ask its maker"
    for entry in entries:
        if entry.file_size > LARGE and entry.file_size > MOST_TIMES * max(entry.compress_size, 1):
            what = f"{entry.filename} grows to {entry.file_size:,} bytes, {MOST_TIMES} times and more of what it is"
            raise FileFaults(name, [Fault(None, None, what, remedy)])
    grown, packed = sum(each.file_size for each in entries), sum(each.compress_size for each in entries)
    if grown > LARGE and grown > MOST_TIMES * max(packed, 1):
        what = f"its files grow to {grown:,} bytes, {MOST_TIMES} times and more of what it is"
        raise FileFaults(name, [Fault(None, None, what, remedy)])
    if packed > (source.stat().st_size if isinstance(source, Path) else len(source.getbuffer())):
        raise FileFaults(name, [Fault(None, None, "its files lie over one another", remedy)])
    refuse_beyond(Path(name), "bytes", grown)


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Callable[[], IO[bytes]]:
    return lambda: cast(IO[bytes], _Packed(archive, entry, name))


def _broken(name: str) -> FileFaults:
    what = "the zip is damaged or was cut short"
    return FileFaults(name, [Fault(None, None, what, "Fetch it again; compare its size with the original's")])
