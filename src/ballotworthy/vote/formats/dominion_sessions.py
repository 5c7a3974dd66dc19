"""Sessions of a Dominion export, one by one and in blocks: cards, and what stands on them.

From version 5.10 a session holds cards and a card contests; in 5.2 it holds contests. `Modified` is what people made
of the scan: it counts where it is current. Only marks with `IsVote` are votes. A record whose number is "X" bears it in
its `ImageMask`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from ballotworthy.files.compiled import compiled
from ballotworthy.vote.cards import SCHEMA
from ballotworthy.vote.formats.alike import Block, Group, NotPlain
from ballotworthy.vote.formats.cut_json import ESCAPED
from ballotworthy.vote.formats.dominion_manifests import AGAIN, Names, is_whole
from ballotworthy.vote.formats.gather import Gatherer
from ballotworthy.vote.formats.in_bulk import Bulk, Said

MASK = re.compile(r"(\d+)_(\d+)_(\d{1,18})\D*$")


def take_session(gatherer: Gatherer, where: str, session: Any, names: Names) -> None:
    """Take a session; `where` says which."""
    if not isinstance(session, dict):
        gatherer.fault(where, "it is no object", AGAIN)
        return
    record, mask = session.get("RecordId"), MASK.search(str(session.get("ImageMask", "")))
    number = record if is_whole(record) else int(mask[3]) if mask and record == "X" else None
    tabulator, batch = session.get("TabulatorId"), session.get("BatchId")
    current = [
        each for key in ("Original", "Modified") if isinstance(each := session.get(key), dict) and each.get("IsCurrent")
    ]
    if number is None or not is_whole(tabulator) or not is_whole(batch):
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
            tabulator=str(tabulator), batch=str(batch), imprinted=_whole_mask(mask[0]) if mask else own,
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
                said = said_of(contest, names)
            except _Faulty as error:
                gatherer.fault(told, *error.args)
                continue
            if said.contest is not None:
                gatherer.mark(told, said.contest, said.chosen, invalid=said.invalid, doubt=said.doubt)


class _Faulty(ValueError):
    """A contest is wrong: what, and what to do."""


def said_of(contest: Any, names: Names) -> Said:
    """Give what stands on a card for a contest.

    Raises:
        ValueError: it is wrong.
    """
    number = contest.get("Id") if isinstance(contest, dict) else None
    if not is_whole(number):
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
    if not is_whole(over) or not is_whole(under):
        doubt = "Overvotes or Undervotes is no whole number"
    elif len(voted) == 1 and (over or under):
        doubt = "one choice has the vote, and Overvotes or Undervotes says otherwise"
    clear = {str(mark["CandidateId"]) for mark in marks if not mark.get("IsAmbiguous")}
    return Said(str(number), voted, bool(over) or (not voted and len(clear) > 1), doubt)


def _whole_mask(text: str) -> str:
    return text.strip().rstrip("*.").strip()


def _named(names: Mapping[int, str], number: Any) -> str | None:
    if number is None:
        return None
    return names.get(number, str(number)) if is_whole(number) else str(number)[:60]


def take_block(gatherer: Gatherer, block: Block, where: Callable[[int], str], names: Names) -> None:
    """Take a block's sessions together; `where` says of a session's number in it which it is.

    Raises:
        NotPlain: they are to be taken one by one; nothing was gathered.
    """
    bulk = Bulk(gatherer)
    groups = [(group, *_current(group)) for group in block.groups()]
    count = np.zeros(len(block), np.int64)
    for group, _, cards in groups:
        count[group.rows] = len(cards)
    begins = np.concatenate([[0], np.cumsum(count)])

    def told(place: int) -> str:
        row = int(np.searchsorted(begins, place, side="right")) - 1
        return where(row) if count[row] == 1 else f"{where(row)}, card {place - int(begins[row]) + 1}"

    for group, version, cards in groups:
        _group(bulk, group, version, cards, begins, names)
    bulk.done(told, [])


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
    names: Names,
) -> None:  # fmt: skip
    form = group.form
    numbers, imprinted = _of_masks(group)
    try:
        position, figures = group.number(form.get("RecordId")), group.figures(form.get("RecordId"))
    except NotPlain:
        if not (group.column(form.get("RecordId")) == "X").fill_null(False).all():
            raise
        position = group.whole_numbers(*numbers)
        figures = position.cast(pl.String)
    frame = pl.DataFrame({
        "position": position, "figures": figures, "imprinted": imprinted,
        "tabulator": group.figures(form.get("TabulatorId")), "batch": group.figures(form.get("BatchId")),
        "precinct": _called(group, names.precincts, version.get("PrecinctPortionId")),
        "style": _called(group, names.styles, version.get("BallotTypeId")),
        "mode": _called(group, names.groups, form.get("CountingGroupId")),
        "ballot": bulk.gatherer.ballots + group.rows,
    }).with_columns(own=pl.concat_str("tabulator", "batch", "figures", separator="-"))  # fmt: skip
    frame = frame.with_columns(pl.coalesce("imprinted", "own"))
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


def _of_masks(group: Group) -> tuple[tuple[np.ndarray, np.ndarray], pl.Series]:
    """Give where the record's number stands in each image mask, begins and ends, and the mask's end as a string."""
    mask = group.form.get("ImageMask")
    if mask is None or mask == "":
        nowhere = np.zeros(len(group.rows), np.int64)
        return (nowhere, nowhere), group.column(None)
    kinds, begins, ends = group.pieces(mask)
    found = np.zeros((len(begins), 4), np.int64)
    if not _last_numbers(np.frombuffer(group.block.data, np.uint8), begins, ends, found):
        raise NotPlain
    whole = group.strings(found[:, 0].copy(), found[:, 1].copy(), escaped=bool((kinds == ESCAPED).any()))
    return (found[:, 2].copy(), found[:, 3].copy()), whole


@compiled
def _last_numbers(data: np.ndarray, begins: np.ndarray, ends: np.ndarray, found: np.ndarray) -> bool:
    """Find what `MASK` finds in pieces of ASCII, zeros where it finds nothing; say whether all are ASCII.

    Args:
        data: bytes.
        begins, ends: of pieces.
        found: out, int64 (pieces, 4): where all three numbers begin, where the text without stars and dots ends, where
            the last number begins and ends.
    """
    for at in range(begins.shape[0]):
        begin, end = begins[at], ends[at]
        for place in range(begin, end):
            if data[place] > 126:
                return False
        stop = end
        while stop > begin and not _figure(data[stop - 1]):
            stop -= 1
        last = place = stop
        for turn in range(3):
            if turn:
                if place == begin or data[place - 1] != 95:
                    break
                place -= 1
            first = place
            while first > begin and _figure(data[first - 1]):
                first -= 1
            if first == place:
                break
            place = first
            if turn == 0:
                last = place
            elif turn == 2:
                while end > stop and data[end - 1] == 32:
                    end -= 1
                while end > stop and data[end - 1] in (42, 46):
                    end -= 1
                found[at, 0], found[at, 1], found[at, 2], found[at, 3] = place, end, last, stop
    return True


@compiled
def _figure(byte: int) -> bool:
    return bool(48 <= byte <= 57)


def _called(group: Group, names: Mapping[int, str], number: Any) -> pl.Series:
    if number is None:
        return group.column(None)
    return group.figures(number).replace({str(key): name for key, name in names.items()})
