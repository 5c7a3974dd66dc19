"""The lines of a frame kept as columns: a million of them take little room, and each is made when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from ballotworthy.petition import FrameLine

WIDTH = len(FrameLine._fields)


class ListedLines(Sequence[FrameLine]):
    """Lines in their order, as a list of them would give them; `columns` are texts, one list for each part."""

    def __init__(self, columns: Sequence[list[str]] | None = None) -> None:
        self.columns = tuple(columns) if columns else tuple([] for _ in range(WIDTH))

    def extend(self, lines: Iterable[Sequence[str]]) -> None:
        """Add lines at the end."""
        if parts := list(zip(*lines, strict=True)):
            for column, texts in zip(self.columns, parts, strict=True):
                column += texts

    @overload
    def __getitem__(self, at: int) -> FrameLine: ...

    @overload
    def __getitem__(self, at: slice) -> list[FrameLine]: ...

    def __getitem__(self, at: int | slice) -> FrameLine | list[FrameLine]:
        if isinstance(at, slice):
            return list(map(FrameLine, *(column[at] for column in self.columns)))
        return FrameLine(*(column[at] for column in self.columns))

    def __iter__(self) -> Iterator[FrameLine]:
        return map(FrameLine, *self.columns)

    def __len__(self) -> int:
        return len(self.columns[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ListedLines) and self.columns == other.columns

    __hash__ = None  # type: ignore[assignment] # it changes
