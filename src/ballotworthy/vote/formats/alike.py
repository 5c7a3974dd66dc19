"""Records that were cut apart: those of one skeleton are read together, column by column.

A block is read here only if all in it is plain; else it says so, and its records are read one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from ballotworthy.vote.formats.cut_json import CODED, ESCAPED, NUMBER, PLAIN, UNIT
from ballotworthy.vote.formats.pieces import FIGURES, interned, strings, whole_numbers

MARK = "\ue000"
"""Stands in a record that was read from a skeleton before and behind the number of a hole."""
HOLE = re.compile(f"{MARK}(\\d+){MARK}")
FORMS, UNITS = 1 << 14, 1 << 18
"""Skeletons and units that are remembered."""


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
        kinds, begins, ends = self.pieces(value)
        return self.strings(begins, ends, escaped=bool((kinds == ESCAPED).any()))

    def pieces(self, value: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give where a value of the form stands in each record, without quotes: kinds, begins and ends.

        Raises:
            NotPlain: in some it is no string and no whole number, or a string with escapes that are signs of their own.
        """
        holes = self.block.holes[self._places(value)]
        kinds = holes[:, 2]
        if (kinds == UNIT).any() or (kinds == CODED).any():
            raise NotPlain
        quoted = (kinds == PLAIN) | (kinds == ESCAPED)
        return kinds, holes[:, 0] + quoted, holes[:, 1] - quoted

    def strings(self, begins: np.ndarray, ends: np.ndarray, *, escaped: bool = False) -> pl.Series:
        """Give pieces of the block as text, null where they are empty.

        Raises:
            NotPlain: one is not UTF-8.
        """
        try:
            return strings(self.block.data, begins, ends, escaped=escaped)
        except UnicodeDecodeError as error:
            raise NotPlain from error

    def whole_numbers(self, begins: np.ndarray, ends: np.ndarray) -> pl.Series:
        """Give pieces of the block as Int64.

        Raises:
            NotPlain: one is not made of 1 to 12 figures.
        """
        found = whole_numbers(self.block.data, begins, ends)
        if found is None:
            raise NotPlain
        return pl.Series(found)

    def number(self, value: Any) -> pl.Series:
        """Give the whole number in each record for a value of the form, as Int64.

        Raises:
            NotPlain: in some it is none, or it is beyond a million million.
        """
        return self.whole_numbers(*self._figures(value))

    def figures(self, value: Any) -> pl.Series:
        """Give the figures of the whole number in each record for a value of the form.

        Raises:
            NotPlain: as `number`.
        """
        return self.strings(*self._figures(value))

    def _figures(self, value: Any) -> tuple[np.ndarray, np.ndarray]:
        kinds, begins, ends = self.pieces(value)
        if (kinds != NUMBER).any() or (ends - begins > FIGURES).any():
            raise NotPlain
        return begins, ends

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
