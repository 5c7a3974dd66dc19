"""Rows of OpenElections put together by measure and precinct, and what in them does not add up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.vote.results import Remark, Tally, Unit
from ballotworthy.vote.words import folded

ALL = frozenset({
    "all precincts", "statewide", "countywide", "county wide", "all counties", "all", "sum", "summary", "cumulative",
    "overall",
})  # fmt: skip
TOTAL = re.compile(r"(.*[^a-z])?(sub)?totals?([^a-z].*)?", re.DOTALL)
"""In a county's or precinct's name, folded."""
SIDES = ("yes", "no", "blank", "invalid")
BOTH = "Both numbers are kept; ask who published them"
Place = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One row: what it counts (`side`: yes, no, blank, invalid, total, registered, cast, or None for a candidate).

    `answer` is the candidate as written.
    """

    line: int
    county: str
    precinct: str
    registered: int | None
    cast: int | None
    contest: str
    side: str | None
    votes: int | None
    hidden: bool
    modes: Mapping[str, int | None]
    answer: str = ""

    @property
    def place(self) -> Place:
        """Give county and precinct as one name."""
        return folded(self.county), folded(self.precinct)

    @property
    def sums(self) -> bool:
        """Say whether it adds up others: its county or precinct is called a total."""
        return any(map(_is_sum, self.place))


def _is_sum(place: str) -> bool:
    return place in ALL or TOTAL.fullmatch(place) is not None


@dataclass
class _Measure:
    name: str
    rows: dict[Place, dict[str, Row]] = field(default_factory=dict)
    totals: list[Row] = field(default_factory=list)


def add_up(
    path: Path, rows: Sequence[Row]
) -> tuple[tuple[Tally, ...], tuple[Unit, ...], list[Remark], dict[str, tuple[str, ...]]]:
    """Give tallies and units, what is odd, and of the contests that are no measures the answers.

    Raises:
        FileFaults: one choice stands twice for one precinct, a row without a precinct stands beside rows of precincts,
            or nothing is a measure.
    """
    sides: dict[str, set[str | None]] = {}
    for row in rows:
        sides.setdefault(folded(row.contest), set()).add(row.side)
    are = {key for key, found in sides.items() if {"yes", "no"} & found and None not in found}
    names: dict[str, str] = {}
    measures: dict[str, _Measure] = {}
    faults: list[Fault] = []
    spellings: dict[str, dict[str, int]] = {}
    for row in rows:
        key = folded(row.contest)
        names.setdefault(key, row.contest)
        if key not in are or row.side is None:
            continue
        spellings.setdefault(key, {}).setdefault(row.contest, row.line)
        measure = measures.setdefault(key, _Measure(names[key]))
        if row.sums:
            measure.totals.append(row)
            continue
        there = measure.rows.setdefault(row.place, {})
        if row.side in there:
            what = f"{row.side} on “{measure.name}” stands here again for the precinct of line {there[row.side].line}"
            remedy = "Take out the second row, or name what tells the two apart"
            faults.append(Fault(row.line, None, what, remedy))
        else:
            there[row.side] = row
    faults += _without_precinct(measures.values())
    if faults:
        raise FileFaults(str(path), faults[:SHOWN], len(faults))
    remarks = [
        Remark(f"{path.name}, line {line}", f"“{spelled}” and “{names[key]}” differ only by case and count as one",
               "Name them apart if they are two measures")
        for key, found in spellings.items() for spelled, line in found.items() if spelled != names[key]
    ]  # fmt: skip
    tallies = [tally for each in measures.values() for tally in _tallies(path, each, remarks)]
    special = {"registered", "cast", "other"}
    others: dict[str, dict[str, None]] = {
        key: {} for key, found in sides.items() if key not in are and not special & found
    }
    for row in rows:
        if (key := folded(row.contest)) in others and row.side in (None, "yes", "no"):
            others[key].setdefault(row.answer)
    return tuple(tallies), _units(path, rows, remarks), remarks, {
        names[key]: tuple(filter(None, found)) for key, found in others.items()
    }  # fmt: skip


def _without_precinct(measures: Iterable[_Measure]) -> Iterable[Fault]:
    """Find rows that may be the total of the precincts beside them or votes apart: the file does not tell."""
    for measure in measures:
        named = {county for county, precinct in measure.rows if precinct}
        for (county, precinct), there in measure.rows.items():
            if precinct or not (county in named or (not county and len(measure.rows) > 1)):
                continue
            line = min(row.line for row in there.values())
            what = f"“{measure.name}” has numbers without a precinct beside those of precincts: a total, or votes apart"
            yield Fault(line, "precinct", what, "Write Total there if they add up the others, else a name of their own")


def _tallies(path: Path, measure: _Measure, remarks: list[Remark]) -> Iterable[Tally]:
    sums: dict[str, dict[str, int | None]] = {}
    for there in measure.rows.values():
        some = next(iter(there.values()))
        where = f"{path.name}, line {some.line}"
        for side in ("yes", "no"):
            if side not in there:
                what = f"{side} on “{measure.name}” has no row for this precinct"
                remarks.append(Remark(where, what, "Its number is unknown, and so is the sum"))
            elif there[side].hidden:
                at = f"{path.name}, line {there[side].line}"
                remarks.append(Remark(at, f"{side} on “{measure.name}” is kept back", "The sum is unknown"))
        numbers = {side: there[side].votes if side in there else None for side in SIDES}
        remarks += _precinct(path, measure.name, there)
        yield _tally(measure.name, some, "", numbers, where)
        for mode in dict.fromkeys(mode for side in SIDES if side in there for mode in there[side].modes):
            parts = {side: there[side].modes.get(mode) if side in there else None for side in SIDES}
            yield _tally(measure.name, some, mode, parts, where)
        for side in SIDES:
            if side in there:
                by_county = sums.setdefault(side, {})
                for county in {folded(some.county), ""}:
                    before, more = by_county.get(county, 0), there[side].votes
                    by_county[county] = None if before is None or more is None else before + more
    remarks += _perhaps_totals(path, measure, sums)
    for row in measure.totals:
        county = "" if _is_sum(folded(row.county)) else folded(row.county)
        if "sub" in folded(row.precinct):
            continue  # of which rows it is the sum is not told
        apart = sums.get(row.side or "", {}).get(county)
        if row.side in SIDES and row.votes is not None and apart is not None and row.votes != apart:
            what = f"the total of {row.side} on “{measure.name}” is {row.votes:,}, and the rows add up to {apart:,}"
            remarks.append(Remark(f"{path.name}, line {row.line}", what, f"The rows count. {BOTH}"))


def _perhaps_totals(path: Path, measure: _Measure, sums: Mapping[str, Mapping[str, int | None]]) -> Iterable[Remark]:
    """Find a precinct with as many yes and no as all others of its county, or of the file, together."""
    places = Counter(county for county, _ in measure.rows)
    for (county, _), there in measure.rows.items():
        doubled = {side: 2 * (there[side].votes or 0) if side in there else 0 for side in ("yes", "no")}
        wholes = ((county, places[county]), ("", len(measure.rows)))
        if all(doubled.values()) and any(
            number > 2 and all(twice == sums[side].get(whole) for side, twice in doubled.items())
            for whole, number in wholes
        ):
            row = there["yes"]
            what = f"{row.precinct or row.county} has as many yes and no on “{measure.name}” as all others together"
            yield Remark(f"{path.name}, line {row.line}", what, "It was added; if it is their total, call it Total")


def _tally(name: str, row: Row, mode: str, numbers: Mapping[str, int | None], where: str) -> Tally:
    yes, no, blank, invalid = (numbers[side] for side in SIDES)
    return Tally(name, row.county, row.precinct, mode, yes, no, blank, invalid, where)


def _precinct(path: Path, name: str, there: Mapping[str, Row]) -> Iterable[Remark]:
    for side, row in there.items():
        parts = [value for value in row.modes.values() if value is not None]
        if parts and len(parts) == len(row.modes) and row.votes is not None and sum(parts) != row.votes:
            what = f"{side} on “{name}” has {row.votes:,} votes, and its parts add up to {sum(parts):,}"
            yield Remark(f"{path.name}, line {row.line}", what, f"The total counts. {BOTH}")
    if "total" in there and there["total"].votes is not None:
        valid = [there[side].votes for side in ("yes", "no") if side in there]
        known = [each for each in valid if each is not None]
        if len(known) == 2:
            lost = sum((there[side].votes or 0) for side in ("blank", "invalid") if side in there)
            if there["total"].votes not in (sum(known), sum(known) + lost):
                what = f"the total on “{name}” is {there['total'].votes:,}, and yes and no are {sum(known):,}"
                yield Remark(f"{path.name}, line {there['total'].line}", what, f"Yes and no count. {BOTH}")


def _units(path: Path, rows: Sequence[Row], remarks: list[Remark]) -> tuple[Unit, ...]:
    known: dict[Place, dict[str, dict[int, int]]] = {}
    named: dict[Place, Row] = {}
    for row in rows:
        if row.sums:
            continue
        named.setdefault(row.place, row)
        found = known.setdefault(row.place, {"registered": {}, "cast": {}})
        for what, value in (("registered", row.registered), ("cast", row.cast)):
            if value is not None:
                found[what].setdefault(value, row.line)
        if row.side in found and row.votes is not None:
            found[row.side].setdefault(row.votes, row.line)
    units = []
    for place, found in known.items():
        row = named[place]
        numbers: dict[str, int | None] = {}
        for what, values in found.items():
            if len(values) > 1:
                said = " and ".join(f"{value:,} (line {line})" for value, line in list(values.items())[:3])
                remarks.append(Remark(f"{path.name}, {row.county} {row.precinct}".rstrip(), f"{what}: {said}",
                                      "One precinct has one number; it is taken as unknown"))  # fmt: skip
            numbers[what] = next(iter(values)) if len(values) == 1 else None
        units.append(
            Unit(row.county, row.precinct, numbers["registered"], numbers["cast"], f"{path.name}, line {row.line}")
        )
    return tuple(units)
