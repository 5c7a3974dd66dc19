"""Columns of a home that are not what a heading says: house numbers that are addresses, an address that is mail's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import plain_heading
from ballotworthy.roll.fields import WHERE

WHOLE = r"^\d+\S*\s+.*[A-Za-z]{2}"
"""A house number and the name of a street behind it."""
MOSTLY = 0.5
"""Share of filled cells above which a column is what they are; a judgement."""


def house_columns(path: Path, cells: pl.DataFrame, columns: dict[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Give the columns with one of whole addresses as that, whatever its heading says.

    Args:
        path: the file, for the fault.
        cells: all its cells, by heading.
        columns: heading by field.
        given: what the user said, which stands.

    Raises:
        FileFaults: the addresses begin with other numbers than those taken for the house's: which it is, is not known.
    """
    if "house_number" not in columns or "house_number" in given:
        return columns
    numbers = cells[columns["house_number"]]
    street = columns.get("street_name")
    if "address" in columns and street is None:
        _refuse_other_numbers(path, numbers, cells[columns["address"]])
    if "address" in columns or (street is not None and cells[street].null_count() < cells.height):
        return columns
    if not _mostly(numbers.str.contains(WHOLE)):
        return columns
    kept = {field: heading for field, heading in columns.items() if field not in ("house_number", "street_name")}
    return {**kept, "address": columns["house_number"]}


def without_mail(cells: pl.DataFrame, columns: dict[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Give the columns without a plain "Address" beside the street of a residence: it is where mail goes.

    A street that has its number before it is a whole address then.
    """
    street, whole = columns.get("street_name"), columns.get("address")
    if street is None or whole is None or "address" in given or not _of_home(street) or _of_home(whole):
        return columns
    kept = {field: heading for field, heading in columns.items() if field != "address"}
    if "house_number" in columns:
        return kept
    if not _mostly(cells[street].str.contains(WHOLE)):
        return columns
    del kept["street_name"]
    return {**kept, "address": street}


def _of_home(heading: str) -> bool:
    return plain_heading(heading).split("_")[0] in WHERE


def _refuse_other_numbers(path: Path, numbers: pl.Series, addresses: pl.Series) -> None:
    own = addresses.str.extract(r"^0*(\d+)")
    other = own != numbers.str.extract(r"^0*(\d+)")
    if not _mostly(other):
        return
    heading = f'"{numbers.name}"' if " " in numbers.name else numbers.name
    what = f"its numbers are not those with which the cells of {addresses.name} begin, so they may be no house numbers"
    remedy = (
        f"Say what it holds: --map voter_id={heading} if it numbers the voters, --map house_number={heading} if the "
        "houses; else take the column out"
    )
    raise FileFaults(str(path), [Fault(1, numbers.name, what, remedy)])


def _mostly(holds: pl.Series) -> bool:
    """Tell whether it holds of more than `MOSTLY` of the cells of which it can be said."""
    return int(holds.sum()) > MOSTLY * (len(holds) - holds.null_count())
