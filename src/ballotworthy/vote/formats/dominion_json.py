"""Dominion's cast-vote records as JSON: CvrExport files of sessions, and manifests that say what the numbers mean.

From version 5.10 a session holds cards and a card contests; in 5.2 it holds contests. `Modified` is what people made
of the scan: it counts where it is current. Only marks with `IsVote` are votes. A record whose number is "X" bears it in
its `ImageMask`. San Francisco, 2024: 27,554 such files in one zip; they are read one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.vote.cards import SCHEMA
from ballotworthy.vote.formats import json_parts
from ballotworthy.vote.formats.alike import Block, Group, NotPlain
from ballotworthy.vote.formats.bundle import Member, reading
from ballotworthy.vote.formats.gather import Gatherer
from ballotworthy.vote.formats.in_bulk import Bulk, Said
from ballotworthy.vote.results import Remark, Results
from ballotworthy.vote.words import Words, one_line

NAME = "dominion-json"
MANIFESTS = ("Contest", "Candidate", "CountingGroup", "PrecinctPortion", "BallotType")
MASK = re.compile(r"(\d+)_(\d+)_(\d{1,18})\D*$")
LISTS = frozenset({"Sessions", "List"})
AGAIN = "Ask for the export again"


@dataclass(frozen=True)
class _Names:
    """What the numbers of records mean."""

    contests: Mapping[int, str]
    votes_for: Mapping[int, int]
    candidates: Mapping[int, Mapping[int, str]]
    groups: Mapping[int, str]
    precincts: Mapping[int, str]
    styles: Mapping[int, str]
    measures: frozenset[int] = field(default_factory=frozenset)


def is_export(base: str) -> bool:
    """Say whether a file of this name holds sessions."""
    return re.fullmatch(r"CvrExport(_\d+)?\.json", base, re.IGNORECASE) is not None


def knows(head: bytes) -> bool:
    """Say whether the beginning of a file is of this format, records or manifest."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and (
        b'"Sessions"' in head or (b'"List"' in head and b'"Version"' in head)
    )


def read(members: Sequence[Member], words: Words) -> Results:
    """Read an export with its manifests.

    Raises:
        FileFaults: a file is cut, a manifest is missing, a session contradicts itself, or a card stands twice.
    """
    exports = [each for each in members if is_export(each.base)]
    if not exports:
        exports = [each for each in members if not each.base.endswith("Manifest.json")]
    if not exports:
        what = "no file of it holds sessions (CvrExport_0.json ...)"
        raise FileFaults(members[0].name, [Fault(None, None, what, "Give the whole export, as a folder or zip")])
    names = _names(members, exports[0].name, words)
    gatherer = Gatherer(exports[0].name)
    units = {"Sessions": json_parts.Units("Contests", lambda contest: _said(contest, names))}
    for export in exports:
        gatherer.file = export.name
        with reading(export) as stream:
            at = 0
            for key, session in json_parts.parts(stream, export.name, LISTS, units):
                if isinstance(session, Block):
                    for one in _block(gatherer, session, at, export.base, names):
                        _session(gatherer, one[0], one[1], names)
                    at += len(session)
                elif key == "Sessions":
                    at += 1
                    _session(gatherer, f"session {at} of {export.base}", session, names)
    cards, _ = gatherer.cards(
        lambda contest, choice: words.side(names.candidates[int(contest)].get(int(choice), "")),
        lambda contest: names.contests[int(contest)],
        [str(each) for each in names.measures],
    )
    others = tuple(name for number, name in names.contests.items() if number not in names.measures)
    return Results(NAME, cards, (), (), tuple(_unseen(gatherer, names)), others, says_ballots=True)


def _names(members: Sequence[Member], file: str, words: Words) -> _Names:
    lists: dict[str, list[Any]] = {}
    for member in members:
        kind = next((each for each in MANIFESTS if member.base == f"{each}Manifest.json"), None)
        if kind is None:
            continue
        if kind in lists:
            what = f"there are two files {member.base}"
            raise FileFaults(member.name, [Fault(None, None, what, "Give one export at a time")])
        with reading(member) as stream:
            found = [item for key, item in json_parts.parts(stream, member.name, LISTS) if key == "List"]
        for at, item in enumerate(found, 1):
            if not isinstance(item, dict) or not isinstance(item.get("Id"), int):
                what = f"item {at} of the list has no whole number as Id"
                raise FileFaults(member.name, [Fault(None, None, what, AGAIN)])
        lists[kind] = found
    for kind in ("Contest", "Candidate"):
        if kind not in lists:
            what = f"{kind}Manifest.json is not with it, which says what the numbers mean"
            raise FileFaults(file, [Fault(None, None, what, "Give the folder or zip of the whole export")])
    contests = {each["Id"]: one_line(str(each.get("Description", each["Id"]))) for each in lists["Contest"]}
    votes_for = {each["Id"]: each.get("VoteFor", 1) for each in lists["Contest"]}
    candidates: dict[int, dict[int, str]] = {}
    for each in lists["Candidate"]:
        if not each.get("Disabled") and _whole(each.get("ContestId")):
            candidates.setdefault(each["ContestId"], {})[each["Id"]] = str(each.get("Description", ""))
    measures = frozenset(
        number for number in contests
        if votes_for[number] == 1 and len(candidates.get(number, {})) == 2
        and words.are_a_measure(candidates[number].values())
    )  # fmt: skip

    def described(kind: str) -> dict[int, str]:
        return {each["Id"]: str(each.get("Description") or each["Id"]) for each in lists.get(kind, ())}

    return _Names(
        contests, votes_for, candidates, described("CountingGroup"), described("PrecinctPortion"),
        described("BallotType"), measures,
    )  # fmt: skip


def _session(gatherer: Gatherer, where: str, session: Any, names: _Names) -> None:
    if not isinstance(session, dict):
        gatherer.fault(where, "it is no object", AGAIN)
        return
    record, mask = session.get("RecordId"), MASK.search(str(session.get("ImageMask", "")))
    number = record if _whole(record) else int(mask[3]) if mask and record == "X" else None
    tabulator, batch = session.get("TabulatorId"), session.get("BatchId")
    current = [
        each for key in ("Original", "Modified") if isinstance(each := session.get(key), dict) and each.get("IsCurrent")
    ]
    if number is None or not _whole(tabulator) or not _whole(batch):
        gatherer.fault(where, "TabulatorId, BatchId or RecordId is no whole number", AGAIN)
        return
    if len(current) != 1:
        gatherer.fault(where, f"{len(current)} versions of it are current, not one", AGAIN)
        return
    cards = current[0].get("Cards", [current[0]])
    if not isinstance(cards, list) or not cards:
        gatherer.fault(where, "it has no card", AGAIN)
        return
    ballot = gatherer.ballots
    for at, card in enumerate(cards, 1):
        told = where if len(cards) == 1 else f"{where}, card {at}"
        own = f"{tabulator}-{batch}-{number}"
        gatherer.card(
            told, card=own if len(cards) == 1 else f"{own}-{at}", ballot=ballot, position=number,
            tabulator=str(tabulator), batch=str(batch), imprinted=mask[0].rstrip("*.") if mask else own,
            precinct=_named(names.precincts, current[0].get("PrecinctPortionId")),
            style=_named(names.styles, current[0].get("BallotTypeId")),
            mode=_named(names.groups, session.get("CountingGroupId")),
        )  # fmt: skip
        contests = card.get("Contests") if isinstance(card, dict) else None
        if not isinstance(contests, list):
            gatherer.fault(told, "it has no list of contests", AGAIN)
            continue
        for contest in contests:
            try:
                said = _said(contest, names)
            except _Faulty as error:
                gatherer.fault(told, *error.args)
                continue
            if said.contest is not None:
                gatherer.mark(told, said.contest, said.chosen, invalid=said.invalid, doubt=said.doubt)


class _Faulty(ValueError):
    """A contest is wrong: what, and what to do."""


def _said(contest: Any, names: _Names) -> Said:
    number = contest.get("Id") if isinstance(contest, dict) else None
    if not _whole(number):
        raise _Faulty("a contest has no whole number as Id", AGAIN)
    if number not in names.contests:
        raise _Faulty(f"contest {number} is not in ContestManifest.json", "Give the manifests of this export")
    if number not in names.measures:
        return Said(None)
    marks = contest.get("Marks")
    if not isinstance(marks, list) or not all(isinstance(mark, dict) for mark in marks):
        raise _Faulty(f"contest {number} has no list of marks", AGAIN)
    lost = {str(mark.get("CandidateId")) for mark in marks} - set(map(str, names.candidates[number]))
    if lost or any(not isinstance(mark.get("IsVote"), bool) for mark in marks):
        what = f"of contest {number} a mark is for nobody on the list, or does not say whether it is a vote"
        raise _Faulty(what, AGAIN)
    voted = tuple(dict.fromkeys(str(mark["CandidateId"]) for mark in marks if mark["IsVote"]))
    over, under = contest.get("Overvotes", 0), contest.get("Undervotes", 0)
    doubt = ""
    if not _whole(over) or not _whole(under):
        doubt = "Overvotes or Undervotes is no whole number"
    elif len(voted) == 1 and (over or under):
        doubt = "one choice has the vote, and Overvotes or Undervotes says otherwise"
    clear = {str(mark["CandidateId"]) for mark in marks if not mark.get("IsAmbiguous")}
    return Said(str(number), voted, bool(over) or (not voted and len(clear) > 1), doubt)


def _block(gatherer: Gatherer, block: Block, first: int, base: str, names: _Names) -> Iterator[tuple[str, Any]]:
    """Read a block's sessions together, or give them to be read one by one, with their places."""
    bulk = Bulk(gatherer)
    try:
        groups = [(group, *_current(group)) for group in block.groups()]
        count = np.zeros(len(block), np.int64)
        for group, _, cards in groups:
            count[group.rows] = len(cards)
        begins = np.concatenate([[0], np.cumsum(count)])

        def where(place: int) -> str:
            row = int(np.searchsorted(begins, place, side="right")) - 1
            told = f"session {first + row + 1} of {base}"
            return told if count[row] == 1 else f"{told}, card {place - int(begins[row]) + 1}"

        for group, version, cards in groups:
            _group(bulk, group, version, cards, begins, names)
        bulk.done(where, [])
    except NotPlain:
        for at, item in enumerate(block.items(), first + 1):
            yield f"session {at} of {base}", item


def _current(group: Group) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Give the version that counts of sessions of one form, and its cards."""
    form = group.form
    versions = [form[key] for key in ("Original", "Modified") if isinstance(form, dict) and key in form]
    if not all(isinstance(each, dict) and isinstance(each.get("IsCurrent"), bool) for each in versions):
        raise NotPlain
    current = [each for each in versions if each["IsCurrent"]]
    if len(current) != 1:
        raise NotPlain
    cards = current[0].get("Cards", current)
    if not isinstance(cards, list) or not cards or not all(isinstance(each, dict) for each in cards):
        raise NotPlain
    return current[0], cards


def _group(
    bulk: Bulk, group: Group, version: dict[str, Any], cards: Sequence[dict[str, Any]], begins: np.ndarray,
    names: _Names,
) -> None:  # fmt: skip
    form = group.form
    mask = group.column(form.get("ImageMask")).to_frame("mask")
    mask = mask.select(whole=pl.col("mask").str.extract(MASK.pattern, 0).str.strip_chars_end("*."),
                       number=pl.col("mask").str.extract(MASK.pattern, 3))  # fmt: skip
    try:
        number = group.number(form.get("RecordId"))
    except NotPlain:
        if not (group.column(form.get("RecordId")) == "X").fill_null(False).all():
            raise
        number = mask["number"]
        if number.null_count() or not number.str.contains("^[0-9]{1,12}$").all():
            raise NotPlain from None
        number = number.cast(pl.Int64)
    frame = mask.with_columns(
        position=number, tabulator=group.number(form.get("TabulatorId")), batch=group.number(form.get("BatchId")),
    )  # fmt: skip
    frame = frame.with_columns(
        own=pl.concat_str("tabulator", "batch", "position", separator="-"),
        tabulator=pl.col("tabulator").cast(pl.String), batch=pl.col("batch").cast(pl.String),
        precinct=_called(group, names.precincts, version.get("PrecinctPortionId")),
        style=_called(group, names.styles, version.get("BallotTypeId")),
        mode=_called(group, names.groups, form.get("CountingGroupId")),
        ballot=pl.Series(bulk.gatherer.ballots + group.rows),
    )  # fmt: skip
    frame = frame.with_columns(imprinted=pl.coalesce("whole", "own"))
    for at, card in enumerate(cards):
        own = pl.col("own") if len(cards) == 1 else pl.concat_str("own", pl.lit(f"-{at + 1}"))
        places = begins[group.rows] + at
        found = frame.with_columns(id=own)
        bulk.cards(places, {name: found[name] for name in SCHEMA})
        contests = card.get("Contests")
        if not isinstance(contests, list):
            raise NotPlain
        for contest in contests:
            bulk.contest(places, group.unit(contest))


def _called(group: Group, names: Mapping[int, str], number: Any) -> pl.Series:
    if number is None:
        return group.column(None)
    return group.number(number).cast(pl.String).replace({str(key): name for key, name in names.items()})


def _unseen(gatherer: Gatherer, names: _Names) -> Iterator[Remark]:
    for number in sorted(names.measures):
        if str(number) not in gatherer.codes:
            what = f"“{names.contests[number]}” is in the manifest and on no card"
            yield Remark("", what, "Give all CvrExport files, if it was voted on")


def _named(names: Mapping[int, str], number: Any) -> str | None:
    if number is None:
        return None
    return names.get(number, str(number)) if _whole(number) else str(number)[:60]


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12
