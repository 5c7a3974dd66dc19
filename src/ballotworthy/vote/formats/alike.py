"""Blocks of records that were cut apart: those of one skeleton are read together, column by column.

A block is read here only if all in it is plain; else it says so, and its records are read one by one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Any

import numpy as np
import polars as pl

from ballotworthy.files.compiled import compiled
from ballotworthy.vote.formats.cut_json import CODED, ESCAPED, MORE, NUMBER, ODD, PLAIN, UNIT

MARK = "\ue000"
"""Stands in a record that was read from a skeleton before and behind the number of a hole."""
HOLE = re.compile(f"{MARK}(\\d+){MARK}")
BLOCK = 1 << 25
"""Bytes that are cut at once."""
WORTH_CUTTING = 1 << 18
"""Bytes below which records are as well read one by one."""
FORMS, UNITS = 1 << 14, 1 << 18
"""Skeletons and units that are remembered."""

Cut = Callable[[bytes], "tuple[Block | None, int, int]"]


class NotPlain(Exception):
    """This block is to be read record by record."""


@dataclass
class Forms:
    """What was read of a file's skeletons and units.

    Attributes:
        form: reads a skeleton, with marks for holes; raises `ValueError` where it is faulty.
        unit: reads a unit, alike.
        item: reads a record.
        forms, units: what they gave; None where it was faulty.
    """

    form: Callable[[bytes], Any]
    unit: Callable[[bytes], Any]
    item: Callable[[bytes], Any]
    forms: dict[bytes, Any] = field(default_factory=dict)
    units: dict[bytes, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Block:
    """Records that stand one behind the other.

    Attributes:
        data: their bytes.
        skeletons: of all of them.
        records, holes: as `cut_json` gives them; the last row of `records` closes it.
        forms: shared by all blocks of a file.
        items: reads them one by one.
    """

    data: bytes
    skeletons: bytes
    records: np.ndarray
    holes: np.ndarray
    forms: Forms
    items: Callable[[], Iterator[Any]]

    def __len__(self) -> int:
        """Give how many records there are."""
        return len(self.records) - 1

    def groups(self) -> list[Group]:
        """Give the records by skeleton.

        Raises:
            NotPlain: a skeleton or a unit is faulty, or there are too many kinds.
        """
        codes, firsts = interned(self.skeletons, self.records[:-1, 2], self.records[1:, 2])
        if len(firsts) > max(len(self) // 4, 16):
            raise NotPlain
        groups = []
        order = np.argsort(codes, kind="stable")
        edges = np.searchsorted(codes[order], np.arange(len(firsts) + 1))
        units = _Units(self)
        for code, at in enumerate(firsts.tolist()):
            begin, end = self.records[at, 2], self.records[at + 1, 2]
            form = _kept(self.forms.forms, self.skeletons[begin:end], self.forms.form, FORMS)
            groups.append(Group(self, order[edges[code] : edges[code + 1]], form, units))
        return groups


class _Units:
    """The units of a block, each kind read once."""

    def __init__(self, block: Block) -> None:
        places = np.flatnonzero(block.holes[:, 2] == UNIT)
        codes, firsts = interned(block.data, block.holes[places, 0], block.holes[places, 1])
        self.of_hole = np.full(len(block.holes), -1, np.int64)
        self.of_hole[places] = codes
        self.parsed = [
            _kept(block.forms.units, block.data[begin:end], block.forms.unit, UNITS)
            for begin, end, _ in block.holes[places[firsts]].tolist()
        ]


@dataclass(frozen=True)
class Group:
    """Records of one skeleton.

    Attributes:
        block: in which they stand.
        rows: their numbers in it, in order.
        form: what the skeleton says; strings and whole numbers are marks of holes.
    """

    block: Block
    rows: np.ndarray
    form: Any
    _units: _Units

    def column(self, value: Any) -> pl.Series:
        """Give what stands in each record for a value of the form: as text, null where it is absent or empty.

        Raises:
            NotPlain: it is no string and no whole number.
        """
        if value is None or value == "":
            return pl.Series([None], dtype=pl.String()).new_from_index(0, len(self.rows))
        places = self._places(value)
        holes = self.block.holes[places]
        kinds = holes[:, 2]
        if (kinds == UNIT).any() or (kinds == CODED).any():
            raise NotPlain
        quoted = int(kinds[0]) in (PLAIN, ESCAPED)
        text = joined(self.block.data, holes[:, 0] + quoted, holes[:, 1] - quoted)
        found = text.split("\0")
        if (kinds == ESCAPED).any():
            found = [re.sub(r'\\(["\\/])', r"\1", each) for each in found]
        if not text.isascii() or re.search(r"\s", text):
            found = [each.strip() for each in found]
        return pl.Series([each or None for each in found], dtype=pl.String())

    def number(self, value: Any) -> pl.Series:
        """Give the whole number in each record for a value of the form.

        Raises:
            NotPlain: in some it is none, or it is beyond a million million.
        """
        holes = self.block.holes[self._places(value)]
        if (holes[:, 2] != NUMBER).any() or (holes[:, 1] - holes[:, 0] > 12).any():
            raise NotPlain
        return self.column(value).cast(pl.Int64)

    def unit(self, value: Any) -> tuple[np.ndarray, list[Any]]:
        """Give the code of the unit in each record, and what each code is.

        Raises:
            NotPlain: the value is no unit.
        """
        codes = self._units.of_hole[self._places(value)]
        if (codes < 0).any():
            raise NotPlain
        return codes, self._units.parsed

    def only(self, rows: np.ndarray) -> Group:
        """Give some of the records, chosen by a mask."""
        return Group(self.block, self.rows[rows], self.form, self._units)

    def _places(self, value: Any) -> np.ndarray:
        mark = HOLE.fullmatch(value) if isinstance(value, str) else None
        if mark is None:
            raise NotPlain
        places: np.ndarray = self.block.records[self.rows, 3] + int(mark[1])
        return places


def _kept(memory: dict[bytes, Any], text: bytes, read: Callable[[bytes], Any], most: int) -> Any:
    if text not in memory:
        if len(memory) >= most:
            memory.clear()
        try:
            memory[text] = read(text)
        except (ValueError, RecursionError):
            memory[text] = None
    found = memory[text]
    if found is None:
        raise NotPlain
    return found


def json_forms(decoder: json.JSONDecoder, unit: Callable[[Any], Any]) -> Forms:
    """Give the forms of a JSON file, read by a strict decoder; `unit` makes of a unit what is remembered of it."""

    def form(skeleton: bytes) -> Any:
        if MARK.encode() in skeleton or b"\\" in skeleton:
            raise ValueError("a key that may be taken for a mark")
        turn = iter(range(len(skeleton)))
        text = re.sub(rb"[\x01-\x05]", lambda _: f'"{MARK}{next(turn)}{MARK}"'.encode(), skeleton)
        return decoder.decode(text.decode())

    return Forms(form, lambda text: unit(decoder.decode(text.decode())), lambda text: decoder.decode(text.decode()))


def blocks(stream: IO[bytes], data: bytes, cut: Cut) -> Generator[Block, None, bytes]:
    """Give blocks as long as records can be cut; the answer are the bytes that were read and not used.

    Args:
        stream: the rest of the file.
        data: what was read of it already.
        cut: gives a block of the data's beginning, None if nothing can be cut, its length, and how cutting stopped.
    """
    ended = False

    def next_of(data: bytes) -> tuple[bytes, Block | None, int, int]:
        nonlocal ended
        while True:  # again, with more, where one record is larger than a block
            wanted = len(data) + BLOCK
            while len(data) < wanted and not ended:
                more = stream.read(wanted - len(data))
                ended = not more
                data += more
            found = cut(data) if len(data) >= WORTH_CUTTING else (None, 0, ODD)
            if found[0] is not None or found[2] != MORE or ended or len(data) >= 8 * BLOCK:
                return data, *found

    with ThreadPoolExecutor(1) as ahead:  # compiled code holds no lock: the next block is cut while this one is read
        data, block, stop, how = next_of(data)
        while block is not None:
            data = data[stop:]
            coming = ahead.submit(next_of, data) if how == MORE else None
            yield block
            if coming is None:
                return data
            data, block, stop, how = coming.result()
    return data


def block_of(data: bytes, compiled_cut: Callable[..., tuple[int, int, int]], names: Sequence[bytes], forms: Forms,
             items: Callable[[bytes, np.ndarray], Iterator[Any]]) -> tuple[Block | None, int, int]:  # fmt: skip
    """Cut data; `names` are what the compiled function asks for, `items` reads records one by one."""
    skeletons = np.empty(len(data), np.uint8)
    records, holes = np.empty((len(data) // 16 + 2, 4), np.int64), np.empty((len(data) // 8 + 1, 3), np.int64)
    count, stop, how = compiled_cut(
        np.frombuffer(data, np.uint8), *(np.frombuffer(name, np.uint8) for name in names), skeletons, records, holes
    )
    kept = data[:stop]
    try:
        kept.decode()
    except UnicodeDecodeError:
        return None, 0, ODD
    if not count:
        return None, 0, how
    records = records[: count + 1].copy()
    block = Block(
        kept, skeletons[: records[-1, 2]].tobytes(), records, holes[: records[-1, 3]].copy(), forms,
        lambda: items(kept, records),
    )  # fmt: skip
    return block, stop, how


def interned(data: bytes, begins: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give for each piece of data a number, the same for the same bytes, and where each number stands first."""
    size = len(begins)
    table = np.full(1 << max((2 * size).bit_length(), 4), -1, np.int64)
    codes, firsts = np.empty(size, np.int64), np.empty(size, np.int64)
    view = np.frombuffer(data, np.uint8)
    found = _interned(view, np.ascontiguousarray(begins), np.ascontiguousarray(ends), table, codes, firsts)
    return codes, firsts[:found]


def joined(data: bytes, begins: np.ndarray, ends: np.ndarray) -> str:
    """Give pieces of data as one text, a zero between them.

    Raises:
        NotPlain: it is not UTF-8.
    """
    out = np.empty(int((ends - begins).sum()) + len(begins), np.uint8)
    _joined(np.frombuffer(data, np.uint8), begins, ends, out)
    try:
        return out[:-1].tobytes().decode()
    except UnicodeDecodeError as error:
        raise NotPlain from error


@compiled
def _interned(
    data: np.ndarray, begins: np.ndarray, ends: np.ndarray, table: np.ndarray, codes: np.ndarray, firsts: np.ndarray
) -> int:
    mask, count = table.shape[0] - 1, 0
    for at in range(begins.shape[0]):
        begin, end = begins[at], ends[at]
        hashed = np.uint64(14695981039346656037)
        place = begin
        while place + 8 <= end:
            hashed = (hashed ^ _eight(data, place)) * np.uint64(1099511628211)
            hashed ^= hashed >> np.uint64(32)
            place += 8
        while place < end:
            hashed = (hashed ^ np.uint64(data[place])) * np.uint64(1099511628211)
            place += 1
        slot = np.int64((hashed ^ (hashed >> np.uint64(29))) & np.uint64(mask))
        while True:
            code = table[slot]
            if code < 0:
                table[slot], firsts[count], codes[at] = count, at, count
                count += 1
                break
            if _same(data, begin, end, begins[firsts[code]], ends[firsts[code]]):
                codes[at] = code
                break
            slot = (slot + 1) & mask
    return count


@compiled
def _same(data: np.ndarray, begin: int, end: int, other: int, stop: int) -> bool:
    if end - begin != stop - other:
        return False
    while begin + 8 <= end:
        if _eight(data, begin) != _eight(data, other):
            return False
        begin, other = begin + 8, other + 8
    while begin < end:
        if data[begin] != data[other]:
            return False
        begin, other = begin + 1, other + 1
    return True


@compiled
def _eight(data: np.ndarray, at: int) -> np.uint64:
    """Give eight bytes as a number: the compiler makes one load of it."""
    low = np.uint64(data[at]) | np.uint64(data[at + 1]) << np.uint64(8) | np.uint64(data[at + 2]) << np.uint64(16)
    low |= np.uint64(data[at + 3]) << np.uint64(24) | np.uint64(data[at + 4]) << np.uint64(32)
    high = np.uint64(data[at + 5]) << np.uint64(40) | np.uint64(data[at + 6]) << np.uint64(48)
    return low | high | np.uint64(data[at + 7]) << np.uint64(56)


@compiled
def _joined(data: np.ndarray, begins: np.ndarray, ends: np.ndarray, out: np.ndarray) -> None:
    to = 0
    for at in range(begins.shape[0]):
        for place in range(begins[at], ends[at]):
            out[to] = data[place]
            to += 1
        out[to] = 0
        to += 1
