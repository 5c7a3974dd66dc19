"""The verdict on an estimate: the bands, the test or the count that the place's law lets decide."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from ballotworthy.law import Cited, Rules, Source
from ballotworthy.stats.exact import percent

Verdict = Literal["sufficient", "insufficient", "full-check"]

BY_USER = Source("given by the user, not by law", "")


@dataclass(frozen=True)
class Thresholds:
    """Where a sample decides, in whole signatures.

    An estimate of less than `insufficient_below` fails the petition. `sufficient_above` is the least whole
    number above the upper band: an estimate that reaches it qualifies the petition. Between the two all
    signatures are examined.
    """

    insufficient_below: int
    sufficient_above: int
    lower: str
    upper: str
    below_source: Source
    above_source: Source


@dataclass(frozen=True)
class Decision:
    """A verdict, in the words of the rule that gives it, with the rule's source."""

    verdict: Verdict
    rule: str
    source: Source


def thresholds_of(rules: Rules, requirement: int) -> Thresholds | None:
    """Give the bands of a place that has them, None for another.

    Rounding: both limits are the next whole signature, as California publishes them. Less than 95 percent of
    807,615 is less than 767,235; more than 110 percent is 888,377 and up.
    """
    below, above = rules.insufficient_below, rules.sufficient_above
    if below is None or above is None:
        return None
    return Thresholds(
        ceil(Fraction(below.value) * requirement),
        floor(Fraction(above.value) * requirement) + 1,
        percent(Fraction(below.value), 0),
        percent(Fraction(above.value), 0),
        below.source,
        above.source,
    )


def decide(
    rules: Rules,
    requirement: Cited[int],
    raw: int,
    estimate: int,
    *,
    full: bool = False,
    accepted: bool | None = None,
) -> Decision:
    """Give the verdict on an estimate.

    Args:
        rules: the place's rules.
        requirement: the signatures required.
        raw: the signatures filed.
        estimate: the signatures projected or counted as valid.
        full: every signature was examined, so that the count itself decides.
        accepted: the answer of an acceptance test on the sample, for a place whose law has one.
    """
    required = requirement.value
    if rules.raw_must_reach and rules.raw_must_reach.value and raw < required:
        rule = f"only {raw:,} of the {required:,} signatures required were filed"
        return Decision("insufficient", rule, rules.raw_must_reach.source)
    if full:
        return _by_count(rules, required, estimate)
    if accepted is not None:
        if accepted:
            return Decision("sufficient", "the sample passes the acceptance test", rules.formula.source)
        rule = "the sample does not pass the acceptance test: every signature is examined"
        return Decision("full-check", rule, rules.formula.source)
    bands = thresholds_of(rules, required)
    return _by_bands(bands, estimate) if bands else _by_count(rules, required, estimate)


def _by_bands(bands: Thresholds, estimate: int) -> Decision:
    if estimate < bands.insufficient_below:
        rule = f"{estimate:,} is below {bands.lower} of the requirement, {bands.insufficient_below:,}"
        return Decision("insufficient", rule, bands.below_source)
    if estimate >= bands.sufficient_above:
        rule = f"{estimate:,} is above {bands.upper} of the requirement, from {bands.sufficient_above:,} on"
        return Decision("sufficient", rule, bands.above_source)
    rule = (
        f"{estimate:,} lies within {bands.lower} and {bands.upper} of the requirement, "
        f"{bands.insufficient_below:,} to {bands.sufficient_above - 1:,}: every signature is examined"
    )
    return Decision("full-check", rule, bands.above_source)


def _by_count(rules: Rules, required: int, count: int) -> Decision:
    source = rules.full_count.source
    if count < required:
        return Decision("insufficient", f"{count:,} is less than the requirement, {required:,}", source)
    if rules.after_count:
        rule = f"{count:,} reaches the requirement, {required:,}; still to be done: {rules.after_count.value}"
        return Decision("full-check", rule, rules.after_count.source)
    return Decision("sufficient", f"{count:,} reaches the requirement, {required:,}", source)
