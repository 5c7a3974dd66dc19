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


@dataclass(frozen=True)
class Together:
    """The fields of a voter file as text.

    Attributes:
        frame: a column a field.
        joined: by field, the further headings whose cells were put behind its own.
        masked: number of cells that the register masks, and that are empty here.
    """

    frame: pl.DataFrame
    joined: Mapping[str, tuple[str, ...]]
    masked: int


def together(table: Table, columns: Mapping[str, str], register: Register | None) -> Together:
    """Give the fields of a file, each with the cells that its register keeps in further columns.

    `columns` tells the heading of each field.
    """
    frame = table.frame.select(pl.col(heading).alias(field) for field, heading in columns.items())
    if register is None:
        return Together(frame, {}, 0)
    frame, masked = _unmasked(frame, register.masked)
    joined = _belonging(frame, table, columns, register)
    frame = frame.with_columns(
        pl.concat_str([field, *(table.frame[name] for name in names)], separator=" ", ignore_nulls=True).alias(field)
        for field, names in joined.items()
    )
    halves = [name for name in register.fractions if name in table.frame.columns and "house_number" in columns]
    for name in halves:
        half = table.frame[name].str.extract(HALF)
        frame = frame.with_columns(pl.concat_str("house_number", half, separator=" ", ignore_nulls=True))
    if halves:
        joined["house_number"] = (*joined.get("house_number", ()), *halves)
    return Together(frame, joined, masked)


def _unmasked(frame: pl.DataFrame, mask: str) -> tuple[pl.DataFrame, int]:
    if not mask:
        return frame, 0
    counted = int(frame.select(pl.sum_horizontal((pl.all() == mask).sum())).item() or 0)
    return frame.with_columns(pl.all().replace(mask, None)) if counted else frame, counted


def _belonging(
    frame: pl.DataFrame, table: Table, columns: Mapping[str, str], register: Register
) -> dict[str, tuple[str, ...]]:
    """Give the headings whose cells belong behind those of a field; of some only where its own cells repeat."""
    if table.form != "headed":
        return {}
    more = dict(register.joined)
    more |= {field: names for field, names in register.apart.items() if field in columns and repeats_in(frame[field])}
    return {
        field: tuple(names)
        for field, names in more.items()
        if columns.get(field) in _listed(register.columns.get(field)) and set(names) <= set(table.frame.columns)
    }


def repeats_in(cells: pl.Series) -> bool:
    """Tell whether two cells say the same."""
    return len(repeats(cells)) > 0


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
