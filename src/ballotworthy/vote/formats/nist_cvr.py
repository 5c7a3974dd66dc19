"""NIST's Cast Vote Records, SP 1500-103 version 1.0, as JSON and as XML.

A record may have several snapshots: only that of `CurrentSnapshotId` counts, whatever its type is called (the words
"interpreted" and "modified" are defined both ways round in the document: CastVoteRecords#31). A contest that is absent
does not stand on the card. A mark counts if it `IsAllocable`; where that is not said, if it `HasIndication`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.quantities import quantity
from ballotworthy.vote.cards import SCHEMA
from ballotworthy.vote.formats import json_parts, xml_parts
from ballotworthy.vote.formats.alike import Block, Group, NotPlain
from ballotworthy.vote.formats.gather import Gatherer
from ballotworthy.vote.formats.in_bulk import Bulk, Said
from ballotworthy.vote.formats.plain_values import Wrong, listed, number, text
from ballotworthy.vote.results import Remark, Results
from ballotworthy.vote.words import Words, one_line

NAME = "nist-cvr"
COLUMNS = {
    "own": "UniqueId", "audit": "BallotAuditId", "printed": "BallotPrePrintedId", "position": "BatchSequenceId",
    "tabulator": "CreatingDeviceId", "batch": "BatchId", "precinct": "BallotStyleUnitId", "style": "BallotStyleId",
}  # fmt: skip
LISTS = frozenset({"CVR", "Election", "GpUnit", "ReportingDevice"})
WAITS, VOID = "needs-adjudication", "invalidated-rules"
"""Statuses (ContestSelectionStatus, PositionStatus, CVRStatus) of what people or rules have to say something on."""
WEIGHTS, ONE = ("NumberVotes", "FractionalVotes"), {"1", "1.0"}
WRITE_IN = "write-in"
AGAIN = "Ask the maker of the export for a right one"


def knows(head: bytes) -> bool:
    """Say whether the beginning of a file is of this format."""
    return b"CastVoteRecordReport" in head or (b"CVR.CVR" in head and b"CVRSnapshot" in head)


def read(path: Path, words: Words) -> Results:
    """Read one report.

    Raises:
        FileFaults: it is cut, a record has no current snapshot or contradicts itself, or stands twice.
    """
    gatherer = Gatherer(str(path))
    units: dict[str, str] = {}
    contests: dict[str, dict[str, Any]] = {}
    version = ""
    at = 0
    pending: list[tuple[str, str]] = []
    for key, item in _parts(path):
        try:
            if isinstance(item, Block):
                for record in _block(gatherer, item, at, pending):
                    at += 1
                    _record(gatherer, f"record {at}", record, at - 1, pending)
                at = gatherer.size
            elif key == "CVR":
                at += 1
                _record(gatherer, f"record {at}", item, at - 1, pending)
            elif key == "GpUnit":
                for unit in listed(item):
                    units[text(unit, "@id", needed=True)] = text(unit, "Name") or _code(unit)
            elif key == "Election":
                for election in listed(item):
                    for contest in listed(election, "Contest"):
                        contests[text(contest, "@id", needed=True)] = contest
            elif key == "Version":
                version = str(item)
        except Wrong as error:
            where = f"record {at}" if key == "CVR" else key
            raise FileFaults(str(path), [Fault(None, None, f"{where}: {error}", AGAIN)]) from error
    sides, names, measures, words_of = _contests(path, contests, words)
    told = [f"{where}, {names[each]}" for where, each in pending if each in measures]
    remarks = _remarks(path, version, told, [where for where, each in pending if not each])
    unknown = [each for each in gatherer.codes if each not in contests]
    if unknown:
        what = f"contest {unknown[0][:40]} of a record is in no election of the report"
        raise FileFaults(str(path), [Fault(None, None, what, AGAIN)])
    strange = [
        (each, choice) for each in measures for choice in gatherer.choices.get(each, ())
        if (each, choice) not in sides and choice != WRITE_IN
    ]  # fmt: skip
    if strange:
        what = f"selection {strange[0][1][:40]} of a record is none of {names[strange[0][0]]}"
        raise FileFaults(str(path), [Fault(None, None, what, AGAIN)])
    found = gatherer.cards(
        lambda contest, choice: sides.get((contest, choice)), lambda contest: names[contest], measures, units
    )
    answers = {names[key]: words_of[key] for key in contests if names[key] in found.others}
    return Results(NAME, found.cards, (), (), (*remarks, *found.remarks), tuple(found.others), answers)


def _parts(path: Path) -> Iterator[tuple[str, Any]]:
    with path.open("rb") as stream:
        first = stream.read(4096).lstrip(b"\xef\xbb\xbf \r\n\t")
        stream.seek(0)
        if first.startswith(b"<"):
            names = (*LISTS, "Version")
            yield from ((name, item) for name, item, _ in
                        xml_parts.parts(stream, str(path), names, "CastVoteRecordReport",
                                        xml_parts.Units("CVR", "CVRContest", _said)))  # fmt: skip
        else:
            yield from json_parts.parts(stream, str(path), LISTS, {"CVR": json_parts.Units("CVRContest", _said)})


def _record(gatherer: Gatherer, where: str, record: Any, ballot: int, pending: list[tuple[str, str]]) -> None:
    if not isinstance(record, dict):
        raise Wrong("it is no object")
    current = text(record, "CurrentSnapshotId", needed=True)
    snapshots = [each for each in listed(record, "CVRSnapshot") if text(each, "@id") == current]
    if len(snapshots) != 1:
        raise Wrong(f"{len(snapshots)} snapshots bear its CurrentSnapshotId, not one")
    own = text(record, "UniqueId") or text(record, "BallotAuditId") or text(record, "BallotPrePrintedId")
    gatherer.card(
        where, card=own or f"record {ballot + 1}", ballot=ballot, position=number(record, "BatchSequenceId"),
        tabulator=text(record, "CreatingDeviceId") or None, batch=text(record, "BatchId") or None,
        imprinted=text(record, "BallotAuditId") or text(record, "BallotPrePrintedId") or None,
        precinct=text(record, "BallotStyleUnitId") or None, style=text(record, "BallotStyleId") or None,
    )  # fmt: skip
    if WAITS in _statuses(snapshots[0]):
        pending.append((where, ""))
    for contest in listed(snapshots[0], "CVRContest"):
        said = _said(contest)
        name = str(said.contest)
        pending.extend([(where, name)] * said.waits)
        gatherer.mark(where, name, said.chosen, invalid=said.invalid, doubt=said.doubt)


def _block(gatherer: Gatherer, block: Block, first: int, pending: list[tuple[str, str]]) -> Iterator[Any]:
    """Read a block's records together, or give them to be read one by one."""
    bulk = Bulk(gatherer)
    waiting: list[int] = []
    try:
        for group in block.groups():
            waiting += _group(bulk, group, first)
        bulk.done(lambda row: f"record {first + row + 1}", pending)
    except (NotPlain, Wrong):
        yield from block.items()
    else:
        pending += [(f"record {first + row + 1}", "") for row in sorted(waiting)]


def _group(bulk: Bulk, group: Group, first: int) -> list[int]:
    """Take records of one form; give the rows of those of which the snapshot waits for people."""
    if not isinstance(group.form, dict):
        raise NotPlain
    current = group.column(group.form.get("CurrentSnapshotId"))
    snapshots = listed(group.form, "CVRSnapshot")
    found = np.zeros(len(current), np.int64)
    waiting: list[int] = []
    for snapshot in snapshots:
        own = (group.column(snapshot.get("@id")) == current).fill_null(False).to_numpy()
        found += own
        if own.any():
            some = group.only(own)
            _records(bulk, some, snapshot, first)
            status = snapshot.get("Status")
            for each in status if isinstance(status, list) else [status]:
                waiting += some.rows[(some.column(each) == WAITS).fill_null(False).to_numpy()].tolist()
    if (found != 1).any():
        raise NotPlain
    return waiting


def _records(bulk: Bulk, group: Group, snapshot: dict[str, Any], first: int) -> None:
    column = {name: group.column(group.form.get(key)) for name, key in COLUMNS.items()}
    position = column.pop("position")
    if not position.drop_nulls().str.contains(r"^[0-9]{1,9}$").all():
        raise NotPlain
    frame = pl.DataFrame(column).with_columns(
        pl.Series("position", position).cast(pl.Int64),
        id=pl.coalesce("own", "audit", "printed", pl.concat_str(pl.lit("record "), pl.Series(group.rows + first + 1))),
        imprinted=pl.coalesce("audit", "printed"),
    )
    bulk.cards(group.rows, {name: frame[name] for name in SCHEMA if name in frame.columns})
    contests = snapshot.get("CVRContest") or []
    for contest in contests if isinstance(contests, list) else [contests]:
        bulk.contest(group.rows, group.unit(contest))


def _said(contest: Any) -> Said:
    if not isinstance(contest, dict):
        raise Wrong("CVRContest is no object")
    name = text(contest, "ContestId", needed=True)
    voted, doubt, marks, waits = [], "", 0, 0
    for selection in listed(contest, "CVRContestSelection"):
        votes, of_it = 0, _statuses(selection)
        for position in listed(selection, "SelectionPosition"):
            marked, allocable = text(position, "HasIndication", needed=True), text(position, "IsAllocable")
            if marked not in ("yes", "no", "unknown") or allocable not in ("", "yes", "no", "unknown"):
                raise Wrong("HasIndication or IsAllocable is none of yes, no and unknown")
            if VOID in of_it | _statuses(position):
                doubt = doubt or f"a mark is allocable and {VOID}" * (allocable == "yes")
                allocable = "no"
            elif WAITS in of_it and not allocable:
                allocable = "unknown"
            waits += "unknown" in (marked, allocable)
            counts = (allocable or marked) == "yes"
            if counts and not {str(position.get(name, 1)) for name in WEIGHTS} <= ONE:
                doubt = "NumberVotes or FractionalVotes of a mark that counts is not 1"
            votes += counts
            marks += marked == "yes"
        stated = number(selection, "TotalNumberVotes")
        if stated is not None and stated != votes:
            doubt = f"TotalNumberVotes is {stated} and {votes} marks count"
        if votes:
            voted.append(text(selection, "ContestSelectionId") or WRITE_IN)
    told = _statuses(contest)
    over, under = number(contest, "Overvotes") or 0, number(contest, "Undervotes") or 0
    if len(voted) == 1 and (over or under or {"overvoted", "undervoted", "not-indicated"} & told):
        doubt = "one choice has the vote, and the status or the number of over- and undervotes says otherwise"
    lost = over > 0 or "overvoted" in told or VOID in told or (not voted and marks > 0)
    return Said(name, tuple(voted), lost, doubt, waits)


def _statuses(item: dict[str, Any]) -> set[str]:
    status = item.get("Status")
    if isinstance(status, str):
        return set(status.split())
    return {str(each) for each in status} if isinstance(status, list) else set()


def _contests(
    path: Path, contests: dict[str, dict[str, Any]], words: Words
) -> tuple[dict[tuple[str, str], Any], dict[str, str], list[str], dict[str, tuple[str, ...]]]:
    """Give sides by contest and choice; of each contest its name; the measures; of each contest the choices' words."""
    sides: dict[tuple[str, str], Any] = {}
    names: dict[str, str] = {}
    words_of: dict[str, tuple[str, ...]] = {}
    measures = []
    try:
        for key, contest in contests.items():
            names[key] = one_line(text(contest, "Name") or _code(contest) or key)
            choices = {text(each, "@id", needed=True): text(each, "Selection")
                       for each in listed(contest, "ContestSelection")}  # fmt: skip
            words_of[key] = tuple(each for each in choices.values() if each)
            if len(choices) == 2 and words.are_a_measure(choices.values()):
                measures.append(key)
                sides |= {(key, choice): words.side(said) for choice, said in choices.items()}
    except Wrong as error:
        raise FileFaults(str(path), [Fault(None, None, f"Contest: {error}", AGAIN)]) from error
    return sides, names, measures, words_of


def _code(item: dict[str, Any]) -> str:
    codes = listed(item, "Code")
    return text(codes[0], "Value") if codes else ""


def _remarks(path: Path, version: str, pending: list[str], records: list[str]) -> list[Remark]:
    remarks = []
    if version and not version.startswith("1."):
        what = f"it says that it is version {version[:20]}, and is read as 1.0"
        remarks.append(Remark(path.name, what, "Compare the count with another source"))
    if pending:
        shown = "; ".join(pending[:5]) + (" ..." if len(pending) > 5 else "")
        what = f"{len(pending):,} marks are neither yes nor no, as they wait for people: {shown}"
        remarks.append(Remark(path.name, what, "They are counted for nobody until the report decides them"))
    if records:
        shown = "; ".join(records[:5]) + (" ..." if len(records) > 5 else "")
        what = f"{quantity(len(records), 'record')} marked as waiting for people ({WAITS}): {shown}"
        remarks.append(Remark(path.name, what, "Their marks count as they stand; count again when all is decided"))
    return remarks
