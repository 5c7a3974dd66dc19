"""A stream cut into blocks of records, the next by a thread while this one is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import islice
from typing import IO, Any, TypeVar

import numpy as np

from ballotworthy.vote.formats.alike import Block, Forms
from ballotworthy.vote.formats.cut_json import MORE, ODD

BLOCK = 1 << 24
"""Bytes that are cut at once."""
WORTH_CUTTING = 1 << 18
"""Bytes below which records are as well read one by one."""

Found = tuple[Block | None, int, int]
"""A block of the beginning of data, None if nothing can be cut; its length; how cutting stopped."""
Any_ = TypeVar("Any_")


class Cutter:
    """Cuts data with one compiled function; the room that it writes to is made once.

    Args:
        cut: `cut_json` or `cut_xml`.
        names: what the function asks for.
        forms: shared by all blocks.
    """

    def __init__(self, cut: Callable[..., tuple[int, int, int]], names: Sequence[bytes], forms: Forms) -> None:
        self.cut, self.names, self.forms = cut, [np.frombuffer(name, np.uint8) for name in names], forms
        self.size = -1

    def block(self, data: bytes, items: Callable[[bytes, np.ndarray], Iterator[Any]]) -> Found:
        """Cut data; `items` reads the records of what was used one by one."""
        if len(data) > self.size:
            self.size = len(data)
            self.skeletons = np.empty(self.size, np.uint8)
            self.records = np.empty((self.size // 16 + 2, 4), np.int64)
            self.holes = np.empty((self.size // 8 + 1, 3), np.int64)
        view = np.frombuffer(data, np.uint8)
        count, stop, how = self.cut(view, *self.names, self.skeletons, self.records, self.holes)
        kept = data[:stop]
        if not kept.isascii():
            try:
                kept.decode()
            except UnicodeDecodeError:
                return None, 0, ODD
        if not count:
            return None, 0, how
        records = self.records[: count + 1].copy()
        skeletons, holes = self.skeletons[: records[-1, 2]].tobytes(), self.holes[: records[-1, 3]].copy()
        return Block(kept, skeletons, records, holes, self.forms, lambda: items(kept, records)), stop, how


def blocks(stream: IO[bytes], data: bytes, cut: Callable[[bytes], Found]) -> Iterator[Block | bytes]:
    """Give blocks as long as records can be cut, and at last the bytes that were read and not used.

    Args:
        stream: the rest of the file.
        data: what was read of it already.
        cut: cuts the beginning of data.
    """
    ended, how = False, MORE
    while how == MORE:
        wanted = len(data) + BLOCK
        while len(data) < wanted and not ended:
            more = stream.read(wanted - len(data))
            ended = not more
            data += more
        block, stop, how = cut(data) if len(data) >= WORTH_CUTTING else (None, 0, ODD)
        if block is not None:
            data = data[stop:]
            yield block
        elif ended or len(data) >= 16 * BLOCK:  # else again, with more: a record is larger than a block
            break
    yield data


def ahead(given: Iterator[Any_]) -> Iterator[Any_]:
    """Give what an iterator gives; a thread makes the next while this one is used, as compiled code holds no lock."""
    context = copy_context()  # the limits of files are in it

    def next_one() -> list[Any_]:
        return context.run(lambda: list(islice(given, 1)))

    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next_one)
        while found := coming.result():
            coming = thread.submit(next_one)
            yield found[0]
