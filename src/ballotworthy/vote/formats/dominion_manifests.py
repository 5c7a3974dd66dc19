"""The manifests of a Dominion export: what the numbers in its records mean, and which contests are measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.vote.formats import json_parts
from ballotworthy.vote.formats.bundle import Member
from ballotworthy.vote.words import Words, one_line

MANIFESTS = ("Contest", "Candidate", "CountingGroup", "PrecinctPortion", "BallotType")
AGAIN = "Ask for the export again"


@dataclass(frozen=True)
class Names:
    """What the numbers of records mean."""

    contests: Mapping[int, str]
    votes_for: Mapping[int, int]
    candidates: Mapping[int, Mapping[int, str]]
    groups: Mapping[int, str]
    precincts: Mapping[int, str]
    styles: Mapping[int, str]
    measures: frozenset[int] = field(default_factory=frozenset)


def read_names(members: Sequence[Member], file: str, words: Words) -> Names:
    """Read the manifests among these files.

    Args:
        members: the files of an export.
        file: one that holds records, for messages.
        words: which choices are yes and no.

    Raises:
        FileFaults: a manifest is faulty, missing, or there twice.
    """
    lists: dict[str, list[Any]] = {}
    for member in members:
        kind = next((each for each in MANIFESTS if member.base == f"{each}Manifest.json"), None)
        if kind is None:
            continue
        if kind in lists:
            what = f"there are two files {member.base}"
            raise FileFaults(member.name, [Fault(None, None, what, "Give one export at a time")])
        with member.opened() as stream:
            found = [item for key, item in json_parts.parts(stream, member.name, frozenset({"List"})) if key == "List"]
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
        if not each.get("Disabled") and is_whole(each.get("ContestId")):
            candidates.setdefault(each["ContestId"], {})[each["Id"]] = str(each.get("Description", ""))
    measures = frozenset(
        number for number in contests
        if votes_for[number] == 1 and len(candidates.get(number, {})) == 2
        and words.are_a_measure(candidates[number].values())
    )  # fmt: skip

    def described(kind: str) -> dict[int, str]:
        return {each["Id"]: str(each.get("Description") or each["Id"]) for each in lists.get(kind, ())}

    return Names(
        contests, votes_for, candidates, described("CountingGroup"), described("PrecinctPortion"),
        described("BallotType"), measures,
    )  # fmt: skip


def is_whole(value: Any) -> bool:
    """Say whether a value is a whole number as records hold them."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12
