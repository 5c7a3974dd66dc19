"""How a case may end: the law's answer if the rest of the sample falls as it has so far, and whatever it is ruled.

It decides nothing. What is ruled so far is filled up to the whole sample in several ways, and the law's own formula is
asked each time; where all ways agree, the verdict can only change by a correction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ballotworthy.casework.case import Case
from ballotworthy.casework.counting import rows_of, rows_so_far
from ballotworthy.casework.framed import Row
from ballotworthy.errors import BallotworthyError
from ballotworthy.law import Rules
from ballotworthy.stats.least import least
from ballotworthy.sufficiency import Assessment, Counts, assess
from ballotworthy.sufficiency.challenge import apportioned


@dataclass(frozen=True)
class Outlook:
    """How a case may end.

    Attributes:
        ruled, left: lines of the sample with a ruling, and without.
        if_so: what the law says if the rest is ruled in the same proportions; None where it says nothing.
        verdicts: those possible if the rest is all valid, all refused or all repeated, in that order, each once.
        more: about so many further lines, ruled in the same proportions, until the verdict cannot change; None where
            not even all lines would settle it, 0 where it is settled.
    """

    ruled: int
    left: int
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
    return _outlook(case.rules, _required(case), rows)


def _outlook(rules: Rules, required: int | None, rows: Sequence[_Filled]) -> Outlook:
    all_left = sum(each.left for each in rows)

    def verdicts(more: int) -> tuple[str, ...]:
        """Give the verdicts still possible once so many further lines are ruled as those before."""
        shares = apportioned([each.left for each in rows], more)
        after = [_as_so_far(each, share, rows) for each, share in zip(rows, shares, strict=True)]
        ways = (
            _ask(rules, required, [way(each) for each in after]) for way in (_all_valid, _all_refused, _all_repeated)
        )
        return tuple(dict.fromkeys(found.verdict for found in ways if found))

    if_so = _ask(rules, required, [_as_so_far(each, each.left, rows).row for each in rows])
    now = verdicts(0)
    more = least(lambda number: len(verdicts(number)) == 1, all_left)
    ruled = sum(each.row.sample for each in rows)
    return Outlook(ruled, all_left, if_so, now, more if now else None)


def _ask(rules: Rules, required: int | None, rows: Sequence[Counts]) -> Assessment | None:
    """Give the law's answer; None where it has none to these counts, as where no line of them can be repeated."""
    try:
        return assess(replace(rules, sample_formula=None), rows, required)
    except BallotworthyError:
        return None


def _as_so_far(each: _Filled, number: int, rows: Sequence[_Filled]) -> _Filled:
    """Give a row once so many further lines of it are ruled in its proportions; in those of all if it has none."""
    pattern = [each.row] if each.row.sample else [other.row for other in rows]
    parts = [sum(row.valid for row in pattern), sum(row.duplicates for row in pattern)]
    parts.append(sum(row.sample for row in pattern) - sum(parts))
    return _Filled(_with(each.row, *apportioned(parts, number)), each.left - number)


def _all_valid(each: _Filled) -> Counts:
    return _with(each.row, each.left, 0, 0)


def _all_refused(each: _Filled) -> Counts:
    return _with(each.row, 0, 0, each.left)


def _all_repeated(each: _Filled) -> Counts:
    """Give the rest as further lines of voters who stand there; the first line of a voter is no repetition."""
    first = 1 if each.left and not each.row.valid else 0
    return _with(each.row, first, each.left - first, 0)


WAYS = (_all_valid, _all_refused, _all_repeated)


def _with(row: Counts, valid: int, duplicates: int, refused: int) -> Counts:
    return replace(
        row, sample=row.sample + valid + duplicates + refused, valid=row.valid + valid,
        duplicates=row.duplicates + duplicates, invalid=(row.invalid or 0) + refused,
    )  # fmt: skip


def _required(case: Case) -> int | None:
    required = case.pinned.get("required") if case.pinned else None
    return None if required is None else int(required["value"])
