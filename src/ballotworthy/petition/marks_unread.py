"""Columns that were not read and seem to say of lines that they do not count: told, with how to have them read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from ballotworthy.files.columns import plain_heading
from ballotworthy.petition.spoiled import ALONE, NOT_SIGNED, SAID, saying
from ballotworthy.petition.written import NOT_STRUCK

MARKS = frozenset({"invalid", "void", "voided", "struck", "stricken", "strike", "crossed", "withdrawn", "rejected",
                   "disqualified", "deleted", "cancelled", "canceled", "duplicate", "unsigned", "refused"})  # fmt: skip
"""Words of a heading under which a mark says that a line does not count."""
SIGNED = frozenset({"signature", "signed", "sig"})
NOTES = frozenset(
    {"note", "notes", "comment", "comments", "remark", "remarks", "status", "reason", "outcome", "result"}
)
OWN = frozenset({"removed", "district", "image"})
"""Headings that a case reads beside the fields of a line."""


def told_of_marks(given: pl.DataFrame, unused: Sequence[str]) -> Iterator[str]:
    """Warn of columns that were not read and seem to say of lines that they do not count: marks, or such words.

    A heading without a known word may be a row of data: its column is called by its number.
    """
    for heading in unused:
        plainly = plain_heading(heading)
        cells, words = given[heading].drop_nulls(), frozenset(plainly.split("_"))
        if plainly in OWN:
            continue
        if words & MARKS:
            if says := int((~cells.str.contains(NOT_STRUCK)).sum()):
                yield (
                    f"Warning: the column {heading}, which was not read, may say that lines do not count (marks: "
                    f"{says:,}). If so, say so with --map struck=HEADING, or write it in the column read as struck."
                )
        elif words & SIGNED:
            if says := int(cells.str.contains(NOT_SIGNED).sum()):
                yield (
                    f"Warning: the column {heading}, which was not read, may say that lines are not signed (marks: "
                    f"{says:,}). If so, write it in a column struck."
                )
        elif says := saying(cells, rf"{ALONE}|^\W*{SAID}\b").height:
            name = heading if words & NOTES else f"#{given.columns.index(heading) + 1}"
            yield (
                f"Warning: the column {name}, which was not read, may say that lines are struck or void (marks: "
                f"{says:,}). If so, write it in a column struck."
            )
