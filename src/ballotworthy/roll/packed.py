"""One person in 64 bytes: the record that voters and lines are compared by, one cache line each."""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.roll.frequencies import Frequencies, both_surnames
from ballotworthy.roll.street_words import direction_codes, type_codes

RECORD = np.dtype(
    [
        ("last", "u1", 16), ("first", "u1", 10), ("middle", "u1", 7), ("street", "u1", 10),
        ("number", "<u4"), ("zip", "<u4"), ("birth", "<u4"), ("city", "<u2"), ("unit", "<u2"),
        ("suffix", "u1"), ("direction", "u1"), ("type", "u1"), ("last_bits", "u1"), ("first_bits", "u1"),
    ]
)  # fmt: skip
OTHERS = 20
LINE = np.dtype(
    [
        ("who", RECORD), ("other", "u1", (OTHERS, 10)), ("others", "u1"), ("street_bits", "u1"),
        ("before", "u1", 16), ("before_bits", "u1"), ("doubt", "u1"), ("turned", "u1"),
        ("home_doubt", "u1"), ("number_off", "u1"), ("birth_less", "u1"), ("day_less", "u1"),
    ]
)  # fmt: skip
"""A line as it is compared: the signer; other names that the first may stand for; how rare the street is; the word
before the last name where that may be a surname too, and how rare; how doubtful this reading is (eighths of a bit);
whether the family's name stood first in it; and how doubtful the reading of the address is, where it is a picture's,
and how much rather that picture shows another house number on this street; how much less than others this birth date
says, or its day of the year, where many voters have it."""
SUFFIX_CODES = {"JR": 1, "SR": 2, "II": 3, "III": 4, "IV": 5, "V": 6}
assert RECORD.itemsize == 64  # noqa: S101 -- a fact of this file, checked when it is imported


def pack(people: pl.DataFrame, frequencies: Frequencies) -> np.ndarray:
    """Pack plain people (see `plain_people`) into records, one a row; texts are cut to the record's width.

    `last_bits` and `first_bits` tell how rare the names are on this roll, in eighths of a bit.
    """
    records = np.zeros(people.height, RECORD)
    records["last"] = letters(both_surnames(people["last"]), RECORD["last"].shape[0])
    for name in ("first", "middle", "street"):
        records[name] = letters(people[name], RECORD[name].shape[0])
    for name in ("number", "zip", "birth"):
        records[name] = people[name].to_numpy()
    for name in ("city", "unit"):
        records[name] = short_hash(letters(people[name], 16))
    records["suffix"] = _codes(people["suffix"], SUFFIX_CODES)
    records["direction"] = _codes(people["direction"], direction_codes())
    records["type"] = _codes(people["type"], type_codes())
    records["last_bits"] = frequencies.last_bits(people["last"])
    records["first_bits"] = frequencies.first_bits(people["first"])
    return records


def names_home(records: np.ndarray) -> np.ndarray:
    """Tell which records name a house, a street or a unit; bool, of their shape."""
    return np.asarray((records["number"] != 0) | (records["street"][..., 0] != 0) | (records["unit"] != 0))


def letters(column: pl.Series, width: int) -> np.ndarray:
    """Give a plain text column as bytes, cut or padded with zeros to `width`; shape (rows, width)."""
    if not len(column):
        return np.zeros((0, width), np.uint8)
    joined = column.str.slice(0, width).str.pad_end(width, "\0").str.join("").item()
    return np.frombuffer(joined.encode("ascii", "replace"), np.uint8).reshape(-1, width)


def short_hash(letters: np.ndarray) -> np.ndarray:
    """Give 16 bits for each text of 16 letters, 0 for the empty one; the same on every machine and version."""
    wide = letters.view("<u8").astype(np.uint64)
    mixed = (wide[:, 0] * np.uint64(0x9E3779B97F4A7C15)) ^ (wide[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F))
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.where(wide[:, 0] == 0, 0, np.maximum(mixed >> np.uint64(48), 1)).astype(np.uint16)


def _codes(column: pl.Series, codes: dict[str, int]) -> np.ndarray:
    return column.replace_strict(codes, default=0, return_dtype=pl.UInt8).to_numpy()
