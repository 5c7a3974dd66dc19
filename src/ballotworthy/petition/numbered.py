"""Sheet and line numbers as they are read from a file: one line has one number, however a program wrote it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

import polars as pl

from ballotworthy.errors import SHOWN, Fault
from ballotworthy.files.distinct import repeats
from ballotworthy.files.tables import Table
from ballotworthy.petition.frame import line_ids
from ballotworthy.petition.written import DITTO

PADDED = r"^0*(\d+?)(?:\.0+)?$"
"""A number as a spreadsheet or pandas may write it: 01 or 1.0 for 1."""
FILL_IN = "A line is known by both; fill them in"
MERGED = (
    "A line is known by both; fill them in. A cell merged over several rows holds its text in the first of them alone: "
    "unmerge it in the spreadsheet and fill each row"
)
_DIGITS = r"\1"


def numbered(frame: pl.DataFrame, *, as_written: bool = False) -> pl.DataFrame:
    """Give the lines with `sheet` and `line`: where a file has none, sheet 1, and lines counted by row.

    01 and 1.0 are 1; any other text stays as it is. What was entered in a record before that was so is read
    `as_written`, for the record names its lines so.
    """
    if "sheet" not in frame.columns:
        frame = frame.with_columns(pl.lit("1").alias("sheet"))
    dittoed = frame["sheet"].str.contains(DITTO).fill_null(value=False)
    if dittoed.any():
        above = pl.when(~pl.lit(dittoed)).then("sheet").forward_fill()
        frame = frame.with_columns(pl.when(pl.lit(dittoed)).then(above).otherwise("sheet").alias("sheet"))
    frame = frame if as_written else plainly_numbered(frame)
    if "line" not in frame.columns:
        frame = frame.with_columns(pl.int_range(1, pl.len() + 1).over("sheet").cast(pl.String).alias("line"))
    return frame


def plainly_numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the rows with 1 for a 01 or 1.0 under `sheet` and `line`, where they are there."""
    return frame.with_columns(_plain(frame[name]) for name in ("sheet", "line") if name in frame.columns)


def plain_id(text: str) -> str:
    """Give an id "sheet-line" with both numbers so: 01-1.0 as 1-1."""
    if "-0" not in f"-{text}" and ".0" not in text:
        return text
    sheet, dash, line = text.rpartition("-")
    return f"{re.sub(PADDED, _DIGITS, sheet)}{dash}{re.sub(PADDED, _DIGITS, line)}"


def as_known(lines: Iterable[str], known: Collection[str]) -> dict[str, str]:
    """Give, for each id that a table writes otherwise, the one by which its line is known: 1-1 for 01-1.0, or 01-1.

    One that may be several, or is none, is left out: whoever asks for it by its own name finds that it is not there.
    """
    written = [line for line in dict.fromkeys(lines) if line not in known]
    if not written:
        return {}
    plainly: dict[str, list[str]] = {}
    for each in known:
        plainly.setdefault(plain_id(each), []).append(each)
    met = {line: plainly.get(plain_id(line), []) for line in written}
    return {line: found[0] for line, found in met.items() if len(found) == 1}


def number_faults(frame: pl.DataFrame, table: Table) -> tuple[list[Fault], int]:
    """Give what lacks a number or has one that stands before, the first of each, and how many there are in all."""
    ids = line_ids(plainly_numbered(frame))
    missing = ids.is_null().arg_true().to_numpy()
    repeated = repeats(ids)
    faults = [
        Fault(
            int(table.lines[at]),
            "sheet, line",
            "the sheet or line number is missing",
            MERGED if any(frame[each][0] and not frame[each][int(at)] for each in ("sheet", "line")) else FILL_IN,
        )
        for at in missing[:SHOWN]
    ]
    for at in repeated[:SHOWN]:
        before = int(table.lines[(ids == ids[int(at)]).arg_true()[0]])
        what = f"sheet and line of line {before} of the file stand here again"
        faults.append(Fault(int(table.lines[at]), "sheet, line", what, "Number each line of a sheet once"))
    return faults, len(missing) + len(repeated)


def numbering_told(missing: Sequence[str]) -> Iterator[str]:
    """Tell how lines are numbered whose file lacks the columns `missing`, of sheet and line."""
    if list(missing) == ["sheet"]:
        yield "No column holds the sheet: all lines stand on sheet 1."
    elif missing:
        what, where = ("sheet or line", "on one sheet") if len(missing) > 1 else ("the line", "sheet by sheet")
        yield f"No column holds {what}: the lines are numbered as they come in the file, {where}."


def _plain(column: pl.Series) -> pl.Series:
    if not (column.str.starts_with("0") | column.str.contains(".0", literal=True)).any():
        return column
    return column.str.replace(PADDED, "$1")
