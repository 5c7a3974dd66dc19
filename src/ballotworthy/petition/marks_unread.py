"""Columns that were not read and seem to say of lines that they do not count: such lines are for a person.

Each column is told, with how to have it read; taken as valid, or as void, its lines would be counted by a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from ballotworthy.files.columns import plain_heading
from ballotworthy.petition.spoiled import NOT_SIGNED, SAYS_SO, saying
from ballotworthy.petition.void_words import NOTED
from ballotworthy.petition.written import NOT_STRUCK

MARKS = frozenset({"invalid", "void", "voided", "struck", "stricken", "strike", "crossed", "withdrawn", "rejected",
                   "disqualified", "deleted", "cancelled", "canceled", "duplicate", "unsigned", "refused", "strikeout",
                   "strikethru", "strikethrough", "lined", "scratched", "crossedout", "xout",
                   "underage", "dup", "dups", "dupe", "dupes", "duplicates", "purged"})  # fmt: skip
"""Words of a heading under which a mark says that a line does not count."""
SIGNED = frozenset({"signature", "signed", "sig"})
COUNTS = frozenset({"valid", "accepted", "accept", "approved", "eligible", "counted", "qualified"})
"""Words under which a "no" says that a line does not count."""
NOT_COUNTED = r"(?i)^(?:n|no|none|false|0|x)$"
AGE = "age"
YOUNG = r"^(?:\d|1[0-7])(?:\.0+)?$"
NOTES = frozenset({"note", "notes", "comment", "comments", "remark", "remarks", "annotation", "annotations", "memo"})
NAMED = NOTES | {"status", "reason", "outcome", "result"}
"""Words of headings that are one for certain; one without may be a row of data: its column is called by its number."""
REMOVED = "removed"
"""What a case reads as the ground on which a line was taken out; nobody else does, and nothing is told of it."""
OWN = frozenset({"district", "image", "row_state"})
"""Headings that a case, or the reading of scans, has beside the fields of a line."""
CHECKED = frozenset({"outcome", "reason", "probability", "evidence"})
"""Headings that together are those of an earlier check, which says nothing to a later one."""


@dataclass(frozen=True)
class Marks:
    """A column of marks: which lines have one, bool (lines,), and what is said of it."""

    column: str
    lines: pl.Series
    told: str


def marks_unread(given: pl.DataFrame, unused: Sequence[str]) -> Iterator[Marks]:
    """Give the columns that were not read and seem to say of lines that they do not count: marks, or such words."""
    plainly = {heading: plain_heading(heading) for heading in unused}
    ours = CHECKED if set(plainly.values()) >= CHECKED else frozenset()
    for heading in unused:
        if plainly[heading] in OWN | ours:
            continue
        cells, words = given[heading], frozenset(plainly[heading].split("_"))
        known = words & (MARKS | SIGNED | COUNTS | NAMED) or plainly[heading] in (AGE, REMOVED)
        name = heading if known else f"#{given.columns.index(heading) + 1}"
        if plainly[heading] == REMOVED:
            lines, told = ~cells.str.contains(NOT_STRUCK).fill_null(value=True), ""
        elif words & MARKS or words & COUNTS:
            marks = ~cells.str.contains(NOT_STRUCK) if words & MARKS else cells.str.contains(NOT_COUNTED)
            lines = marks.fill_null(value=False) | _saying(cells, SAYS_SO)
            told = (
                f"Warning: the column {name}, which was not read, may say that lines do not count (marks: "
                f"{lines.sum():,}); they are left open. If so, say so with --map struck=HEADING, or write it in the "
                "column read as struck; if not, take the column out."
            )
        elif words & SIGNED:
            lines = cells.str.contains(NOT_SIGNED).fill_null(value=False)
            told = (
                f"Warning: the column {name}, which was not read, may say that lines are not signed (marks: "
                f"{lines.sum():,}); they are left open. If so, write it in a column struck; if not, take the column "
                "out."
            )
        elif plainly[heading] == AGE:
            lines = cells.str.contains(YOUNG).fill_null(value=False)
            told = (
                f"Warning: the column {name}, which was not read, may say that signers were under age (marks: "
                f"{lines.sum():,}); they are left open. If so, write it in a column struck; if not, take the column "
                "out."
            )
        else:
            noted = cells.str.contains(rf"(?i)\b{NOTED}\b").fill_null(value=False) if words & NOTES else None
            lines = _saying(cells, SAYS_SO) if noted is None else noted
            told = (
                f"Warning: the column {name}, which was not read, may say that lines are struck or void (marks: "
                f"{lines.sum():,}); they are left open. If so, write it in a column struck; if not, take the column "
                "out."
            )
        if lines.any():
            yield Marks(name, lines, told)


def doubted_by_marks(frame: pl.DataFrame, marks: Sequence[Marks]) -> pl.DataFrame:
    """Give the lines with a doubt where such a column has a mark."""
    for each in marks:
        words = pl.lit(f"the column {each.column}, which is not read, may say that it does not count; ")
        marked = pl.when(pl.lit(each.lines)).then(pl.concat_str("doubt", words)).otherwise("doubt")
        frame = frame.with_columns(marked.alias("doubt"))
    return frame


def _saying(cells: pl.Series, pattern: str) -> pl.Series:
    says = pl.Series([False]).new_from_index(0, len(cells))
    return says.scatter(saying(cells, pattern)["row"], values=True)
