"""Results of several files as one: no card, no precinct and no kind of count in two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.vote.cards import Cards
from ballotworthy.vote.results import Remark, Results, Tally
from ballotworthy.vote.words import folded

TWICE = "Give each precinct and each card in one file"


def together(results: Sequence[Results]) -> Results:
    """Give one result; measures whose names differ only by case and blanks are one, and that is told.

    Raises:
        InputError: cards and totals are mixed, or a card or precinct stands in two files.
    """
    with_cards = [each for each in results if each.cards is not None]
    if with_cards and len(with_cards) < len(results):
        kinds = ", ".join(dict.fromkeys(each.format for each in results))
        raise InputError(
            f"cast-vote records and totals of precincts were given together ({kinds}): they count the same votes. "
            "Count one kind, then the other, and compare."
        )
    names: dict[str, str] = {}
    remarks = [remark for each in results for remark in each.remarks]
    for each in results:
        for name in dict.fromkeys(
            (*(each.cards.measures if each.cards else ()), *(row.measure for row in each.tallies))
        ):
            known = names.setdefault(folded(name), name)
            if known != name:
                what = f"“{name}” and “{known}” differ only by case and are counted as one"
                remarks.append(Remark("", what, "Name them apart if they are two measures"))
    remarks += _here_and_there(results)
    tallies = tuple(_renamed(row, names) for each in results for row in each.tallies)
    _checked(tallies)
    return Results(
        ", ".join(dict.fromkeys(each.format for each in results)),
        join_cards([each.cards for each in with_cards if each.cards], names) if with_cards else None,
        tallies,
        tuple(unit for each in results for unit in each.units),
        tuple(dict.fromkeys(remarks)),
        tuple(dict.fromkeys(name for each in results for name in each.others)),
        _answers(results),
        all(each.says_ballots for each in results),
    )


def _here_and_there(results: Sequence[Results]) -> Iterator[Remark]:
    """Tell of measures that stand in several counties and not in all: two may bear one name.

    Local measures are called by letters, so that neighbours have a Measure A each.
    """
    counties: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for row in (row for each in results for row in each.tallies if row.county):
        key = folded(row.measure)
        names.setdefault(key, row.measure)
        counties.setdefault(key, set()).add(folded(row.county))
    every = set().union(*counties.values())
    for key, there in counties.items():
        if 1 < len(there) < len(every):
            what = f"“{names[key]}” stands in {len(there):,} of {len(every):,} counties, and is counted as one"
            yield Remark("", what, "Where neighbours have each a measure of this name, count them apart")


def _answers(results: Sequence[Results]) -> dict[str, tuple[str, ...]]:
    """Give the answers of contests that are not counted; of several files what those before did not have."""
    found: dict[str, tuple[str, ...]] = {}
    for each in results:
        for name, answers in each.answers.items():
            known = found.get(name, ())
            found[name] = (*known, *(answer for answer in answers if not known or answer not in known))
    return found


def join_cards(sets: Sequence[Cards], names: dict[str, str] | None = None) -> Cards:
    """Give the cards of several sets as one; `names` has each measure by its folded name.

    Raises:
        InputError: a card stands in two sets, or a measure has two spellings in one.
    """
    known = {} if names is None else names
    if len(sets) == 1 and all(known.get(folded(name), name) == name for name in sets[0].votes):
        return sets[0]
    frames, before = [], 0
    for each in sets:
        frames.append(each.frame.with_columns(pl.col("ballot") + before))
        before += int(np.asarray(each.frame["ballot"].max() or 0)) + 1
    frame = pl.concat(frames)
    double = frame["id"].is_duplicated()
    if double.any():
        first = frame["id"].filter(double)[0]
        raise InputError(f"the record {first} stands in two of the files ({int(double.sum()):,} do). {TWICE}.")
    votes: dict[str, np.ndarray] = {}
    at = 0
    for each in sets:
        for name, marks in each.votes.items():
            title = known.setdefault(folded(name), name)
            whole = votes.setdefault(title, np.zeros(frame.height, np.uint8))
            part = whole[at : at + len(each)]
            if (both := (part > 0) & (marks > 0)).any():
                card = frame["id"][at + int(np.argmax(both))]
                raise InputError(
                    f"“{name}” stands twice on one card ({card} is the first), in names that differ only by case. "
                    "Name them apart in the files."
                )
            part[:] = np.maximum(part, marks)
        at += len(each)
    return Cards(frame, votes)


def _renamed(row: Tally, names: dict[str, str]) -> Tally:
    title = names[folded(row.measure)]
    if title == row.measure:
        return row
    return Tally(title, row.county, row.precinct, row.mode, row.yes, row.no, row.blank, row.invalid, row.where)


def _checked(tallies: Sequence[Tally]) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in tallies:
        if row.mode == "hidden":
            continue
        key = (row.measure, folded(row.county), folded(row.precinct), row.mode)
        if key in seen:
            place = " ".join(part for part in (row.county, row.precinct) if part) or "the whole"
            raise InputError(f"{place} has “{row.measure}” twice: {seen[key]}, and {row.where}. {TWICE}.")
        seen[key] = row.where
