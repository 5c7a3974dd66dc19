"""The stratum of each line: the one rule by which draw, check and case read it from a petition's own columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from ballotworthy.files.columns import plain_heading
from ballotworthy.petition.lines import FIELDS, Petition

NOT_STATED = "not stated"
"""The stratum of a line that names none, in an estimate; a sample is never drawn from it."""


def stratum_headings(by: str) -> tuple[str, ...]:
    """Give the headings, as `plain_heading` makes them, of a column that tells strata such as "county"."""
    plain = plain_heading(by)
    return (plain, *FIELDS.get(plain, (f"{plain}_name",)))


def stratum_column(headings: Sequence[str], by: str, mapped: Mapping[str, str] | None = None) -> str | None:
    """Give the heading of the column that tells the strata `by` which the law divides, None where there is none.

    `mapped` is the heading of each field as the file was read: what the user maps wins.
    """
    if mapped and by in mapped:
        return mapped[by]
    own = {plain_heading(heading): heading for heading in reversed(headings)}
    return next((own[name] for name in stratum_headings(by) if name in own), None)


def stated_strata(petition: Petition, by: str) -> pl.Series | None:
    """Give the stratum that each line states, null where it states none; None where no column tells strata."""
    heading = stratum_column(petition.given.columns, by, petition.columns)
    if heading is None:
        return None
    cells = petition.given[heading].cast(pl.String).str.strip_chars()
    return cells.set(cells == "", None).alias("stratum")
