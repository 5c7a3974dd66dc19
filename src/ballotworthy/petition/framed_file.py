"""The frame as a file tells it: the ids of all lines, and the stratum of each where the law draws by strata."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults, InputError
from ballotworthy.files.columns import find_columns, headings_told
from ballotworthy.files.distinct import repeats
from ballotworthy.files.given import given_bytes
from ballotworthy.files.quantities import quantity
from ballotworthy.files.tables import Table, read_table
from ballotworthy.petition.frame import line_ids
from ballotworthy.petition.lines import CONTENT, FIELDS, marked
from ballotworthy.petition.numbered import number_faults, numbered, plain_id
from ballotworthy.petition.strata import spellings, stratum_column
from ballotworthy.petition.totals import without_totals
from ballotworthy.petition.written import said_of

HEADING = re.compile(r"(?i)\W*(?:ids?|line|sheet|(?:line|sheet)[ _-](?:ids?|line|no|numbers?))\W*(?:[,;|\t].*)?$")
"""A first line of a text that is no id, but says what the ids are."""
CELLS = re.compile(r"[,;|\t]")
"""What stands between the cells of a table, and in no id."""
TABLES = (".csv", ".tsv", ".parquet", ".xlsx", ".xls", ".ods")


@dataclass(frozen=True)
class Frame:
    """The ids of all lines, the stratum of each where the law draws by strata, and what was left out, in sentences."""

    ids: tuple[str, ...]
    strata: tuple[str, ...] | None = None
    remarks: tuple[str, ...] = ()


def read_frame(
    path: Path | Table,
    divided: str | None,
    *,
    written_only: bool = False,
    given: Mapping[str, str] | None = None,
    by_law: Collection[str] = (),
) -> Frame:
    """Give the line ids of a frame: "sheet-line" from a table, or each line of a plain text.

    Args:
        path: CSV, TSV, Parquet or a table in memory with sheet and line columns, or else a text of ids.
        divided: the column that tells each line's stratum, such as county; None for one stratum.
        written_only: leave out lines of a table that are blank or struck.
        given: heading by field, where it is said.
        by_law: the names of the strata that the law has.

    Raises:
        InputError: the file cannot be opened, holds no ids, or is a text that tells no stratum.
        FileFaults: a column is missing, a cell is empty, a line stands twice, or two names are of one stratum.
    """
    if isinstance(path, Table) or path.suffix.lower() in TABLES:
        table = path if isinstance(path, Table) else read_table(path)
        return _from_table(table, divided, written_only, given or {}, by_law)
    if divided:
        raise InputError(f"{path} tells no {divided}; give a table with sheet, line and {divided}, or use -n.")
    return Frame(_from_text(path))


def _from_table(
    table: Table, divided: str | None, written_only: bool, given: Mapping[str, str], by_law: Collection[str]
) -> Frame:
    path = table.path
    needed = ("sheet", "line", divided) if divided else ("sheet", "line")
    wanted = {name: FIELDS.get(name, ()) for name in (*needed, "struck", *CONTENT) if name in FIELDS or name in given}
    columns = find_columns(path, table.frame.columns, wanted, {name: given[name] for name in wanted if name in given})
    if divided:
        heading = stratum_column(table.frame.columns, divided, columns)
        if heading is None:
            remedy = f"{headings_told(table.frame.columns)}. Add {divided}"
            raise FileFaults(str(path), [Fault(1, divided, "there is no such column", remedy)])
        columns[divided] = heading
    table, sums = without_totals(table, columns)
    cells = pl.DataFrame([table.frame[heading].alias(name) for name, heading in columns.items()])
    lines = marked(pl.DataFrame({"row": table.lines}).hstack(cells))
    kept = lines.filter(~pl.col("blank") & ~pl.col("struck")) if written_only else lines
    left_out = lines.height - kept.height
    faults = [
        Fault(int(at), columns[name], "the cell is empty", "Number every line, and say where it belongs")
        for name in needed
        if name in columns
        for at in kept.filter(pl.col(name).is_null())["row"]
    ]
    if divided:
        faults += _spelled_otherwise(kept, divided, columns[divided], by_law)
    if faults:
        raise FileFaults(str(path), faults)
    kept = numbered(lines).filter(pl.col("row").is_in(kept["row"].implode()))
    twice, total = number_faults(kept, replace(table, lines=kept["row"].to_numpy()))
    if total:
        raise FileFaults(str(path), twice, total)
    blank = int(kept["blank"].sum()) if set(columns) & set(CONTENT) else 0
    told = (*said_of(sums, 0), *_unwritten(left_out, blank))
    return Frame(tuple(line_ids(kept)), tuple(kept[divided]) if divided else None, told)


def _unwritten(left_out: int, blank: int) -> Iterator[str]:
    """Tell how many blank or struck lines are not in the frame, and how many blank ones are."""
    if left_out:
        what = quantity(left_out, "blank or struck line is", "blank or struck lines are")
        yield f"{what} not in the frame: the law counts none as filed."
    if blank:
        what = quantity(blank, "line has no name and no address and is", "lines have no name and no address and are")
        yield f"{what} drawn from all the same. If they were not filed, take them out of the file."


def _spelled_otherwise(lines: pl.DataFrame, divided: str, heading: str, by_law: Collection[str]) -> list[Fault]:
    """Give the first line of each stratum that another names in other capitals, or without the word county."""
    stated = lines[divided].cast(pl.String).str.strip_chars()
    return [
        Fault(
            int(lines["row"][int((stated == name).arg_max() or 0)]),
            heading,
            f"this is another line's stratum in other capitals or blanks, or but for the word county, {most}, and "
            "would be drawn from apart",
            "If they are one, write them alike; if they are two, write them unlike",
        )
        for name, most in spellings(stated, by_law).items()
        if name != most
    ]


def _from_text(path: Path) -> tuple[str, ...]:
    try:
        text = given_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8; give a text of line ids, or a table ending in .csv.") from error
    written = {row: line.strip() for row, line in enumerate(text.splitlines(), 1) if line.strip()}
    ids = tuple(written.values())
    if not ids:
        raise InputError(f"{path} holds no line ids; give one to a line, such as 12-3 for sheet 12, line 3.")
    if HEADING.match(ids[0]):
        what = "headings seem to stand there, and would be drawn from as a line"
        remedy = "Take the line out of a text of ids; name a table FILE.csv or FILE.tsv"
        raise FileFaults(str(path), [Fault(next(iter(written)), None, what, remedy)])
    if more := next((row for row, line in written.items() if CELLS.search(line)), None):
        what = "more than an id seems to stand there, and all of it would be written beside the draw"
        remedy = "Leave each id alone on its line; name a table FILE.csv or FILE.tsv"
        raise FileFaults(str(path), [Fault(more, None, what, remedy)])
    again = repeats(pl.Series([plain_id(each) for each in ids]))
    if len(again):
        rows = list(written)
        what = "this line stands here again, whole or as 01 or 1.0 for 1, and would be drawn from twice"
        faults = [Fault(rows[at], None, what, "Give each line once") for at in again[:SHOWN]]
        raise FileFaults(str(path), faults, len(again))
    return ids
