"""The districts of a double majority in one plan: which of them are confirmed, and by how many cards each.

To say that enough districts are for it, so many of those reported for it are confirmed that the others may all be
against; to say that too few are, the other way round. Each is confirmed by cards of its own at the whole risk limit:
were the outcome wrong, at least one of the claims would be false, whatever the districts not looked at hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from ballotworthy.errors import SHOWN, Fault, FileFaults, InputError
from ballotworthy.files.columns import find_columns, require_columns
from ballotworthy.files.tables import read_table
from ballotworthy.vote.assorters import Assorter, assorter_of
from ballotworthy.vote.numbers import Numbers
from ballotworthy.vote.numerals import whole_number
from ballotworthy.vote.plan import Plan, plan_audit
from ballotworthy.vote.rule import NUMBER, Condition, Rule, read_rule
from ballotworthy.vote.sizes import METHODS
from ballotworthy.vote.words import folded, unguarded

COLUMNS = {
    "district": ("canton", "county", "state"),
    "cards": ("ballots", "number of ballots"),
    "yes": ("for",),
    "no": ("against",),
    "weight": ("votes of the district", "standesstimme"),
}
NAMES = ("districts", "districts_weighted")
Size = Callable[[Assorter], "int | None"]


@dataclass(frozen=True)
class District:
    """A district as reported; `weight` is what it counts, a half where the law has half districts."""

    name: str
    cards: int
    yes: int
    no: int
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class Confirmed:
    """A confirmed district: its claim, the cards drawn in it, and those of the formula (None: no sample does)."""

    district: District
    claim: Assorter
    cards: int
    uncapped: int | None


@dataclass(frozen=True)
class DistrictsPlan:
    """Which districts prove that the condition on districts holds, or does not, with their cards."""

    condition: str
    holds: bool
    confirmed: tuple[Confirmed, ...]
    districts: int

    @property
    def cards(self) -> int:
        """Give the cards drawn in all of them."""
        return sum(each.cards for each in self.confirmed)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        return {
            "condition": self.condition, "holds": self.holds, "cards": self.cards, "of": self.districts,
            "confirmed": [
                {"district": each.district.name, "assertion": each.claim.claim, "cards": each.cards,
                 "uncapped": each.uncapped, "of": each.district.cards}
                for each in self.confirmed
            ],
        }  # fmt: skip


def read_districts(path: Path, known: Mapping[str, int] | None = None) -> tuple[District, ...]:
    """Give the districts of a table: district, cards, yes, no, and weight where not all count one.

    Args:
        path: the table.
        known: cards by district, folded, where a manifest tells them; the table need not.

    Raises:
        InputError: there is no such file.
        FileFaults: a column is missing, a cell is no number, a district stands twice, has more votes than cards, or
            is not in the manifest, or has another number of cards there.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, COLUMNS, {})
    needed = ("district", "yes", "no") if known is not None else ("district", "cards", "yes", "no")
    require_columns(path, table.frame.columns, columns, needed)
    found: dict[str, District] = {}
    faults: list[Fault] = []
    for row, line in zip(table.frame.iter_rows(named=True), table.lines.tolist(), strict=True):
        cells = {name: unguarded(row[heading]) for name, heading in columns.items()}
        held = None if known is None else known.get(folded(cells["district"]), 0)
        cells.setdefault("cards", str(held))
        numbers = {name: whole_number(cells[name]) for name in ("cards", "yes", "no")}
        bad = [Fault(line, columns.get(name), "this is no number", "Write a whole number")
               for name, number in numbers.items() if number is None]  # fmt: skip
        weight = weight_of(cells.get("weight", ""))
        if weight is None:
            bad.append(Fault(line, columns.get("weight"), "this is no weight", "Write 1, 1/2 or 0.5"))
        name = folded(cells["district"])
        if not is_district(name):
            bad.append(Fault(line, columns["district"], "this is no district", "Name it; take totals out"))
        elif held == 0:
            what = "no batch of the manifest is of this district"
            bad.append(Fault(line, columns["district"], what, "Name it there, in a column District"))
        elif held is not None and numbers["cards"] not in (None, held):
            what = f"the manifest has {held:,} cards in this district"
            bad.append(Fault(line, columns["cards"], what, "Correct one of them"))
        if name in found:
            bad.append(Fault(line, columns["district"], "this district stands here again", "Give each one row"))
        if not bad and (numbers["yes"] or 0) + (numbers["no"] or 0) > (numbers["cards"] or 0):
            what = f"there are more votes than cards ({numbers['cards']:,})"
            bad.append(Fault(line, columns.get("cards"), what, "Correct one of them"))
        faults += bad
        if weight is not None and not bad:
            counts = (numbers["cards"] or 0, numbers["yes"] or 0, numbers["no"] or 0)
            found[name] = District(cells["district"], *counts, weight)
    if faults:
        raise FileFaults(str(path), faults[:SHOWN], len(faults))
    return tuple(found.values())


def weight_of(text: str) -> Fraction | None:
    """Give what a district counts: 1 where nothing stands, None where it is no number above zero."""
    text = {"": "1", "whole": "1", "half": "1/2"}.get(text.strip().casefold(), text.strip())
    figures = NUMBER.fullmatch(text)
    if not figures or (figures[2] is not None and int(figures[2]) == 0) or Fraction(text) <= 0:
        return None
    return Fraction(text)


def is_district(name: str) -> bool:
    """Say whether a name, folded, is one of a district, and not of their total."""
    return bool(name) and name not in ("total", "totals", "sum")


def plan_all(
    rule: Rule | str | Sequence[str], numbers: Numbers, cards: int, risk: float, method: str,
    districts: Sequence[District],
) -> tuple[Numbers, Plan, DistrictsPlan | None]:  # fmt: skip
    """Plan the audit of a vote with districts: the numbers with these, the plan of all cards, that of the districts.

    The last is None where what was reported is proved, or disproved, without them. Arguments as `plan_audit`.

    Raises:
        InputError: as `plan_audit`; or the rule has no one condition on districts, or they do not add up to the whole.
    """
    condition = condition_on_districts(rule)
    told = with_districts(numbers, cards, districts)
    whole = plan_audit(rule, told, cards, risk, method)
    (found,) = (each for each in whole.not_auditable if each.condition == condition.text)
    alone = whole.outcome == "failed" and not whole.claims
    if found.holds is None or not (whole.outcome == "passed" or alone):
        return told, whole, None
    size = METHODS[whole.method]
    return told, whole, plan_districts(condition, found.holds, districts, lambda claim: size(claim, risk))


def with_districts(numbers: Numbers, cards: int, districts: Sequence[District]) -> Numbers:
    """Give the numbers with the districts for and against; a district with as many yes as no is neither.

    Raises:
        InputError: the districts do not add up to the whole.
    """
    sums = {"cards": (cards, sum(each.cards for each in districts))}
    sums |= {name: (getattr(numbers, name), sum(getattr(each, name) for each in districts)) for name in ("yes", "no")}
    apart = [f"{name} {whole:,}, in the districts {parts:,}" for name, (whole, parts) in sums.items() if whole != parts]
    if apart:
        raise InputError(f"the districts do not add up to the whole: {'; '.join(apart)}. Correct one of them.")
    won = sum((each.weight for each in districts if each.yes > each.no), Fraction(0))
    lost = sum((each.weight for each in districts if each.yes < each.no), Fraction(0))
    tied = sum((each.weight for each in districts if each.yes == each.no), Fraction(0))
    sides = (("for it", numbers.districts_for, won), ("against it", numbers.districts_against, lost),
             ("with as many yes as no", numbers.districts_tied, tied))  # fmt: skip
    for name, given, counted in sides:
        if given not in (None, counted):
            raise InputError(f"{given} districts {name} were given, and {counted} are in the table. Correct one.")
    return replace(numbers, districts_for=won, districts_against=lost, districts_tied=tied)


def ties_of(districts: Sequence[District]) -> tuple[str, ...]:
    """Give the names of the districts with as many yes as no, which are neither for nor against."""
    return tuple(each.name for each in districts if each.yes == each.no)


def condition_on_districts(rule: Rule | str | Sequence[str]) -> Condition:
    """Give the one condition of a rule that is on districts.

    Raises:
        InputError: the rule has none, or several, or only as one of a choice.
    """
    read = rule if isinstance(rule, Rule) else read_rule(rule)
    found = [each for each in read.conditions if isinstance(each, Condition) and each.name in NAMES]
    if len(found) != 1:
        raise InputError(f"a table of districts is for a rule with one condition on districts; this has {len(found)}.")
    return found[0]


def plan_districts(condition: Condition, holds: bool, districts: Sequence[District], size: Size) -> DistrictsPlan:
    """Give the districts that prove what was reported of the condition, those that take fewest cards first.

    Raises:
        InputError: not even all districts of that side prove it, since some have as many yes as no.
    """
    side = [each for each in districts if (each.yes > each.no if holds else each.yes < each.no)]
    planned = sorted(
        (_confirmed(each, holds, size) for each in side), key=lambda each: _cost(each) / each.district.weight
    )
    total = sum((each.weight for each in districts), Fraction(0))
    taken: list[Confirmed] = []
    for each in planned:
        if _proved(condition, holds, taken, total):
            break
        taken.append(each)
    if not _proved(condition, holds, taken, total):
        ties = ties_of(districts)
        shown = ", ".join(ties[:SHOWN]) + (" ..." if len(ties) > SHOWN else "")
        raise InputError(
            f"the districts with as many yes as no decide whether enough are for it ({shown}): count these in full by "
            "hand, and plan again with what was found."
        )
    for each in sorted(taken, key=_cost, reverse=True):
        fewer = [other for other in taken if other is not each]
        if _proved(condition, holds, fewer, total):
            taken = fewer
    return DistrictsPlan(condition.text, holds, tuple(taken), len(districts))


def _proved(condition: Condition, holds: bool, taken: Sequence[Confirmed], total: Fraction) -> bool:
    """Tell whether the districts taken prove it, whatever all others are."""
    sure = sum((each.district.weight for each in taken), Fraction(0))
    most = sure if holds else total - sure
    need = condition.limit * total if condition.name == "districts" else condition.limit
    met = most > need if condition.strict else most >= need
    return met == holds


def _confirmed(district: District, holds: bool, size: Size) -> Confirmed:
    (majority,) = read_rule("majority=valid").conditions
    assert isinstance(majority, Condition)  # noqa: S101 - it is no choice
    claim = assorter_of(majority, holds, Numbers(yes=district.yes, no=district.no), district.cards)
    needed = size(claim)
    return Confirmed(district, claim, district.cards if needed is None else min(needed, district.cards), needed)


def _cost(each: Confirmed) -> int:
    return each.cards
