"""The spread over districts: whether each has its share, and what a maximum takes off.

A minimum asks for a number in so many districts; a maximum (Oklahoma's of 2025, Massachusetts', Maryland's)
lets only so many of one district count. The number of a district comes from the law's table, from the share
where it is one of the whole requirement, or from the columns `required` and `at_most` of the counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from ballotworthy.law import Cited, Rules, Source
from ballotworthy.sufficiency.counts import Counts
from ballotworthy.sufficiency.decide import Decision, Open, thresholds_of

SHOWN = 5


@dataclass(frozen=True)
class District:
    """One district: its estimate, what of it counts, the number it needs, and whether it has it.

    `required` and `met` are None where the law's number is not known; `met` also where a sample lies between
    the bands, or no bands are held.
    """

    name: str
    estimate: int
    counted: int
    required: int | None
    met: bool | None


@dataclass(frozen=True)
class Spread:
    """The districts of a petition, whether there are enough of them, and the rule that asks for it.

    `enough` is None where it cannot be told; `words` says what was found or what is missing, and
    `source` is the rule on how many; `number_source` gives the number of each district.
    """

    districts: tuple[District, ...]
    enough: bool | None
    words: str
    source: Source
    number_source: Source


def law_on_spread(rules: Rules) -> Cited[Any] | None:
    """Give the rule that asks for a spread over districts, None where the law asks for none."""
    return rules.district_requirement or rules.district_share or rules.district_most_share or rules.districts_needed


def districts_of(
    rules: Rules,
    counts: Sequence[Counts],
    parts: Sequence[int] | None,
    required: int,
    *,
    full: bool,
    each_named: bool = False,
) -> tuple[District, ...]:
    """Give the districts of the counts in the order met; none where no row names one.

    Whether a district has its number stays open where the rows without a district could still give it to it.

    Args:
        rules: the place's rules.
        counts: the rows.
        parts: the estimate of each row.
        required: the requirement of the whole petition.
        full: every signature was examined, so the count of a district decides and not the bands.
        each_named: no districts at all where one row has none, as version 1 of the record has it.
    """
    if law_on_spread(rules) is None or parts is None:
        return ()
    names = [_district(rules, row) for row in counts]
    if each_named and None in names:
        return ()
    sums: dict[str, int] = {}
    for name, part in zip(names, parts, strict=True):
        if name is not None:
            sums[name] = sums.get(name, 0) + part
    given = {name: row for name, row in zip(names, counts, strict=True) if name is not None}
    rest = rest_of(rules, counts, parts)
    return tuple(_judged(rules, given[name], name, estimate, rest, required, full) for name, estimate in sums.items())


def rest_of(rules: Rules, counts: Sequence[Counts], parts: Sequence[int] | None) -> int:
    """Give what the rows without a district amount to; at least 0."""
    if parts is None:
        return 0
    return max(0, sum(part for row, part in zip(counts, parts, strict=True) if _district(rules, row) is None))


def spread_of(rules: Rules, districts: Sequence[District], met: int | None) -> Spread | None:
    """Give whether enough districts have their number, None where the law asks for no minimum in districts.

    Args:
        rules: the place's rules.
        districts: as `districts_of` gives them.
        met: how many districts have their number, where the office has said so; wins over `districts`.
    """
    law = rules.district_requirement or rules.district_share or rules.districts_needed
    if law is None:
        return None
    unit, needed = _unit(rules), rules.districts_needed
    if needed is None:
        return Spread(tuple(districts), None, f"how many {unit} are needed is not in the data", law.source, law.source)
    if met is None and not districts:
        words = f"{needed.value} {unit} must have their number, and the counts do not name districts"
        return Spread((), None, words, needed.source, law.source)
    have = met if met is not None else sum(district.met is True for district in districts)
    unknown = 0 if met is not None else sum(district.met is None for district in districts)
    enough = True if have >= needed.value else None if have + unknown >= needed.value else False
    words = f"{have} of the {needed.value} {unit} needed have their number"
    open_ones = f"; of {unknown} it is not known" if unknown else ""
    return Spread(tuple(districts), enough, words + open_ones, needed.source, law.source)


def with_spread(decision: Decision, spread: Spread | None, *, alone: bool = False) -> Decision:
    """Give the verdict when the spread is decided as well: it may only worsen the verdict on the total.

    Where the districts alone decide, it is they that a sufficient verdict names.
    """
    if alone and spread and spread.enough and decision.verdict == "sufficient":
        return Decision("sufficient", spread.words, spread.source)
    if spread is None or decision.verdict == "insufficient" or spread.enough:
        return decision
    if spread.enough is False:
        return Decision("insufficient", spread.words, spread.source)
    if decision.verdict != "sufficient":
        return decision
    if without := [district.name for district in spread.districts if district.required is None]:
        missing = f"how many signatures are required in {len(without)} of the districts ({_some(without)})"
        words = f"{decision.rule}; not held here: {missing}: {spread.words}"
        remedy = "a column `required` in the counts, the number of each district by its law"
        return Decision("undecided", words, spread.source, (Open("district_requirement", missing, remedy),))
    return Decision("full-check", f"{decision.rule}; still to be decided: {spread.words}", spread.source)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (", ..." if len(names) > SHOWN else "")


def with_maximum(
    decision: Decision,
    rules: Rules,
    counts: Sequence[Counts],
    districts: Sequence[District],
    required: int,
    met: int | None,
) -> Decision:
    """Leave a sufficient verdict open where the law lets only so many of one district count, and that is not told.

    A maximum may only take signatures off, so any other verdict stands. Where the office has said that `met`
    districts reached their maximum, that many times the maximum counts at least.
    """
    most = rules.district_most_share
    if most is None or decision.verdict != "sufficient":
        return decision
    if met is not None and _of_whole(rules) and met * floor(Fraction(most.value) * required) >= required:
        return decision
    unit = _unit(rules)
    if not districts:
        missing = f"how many of the valid signatures come from each of the {unit}: the counts do not name them"
        remedy = "counts with a column `district`"
        if _of_whole(rules):
            remedy += ", or enough districts that reached the most (--districts-met)"
        else:
            remedy += " and one `at_most`, the most of it that may count"
    else:
        unknown = _without_maximum(rules, counts)
        if not unknown:
            return decision
        missing = f"how many signatures may count in {len(unknown)} of the {unit} ({_some(unknown)})"
        remedy = "a column `at_most` in the counts, the most of each district that may count"
    words = f"{decision.rule}; not known here: {missing}"
    return Decision("undecided", words, most.source, (Open("district_most_share", missing, remedy),))


def with_rest(decision: Decision, rules: Rules, rest: int, without_it: Callable[[], Decision]) -> Decision:
    """Leave a sufficient verdict open that hangs on lines without a district, where only so many of one may count.

    Args:
        decision: the verdict that counts all of them.
        rules: the place's rules.
        rest: what the rows without a district amount to.
        without_it: the verdict on the total without them.
    """
    most = rules.district_most_share
    if most is None or not rest or decision.verdict != "sufficient" or without_it().verdict == "sufficient":
        return decision
    missing = f"of which {_unit(rules)} {rest:,} of the valid signatures are"
    words = f"{decision.rule}; not known here: {missing}"
    remedy = "counts with a district in every row"
    return Decision("undecided", words, most.source, (Open("district_most_share", missing, remedy),))


def _without_maximum(rules: Rules, counts: Sequence[Counts]) -> list[str]:
    """Give the districts whose greatest number is not known, in the order met."""
    if _of_whole(rules):
        return []
    told: dict[str, bool] = {}
    for row in counts:
        name = _district(rules, row)
        if name is not None:
            told[name] = told.get(name, False) or row.at_most is not None
    return [name for name, known in told.items() if not known]


def _of_whole(rules: Rules) -> bool:
    return rules.district_basis is not None and rules.district_basis.value == "requirement"


def _district(rules: Rules, row: Counts) -> str | None:
    """Give the district of a row: its own, or its stratum where the law samples by the same districts."""
    if row.district is not None:
        return row.district
    table = rules.district_requirement.value if rules.district_requirement else {}
    told = row.required is not None or row.at_most is not None
    return row.stratum if told or row.stratum in table else None


def _judged(rules: Rules, row: Counts, name: str, estimate: int, rest: int, required: int, full: bool) -> District:
    of_whole = _of_whole(rules)
    most, share = rules.district_most_share, rules.district_share
    at_most = row.at_most
    if at_most is None and most and of_whole:
        at_most = floor(Fraction(most.value) * required)
    needs = row.required
    if needs is None and rules.district_requirement:
        needs = rules.district_requirement.value.get(name)
    if needs is None and share and of_whole:
        needs = ceil(Fraction(share.value) * required)
    counted = estimate if at_most is None else min(estimate, at_most)
    met = _met(rules, needs, estimate, full)
    if met is False and rest and _met(rules, needs, estimate + rest, full) is not False:
        met = None
    return District(name, estimate, counted, needs, met)


def _met(rules: Rules, needs: int | None, estimate: int, full: bool) -> bool | None:
    """Tell whether an estimate is the number that a district needs; None where that cannot be told."""
    if needs is None:
        return None
    if full:
        return estimate >= needs
    bands = thresholds_of(rules, needs)
    if bands is None:
        return None
    if bands.insufficient_below is not None and estimate < bands.insufficient_below:
        return False
    return True if bands.sufficient_above is not None and estimate >= bands.sufficient_above else None


def _unit(rules: Rules) -> str:
    words = rules.distribution_unit.value if rules.distribution_unit else rules.stratum.value
    return f"districts ({re.split('[;:,]', words)[0]})"
