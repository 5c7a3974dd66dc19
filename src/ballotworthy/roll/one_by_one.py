"""A few voters by their rows: each read where it lies, in microseconds, however many the register has."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from threading import Lock
from typing import Any

from ballotworthy.roll.snapshot import DAMAGE, VOTERS, Roll, damaged


class OneByOne:
    """The voters of a roll, for pages that show some at a time; several threads may ask at once.

    It needs pyarrow, which maps the file; without it each is asked of Polars, which looks through the file's contents
    for each and takes milliseconds.
    """

    def __init__(self, roll: Roll) -> None:
        self._roll = roll
        self._lock = Lock()

    def read(self, rows: Sequence[int]) -> list[dict[str, Any]]:
        """Give voters by their rows in `Roll.voters`, each by field.

        Raises:
            FileFaults: that part of the snapshot is damaged.
        """
        try:
            with self._lock:
                return [self._read(row) for row in rows]
        except DAMAGE as error:
            raise damaged(self._roll.path, error) from error

    def _read(self, row: int) -> dict[str, Any]:
        if self._batches is None:
            return self._roll.voters.slice(row, 1).collect().row(0, named=True)
        file, begins = self._batches
        at = bisect_right(begins, row) - 1
        found: dict[str, Any] = file.get_batch(at).slice(row - begins[at], 1).to_pylist()[0]
        return found

    @cached_property
    def _batches(self) -> tuple[Any, Sequence[int]] | None:
        """Give the mapped file, and the row with which each of its batches begins."""
        try:
            import pyarrow as pa
        except ImportError:
            return None
        file = pa.ipc.open_file(pa.memory_map(str(self._roll.path / VOTERS)))
        lengths = [file.get_batch(at).num_rows for at in range(file.num_record_batches)]
        return file, [*accumulate(lengths, initial=0)]
