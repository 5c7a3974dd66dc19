"""What a user gives as one thing, a file, a folder or a zip, as the files that it is made of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO, NamedTuple

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.digest import file_digest
from ballotworthy.vote.formats.zips import Zip

ODD = re.compile(r"(?m)(^|/)\.")
"""Says whether some name, or a folder of it, is hidden."""


class Member(NamedTuple):
    """One file; there may be a million of them.

    Attributes:
        whole: the file or zip in which it stands, for messages.
        inside: its name there, "" where it stands by itself.
        group: the name of the inner zip that it stands in, "" elsewhere.
        zipped, at: where it is packed, and its number there.
    """

    whole: str
    inside: str = ""
    group: str = ""
    zipped: Zip | None = None
    at: int = 0

    @property
    def name(self) -> str:
        """Give the name for messages: the file, or the zip and its file."""
        return f"{self.whole}: {self.inside}" if self.inside else self.whole

    @property
    def base(self) -> str:
        """Give the last part of its name."""
        return self.inside.rpartition("/")[2] if self.inside else Path(self.whole).name

    @property
    def folder(self) -> str:
        """Give the zip or folder in which it stands."""
        return self.whole if self.inside else str(Path(self.whole).parent)

    @property
    def size(self) -> int:
        """Give its bytes, as the zip says where it is packed."""
        return self.zipped.sizes[self.at] if self.zipped else Path(self.whole).stat().st_size

    def read(self) -> bytes:
        """Give what it holds.

        Raises:
            FileFaults: the zip is damaged.
        """
        return self.zipped.read(self.at) if self.zipped else Path(self.whole).read_bytes()

    def opened(self) -> IO[bytes]:
        """Open it for reading, in a `with`.

        Raises:
            FileFaults: the zip is damaged; reading raises alike.
        """
        return self.zipped.opened(self.at) if self.zipped else Path(self.whole).open("rb")


class Bunch(NamedTuple):
    """Files of one zip, or a file by itself; a million of them need no object each.

    Attributes:
        whole, group, zipped: as of each `Member`.
        files: their numbers in the zip; (0,) without one.
    """

    whole: str
    group: str = ""
    zipped: Zip | None = None
    files: Sequence[int] = (0,)

    @property
    def names(self) -> list[str]:
        """Give their names in the zip, or that of the file."""
        if self.zipped is None:
            return [self.whole]
        names = self.zipped.names
        return [names[at] for at in self.files]

    @property
    def sizes(self) -> list[int]:
        """Give the bytes of each."""
        if self.zipped is None:
            return [Path(self.whole).stat().st_size]
        sizes = self.zipped.sizes
        return [sizes[at] for at in self.files]

    def members(self) -> Iterator[Member]:
        """Give each by itself."""
        if self.zipped is None:
            yield Member(self.whole)
            return
        for at in self.files:
            yield Member(self.whole, self.zipped.names[at], self.group, self.zipped, at)

    def read(self) -> list[bytes]:
        """Give what each holds.

        Raises:
            FileFaults: the zip is damaged.
        """
        return [Path(self.whole).read_bytes()] if self.zipped is None else self.zipped.read_many(self.files)


def members(path: Path) -> Iterator[Member]:
    """Give the files of `bunches`, one by one; arguments and faults as there."""
    for bunch in bunches(path):
        yield from bunch.members()


def bunches(path: Path) -> Iterator[Bunch]:
    """Give the files of a file, a folder (without those hidden) or a zip, by name; zips within a zip are opened too.

    Each zip is opened when its turn comes, and let go behind its last file.

    Raises:
        InputError: there is no such file.
        FileFaults: the zip is damaged, or one of its files grows beyond reason.
    """
    if path.is_dir():
        inside = sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))
        if not inside:
            raise InputError(f"the folder {path} is empty. Give the folder of an export, or its files.")
        for file in inside:
            yield from bunches(file)
        return
    if not path.exists():
        raise InputError(f"there is no file {path}. Check the name; relative names start from this folder.")
    if is_zip(path):
        yield from _zipped(str(path), path, "")
    else:
        yield Bunch(str(path))


def is_zip(path: Path) -> bool:
    """Say whether a file is a zip, and no spreadsheet.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            packed = stream.read(4) == b"PK\x03\x04"
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from error
    return packed and path.suffix.lower() not in (".xlsx", ".xlsm", ".ods")


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file, or of the names and hashes of a folder's files."""
    if path.is_dir():
        whole = hashlib.sha256()
        for file in sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith(".")):
            whole.update(f"{sha256(file)}  {file.relative_to(path).as_posix()}\n".encode())
        return whole.hexdigest()
    return file_digest(path)


def _zipped(name: str, source: Path | bytes, group: str) -> Iterator[Bunch]:
    zipped = Zip(name, source)
    return inside(zipped, zipped.files, group)


def inside(zipped: Zip, files: Sequence[int], group: str = "") -> Iterator[Bunch]:
    """Give files of a zip by their numbers; of those that are zips what they hold.

    Args:
        zipped: the zip.
        files: their numbers, by name.
        group: the name of the zip, where it stands in another one.

    Raises:
        FileFaults: as `bunches`.
    """
    name, names = zipped.name, zipped.names
    joined = "\n".join([names[at] for at in files])
    if ODD.search(joined):
        files = [at for at in files if not names[at].rpartition("/")[2].startswith(".")]
    if not files:
        raise FileFaults(name, [Fault(None, None, "the zip is empty", "Give the whole export")])
    if ".zip" not in joined.lower():
        yield Bunch(name, group, zipped, files)
        return
    for packed, several in groupby(files, key=lambda at: names[at][-4:].lower() == ".zip"):
        if not packed:
            yield Bunch(name, group, zipped, list(several))
            continue
        for at in several:
            each = Member(name, names[at], group, zipped, at)
            if group:
                raise FileFaults(name, [Fault(None, None, f"{each.base} is a zip in a zip in a zip", "Unpack it")])
            yield from _zipped(each.name, each.read(), each.base[:-4])
