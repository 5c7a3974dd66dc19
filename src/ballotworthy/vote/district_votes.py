"""The votes of districts from a table, added up, and counted: so many for it, against it, and tied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from ballotworthy.errors import SHOWN, Fault, FileFaults, InputError
from ballotworthy.files.columns import find_columns, require_columns
from ballotworthy.files.tables import read_table
from ballotworthy.vote.districts import COLUMNS, is_district, weight_of
from ballotworthy.vote.numbers import Numbers, contradictions
from ballotworthy.vote.numerals import whole_number
from ballotworthy.vote.words import folded, unguarded

NEEDED = ("district", "yes", "no")
HEADINGS = {
    **{name: COLUMNS[name] for name in (*NEEDED, "weight")},
    "registered": ("electorate", "registered voters"), "cast": ("ballots cast", "ballots"), "blank": ("blanks",),
    "invalid": ("invalids",),
}  # fmt: skip
SUMS = ("yes", "no", "registered", "cast", "blank", "invalid")


@dataclass(frozen=True)
class DistrictVote:
    """The votes of one district; `weight` is what it counts, a half where the law has half districts."""

    name: str
    numbers: Numbers
    weight: Fraction

    @property
    def lead(self) -> int:
        """Give yes less no."""
        return (self.numbers.yes or 0) - (self.numbers.no or 0)


@dataclass(frozen=True)
class CountedDistricts:
    """Districts counted: `of` rows, with the sums of their weights, and the names of those with as many yes as no."""

    of: int
    for_it: Fraction
    against: Fraction
    tied: Fraction
    ties: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        sides = {"for": self.for_it, "against": self.against, "tied": self.tied}
        plain = {name: int(side) if side.denominator == 1 else float(side) for name, side in sides.items()}
        return {"of": self.of, **plain, "ties": list(self.ties)}


def read_district_votes(path: Path) -> tuple[DistrictVote, ...]:
    """Give the votes of a table: district, yes, no; where they are known weight, registered, cast, blank, invalid.

    Raises:
        InputError: there is no such file.
        FileFaults: a column is missing, a cell is no number, a district stands twice, or its numbers cannot be true
            together.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, HEADINGS, {})
    require_columns(path, table.frame.columns, columns, NEEDED)
    found: dict[str, DistrictVote] = {}
    faults: list[Fault] = []
    for row, line in zip(table.frame.iter_rows(named=True), table.lines.tolist(), strict=True):
        cells = {name: unguarded(row[heading]) for name, heading in columns.items()}
        numbers: dict[str, Any] = {name: whole_number(cells[name]) for name in SUMS if name in cells}
        bad = [Fault(line, columns[name], "this is no number", "Write a whole number; take out a column that is not "
                     "known of all")
               for name, number in numbers.items() if number is None]  # fmt: skip
        weight = weight_of(cells.get("weight", ""))
        if weight is None:
            bad.append(Fault(line, columns["weight"], "this is no weight", "Write 1, 1/2 or 0.5"))
        name, own = folded(cells["district"]), Numbers(**numbers)
        if not is_district(name):
            bad.append(Fault(line, columns["district"], "this is no district", "Name it; take totals out"))
        if name in found:
            bad.append(Fault(line, columns["district"], "this district stands here again", "Give each one row"))
        bad += [Fault(line, None, each, "Correct one of them") for each in contradictions(own)] * (not bad)
        faults += bad
        if weight is not None and not bad:
            found[name] = DistrictVote(cells["district"], own, weight)
    if faults:
        raise FileFaults(str(path), faults[:SHOWN], len(faults))
    if not found:
        raise FileFaults(str(path), [Fault(None, None, "it holds no district", "Give each district a row")])
    return tuple(found.values())


def counted_districts(votes: Sequence[DistrictVote]) -> CountedDistricts:
    """Count districts by what each counts."""
    for_it = sum((each.weight for each in votes if each.lead > 0), Fraction(0))
    against = sum((each.weight for each in votes if each.lead < 0), Fraction(0))
    tied = sum((each.weight for each in votes if each.lead == 0), Fraction(0))
    return CountedDistricts(len(votes), for_it, against, tied, tuple(each.name for each in votes if not each.lead))


def numbers_with(numbers: Numbers, votes: Sequence[DistrictVote]) -> tuple[Numbers, CountedDistricts]:
    """Give the numbers of a vote with all that its districts tell, and the districts counted.

    Raises:
        InputError: a number that was given is another than that of the districts together.
    """
    counted = counted_districts(votes)
    told: dict[str, Any] = {
        "districts_for": counted.for_it, "districts_against": counted.against, "districts_tied": counted.tied,
    }  # fmt: skip
    for name in SUMS:
        parts = [getattr(each.numbers, name) for each in votes]
        if None not in parts:
            told[name] = sum(parts)
    _same(numbers, told)
    return replace(numbers, **told), counted


def _same(numbers: Numbers, told: Mapping[str, Any]) -> None:
    given = {name: getattr(numbers, name) for name in told}
    apart = [
        f"{name.replace('_', ' ')} {given[name]}, in the districts {whole}"
        for name, whole in told.items() if given[name] not in (None, whole)
    ]  # fmt: skip
    if apart:
        raise InputError(f"the districts do not add up to the whole: {'; '.join(apart)}. Correct one of them.")
