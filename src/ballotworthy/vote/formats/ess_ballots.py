"""ES&S's lists of ballots: the batch, machine and imprinted number of each record.

Some lines of title may stand above the headings, a line "Total : N" below. A cell of exceptions holds commas without
quotation marks ("Undervote, Overvote"), so that columns behind it are counted from the right.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.given import given_bytes
from ballotworthy.files.recoded import recoded
from ballotworthy.vote.results import Remark
from ballotworthy.vote.words import unguarded

HEADING = "Cast Vote Record"
EXCEPTION = "Original Ballot Exception"
COLUMNS = {
    HEADING: "number",
    "Batch": "batch",
    "Tabulator CVR": "imprinted",
    "Machine": "tabulator",
    "Reporting Group": "mode",
}
SCHEMA = dict.fromkeys(COLUMNS.values(), pl.String())


def read_ballots(paths: Sequence[Path]) -> tuple[pl.DataFrame, list[Remark]]:
    """Give the ballots of all lists, by number of the record, as columns of text.

    Raises:
        FileFaults: a list has no headings, a line is ragged, a number is none or stands twice, or the total differs.
    """
    rows: list[dict[str, str]] = []
    remarks: list[Remark] = []
    first: dict[str, str] = {}
    for path in paths:
        faults: list[Fault] = []
        short = 0
        for line, row in _rows(path, faults):
            where = f"{path.name}, line {line}"
            if row["number"] in first:
                what = f"the record of {first[row['number']]} stands here again"
                faults.append(Fault(line, HEADING, what, "Give each list once"))
            first[row["number"]] = where
            printed = row.get("imprinted", "")
            if printed.isdigit() and len(printed) < 10:
                row["imprinted"], short = printed.zfill(10), short + 1
            elif printed and not re.fullmatch(r"\d{10}|[0-9A-Fa-f]{16}", printed):
                what = "this is neither ten digits nor sixteen hexadecimal ones, as after Excel"
                faults.append(Fault(line, "Tabulator CVR", what, "Export it again and do not open it in Excel"))
            if "tabulator" not in row and re.fullmatch(r"\d{10}", row.get("imprinted", "")):
                row["tabulator"] = row["imprinted"][:4]
            rows.append(row)
        if faults:
            raise FileFaults(str(path), faults[:SHOWN], len(faults))
        if short:
            what = f"{short:,} numbers of cards have less than ten digits, as Excel leaves them"
            remarks.append(Remark(path.name, what, "Zeros were put in front; compare one with its card"))
    return pl.DataFrame(rows, schema=SCHEMA), remarks


def _rows(path: Path, faults: list[Fault]) -> list[tuple[int, dict[str, str]]]:
    text = recoded(given_bytes(path))[0].decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(text, newline=""))
    names: list[str] = []
    found: list[tuple[int, dict[str, str]]] = []
    for cells in reader:
        first = unguarded(cells[0]) if cells else ""
        if not names:
            if first == HEADING:
                names = [each.strip() for each in cells]
                lacking = [name for name in (HEADING, "Batch") if name not in names]
                faults += [Fault(reader.line_num, each, "the column is missing", "Export again") for each in lacking]
            continue
        if not any(each.strip() for each in cells):
            continue
        if total := re.fullmatch(r"Total\s*:?\s*([\d,]+)", first):
            stated = int(total[1].replace(",", ""))
            if stated != len(found):
                what = f"the list says that it has {stated:,} records, and has {len(found):,}"
                faults.append(Fault(reader.line_num, None, what, "It may be cut short: export it again"))
            break
        if len(cells) < len(names) or (len(cells) > len(names) and EXCEPTION not in names):
            what = f"{len(cells)} cells where the headings have {len(names)}"
            faults.append(Fault(reader.line_num, None, what, "The file may be cut short: export it again"))
            continue
        if not re.fullmatch(r"\d{1,15}", first):
            faults.append(Fault(reader.line_num, HEADING, "this is no number of a record", "Export it again"))
            continue
        found.append((reader.line_num, _row(cells, names)))
    if not names:
        raise FileFaults(str(path), [Fault(None, None, f"no line begins with {HEADING}", "Give the whole list")])
    return found


def _row(cells: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Give the columns that are needed; what stands behind the exceptions is counted from the right."""
    turn = names.index(EXCEPTION) if len(cells) > len(names) else len(names)
    row = {}
    for at, name in enumerate(names):
        if name in COLUMNS:
            row[COLUMNS[name]] = unguarded(cells[at] if at <= turn else cells[at - len(names)])
    return {name: value for name, value in row.items() if value}
