"""Clear Ballot's cast-vote records: a row a card, a column a choice, named Choice_1_1:Contest:Vote For 1:Choice:Party.

A contest may have colons in its name, so that it is read up to ":Vote For". An empty cell says that the contest does
not stand on the card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.quantities import quantity
from ballotworthy.files.tables import Table, read_table
from ballotworthy.vote.cards import Cards, Mark
from ballotworthy.vote.formats.columns_of_cards import plain, records
from ballotworthy.vote.results import Remark, Results
from ballotworthy.vote.words import Words, folded, one_line

NAME = "clear-ballot-csv"
COLUMNS = {
    "BallotID": "id", "ScanComputerName": "tabulator", "BoxID": "batch", "BoxPosition": "position",
    "PrecinctID": "precinct", "BallotStyleID": "style",
}  # fmt: skip
CHOICE = re.compile(r"(?s)Choice_\d+_\d+:(.*):\s*Vote For (\d{1,4})\s*:(.*)")


def knows(head: bytes) -> bool:
    """Say whether the beginning of a file is of this format."""
    first = head.lstrip(b"\xef\xbb\xbf").split(b"\n")[0]
    return b"RowNumber" in first and b"BoxID" in first


def read(path: Path, words: Words) -> Results:
    """Read one export.

    Raises:
        FileFaults: a column is missing, a row is ragged, a cell is no vote, or a card stands twice.
    """
    table = read_table(path)
    headings = table.frame.columns
    lacking = [name for name in ("BallotID", "ScanComputerName", "BoxID", "BoxPosition") if name not in headings]
    if lacking:
        remedy = "Export it again with it"
        raise FileFaults(str(path), [Fault(1, name, "the column is missing", remedy) for name in lacking])
    measures, others = _measures(path, headings, words)
    frame = table.frame.with_columns(pl.Series("line", table.lines))
    read_columns = {name: given for name, given in COLUMNS.items() if name in headings}
    cells = frame.select("line", *(plain(name).alias(given) for name, given in read_columns.items()))
    bad = cells["position"].is_not_null() & ~cells["position"].str.contains(r"^[0-9]{1,15}$")
    if bad.any():
        faults = [Fault(at, "BoxPosition", "this is no position", "Write 1, 2, 3 ...") for at in
                  cells["line"].filter(bad)[:SHOWN].to_list()]  # fmt: skip
        raise FileFaults(str(path), faults, int(bad.sum()))
    cells = cells.with_columns(pl.col("position").cast(pl.Int64), imprinted=pl.col("id"))
    votes = {name: _marks(table, pair, name) for name, pair in measures.items()}
    found = Cards(records(str(path), cells, {"id": "BallotID"}), votes)
    return Results(NAME, found, (), (), (*_remade(path, frame), *_statuses(path, frame)), tuple(others), others)


def _remade(path: Path, frame: pl.DataFrame) -> Iterator[Remark]:
    """Tell of cards that were made anew: whether the file has the first ones too is not said."""
    if "Remade" not in frame.columns:
        return
    number = int((~frame.select(plain("Remade"))["Remade"].fill_null("0").is_in(["0", "N", "No", "false"])).sum())
    if number:
        what = f"{quantity(number, 'record')} of a card that was remade"
        yield Remark(path.name, what, "Ask whether the card that it stands for has a record too: each one counts here")


def _statuses(path: Path, frame: pl.DataFrame) -> Iterator[Remark]:
    """Tell of cards that bear a status: what it means for their votes is not said."""
    if "Status" not in frame.columns:
        return
    found = frame.select(plain("Status"))["Status"].drop_nulls().value_counts(sort=True)
    for status, number in found.head(SHOWN).iter_rows():
        what = f"{quantity(number, 'record')} with the status “{one_line(status)[:40]}”"
        yield Remark(path.name, what, "Ask whether that is to count: each one counts here")


def _measures(
    path: Path, headings: Sequence[str], words: Words
) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, ...]]]:
    groups: dict[str, list[tuple[str, str, int]]] = {}
    for heading in headings:
        found = CHOICE.fullmatch(heading)
        if found:
            choice = found[3].rpartition(":")[0] or found[3]
            groups.setdefault(one_line(found[1]), []).append((heading, choice, int(found[2])))
        elif heading.startswith("Choice_"):
            what = "the heading is not of the form Choice_1_1:Contest:Vote For 1:Choice:Party"
            raise FileFaults(str(path), [Fault(1, heading[:60], what, "Export it again")])
    measures: dict[str, tuple[str, str]] = {}
    names: dict[str, str] = {}
    others: dict[str, tuple[str, ...]] = {}
    for name, choices in groups.items():
        spelled = [choice for _, choice, _ in choices]
        if len(choices) != 2 or choices[0][2] != 1 or not words.are_a_measure(spelled):
            others[name] = tuple(spelled)
            continue
        known = names.setdefault(folded(name), name)
        if known != name:
            what = f"“{name}” and “{known}” differ only by case, and stand in one file"
            raise FileFaults(str(path), [Fault(1, None, what, "Name two measures apart; one measure has two columns")])
        first, second = choices[0][0], choices[1][0]
        measures[name] = (first, second) if words.side(spelled[0]) == Mark.YES else (second, first)
    return measures, others


def _marks(table: Table, pair: tuple[str, str], name: str) -> np.ndarray:
    cells = table.frame.select(plain(pair[0]).alias("yes"), plain(pair[1]).alias("no"))
    lines = pl.Series("line", table.lines)
    for side, heading in zip(("yes", "no"), pair, strict=True):
        bad = cells[side].is_not_null() & ~cells[side].is_in(["0", "1"])
        if bad.any():
            what = "a cell of a measure is neither 0 nor 1"
            at = lines.filter(bad)[:SHOWN].to_list()
            raise FileFaults(
                str(table.path), [Fault(line, heading[:60], what, "Export plain votes") for line in at], int(bad.sum())
            )
    half = cells["yes"].is_null() != cells["no"].is_null()
    if half.any():
        what = f"of “{name}” one choice is empty and the other is not"
        at = lines.filter(half)[:SHOWN].to_list()
        raise FileFaults(str(table.path), [Fault(line, None, what, "Export it again") for line in at], int(half.sum()))
    yes, no = (cells[side].eq("1").fill_null(False).to_numpy().astype(np.uint8) for side in ("yes", "no"))
    by_votes = np.array([Mark.BLANK, Mark.NO, Mark.YES, Mark.INVALID], np.uint8)
    return np.where(cells["yes"].is_null().to_numpy(), np.uint8(Mark.ABSENT), by_votes[2 * yes + no])
