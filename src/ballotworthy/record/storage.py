"""What a record is kept in: a file for one person, the office's database later; one test suite holds for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol


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
