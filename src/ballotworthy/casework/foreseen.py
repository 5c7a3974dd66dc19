"""Between what the law's formula will come out once a sample is ruled on: an interval beside the outlook.

It is made of the first lines drawn of each stratum, in the order drawn, as they are ruled now. It holds with 95% at
any one moment: the errors of its ends are shared out among the strata, and among signers and repeats (Bonferroni).
Where it cannot hold none is given: lines examined as filed are no lot, districts within a stratum share its lines in
proportions of their own, and of a voter who stands in two strata the pairs are not counted here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ballotworthy.casework.counting import SEEN_FORMULA, rows_of, rows_so_far
from ballotworthy.casework.outlook import LEAST, ask, required_of
from ballotworthy.casework.rulings import DUPLICATE
from ballotworthy.stats.foreseen import Limits, repeats_limits, signers_limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ballotworthy.casework.case import Case
    from ballotworthy.sufficiency import Counts

ERROR = 0.05
GAPS = 20
"""Of so many first lines one may have no ruling, as one that two people see differently; it counts as either."""


@dataclass(frozen=True)
class Foreseen:
    """The interval of the estimate by the law's formula once all is ruled; `lines` first lines drawn tell it."""

    low: int
    high: int
    lines: int
    strata: int


@dataclass(frozen=True)
class _First:
    """The first lines drawn of a stratum: how many, of how many, and between what their signers and repeats lie."""

    ruled: int
    whole: int
    signers: Limits
    repeats: Limits


def foreseen_of(case: Case) -> Foreseen | None:
    """Give the interval; None where none can be given that holds, and once nothing is left to rule."""
    if case.sample is None or case.rules is None or case.pinned is None or case.sample.body["scope"] != "sample":
        return None
    body, left = rows_so_far(case)
    keys = [(row["stratum"], row["district"]) for row in body]
    rows = rows_of(case, {"rows": body})
    drawn = {row.stratum: row for row, key in zip(rows, keys, strict=True) if row.sample or left[key]}
    several = sum(bool(row.sample or left[key]) for row, key in zip(rows, keys, strict=True)) > len(drawn)
    if several or not any(left.values()) or case.rules.formula.value == SEEN_FORMULA or _across(case):
        return None
    firsts = {stratum["stratum"]: _first(case, stratum["ids"]) for stratum in case.sample.body["strata"]}
    firsts = {name: first for name, first in firsts.items() if first.whole}
    if firsts.keys() != drawn.keys() or any(first.ruled < min(LEAST, first.whole) for first in firsts.values()):
        return None
    both_fall = case.rules.duplicates is not None and case.rules.duplicates.value == "none"
    risk = ERROR / 4 / len(firsts)
    ends = [_ends(drawn[name], first, risk, both_fall=both_fall) for name, first in firsts.items()]
    low, high = (ask(case.rules, required_of(case), [pair[at] for pair in ends]) for at in (0, 1))
    if low is None or high is None:
        return None
    lines = sum(first.ruled for first in firsts.values())
    return Foreseen(max(0, low.estimate), high.estimate, lines, len(firsts))


def _first(case: Case, ids: Sequence[str]) -> _First:
    """Give the longest run of first lines in which one of `GAPS` at most has no ruling."""
    gaps = ruled = missing = 0
    for at, line in enumerate(ids, start=1):
        if case.ruling(line) is None:
            gaps += 1
        elif gaps * GAPS <= at:
            ruled, missing = at, gaps
    valid, repeated, voters = 0, 0, Counter[str]()
    for line in ids[:ruled]:
        ruling = case.ruling(line)
        if ruling is not None and (ruling.outcome == "valid" or (ruling.voter and ruling.reason == DUPLICATE)):
            valid += ruling.outcome == "valid"
            repeated += ruling.outcome != "valid"
            voters[ruling.voter] += 1
    further = sum(voters.values()) - len(voters)
    return _First(ruled, len(ids), Limits(valid, valid + repeated + missing), Limits(further, further + missing))


def _ends(row: Counts, first: _First, risk: float, *, both_fall: bool) -> tuple[Counts, Counts]:
    """Give the row with fewest signers and most repeats, and that with most signers and fewest repeats.

    Where both lines of a pair fall, a repeat takes two valid lines at the low end, and at the high end at least one.
    """
    signers = signers_limits(first.signers, first.ruled, first.whole, risk)
    repeats = repeats_limits(first.repeats, first.ruled, first.whole, risk)

    def row_of(signed: int, repeated: int, lost: int) -> Counts:
        valid = max(0, signed - lost * repeated)
        further = 0 if both_fall else min(repeated, signed - valid)
        return replace(row, sample=first.whole, valid=valid, duplicates=further, invalid=first.whole - valid - further)

    return row_of(signers.low, repeats.high, 2 if both_fall else 1), row_of(signers.high, repeats.low, 1)


def _across(case: Case) -> bool:
    """Tell whether a voter was ruled to have signed in two strata."""
    strata: dict[str, str] = {}
    for line in case.sample.lines if case.sample else ():
        ruling = case.ruling(line)
        if ruling is not None and ruling.voter and (ruling.outcome == "valid" or ruling.reason == DUPLICATE):
            stratum = case.frame.line(line).stratum
            if strata.setdefault(ruling.voter, stratum) != stratum:
                return True
    return False
