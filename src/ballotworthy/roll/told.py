"""What whoever builds a roll must read: what the file was taken for, what was not found and cannot be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

import polars as pl

from ballotworthy.files.tables import Table
from ballotworthy.roll.registers import Register

LOOK_UPS = {
    "voter ids (rows are numbered instead)": {"voter_id"},
    "first names": {"first_name", "name"},
    "addresses": {"address", "street_name"},
}
"""What a look-up lives on, with the fields of which one must be there."""
ASKED = ("address", "street_name", "house_number", "registration_date", "county")
"""Fields by which lines are refused, beside the status: a column of them without a filled cell is none."""


@dataclass(frozen=True)
class Seen:
    """What the cells showed: how many hold a year for a day, what masks how many, whether any tells a status.

    `blank` are the fields of `ASKED` of which not one cell is filled.
    """

    years: int
    masked: Mapping[str, int]
    has_status: bool
    blank: Set[str] = frozenset()


def remarks(table: Table, register: Register | None, columns: Mapping[str, str], seen: Seen) -> tuple[str, ...]:
    """Give the sentences; those that keep something from being asked begin with "Warning:"."""
    return (*_taken_for(table, register, columns, seen), *_lacking(columns, seen))


def _taken_for(table: Table, register: Register | None, columns: Mapping[str, str], seen: Seen) -> Iterator[str]:
    if register is not None:
        how = {"headless": ", which has no heading line", "fixed": ", whose columns have fixed widths"}
        yield f"This looks like {register.name}{how.get(table.form, '')}; columns and codes were read as its own."
        if not register.published:
            yield "Its layout is not published and was read off files of users: see whether the columns are right."
        if register.note:
            yield f"{register.note}."
    if seen.masked:
        cells = ", ".join(f"{mask} ({count:,})" for mask, count in sorted(seen.masked.items()))
        yield f"Masked cells, as of voters whom the law protects, were read as empty: {cells}."
    if table.repeated:
        more = next(name for name in table.frame.columns if name.startswith(f"{table.repeated[0]} #"))
        yield (
            f"More than one column is called {', '.join(table.repeated)}: the first of each is meant. "
            f"Name another by its number, such as --map FIELD={more.rpartition(' ')[2]}."
        )
    if table.literal:
        yield "Quotation marks that begin a cell were read as letters: this file does not quote its cells."
    if seen.years:
        cells = "1 cell" if seen.years == 1 else f"{seen.years:,} cells"
        hold = "holds a year: read as the year of birth" if seen.years == 1 else "hold a year: read as years of birth"
        yield f"{cells} of {columns['birth_year']} {hold}."


def blank_fields(voters: pl.DataFrame, columns: Mapping[str, str]) -> frozenset[str]:
    """Give the fields of `ASKED` whose column is there and has not one filled cell."""
    return frozenset(field for field in ASKED if field in columns and voters[field].null_count() == voters.height)


def _lacking(columns: Mapping[str, str], seen: Seen) -> Iterator[str]:
    have = set(columns) - seen.blank
    if seen.blank:
        headings = sorted(columns[field] for field in seen.blank)
        yield f"Warning: not one cell is filled under {', '.join(headings)}: taken as not there."
    lost = [words for words, fields in LOOK_UPS.items() if not fields & have]
    if lost:
        yield f"Warning: no column was found for {' and '.join(lost)}."
    if "street_name" in have and not {"house_number", "address"} & have:
        yield "Warning: no column was found for house numbers: addresses agree on the street, whatever the house."
    if not seen.has_status:
        found = "holds a status" if "status" in have else "was found for the status"
        none = "no cell of the status column" if "status" in have else "no column"
        voter = "every voter of age" if "of_age_on" in have else "every voter"
        yield f"Warning: {none} {found}: {voter} counts as active, none as inactive, cancelled or pending."
    if "registration_date" not in have:
        yield "Warning: no column was found for the day of registration: who registered after signing is not seen."


def undated(voters: pl.DataFrame, columns: Mapping[str, str]) -> Iterator[str]:
    """Tell how many voters are cancelled nobody knows since when, and how many have no day of registration."""
    off = pl.col("status") == "cancelled"
    off = off & pl.col("status_date").is_null() if "status_date" in columns else off
    many = voters.select(off.sum()).item()
    empty = voters["registration_date"].null_count() if "registration_date" in columns else 0
    if many:
        yield (
            f"Warning: voters cancelled without a day of cancellation: {many:,}. Lines of theirs that were signed "
            "before the roll was taken stay open. If a column holds the day, say so with --map status_date=HEADING."
        )
    if 0 < empty < voters.height:
        yield (
            f"Warning: voters without a day of registration: {empty:,}. Whether they registered after signing is not "
            "seen, and their lines say so."
        )
