"""The stratum of each line: which column tells it, and what becomes of a line that tells none, for every use.

One whole, where the law does not divide, bears the place's name, whatever columns there are. Where it divides, a line's
stratum is its cell of the column of that name. Of lines that tell none

    an estimate (`estimated_strata`) makes a stratum of their own, and says so: a committee's check need not wait;
    a case (`filed_strata`) takes what the office says of the batch, or refuses: a frame is fixed for good;
    a sample (`unstated`, by `framed_file`) is refused: nobody knows from which stratum to draw them.

Lines that the law does not count as filed need no stratum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import find_columns, headings_told, plain_heading
from ballotworthy.petition.lines import FIELDS, Petition

NOT_STATED = "not stated"
"""The stratum of a line that names none, in an estimate; a sample is never drawn from it."""


def stratum_column(headings: Sequence[str], by: str, mapped: Mapping[str, str]) -> str | None:
    """Give the heading of the column that tells the strata `by` which the law divides, None where there is none.

    `mapped` is the heading of each field as the file was read or as the user says: it wins.
    """
    if by in mapped:
        return mapped[by]
    plain = plain_heading(by)
    wanted = {by: (plain, *FIELDS.get(plain, (f"{plain}_name",)))}
    return find_columns(Path(), headings, wanted, {}).get(by)


def stated_strata(petition: Petition, by: str) -> pl.Series | None:
    """Give the stratum that each line states, null where it states none; None where no column tells strata."""
    heading = stratum_column(petition.given.columns, by, petition.columns)
    return None if heading is None else _stated(petition.given[heading])


def estimated_strata(petition: Petition, by: str | None, whole: str) -> pl.Series:
    """Give the stratum of each line for an estimate.

    Args:
        petition: the lines.
        by: the column by which the law divides; None where it does not.
        whole: the name of the place, for lines of one whole; also where no column tells strata.
    """
    stated = None if by is None else stated_strata(petition, by)
    if stated is None:
        return pl.Series("stratum", [whole]).new_from_index(0, petition.frame.height)
    return _one_spelling(stated).fill_null(NOT_STATED)


def _one_spelling(stated: pl.Series) -> pl.Series:
    """Give strata whose names differ in capitals and blanks alone the spelling of most of their lines."""
    return stated.replace(spellings(stated))


def spellings(stated: pl.Series) -> dict[str, str]:
    """Give of each stratum the spelling, among those that differ in capitals and blanks alone, of most of the lines."""
    spelled: dict[str, str] = {}
    by_lines = stated.drop_nulls().alias("stratum").value_counts().sort("count", "stratum", descending=[True, False])
    for name in by_lines["stratum"]:
        spelled.setdefault(_folded(name), name)
    return {name: spelled[_folded(name)] for name in by_lines["stratum"]}


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


def filed_strata(
    petition: Petition, by: str | None, whole: str, given: str, heading: str = "", *, unwritten_count: bool
) -> list[str]:
    """Give the stratum of each line for a frame that is fixed for good.

    Args:
        petition: the lines.
        by: the column by which the law divides; None where it does not.
        whole: the name of the place, for lines of one whole.
        given: what the office says of all lines that do not say it themselves, "" for nothing.
        heading: of the column that tells it, as the office says; found by its name if empty.
        unwritten_count: whether blank and struck lines count as filed.

    Raises:
        FileFaults: no column tells strata, or a line that counts as filed states none, and nothing was given; there
            is no column of that heading.
    """
    if by is None:
        return [given or whole] * petition.frame.height
    if heading and heading not in petition.given.columns:
        have = headings_told(petition.given.columns)
        raise FileFaults(petition.source, [Fault(1, heading, "there is no such column", have)])
    stated = _stated(petition.given[heading]) if heading else stated_strata(petition, by)
    if stated is None:
        if given:
            return [given] * petition.frame.height
        which = f"name the one that tells it with --map {plain_heading(by)}=HEADING"
        remedy = f"Add a column {by}, {which}, or say it of the whole batch with --stratum NAME"
        what = f"no column tells the {by} of a line, and {whole} samples and counts each {by} on its own"
        raise FileFaults(petition.source, [Fault(1, by, what, remedy)])
    if given:
        return stated.fill_null(given).to_list()
    empty = unstated(stated, petition.frame, unwritten_count=unwritten_count).arg_true().to_list()
    if empty:
        remedy = f"Write the {by} of each line that counts as filed, or say it of all others with --stratum NAME"
        faults = [Fault(at + 2, petition.columns.get(by, by), "the cell is empty", remedy) for at in empty]
        raise FileFaults(petition.source, faults, len(faults))
    return stated.fill_null(NOT_STATED).to_list()


def unstated(stated: pl.Series, lines: pl.DataFrame, *, unwritten_count: bool) -> pl.Series:
    """Tell which lines lack a stratum that they need; bool (lines,).

    Args:
        stated: the stratum that each line states, null for none.
        lines: their `blank` and `struck`.
        unwritten_count: whether blank and struck lines count as filed.
    """
    lacking = stated.is_null()
    return lacking if unwritten_count else lacking & ~(lines["blank"] | lines["struck"])


def _stated(cells: pl.Series) -> pl.Series:
    text = cells.cast(pl.String).str.strip_chars()
    return text.set(text == "", None).alias("stratum")
