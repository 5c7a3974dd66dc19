"""ES&S: cast-vote records with a column a contest, and lists of ballots that say in which batch each record lies.

The two are joined by the number of the record. A cell holds the choice, "overvote" or "undervote"; an empty one says
that the contest does not stand on the ballot. How many choices a contest allows is not told.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.tables import read_table
from ballotworthy.vote.cards import Cards, Mark
from ballotworthy.vote.formats.columns_of_cards import plain, records
from ballotworthy.vote.formats.ess_ballots import HEADING, read_ballots
from ballotworthy.vote.results import Remark, Results
from ballotworthy.vote.words import Words, folded, one_line, plain_choice

NAME = "ess-csv"
COLUMNS = {HEADING: "number", "Precinct": "precinct", "Ballot Style": "style"}

NO_CHOICE = {"overvote": Mark.INVALID, "undervote": Mark.BLANK}


def knows(head: bytes) -> bool:
    """Say whether the beginning of a file is of this format, records or ballots."""
    return HEADING.encode() in head.lstrip(b"\xef\xbb\xbf").replace(b"\0", b"")[:4000]


def are_ballots(path: Path) -> bool:
    """Say whether a file of this format is a list of ballots."""
    with path.open("rb") as stream:
        head = stream.read(4000).replace(b"\r", b"\n")
    line = next((each for each in head.split(b"\n") if HEADING.encode() in each), b"")
    return b"Batch" in line and (b"Tabulator CVR" in line or b"Ballot Status" in line)


def read(paths: Sequence[Path], words: Words) -> Results:
    """Read records with their lists of ballots.

    Raises:
        FileFaults: a file is faulty, a record stands twice, or there are lists of ballots and no records.
    """
    lists = [path for path in paths if are_ballots(path)]
    files = [path for path in paths if path not in lists]
    if not files:
        what = "it is a list of ballots, which has no votes"
        raise FileFaults(str(lists[0]), [Fault(None, None, what, "Give the file of cast-vote records with it")])
    repeated: dict[str, tuple[str, ...]] = {}
    frames = [_records(path, repeated) for path in files]
    frame = pl.concat(frames, how="diagonal")
    if frame["number"].n_unique() < frame.height:
        records(str(files[-1]), frame.with_columns(id="number"), {"id": HEADING})
    ballots, remarks = read_ballots(lists) if lists else (None, [])
    if ballots is None:
        what = "no list of ballots was given, so that batches are not known"
        remarks.append(Remark(files[0].name, what, "Give the Ballots files too"))
        frame = frame.with_columns(id="number")
    else:
        frame = frame.join(ballots, on="number", how="left", maintain_order="left")
        remarks += _unmatched(frame, ballots, files[0].name)
        own = pl.concat_str("tabulator", "batch", "imprinted", separator="-")
        frame = frame.with_columns(id=pl.coalesce(own, pl.concat_str(pl.lit("record "), "number")))
    headings = [name for name in dict.fromkeys(name for each in frames for name in each.columns) if name != "line"]
    contests = [name for name in headings if name not in COLUMNS.values()]
    votes, others, more = _votes(frame, contests, words, files)
    others |= repeated
    return Results(
        NAME, Cards(records(str(files[0]), frame, {"id": HEADING}), votes), (), (), (*remarks, *more), tuple(others),
        others, says_ballots=True,
    )  # fmt: skip


def _records(path: Path, several: dict[str, tuple[str, ...]]) -> pl.DataFrame:
    """Give the records; headings that stand more than once are left out, `several` takes the answers below them."""
    table = read_table(path, sure=True)
    if table.frame.columns[0] != HEADING:
        raise FileFaults(str(path), [Fault(1, None, f"its first column is not {HEADING}", "Export it again")])
    repeated = [name for name in table.frame.columns if any(name.startswith(f"{each} #") for each in table.repeated)]
    for name in table.repeated:
        of = [name, *(each for each in repeated if each.startswith(f"{name} #"))]
        answers = [value for each in of for value in _answers(table.frame, each)]
        several[one_line(name)] = (*several.get(one_line(name), ()), *answers)
    known = {name: given for name, given in COLUMNS.items() if name in table.frame.columns}
    frame = table.frame.drop([*table.repeated, *repeated], strict=False).rename(known)
    frame = frame.with_columns(plain("number"), pl.Series("line", table.lines))
    bad = ~frame["number"].fill_null("").str.contains(r"^[0-9]{1,15}$")
    if bad.any():
        lines = frame["line"].filter(bad)[:20].to_list()
        faults = [Fault(at, HEADING, "this is no number of a record", "Export it again") for at in lines]
        raise FileFaults(str(path), faults, int(bad.sum()))
    return frame


def _answers(frame: pl.DataFrame, contest: str) -> list[str]:
    """Give what is chosen in a column, without what says that nothing or too much is marked."""
    values = frame.select(plain(contest))[contest].unique(maintain_order=True).drop_nulls().to_list()
    return [value for value in values if plain_choice(value) not in NO_CHOICE]


def _unmatched(frame: pl.DataFrame, ballots: pl.DataFrame, file: str) -> list[Remark]:
    lost = frame.filter(pl.col("batch").is_null())["number"]
    extra = ballots.filter(~pl.col("number").is_in(frame["number"].implode()))["number"]
    remarks = []
    for numbers, what in ((lost, "in no list of ballots"), (extra, "in a list of ballots, and have no record")):
        if len(numbers):
            shown = ", ".join(numbers[:10].to_list()) + (" ..." if len(numbers) > 10 else "")
            remarks.append(Remark(file, f"{len(numbers):,} records are {what}: {shown}", "Give all files of the count"))
    return remarks


def _votes(
    frame: pl.DataFrame, contests: Sequence[str], words: Words, files: Sequence[Path]
) -> tuple[dict[str, np.ndarray], dict[str, tuple[str, ...]], list[Remark]]:
    votes: dict[str, np.ndarray] = {}
    others: dict[str, tuple[str, ...]] = {}
    remarks = []
    known: dict[str, str] = {}
    for contest in contests:
        column = frame.select(plain(contest))[contest]
        marks = {}
        for value in column.unique().drop_nulls().to_list():
            said = plain_choice(value)
            mark = NO_CHOICE.get(said, words.side(value))
            marks[value] = mark
        sides = {mark for mark in marks.values() if mark in (Mark.YES, Mark.NO)}
        if None in marks.values() or not sides:
            others[one_line(contest)] = tuple(_answers(frame, contest))
            continue
        found = column.replace_strict(marks, default=int(Mark.ABSENT), return_dtype=pl.UInt8).to_numpy()
        name = known.setdefault(folded(contest), one_line(contest))
        if name in votes:
            both = (votes[name] > 0) & (found > 0)
            if both.any():
                line = int(frame["line"][int(np.argmax(both))])
                what = f"“{name}” stands on one ballot in two columns that differ only by case"
                raise FileFaults(str(files[0]), [Fault(line, None, what, "Name two measures apart")])
            remarks.append(Remark(files[0].name, f"“{name}” stands in columns that differ only by case",
                                  "They are counted as one; name two measures apart"))  # fmt: skip
            found = np.maximum(found, votes[name])
        votes[name] = found
    return votes, others, remarks
