"""The verdict on an estimate: the bands, the test or the count that the place's law lets decide."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
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

    An estimate of less than `insufficient_below` fails the petition; `sufficient_above` is the least whole
    number that qualifies it, None where no sample can. Between the two all signatures are examined; where they
    are one number, the sample alone decides. `lower` and `upper` are the limits in words; at `lower` itself a
    sample fails if `lower_included`, at `upper` itself it qualifies if `upper_included`.
    """

    insufficient_below: int
    sufficient_above: int | None
    lower: str
    upper: str
    below_source: Source
    above_source: Source
    upper_included: bool = False
    lower_included: bool = False


@dataclass(frozen=True)
class Decision:
    """A verdict, in the words of the rule that gives it, with the rule's source."""

    verdict: Verdict
    rule: str
    source: Source


def thresholds_of(rules: Rules, requirement: int) -> Thresholds | None:
    """Give the bands of a place that has them, None for another.

    Rounding: both limits are the next whole signature, as California publishes them. Less than 95 percent of
    807,615 is less than 767,235; more than 110 percent is 888,377 and up. To which side the limit itself
    belongs is the place's: Colorado fails at "ninety percent or less" and passes at "one hundred ten percent
    or more". Where the law has an upper limit only, everything else fails (10 ILCS 5/28-12); where it has a
    lower limit only and this is the requirement itself, everything else passes (A.R.S. 19-121.04(B)).
    """
    below, above = rules.insufficient_below, rules.sufficient_above
    if above is None:
        return None if below is None else _lower_only(below, requirement)
    most = Fraction(above.value) * requirement
    included = _yes(rules.sufficient_at)
    passes = ceil(most) if included else floor(most) + 1
    upper = _limit(above.value)
    if below is None:
        return Thresholds(passes, passes, upper, upper, above.source, above.source, included, not included)
    least = Fraction(below.value) * requirement
    failing = _yes(rules.insufficient_at)
    fails = min(floor(least) + 1 if failing else ceil(least), passes)
    return Thresholds(fails, passes, _limit(below.value), upper, below.source, above.source, included, failing)


def _lower_only(below: Cited[Decimal], requirement: int) -> Thresholds:
    fails = ceil(Fraction(below.value) * requirement)
    passes = fails if below.value == 1 else None
    return Thresholds(fails, passes, _limit(below.value), _limit(below.value), below.source, below.source, True)


def _yes(flag: Cited[bool] | None) -> bool:
    return flag is not None and flag.value


def _limit(share: Decimal) -> str:
    whole = (share * 100) % 1 == 0
    return percent(Fraction(share), 0 if whole else 1)


def decide(
    rules: Rules,
    requirement: Cited[int],
    raw: int,
    estimate: int,
    *,
    full: bool = False,
    accepted: bool | None = None,
    test_after: bool = False,
) -> Decision:
    """Give the verdict on an estimate.

    Args:
        rules: the place's rules.
        requirement: the signatures required.
        raw: the signatures filed.
        estimate: the signatures projected or counted as valid.
        full: every signature was examined, so that the count itself decides.
        accepted: the answer of an acceptance test on the sample, for a place whose law has one.
        test_after: a test follows the count, so that reaching the requirement does not yet qualify.
    """
    required = requirement.value
    if rules.raw_must_reach and rules.raw_must_reach.value and raw < required:
        rule = f"only {raw:,} of the {required:,} signatures required were filed"
        return Decision("insufficient", rule, rules.raw_must_reach.source)
    if full:
        return _by_count(rules, required, estimate, test_after=test_after)
    if accepted is not None:
        if accepted:
            return Decision("sufficient", "the sample passes the acceptance test", rules.formula.source)
        rule = "the sample does not pass the acceptance test: every signature is examined"
        return Decision("full-check", rule, rules.formula.source)
    bands = thresholds_of(rules, required)
    return _by_bands(bands, estimate) if bands else _by_count(rules, required, estimate, test_after=test_after)


def _by_bands(bands: Thresholds, estimate: int) -> Decision:
    if estimate < bands.insufficient_below:
        rule = f"{estimate:,} is below {bands.lower} of the requirement, {bands.insufficient_below:,}"
        if bands.lower_included:
            least = bands.insufficient_below
            rule = f"{estimate:,} does not exceed {bands.lower} of the requirement, which takes {least:,}"
        return Decision("insufficient", rule, bands.below_source)
    if bands.sufficient_above is None:
        rule = f"{estimate:,} reaches {bands.lower} of the requirement, and no sample qualifies: all are examined"
        return Decision("full-check", rule, bands.below_source)
    if estimate >= bands.sufficient_above:
        verb = "reaches" if bands.upper_included else "is above"
        rule = f"{estimate:,} {verb} {bands.upper} of the requirement, from {bands.sufficient_above:,} on"
        return Decision("sufficient", rule, bands.above_source)
    rule = (
        f"{estimate:,} lies within {bands.lower} and {bands.upper} of the requirement, "
        f"{bands.insufficient_below:,} to {bands.sufficient_above - 1:,}: every signature is examined"
    )
    return Decision("full-check", rule, bands.above_source)


def _by_count(rules: Rules, required: int, count: int, *, test_after: bool) -> Decision:
    source = rules.full_count.source
    if count < required:
        return Decision("insufficient", f"{count:,} is less than the requirement, {required:,}", source)
    rule = f"{count:,} reaches the requirement, {required:,}"
    if test_after:
        to_do = rules.after_count or rules.full_count
        return Decision("full-check", f"{rule}; still to be done: {to_do.value}", to_do.source)
    return Decision("sufficient", rule, source)
