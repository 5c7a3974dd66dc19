"""How a case may end: the law's answer if the rest of the sample falls as it has so far, and whatever it is ruled.

It decides nothing. What is ruled so far is filled up to the whole sample in several ways, and the law's own formula is
asked each time; where all ways agree, the verdict can only change by a correction. Lines are ruled stratum by stratum,
and strata differ, so what is ruled so far is carried on only once every stratum has rulings enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ballotworthy.casework.case import Case
from ballotworthy.casework.counting import rows_of, rows_so_far
from ballotworthy.casework.framed import Row
from ballotworthy.errors import BallotworthyError
from ballotworthy.law import Rules
from ballotworthy.stats.exact import rounded
from ballotworthy.stats.least import least
from ballotworthy.sufficiency import Assessment, Counts, assess
from ballotworthy.sufficiency.challenge import apportioned

LEAST = 30
"""Lines ruled in each stratum below which nothing is said of lines that are not ruled; all, where it has fewer."""


@dataclass(frozen=True)
class Outlook:
    """How a case may end.

    Attributes:
        ruled, left: lines of the sample with a ruling, and without.
        lacking: how many more lines each stratum must have ruled before the rest is taken as those so far.
        if_so: what the law says if the rest is ruled in the same proportions; None where it says nothing, and while
            a stratum is lacking.
        verdicts: those possible, each once, from a rest all valid over one all refused to one all repeated; also those
            in between, such as a full check between sufficient and insufficient.
        more: about so many further lines, ruled in the same proportions, until the verdict cannot change; None where
            not even all lines would settle it, and while a stratum is lacking; 0 where it is settled.
    """

    ruled: int
    left: int
    lacking: Mapping[str, int]
    if_so: Assessment | None
    verdicts: tuple[str, ...]
    more: int | None

    @property
    def settled(self) -> bool:
        """Tell whether every way to rule the rest gives the same verdict."""
        return len(self.verdicts) == 1


@dataclass(frozen=True)
class _Filled:
    """A row of counts, and how many of its lines have no ruling."""

    row: Counts
    left: int


def outlook_of(case: Case) -> Outlook | None:
    """Give how a case may end; None before anything is ruled, or where its rules are not pinned."""
    if case.sample is None or case.rules is None or case.pinned is None:
        return None
    body, left = rows_so_far(case)
    if not any(row["sample"] for row in body):
        return None
    keys: list[Row] = [(row["stratum"], row["district"]) for row in body]
    rows = [_Filled(row, left[key]) for row, key in zip(rows_of(case, {"rows": body}), keys, strict=True)]
    rows = [each for each in rows if each.row.sample or each.left]
    return _outlook(case.rules, required_of(case), rows)


def _outlook(rules: Rules, required: int | None, rows: Sequence[_Filled]) -> Outlook:
    all_left = sum(each.left for each in rows)

    def settled(more: int) -> bool:
        """Tell whether only one verdict is possible once so many further lines are ruled as those before."""
        after = [_as_so_far(each, share, rows) for each, share in zip(rows, _shares(rows, more), strict=True)]
        rest = sum(each.left for each in after)
        ways = {_verdict(rules, required, after, valid, again) for valid, again in ((rest, 0), (0, 0), (0, rest))}
        return len(ways - {""}) == 1

    lacking, now = _lacking(rows), _verdicts(rules, required, rows)
    ruled = sum(each.row.sample for each in rows)
    if lacking:
        return Outlook(ruled, all_left, lacking, None, now, 0 if len(now) == 1 else None)
    if_so = ask(rules, required, [_as_so_far(each, each.left, rows).row for each in rows])
    return Outlook(ruled, all_left, lacking, if_so, now, least(settled, all_left) if now else None)


def _lacking(rows: Sequence[_Filled]) -> dict[str, int]:
    """Give, by stratum, how many lines are still to be ruled before the rest is taken as those so far."""
    ruled, left = Counter[str](), Counter[str]()
    for each in rows:
        ruled[each.row.stratum] += each.row.sample
        left[each.row.stratum] += each.left
    short = {name: min(LEAST - ruled[name], left[name]) for name in sorted(ruled)}
    return {name: number for name, number in short.items() if number > 0}


def _verdicts(rules: Rules, required: int | None, rows: Sequence[_Filled]) -> tuple[str, ...]:
    """Give the verdicts from a rest all valid to one all refused, and from there to one all repeated.

    Where two ways of ruling the rest differ in their verdict, the way halfway between them is asked too.
    """
    left = sum(each.left for each in rows)

    def between(low: int, high: int, at: Callable[[int], str]) -> list[str]:
        first, last, half = at(low), at(high), (low + high) // 2
        if first == last or half == low:
            return [first, last]
        return [*between(low, half, at), *between(half, high, at)]

    refused = between(0, left, lambda number: _verdict(rules, required, rows, left - number, 0))
    repeated = between(0, left, lambda number: _verdict(rules, required, rows, 0, number))
    return tuple(dict.fromkeys(filter(None, [*refused, *repeated])))


def _verdict(rules: Rules, required: int | None, rows: Sequence[_Filled], valid: int, repeated: int) -> str:
    """Give the verdict if so many of the rest are valid, so many repeated and all others refused; "" for none."""
    parts = zip(_shares(rows, valid), _shares(rows, repeated), strict=True)
    found = ask(rules, required, [_ruled(each, *part) for each, part in zip(rows, parts, strict=True)])
    return found.verdict if found else ""


def _shares(rows: Sequence[_Filled], number: int) -> list[int]:
    return apportioned([each.left for each in rows], number)


def ask(rules: Rules, required: int | None, rows: Sequence[Counts]) -> Assessment | None:
    """Give the law's answer; None where it has none to these counts, as where no line of them can be repeated."""
    try:
        return assess(replace(rules, sample_formula=None), rows, required)
    except BallotworthyError:
        return None


def _as_so_far(each: _Filled, number: int, rows: Sequence[_Filled]) -> _Filled:
    """Give a row once so many further lines of it are ruled in its proportions; in its stratum's if it has none.

    Repeats grow with the square of what is ruled: a voter's second line is seen once his first is ruled as well.
    """
    pattern = [each.row] if each.row.sample else [row.row for row in rows if row.row.stratum == each.row.stratum]
    repeated, ruled = sum(row.duplicates for row in pattern), sum(row.sample for row in pattern)
    signed = sum(row.valid for row in pattern) + repeated
    signed, refused = apportioned([signed, ruled - signed], number)
    after = each.row.sample + number
    repeats = int(rounded(Fraction(repeated * after * (ruled + number), ruled * ruled), 0)) if ruled else 0
    further = min(signed, max(0, repeats - each.row.duplicates))
    return _Filled(_with(each.row, signed - further, further, refused), each.left - number)


def _ruled(each: _Filled, valid: int, repeated: int) -> Counts:
    """Give a row whose rest is partly valid and partly repeated, and else refused.

    Repeated are further lines of voters who stand there; the first line of a voter is no repetition.
    """
    first = 1 if repeated and not each.row.valid and not valid else 0
    return _with(each.row, valid + first, repeated - first, each.left - valid - repeated)


def _with(row: Counts, valid: int, duplicates: int, refused: int) -> Counts:
    return replace(
        row, sample=row.sample + valid + duplicates + refused, valid=row.valid + valid,
        duplicates=row.duplicates + duplicates, invalid=(row.invalid or 0) + refused,
    )  # fmt: skip


def required_of(case: Case) -> int | None:
    """Give the number required that the office entered; None where it is the law's."""
    required = case.pinned.get("required") if case.pinned else None
    return None if required is None else int(required["value"])
