"""ES&S's lists of ballots: the batch, machine and imprinted number of each record.

Some lines of title may stand above the headings, a line "Total : N" below. A cell of exceptions holds commas without
quotation marks ("Undervote, Overvote"), so that columns behind it are counted from the right.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.given import given_bytes
from ballotworthy.files.quantities import quantity
from ballotworthy.files.recoded import recoded
from ballotworthy.vote.formats.columns_of_cards import plain
from ballotworthy.vote.results import Remark
from ballotworthy.vote.words import one_line, unguarded

HEADING = "Cast Vote Record"
EXCEPTION = "Original Ballot Exception"
STATUS = "Ballot Status"
PLAIN = ("not reviewed", "reviewed")
"""Statuses of a ballot that counts as it stands."""
COLUMNS = {
    HEADING: "number",
    "Batch": "batch",
    "Tabulator CVR": "imprinted",
    "Machine": "tabulator",
    "Reporting Group": "mode",
    STATUS: "status",
}
NUMBER = re.compile(r"[0-9]{1,15}")
TOTAL = re.compile(r"Total\s*:?\s*([\d,]+)")
SCHEMA = dict.fromkeys(COLUMNS.values(), pl.String())


def read_ballots(paths: Sequence[Path]) -> tuple[pl.DataFrame, list[Remark]]:
    """Give the ballots of all lists, by number of the record, as columns of text.

    Raises:
        FileFaults: a list has no headings, a line is ragged, a number is none or stands twice, or the total differs.
    """
    frames: list[pl.DataFrame] = []
    remarks: list[Remark] = []
    for path in paths:
        faults: list[Fault] = []
        frame = _rows(path, faults).with_columns(pl.lit(path.name).alias("file"))
        faults += _again(pl.concat([*frames, frame]), path.name)
        short = pl.col("imprinted").str.contains(r"^[0-9]{1,9}$")
        shown = frame.filter(~pl.col("imprinted").str.contains(r"^([0-9]{1,10}|[0-9A-Fa-f]{16})$"))
        what = "this is neither ten digits nor sixteen hexadecimal ones, as after Excel"
        remedy = "Export it again and do not open it in Excel"
        faults += [Fault(line, "Tabulator CVR", what, remedy) for line in shown["line"].to_list()]
        if faults:
            raise FileFaults(str(path), sorted(faults, key=lambda each: each.line or 0)[:SHOWN], len(faults))
        if number := frame.filter(short).height:
            what = f"{number:,} numbers of cards have less than ten digits, as Excel leaves them"
            remarks.append(Remark(path.name, what, "Zeros were put in front; compare one with its card"))
        frame = frame.with_columns(pl.col("imprinted").str.zfill(10))
        ten = pl.when(pl.col("imprinted").str.contains(r"^[0-9]{10}$")).then(pl.col("imprinted").str.slice(0, 4))
        frames.append(frame.with_columns(pl.coalesce("tabulator", ten).alias("tabulator")))
    whole = pl.concat(frames)
    remarks += _statuses(whole)
    return whole.select(name for name in SCHEMA if name != "status"), remarks


def _statuses(ballots: pl.DataFrame) -> Iterator[Remark]:
    """Tell of ballots that bear another status than that they were reviewed or not: their votes count all the same."""
    found = ballots["status"].drop_nulls().value_counts(sort=True)
    for status, number in found.iter_rows():
        if one_line(status).lower() not in PLAIN:
            what = f"{quantity(number, 'ballot')} with the status “{one_line(status)[:40]}”"
            yield Remark(ballots["file"][0], what, "Ask whether that is to count: each one counts here")


def _again(ballots: pl.DataFrame, file: str) -> list[Fault]:
    if not ballots["number"].is_duplicated().any():
        return []
    first: dict[str, str] = {}
    faults = []
    for number, line, name in ballots.select("number", "line", "file").iter_rows():
        if number in first and name == file:
            what = f"the record of {first[number]} stands here again"
            faults.append(Fault(line, HEADING, what, "Give each list once"))
        first[number] = f"{name}, line {line}"
    return faults


def _rows(path: Path, faults: list[Fault]) -> pl.DataFrame:
    text = recoded(given_bytes(path))[0].decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    stream = io.StringIO(text, newline="")
    reader = csv.reader(iter(stream.readline, ""))
    names = next(
        ([each.strip() for each in cells] for cells in reader if cells and unguarded(cells[0]) == HEADING), None
    )
    if names is None:
        raise FileFaults(str(path), [Fault(None, None, f"no line begins with {HEADING}", "Give the whole list")])
    lacking = [name for name in (HEADING, "Batch") if name not in names]
    faults += [Fault(reader.line_num, each, "the column is missing", "Export again") for each in lacking]
    places = {known: _place(names, name) for name, known in COLUMNS.items() if name in names}
    head = reader.line_num
    frame = None if lacking else _together(text[stream.tell() :], head, names, places)
    if frame is None:
        frame = _one_by_one(reader, names, places, faults)
    return frame.select(*(plain(known) for known in SCHEMA), "line")


def _place(names: Sequence[str], name: str) -> int:
    """Give the place of a column in a row; what stands behind the exceptions, which hold commas, from the right."""
    at = names.index(name)
    return at - len(names) if EXCEPTION in names and at > names.index(EXCEPTION) else at


def _together(text: str, head: int, names: Sequence[str], places: Mapping[str, int]) -> pl.DataFrame | None:
    """Read rows that are all regular, up to a last line with their number; None where one is not.

    Args:
        text: of the rows, which begin on the line behind `head`.
        head: lines above.
        names: the headings.
        places: of columns in a row.
    """
    if '"' in text:
        return None
    lines = text.rstrip(", \n\t").split("\n")
    total = TOTAL.fullmatch(lines[-1].partition(",")[0].strip())
    if total is None or _stated(total) != len(lines) - 1:
        return None
    rows = pl.Series(lines[:-1], dtype=pl.String()).str.split(",")
    width = rows.list.len()
    if not (width >= len(names)).all() or (EXCEPTION not in names and (width > len(names)).any()):
        return None
    columns = [rows.list.get(places[known]).alias(known) for known in SCHEMA if known in places]
    absent = [pl.lit(None, pl.String()).alias(known) for known in SCHEMA if known not in places]
    frame = pl.DataFrame(columns).with_columns(*absent, line=pl.int_range(head + 1, head + 1 + len(rows)))
    regular = frame["number"].str.strip_chars().str.contains(f"^{NUMBER.pattern}$")
    return frame if regular.all() else None


def _one_by_one(reader: Any, names: Sequence[str], places: Mapping[str, int], faults: list[Fault]) -> pl.DataFrame:
    found: list[list[str]] = []
    lines: list[int] = []
    for cells in reader:
        first = unguarded(cells[0]) if cells else ""
        if len(cells) != len(names) or not NUMBER.fullmatch(first):
            if not any(each.strip() for each in cells):
                continue
            if total := TOTAL.fullmatch(first):
                if _stated(total) != len(found):
                    what = f"the list says that it has {_stated(total):,} records, and has {len(found):,}"
                    faults.append(Fault(reader.line_num, None, what, "It may be cut short: export it again"))
                break
            if len(cells) < len(names) or (len(cells) > len(names) and EXCEPTION not in names):
                what = f"{len(cells)} cells where the headings have {len(names)}"
                faults.append(Fault(reader.line_num, None, what, "The file may be cut short: export it again"))
                continue
            if not NUMBER.fullmatch(first):
                faults.append(Fault(reader.line_num, HEADING, "this is no number of a record", "Export it again"))
                continue
        found.append(cells)
        lines.append(reader.line_num)
    columns = {
        known: [row[places[known]] for row in found] if known in places else [None] * len(found) for known in SCHEMA
    }
    return pl.DataFrame(columns, schema=SCHEMA).with_columns(pl.Series("line", lines, pl.Int64()))


def _stated(total: re.Match[str]) -> int:
    return int(total[1].replace(",", "")[:15] or 0)
