"""People of a table packed into records: the usual ones straight from their letters, the others one by one.

What a record holds is said by `plain_people` and `pack`. The compiled functions of `quick_names.py` and
`quick_streets.py` write the same for usual names and addresses, and leave the rest to those two.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from types import MappingProxyType

import numpy as np
import polars as pl

from ballotworthy.files.letters import Letters, letters_of, no_letters
from ballotworthy.roll.frequencies import Frequencies
from ballotworthy.roll.packed import RECORD, pack, short_hash
from ballotworthy.roll.people import TEXT, births, plain_people, plain_towns
from ballotworthy.roll.plain import SUFFIXES
from ballotworthy.roll.quick_names import NameCells, NameFields, no_names, read_names
from ballotworthy.roll.quick_street_names import street_table
from ballotworthy.roll.quick_streets import AddressCells, AddressFields, no_streets, read_addresses
from ballotworthy.roll.quick_words import name_words
from ballotworthy.roll.word_table import WordTable

ROWS = 125_000
"""Rows that one thread takes at a time; the result does not depend on it."""
NO_TOWNS: Mapping[str, str] = MappingProxyType({})
NAMES = ("name", "first_name", "middle_name", "last_name", "suffix")
STREETS = ("house_number", "street_name", "unit", "pre_direction", "street_type", "post_direction", "zip")
NAME_FIELDS, ADDRESS_FIELDS = NameFields._fields, AddressFields._fields


def pack_people(
    frame: pl.DataFrame, frequencies: Frequencies | None = None, towns: Mapping[str, str] = NO_TOWNS
) -> np.ndarray:
    """Give the records of people, one a row: `pack(plain_people(frame), frequencies)`, only faster.

    `towns` gives, in plain form, the town that is meant by another name of it. Without frequencies `last_bits` and
    `first_bits` are 0, as when the people are those to be counted.
    """
    records = np.zeros(frame.height, RECORD)
    columns = [name for name in frame.columns if name in {*TEXT, "birth_date", "birth_year"}]
    if not columns:
        return records
    known = frame.select(columns)

    def part(begin: int) -> None:
        rows = slice(begin, begin + ROWS)
        _pack(known[rows], records[rows], towns)
        if frequencies is not None:
            frequencies.weigh(records[rows])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(part, range(0, frame.height, ROWS)):
            pass
    return records


def pack_last(last: pl.Series) -> np.ndarray:
    """Give the letters of plain last names as a record holds them."""
    return _pack_some(last=last)["last"]


def words_of_names() -> WordTable:
    """Give the words with a meaning in names."""
    return name_words(_codes("suffix", tuple(SUFFIXES.values())))


def _pack(frame: pl.DataFrame, records: np.ndarray, other_towns: Mapping[str, str]) -> None:
    left = np.empty(frame.height, np.bool_)
    cells = NameCells(*_letters(frame, NAMES))
    read_names(cells, words_of_names(), no_names(), NameFields(*(records[field] for field in NAME_FIELDS)), left)
    _pack_left(frame, NAMES, left, records, NAME_FIELDS, other_towns)
    street = "street_name" if "street_name" in frame.columns else "address"
    columns = [street if name == "street_name" else name for name in STREETS]
    units = np.empty((frame.height, 16), np.uint8)
    fields = AddressFields(*(units if field == "unit" else records[field] for field in ADDRESS_FIELDS))
    read_addresses(AddressCells(*_letters(frame, columns)), street_table(), *no_streets(), fields, left)
    records["unit"] = short_hash(units)
    if "city" in frame.columns:
        towns = frame["city"].fill_null("").unique()
        codes = pl.Series(_pack_some(city=plain_towns(towns).replace(other_towns))["city"])
        records["city"] = frame["city"].fill_null("").replace_strict(towns, codes).to_numpy()
    _pack_left(frame, [*columns, "city"], left, records, [*ADDRESS_FIELDS, "city"], other_towns)
    records["birth"] = births(frame).to_numpy()


def _letters(frame: pl.DataFrame, names: Sequence[str]) -> list[Letters]:
    """Give the bytes of each column; of one that is not there, empty cells."""
    return [letters_of(frame[name]) if name in frame.columns else no_letters(frame.height) for name in names]


def _pack_left(
    frame: pl.DataFrame,
    columns: Sequence[str],
    left: np.ndarray,
    records: np.ndarray,
    fields: Sequence[str],
    towns: Mapping[str, str],
) -> None:
    """Pack what the compiled functions left."""
    rows = np.flatnonzero(left)
    if not len(rows):
        return
    people = frame.select(name for name in columns if name in frame.columns)[rows]
    plain = plain_people(people).with_columns(pl.col("city").replace(towns))
    packed = pack(plain, _no_frequencies())
    for field in fields:
        records[field][rows] = packed[field]


def _pack_some(**columns: pl.Series) -> np.ndarray:
    """Pack plain people of whom these columns alone are known."""
    height = len(next(iter(columns.values())))
    nobody = plain_people(pl.DataFrame({"name": [""]}))
    return pack(
        pl.DataFrame(
            columns[name].alias(name) if name in columns else nobody[name].new_from_index(0, height)
            for name in nobody.columns
        ),
        _no_frequencies(),
    )


@cache
def _codes(field: str, values: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Give the code of each value in a record."""
    distinct = sorted(set(values))
    packed = _pack_some(**{field: pl.Series(field, distinct)})
    return tuple(zip(distinct, packed[field].tolist(), strict=True))


@cache
def _no_frequencies() -> Frequencies:
    nobody = pl.DataFrame({"name": [], "bits": []}, schema={"name": pl.String, "bits": pl.UInt8})
    return Frequencies(nobody, nobody, nobody, (0, 0, 0))
