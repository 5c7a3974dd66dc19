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

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.vote.formats import json_parts
from ballotworthy.vote.formats.bundle import Member, reading
from ballotworthy.vote.formats.gather import Gatherer
from ballotworthy.vote.results import Remark, Results
from ballotworthy.vote.words import Words, one_line

NAME = "dominion-json"
MANIFESTS = ("Contest", "Candidate", "CountingGroup", "PrecinctPortion", "BallotType")
MASK = re.compile(r"(\d+)_(\d+)_(\d+)\D*$")
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
    for export in exports:
        gatherer.file = export.name
        with reading(export) as stream:
            at = 0
            for key, session in json_parts.parts(stream, export.name, LISTS):
                if key == "Sessions":
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
            _contest(gatherer, told, contest, names)


def _contest(gatherer: Gatherer, where: str, contest: Any, names: _Names) -> None:
    number = contest.get("Id") if isinstance(contest, dict) else None
    if not _whole(number):
        gatherer.fault(where, "a contest has no whole number as Id", AGAIN)
        return
    if number not in names.contests:
        gatherer.fault(where, f"contest {number} is not in ContestManifest.json", "Give the manifests of this export")
        return
    if number not in names.measures:
        return
    marks = contest.get("Marks")
    if not isinstance(marks, list) or not all(isinstance(mark, dict) for mark in marks):
        gatherer.fault(where, f"contest {number} has no list of marks", AGAIN)
        return
    lost = {str(mark.get("CandidateId")) for mark in marks} - set(map(str, names.candidates[number]))
    if lost or any(not isinstance(mark.get("IsVote"), bool) for mark in marks):
        what = f"of contest {number} a mark is for nobody on the list, or does not say whether it is a vote"
        gatherer.fault(where, what, AGAIN)
        return
    voted = list(dict.fromkeys(str(mark["CandidateId"]) for mark in marks if mark["IsVote"]))
    over, under = contest.get("Overvotes", 0), contest.get("Undervotes", 0)
    doubt = ""
    if not _whole(over) or not _whole(under):
        doubt = "Overvotes or Undervotes is no whole number"
    elif len(voted) == 1 and (over or under):
        doubt = "one choice has the vote, and Overvotes or Undervotes says otherwise"
    clear = {str(mark["CandidateId"]) for mark in marks if not mark.get("IsAmbiguous")}
    gatherer.mark(where, str(number), voted, invalid=bool(over) or (not voted and len(clear) > 1), doubt=doubt)


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
