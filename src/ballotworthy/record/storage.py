"""What a record is kept in: a file for one person, the office's database for many; one test suite holds for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol


class Pen(Protocol):
    """The right to write, held by one at a time."""

    def append(self, lines: Sequence[bytes]) -> None:
        """Add lines at the end, all of them durable once this returns; the caller has chained them.

        Several lines in one call are one commit: that is how many events a second are written.

        Raises:
            OutputError: they could not be written; none of them is in the record.
        """


class Storage(Protocol):
    """A row of lines that can be read by anybody and added to by one at a time; nothing is ever changed in it.

    A line that was acknowledged (`Pen.append` returned) is there after any crash. Of lines that were being
    written at the crash, some may be there from the first on, each whole.
    """

    def read(self, after: int = 0) -> Iterator[bytes]:
        """Give the lines behind the first `after` ones, without line feeds, in order, as they stand now."""

    def writing(self) -> AbstractContextManager[Pen]:
        """Give the pen, once nobody else has it; lines read while it is held are all there are.

        Raises:
            RecordBusy: somebody else has held it for too long.
        """


class Kept(Storage, Protocol):
    """A record as the room of its case needs it: something begun can be settled, and a checkpoint fitted to it.

    A place is a number that only the storage itself understands: where the record ended once.
    """

    @property
    def folder(self) -> Path:
        """Give the folder of the case."""

    def end(self) -> int:
        """Give the place where the record ends now; the caller has the pen."""

    def behind(self, place: int, most: int) -> bytes:
        """Give what stands behind a place, so many bytes at most, each line with its line feed."""

    def cut(self, place: int) -> None:
        """Cut off what stands behind a place and was never acknowledged; the caller has the pen."""

    def mark(self, lines: int) -> Mapping[str, Any] | None:
        """Give by what a checkpoint knows so many lines again; None if reading ended elsewhere."""

    def stands(self, lines: int, mark: Mapping[str, Any]) -> bool:
        """Tell whether the record begins with the very lines of which a mark was made; reading then goes on behind.

        Raises:
            KeyError, TypeError, OSError: it is no mark, or of another kind of storage; or the record cannot be read.
        """
