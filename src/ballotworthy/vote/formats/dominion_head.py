"""The four lines of headings of a Dominion CSV: which columns are of the record, and which of yes/no measures."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.whole_numbers import read_whole
from ballotworthy.vote.cards import Mark
from ballotworthy.vote.results import Remark
from ballotworthy.vote.words import Words, folded, one_line, unguarded

COLUMNS = {
    "CvrNumber": "cvr", "TabulatorNum": "tabulator", "BatchId": "batch", "RecordId": "record",
    "ImprintedId": "imprinted", "UniqueVotingIdentifier": "unique", "CountingGroup": "mode",
    "NotCountingGroup": "mode", "PrecinctPortion": "precinct", "BallotType": "style",
}  # fmt: skip
NEEDED = ("CvrNumber", "TabulatorNum", "BatchId", "RecordId")
VOTE_FOR = re.compile(r"\s*\(\s*Vote\s*For\s*=?\s*(\d+)\s*\)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """What the four lines say: columns of the record by their place, measures with the places of yes and no.

    Attributes:
        record: names by place.
        measures: places of yes and no.
        others: of contests that are no measures the choices.
        width: columns.
        remarks: what is odd.
    """

    record: dict[int, str]
    measures: dict[str, list[tuple[int, int]]]
    others: dict[str, tuple[str, ...]]
    width: int
    remarks: tuple[Remark, ...]


def read_head(path: Path, text: bytes, words: Words) -> tuple[Head, int]:
    """Give what the headings say, and the number of the first row of data.

    Raises:
        FileFaults: a line or a needed column is missing.
    """
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 20))
    rows = csv.reader(io.StringIO(text[: 1 << 22].decode(errors="replace"), newline=""))
    first: list[list[str]] = []
    for row in rows:
        first.append([unguarded(cell) for cell in row])
        if (first[-1] and first[-1][0] == "CvrNumber") or len(first) > 12:
            break
    names = first[-1] if first else []
    if not names or names[0] != "CvrNumber" or len(first) < 3:
        what = "the line that begins with CvrNumber is missing, below the lines of contests and choices"
        raise FileFaults(str(path), [Fault(None, None, what, "Export it again with all four lines of headings")])
    contests, choices = first[-3], first[-2]
    width = 1 + max((at for at, cell in enumerate(contests) if cell), default=len(names) - 1)
    begin = next((at for at, cell in enumerate(contests) if cell), width)
    lacking = [name for name in NEEDED if name not in names[:begin]]
    if lacking:
        faults = [Fault(len(first), name, "the column is missing", "Export it again with it") for name in lacking]
        raise FileFaults(str(path), faults)
    record = {at: COLUMNS[name] for at, name in enumerate(names[:begin]) if name in COLUMNS}
    measures, others, remarks = _measures(path, contests, choices, begin, words)
    unread = [name for name in names[:begin] if name and name not in COLUMNS]
    if unread:
        remarks.append(Remark(path.name, f"not read: {', '.join(unread)}", "Nothing is to be done"))
    return Head(record, measures, others, width, tuple(remarks)), len(first)


def _measures(
    path: Path, contests: Sequence[str], choices: Sequence[str], begin: int, words: Words
) -> tuple[dict[str, list[tuple[int, int]]], dict[str, tuple[str, ...]], list[Remark]]:
    groups: dict[str, list[int]] = {}
    written: dict[str, str] = {}
    for at in range(begin, len(contests)):
        if contests[at]:
            title = one_line(contests[at])
            groups.setdefault(title, []).append(at)
            if title != contests[at].strip():
                written.setdefault(title, contests[at])
    measures: dict[str, list[tuple[int, int]]] = {}
    others: dict[str, tuple[str, ...]] = {}
    remarks = []
    by_fold: dict[str, str] = {}
    for title, places in groups.items():
        allowed = VOTE_FOR.search(title)
        name = VOTE_FOR.sub("", title)
        of = [choices[at] if at < len(choices) else "" for at in places]
        if (allowed and read_whole(allowed[1]) != 1) or len(places) != 2 or not words.are_a_measure(of):
            others[name] = (*others.get(name, ()), *of)
            continue
        pair = (places[0], places[1]) if words.side(of[0]) == Mark.YES else (places[1], places[0])
        known = by_fold.setdefault(folded(name), name)
        if known != name:
            what = f"“{name}” and “{known}” differ only by case and are counted as one"
            remarks.append(Remark(path.name, what, "Name them apart if they are two measures"))
        if title in written:
            what = f"the name of “{name}” is written with a line break or blanks"
            remarks.append(Remark(path.name, what, "It is read on one line"))
        measures.setdefault(known, []).append(pair)
    spelled = set(by_fold)
    for name in others:
        if folded(name) in spelled:
            what = f"“{name}” is written in two ways that differ only by case, and has no yes and no by itself"
            remarks.append(Remark(path.name, what, "It is not counted so: write its name alike in both columns"))
        spelled.add(folded(name))
    return measures, others, remarks
