"""The formulas that the laws give for the estimate, written from the specification's table (V18, V20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from .exact import printed, root, rounded, share, whole

Steps = list[tuple[str, str]]


class NoEstimate(Exception):
    """The pinned law gives no estimate for these counts; the message says why."""


@dataclass(frozen=True)
class Row:
    """The counts of a row: lines filed and removed, n drawn, v valid, d duplicates, voters seen twice and thrice."""

    name: str
    stratum: str
    district: str
    raw: int
    removed: int
    n: int
    v: int
    d: int
    seen: tuple[int, int]

    @property
    def of(self) -> int:
        """N of the specification."""
        return self.raw - self.removed

    @property
    def full(self) -> bool:
        """Whether every line was examined."""
        return self.n == self.of

    @property
    def each(self) -> Fraction:
        """A: how many lines a line of the sample stands for."""
        return Fraction(self.of, self.n)


def read_rows(body: Mapping[str, Any]) -> list[Row]:
    """Give the rows of an event of counts.

    Raises:
        NoEstimate: a row has numbers that no petition can have.
    """
    rows = [
        Row(
            each["stratum"] + (f", {each['district']}" if each["district"] not in ("", each["stratum"]) else ""),
            each["stratum"],
            each["district"],
            each["raw"],
            each["removed"],
            each["sample"],
            each["valid"],
            each["duplicates"],
            (each.get("seen_2", 0), each.get("seen_3", 0)),
        )
        for each in body["rows"]
    ]
    for row in rows:
        if not 0 <= row.v + row.d <= row.n <= row.of:
            raise NoEstimate(f"the numbers of {row.name!r} do not fit together")
        if row.of and not row.n:
            raise NoEstimate(f"no line of {row.name!r} was examined")
    if not rows:
        raise NoEstimate("no line counts as filed")
    return rows


def _california(row: Row, _: str) -> tuple[int, Steps]:
    valid, value = rounded(Fraction(row.v, row.n), 4), rounded(row.each, 4)
    weight = rounded(value * (value - 1), 4)
    uncorrected, pairs = ceil(row.of * valid), ceil(row.d * weight)
    return uncorrected - pairs, [
        ("percentage valid in the sample", share(valid)),
        ("uncorrected number valid", printed(Fraction(uncorrected))),
        ("value of each signature", printed(value, 4)),
        ("weight of each duplicate", printed(weight, 4)),
        ("estimated duplicates", printed(Fraction(pairs))),
    ]


def _washington(row: Row, _: str) -> tuple[int, Steps]:
    rate = Fraction(row.n - row.v, row.n) + row.d * row.each * (row.each - 1) / row.of
    return floor(row.of * (1 - rate)), [
        ("rejected in the sample", printed(Fraction(row.n - row.v))),
        ("value of each signature", printed(row.each, 4)),
        ("invalidation rate", share(rate)),
    ]


def _by_share(row: Row, rounding: str) -> tuple[int, Steps]:
    valid = Fraction(row.v, row.n)
    return whole(row.of * valid, rounding), [("percentage valid in the sample", share(valid))]


def _michigan(row: Row, rounding: str) -> tuple[int, Steps]:
    estimate, steps = _by_share(row, rounding)
    return estimate, [("universe", printed(Fraction(row.of))), *steps]


def _illinois(row: Row, rounding: str) -> tuple[int, Steps]:
    applied, pairs = row.of * Fraction(row.v, row.n), row.d * row.each * (row.each - 1)
    return whole(applied - pairs, rounding), [
        ("ratio of valid signatures in the sample", share(Fraction(row.v, row.n))),
        ("ratio applied to all signatures", printed(applied, 2)),
        ("multiple signature contamination", printed(pairs, 2)),
    ]


def _new_zealand(row: Row, _: str) -> tuple[int, Steps]:
    seen = (row.v - sum(row.seen), *row.seen)
    estimate, steps = Fraction(0), []
    for times, signers in enumerate(seen, 1):
        if times > row.n:
            continue
        weight = Fraction(-((-1) ** times))
        for k in range(times):
            weight *= Fraction(row.of - row.n + k, row.n - k)
        weight += 1
        estimate += signers * weight
        steps += [
            (f"signers seen {times} times", printed(Fraction(signers))),
            (f"value of a signer seen {times} times", printed(weight, 4)),
        ]
    return floor(estimate), steps


FORMULAS: Mapping[str, tuple[Callable[[Row, str], tuple[int, Steps]], str]] = {
    "california": (_california, ""),
    "washington": (_washington, ""),
    "colorado": (_by_share, "nearest"),
    "south-dakota": (_by_share, "down"),
    "michigan": (_michigan, "down"),
    "illinois": (_illinois, "down"),
    "nevada": (_by_share, "down"),
    "new-zealand": (_new_zealand, ""),
}
"""The formulas that estimate row by row, and how each rounds where the rules do not say."""

COUNTED = frozenset({"full-count", "district-of-columbia", "oregon"})
"""The formulas that know no projection: every line is examined."""


def estimate_rows(rows: Sequence[Row], values: Mapping[str, Any]) -> list[tuple[int, Steps]]:
    """Give the estimate of each row with its steps; of `arizona` only where every line was examined.

    Raises:
        NoEstimate: the formula is unknown, or gives nothing for these counts.
    """
    formula = values.get("formula")
    if formula is None:
        raise NoEstimate("the rules have no formula")
    if formula == "washington" and len(rows) > 1:
        raise NoEstimate("the formula of Washington is for one row, and there are more")
    if formula not in COUNTED and formula not in FORMULAS and formula != "arizona":
        raise NoEstimate(f"the specification has no formula {formula!r}")
    places = values.get("percent_places") if formula == "south-dakota" else None
    return [_estimate_row(row, str(formula), values.get("rounding"), places) for row in rows]


def _estimate_row(row: Row, formula: str, rounding: str | None, places: int | None) -> tuple[int, Steps]:
    if row.full:
        return row.v, [
            ("signatures examined, all of them", printed(Fraction(row.of))),
            ("number valid", printed(Fraction(row.v))),
        ]
    if formula in COUNTED:
        raise NoEstimate(f"{row.name!r} was not examined in full, and the law projects nothing")
    estimate, default = FORMULAS[formula]
    if places is None:
        number, steps = estimate(row, rounding or default)
    else:
        valid = rounded(Fraction(row.v, row.n), places + 2)
        number, steps = whole(row.of * valid, rounding or default), [("percentage valid in the sample", share(valid))]
    return number, [*steps, ("projected number valid", printed(Fraction(number)))]


def arizona(rows: Sequence[Row], rounding: str) -> tuple[int, Steps]:
    """Give the estimate of Arizona over all rows together, where some line was not examined."""
    of, n, v = sum(row.of for row in rows), sum(row.n for row in rows), sum(row.v for row in rows)
    bad = n - v
    left = of - bad
    like = left * Fraction(bad, n)
    estimate = whole(left - like, rounding)
    return estimate, [
        ("less signatures removed", printed(Fraction(sum(row.removed for row in rows)))),
        ("less signatures found ineligible", printed(Fraction(bad))),
        ("signatures remaining", printed(Fraction(left))),
        ("percentage invalid in the sample", share(Fraction(bad, n))),
        ("less a like percentage of the remaining", printed(like, 2)),
        ("projected number valid", printed(Fraction(estimate))),
    ]


def washington_test(rows: Sequence[Row], required: int) -> tuple[bool, Steps]:
    """Give whether the sample is accepted (WAC 434-379-010), with the steps of the test."""
    of, n = sum(row.of for row in rows), sum(row.n for row in rows)
    v, d = sum(row.v for row in rows), sum(row.d for row in rows)
    q, bad = Fraction(n, of), n - v - d
    chance = Fraction(3, 2) * root(Fraction(bad))
    most_bad = (bad + chance) / q
    most_pairs = of - (required + most_bad)
    expected = q * q * most_pairs
    accepted = expected - Fraction(165, 100) * root(expected) if expected > 0 else expected
    return d <= accepted, [
        ("invalid in the sample, duplicates apart", printed(Fraction(bad))),
        ("allowance for chance", printed(chance, 2)),
        ("upper limit of invalid signatures", printed(most_bad, 2)),
        ("most pairs the petition can bear", printed(most_pairs, 2)),
        ("expected pairs in the sample", printed(expected, 2)),
        ("acceptable pairs in the sample", printed(accepted, 2)),
        ("pairs found", printed(Fraction(d))),
    ]
