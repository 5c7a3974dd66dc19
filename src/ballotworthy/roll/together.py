"""Cells of a voter file that belong together: a number that repeats between counties, the half of a house number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from ballotworthy.files.columns import plain_heading
from ballotworthy.files.distinct import repeats
from ballotworthy.files.tables import Table
from ballotworthy.roll.fields import FIELDS
from ballotworthy.roll.registers import Register

HALF = r"^(\d+/\d+)$"
ADDRESSES = ("address", "street_name", "house_number", "unit", "city", "zip")
_SAYING = ("confidential", "protected", "withheld", "suppressed", "redacted", "restricted", "removed")
MASKS = tuple(
    written
    for word in _SAYING
    for text in (word, f"address {word}", f"{word} address")
    for written in (text, text.upper(), text.title(), text.capitalize())
)
"""What stands in place of the address of a voter whom the law protects; no other address agrees or differs with it."""


@dataclass(frozen=True)
class Together:
    """The fields of a voter file as text.

    Attributes:
        frame: a column a field.
        joined: by field, the further headings whose cells were put behind its own.
        masked: what stood in cells that are masked, and are empty here, with the number of each.
    """

    frame: pl.DataFrame
    joined: Mapping[str, tuple[str, ...]]
    masked: Mapping[str, int]


def together(table: Table, columns: Mapping[str, str], register: Register | None) -> Together:
    """Give the fields of a file, each with the cells that its register keeps in further columns.

    `columns` tells the heading of each field.
    """
    frame = table.frame.select(pl.col(heading).alias(field) for field, heading in columns.items())
    frame, masked = _unmasked(frame, register.masked if register else "")
    if register is None:
        return Together(_once(_undivided(frame)), {}, masked)
    joined = _belonging(frame, table, columns, register)
    frame = frame.with_columns(
        pl.concat_str([field, *(table.frame[name] for name in names)], separator=" ", ignore_nulls=True).alias(field)
        for field, names in joined.items()
    )
    halves = [name for name in register.fractions if name in table.frame.columns and "house_number" in columns]
    for name in halves:
        half = table.frame[name].str.extract(HALF)
        both = pl.concat_str("house_number", half, separator=" ", ignore_nulls=True)
        frame = frame.with_columns(
            pl.when(half.is_not_null()).then(both).otherwise("house_number").alias("house_number")
        )
    if halves:
        joined["house_number"] = (*joined.get("house_number", ()), *halves)
    return Together(_once(_undivided(frame)), joined, masked)


def _undivided(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the whole address as the street of voters whose address has no parts, such as a rural route."""
    if not {"address", "street_name"} <= set(frame.columns):
        return frame
    parts = [pl.col(name).is_null() for name in ("street_name", "house_number") if name in frame.columns]
    whole = pl.when(pl.all_horizontal(parts)).then("address").otherwise("street_name")
    return frame.with_columns(whole.alias("street_name"))


def _once(frame: pl.DataFrame) -> pl.DataFrame:
    """Take from the street's name the direction and type that stand in columns of their own too, as in Georgia's file.

    A name that is nothing else, such as N for N Street, stays.
    """
    if "street_name" not in frame.columns:
        return frame
    for field, behind in (("pre_direction", False), ("post_direction", True), ("street_type", True)):
        if field in frame.columns:
            name, part = pl.col("street_name"), pl.col(field)
            both = pl.concat_str(pl.lit(" "), part) if behind else pl.concat_str(part, pl.lit(" "))
            has = name.str.ends_with(both) if behind else name.str.starts_with(both)
            rest = name.str.strip_suffix(both) if behind else name.str.strip_prefix(both)
            more = has & (part != "") & rest.str.contains(r"\w")
            frame = frame.with_columns(pl.when(more).then(rest.str.strip_chars()).otherwise(name).alias("street_name"))
    return frame


def _unmasked(frame: pl.DataFrame, mask: str) -> tuple[pl.DataFrame, dict[str, int]]:
    """Empty the cells that are masked: those of an address that say so, and those that hold the register's own mask."""
    found: dict[str, int] = {}
    for field in frame.columns if mask else [name for name in ADDRESSES if name in frame.columns]:
        masks = [*([mask] if mask else []), *(MASKS if field in ADDRESSES else ())]
        hidden = frame[field].is_in(masks).fill_null(value=False)
        if hidden.any():
            for cell, count in frame[field].filter(hidden).value_counts().iter_rows():
                found[cell] = found.get(cell, 0) + count
            frame = frame.with_columns(pl.when(~hidden).then(field).alias(field))
    return frame, found


def _belonging(
    frame: pl.DataFrame, table: Table, columns: Mapping[str, str], register: Register
) -> dict[str, tuple[str, ...]]:
    """Give the headings whose cells belong behind those of a field; of some only where its own cells repeat."""
    if table.form != "headed":
        return {}
    more = dict(register.joined)
    more |= {field: names for field, names in register.apart.items() if field in columns and len(repeats(frame[field]))}
    return {
        field: tuple(names)
        for field, names in more.items()
        if columns.get(field) in _listed(register.columns.get(field)) and set(names) <= set(table.frame.columns)
    }


def further_districts(table: Table, columns: Mapping[str, str]) -> dict[str, pl.Series]:
    """Give every further district column of the file, by its heading, under its own plain name; of like ones the first.

    `columns` tells the heading of each field.
    """
    kept: dict[str, pl.Series] = {}
    names: set[str] = set()
    for heading in table.frame.columns:
        name = plain_heading(heading)
        if heading in columns.values() or name in FIELDS or name in names:
            continue
        if re.search(r"district|ward|precinct", name):
            names.add(name)
            kept[heading] = table.frame[heading].alias(name)
    return kept


def _listed(names: str | Sequence[str] | None) -> Sequence[str]:
    return () if names is None else [names] if isinstance(names, str) else names
