"""Voters whose own row contradicts their standing: a stroke, a remark in the name, a day of cancellation, a reason.

Whether such a voter was registered on the day is for a person to see, so lines of theirs stay open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import polars as pl

from ballotworthy.files.columns import plain_heading
from ballotworthy.files.quantities import in_runs
from ballotworthy.files.row_looks import RowLooks
from ballotworthy.files.tables import Table

WRITTEN = ("last_name", "first_name", "name", "suffix", "street_name", "street_type", "address")
"""Fields beside which clerks write remarks."""
BEGINNINGS = ("DECEASED", "DEC'D", "MOVED", "PURGED", "CANCELLED", "CANCELED", "DO NOT USE", "DUPLICATE")
"""What a cell with a remark holds, in any case of letters; looked for first, since nearly no cell has it."""
REMARK = r"(?i)(?:^|[^a-z'])(?:deceased|dec'd|moved|purged|cancel(?:l?)ed|do not use|duplicate)(?:[^a-z']|$)"
ENDED = r"(?:^|_)(?:cancel|purge|remov|delet|terminat|deceas|death|died|moved_out)"
"""Headings of the day, or of the mark, of a cancellation."""
REASON = r"(?:^|_)reason(?:_|$)"
GONE = r"(?i)\b(?:deceas|death|died|dead\b|cancel|purg|remov|felon)"
"""Reasons for which a registration ends."""
LEFT = r"(?i)\bmoved\s+out\b|\bout\s+of\s+(?:county|state)\b"
"""Reasons for which one ends too, though a voter may be inactive for them and still count."""
STANDS = (
    r"^(?:is_|voter_)?(?:active|registered|eligible|valid|current|qualified)(?:_(?:voter|flag|ind|indicator|yn|y_n))?$"
)
"""Headings under which a "no" says that a voter may not count."""
FALLS = (
    r"^(?:is_|voter_)?(?:inactive|challenged|suspended|suspense|provisional|pending|ineligible|unregistered|felon|minor"
    r"|under_?18|under_?age|pre_?registered|disqualified)(?:_(?:voter|flag|ind|indicator|yn|y_n))?$"
)
"""Headings under which a "yes" says so."""
STATE = r"(?:^|_)(?:status|stat|standing|(?:voter|registrant|registration)_type)(?:_|$)"
PAST = r"(?:^|_)(?:prev(?:ious)?|prior|old|former|absentee|av|ballot|vote|vbm|mail|marital)(?:_|$)"
"""Headings of a standing that is not read, and such of another thing than the registration as it is."""
NOT_SO = (
    rf"{GONE}|(?i)\b(?:not (?:registered|eligible)|ineligible|unregistered|federal.only|pre-?registered|provisional"
    r"|pending|denied|rejected|suspended|under ?age)\b"
)
"""What such a cell says of a voter who may not count."""
AGE = r"^(?:voter_)?age(?:_years)?$"
YOUNG = r"^(?:\d|1[0-7])(?:\.0+)?$"
NO = ("n", "no", "0", "f", "false")
YES = ("y", "yes", "x", "1", "t", "true")
COUNTED = ("active", "inactive")


@dataclass(frozen=True)
class Doubted:
    """Why each voter's standing is in doubt, "" for nearly all, None where it is for nobody; and what to say of it."""

    why: pl.Series | None
    remarks: tuple[str, ...]


def doubted(
    frame: pl.DataFrame, columns: Mapping[str, str], table: Table, unused: Sequence[str] | None, looks: RowLooks
) -> Doubted:
    """Look for rows that contradict their standing.

    Args:
        frame: the voters, days as dates, `status` one of `statuses.STANDINGS`.
        columns: heading by field.
        table: the file, for the numbers of lines.
        unused: headings of which nothing is read; None where the register's layout tells what they mean.
        looks: how the rows look, where the file is a spreadsheet.
    """
    why, told = pl.Series("doubt", [""], dtype=pl.String).new_from_index(0, frame.height), []
    for rows, words, remark in chain(_struck(table, looks), _found(frame, columns, table, unused)):
        counted = rows[frame["status"].gather(rows).is_in(COUNTED).to_numpy()]
        if len(counted):
            why = why.scatter(counted, why.gather(counted) + f"{words}; ")
            first = int(table.lines[counted[0]])
            told.append(f"{remark}: {len(counted):,}, the first on line {first:,}. Lines of theirs stay open.")
    return Doubted(why if told else None, (*told, *_unlike(table, looks)))


def _struck(table: Table, looks: RowLooks) -> Iterator[tuple[np.ndarray, str, str]]:
    """Give the rows that a spreadsheet strikes through, as `_found` gives doubts."""
    if looks.struck:
        words = "Warning: voters not cancelled in whose row of the spreadsheet something is struck through"
        rows = np.flatnonzero(np.isin(table.lines, looks.struck))
        yield rows, "something in the row of this voter is struck through in the spreadsheet", words


def _unlike(table: Table, looks: RowLooks) -> Iterator[str]:
    """Tell of rows that a spreadsheet hides, and of one whose looks nobody sees."""
    if hidden := set(table.lines.tolist()).intersection(looks.hidden):
        yield f"Warning: the spreadsheet hides row {in_runs(hidden)}, which was read as the others were."
    if not looks.seen:
        yield (
            "Of a spreadsheet of this kind nobody sees here which rows are struck through or hidden. Where that says "
            "something of a voter, write it in the column of the status."
        )


def _found(
    frame: pl.DataFrame, columns: Mapping[str, str], table: Table, unused: Sequence[str] | None
) -> Iterator[tuple[np.ndarray, str, str]]:
    """Give the rows of each doubt, what is said of their lines, and what is said when the roll is built."""
    if len(rows := _remarked(frame)):
        words = "Warning: voters not cancelled in whose name or address a remark stands, such as DECEASED or MOVED"
        yield rows, "the roll has a remark in the name or address of this voter", words
    ended = columns.get("status_date", "")
    if unused is not None and _is(ended, ENDED):
        begun = frame["registration_date"] if "registration_date" in frame.columns else frame["status_date"].clear()
        later = (begun > frame["status_date"]) if len(begun) else pl.Series([False]).new_from_index(0, frame.height)
        rows = (frame["status_date"].is_not_null() & ~later.fill_null(value=False)).arg_true().to_numpy()
        words = f"Warning: voters not cancelled who have a day under {ended}"
        yield rows, f"the roll has a day for this voter under {ended}", words
    for heading in unused or ():
        cells = table.frame[heading]
        if _is(heading, ENDED) or _is(heading, REASON):
            rows = _reasoned(frame, cells, any_cell=not _is(heading, REASON))
            words = f"Warning: voters not cancelled whose registration may have ended by {heading}, which is not used"
            yield rows, f"the roll says under {heading} that this registration may have ended", words
        elif (says := _against(heading, frame)) is not None:
            rows = cells.to_frame("cell").select(says.fill_null(value=False)).to_series().arg_true().to_numpy()
            words = f"Warning: voters not cancelled who may not count by {heading}, which is not used"
            yield rows, f"the roll says under {heading} that this voter may not count", words


def _against(heading: str, frame: pl.DataFrame) -> pl.Expr | None:
    """Give of which cells under a heading it says that a voter may not count; None for a heading that says nothing.

    An age is asked where nothing tells when a voter was born.
    """
    cells = pl.col("cell").str.to_lowercase()
    if _is(heading, STANDS):
        return cells.is_in(NO)
    if _is(heading, FALLS):
        return cells.is_in(YES)
    if _is(heading, STATE) and not _is(heading, PAST):
        return cells.str.contains(NOT_SO)
    born = {"birth_date", "birth_year"} & set(frame.columns)
    return cells.str.contains(YOUNG) if _is(heading, AGE) and not born else None


def _is(heading: str, words: str) -> bool:
    return bool(pl.Series([plain_heading(heading)]).str.contains(words)[0])


def _remarked(frame: pl.DataFrame) -> np.ndarray:
    """Give the rows in whose name or address a remark stands."""
    found = np.zeros(0, np.uint32)
    for field in WRITTEN:
        if field in frame.columns:
            near = frame[field].str.contains_any(list(BEGINNINGS), ascii_case_insensitive=True).fill_null(value=False)
            rows = near.arg_true()
            sure = frame[field].gather(rows).str.contains(REMARK)
            found = np.union1d(found, rows.filter(sure).to_numpy())
    return found


def _reasoned(frame: pl.DataFrame, cells: pl.Series, *, any_cell: bool) -> np.ndarray:
    """Give the rows whose cell says that the registration ended; of a day or a mark any cell that is no "no"."""
    if any_cell:
        said = cells.is_not_null() & ~cells.str.to_lowercase().is_in(NO)
        return said.fill_null(value=False).arg_true().to_numpy()
    said = cells.str.contains(GONE) | (cells.str.contains(LEFT) & (frame["status"] == "active"))
    return said.fill_null(value=False).arg_true().to_numpy()
