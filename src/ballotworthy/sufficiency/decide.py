"""The verdict on an estimate: the bands, the test or the count that the place's law lets decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import Any, Literal

from ballotworthy.errors import LawNotYetInForce, LawRepealed
from ballotworthy.law import RULES, Cited, Rules, Source
from ballotworthy.law.rules import Assumed
from ballotworthy.stats.exact import percent

Verdict = Literal["sufficient", "insufficient", "full-check", "undecided"]

OPTIONS = {
    "registration": "--registered", "signing": "--signed", "filing": "--filed", "certification": "--certified",
}  # fmt: skip
"""Of each act by whose day a rule may go, the option that gives the day."""
BANDS = ("insufficient_below", "sufficient_above")
BY_USER = Source("given by the user, not by law", "")


@dataclass(frozen=True)
class Open:
    """What leaves a verdict open: the rule that decides, what of it is missing, and what would decide."""

    rule: str
    missing: str
    would_decide: str


@dataclass(frozen=True)
class Thresholds:
    """Where a sample decides, in whole signatures.

    An estimate of less than `insufficient_below` fails the petition, one of `sufficient_above` or more qualifies
    it; either is None where no sample does so, or none is known to. What neither decides is `otherwise`.
    Where the two are one number, the sample alone decides. `lower` and `upper` are the limits
    in words; at `lower` itself a sample fails if `lower_included`, at `upper` itself it qualifies if
    `upper_included`.
    """

    insufficient_below: int | None
    sufficient_above: int | None
    lower: str
    upper: str
    below_source: Source
    above_source: Source
    upper_included: bool = False
    lower_included: bool = False
    otherwise: Verdict = "full-check"


@dataclass(frozen=True)
class Decision:
    """A verdict, in the words of the rule that gives it, with the rule's source; `open` is empty once it is decided."""

    verdict: Verdict
    rule: str
    source: Source
    open: tuple[Open, ...] = ()


def thresholds_of(rules: Rules, requirement: int) -> Thresholds | None:
    """Give the bands of a place that has them, None for another.

    Rounding: both limits are the next whole signature, as California publishes them. Less than 95 percent of
    807,615 is less than 767,235; more than 110 percent is 888,377 and up. To which side the limit itself
    belongs is the place's: Colorado fails at "ninety percent or less" and passes at "one hundred ten percent
    or more". Between two limits everything is examined, unless `sample_otherwise` says another thing. Beyond one
    limit alone nothing follows that the law does not say: Illinois' `sample_otherwise` is "insufficient" (10 ILCS
    5/28-12); only a lower limit that is the requirement itself speaks for both sides (A.R.S. 19-121.04(B)).
    """
    below, above = rules.insufficient_below, rules.sufficient_above
    if below is None and above is None:
        return None
    said: Any = rules.sample_otherwise.value if rules.sample_otherwise else None
    included, failing = _yes(rules.sufficient_at), _yes(rules.insufficient_at)
    passes = fails = None
    if above is not None:
        most = Fraction(above.value) * requirement
        passes = ceil(most) if included else floor(most) + 1
    if below is not None:
        least = Fraction(below.value) * requirement
        fails = floor(least) + 1 if failing else ceil(least)
    if above is None and below is not None and (said == "sufficient" or (said is None and below.value == 1)):
        above, passes, included = below, fails, not failing
    if below is None and said == "insufficient":
        below, fails, failing = above, passes, not included
    if fails is not None and passes is not None:
        fails = min(fails, passes)
    low, high = below or above, above or below
    if low is None or high is None:  # one of the two is there, or we were gone
        return None
    decided_between = fails is not None and passes is not None
    return Thresholds(
        fails,
        passes,
        _limit(low.value),
        _limit(high.value),
        low.source,
        high.source,
        included,
        failing,
        said or ("full-check" if decided_between else "undecided"),
    )


def _yes(flag: Cited[bool] | None) -> bool:
    return flag is not None and flag.value


@cache
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
    return _by_bands(rules, bands, estimate) if bands else _otherwise(rules, estimate)


def _by_bands(rules: Rules, bands: Thresholds, estimate: int) -> Decision:
    fails, passes = bands.insufficient_below, bands.sufficient_above
    if fails is not None and estimate < fails:
        rule = f"{estimate:,} is below {bands.lower} of the requirement, {fails:,}"
        if bands.lower_included:
            rule = f"{estimate:,} does not exceed {bands.lower} of the requirement, which takes {fails:,}"
        return Decision("insufficient", rule, bands.below_source)
    if passes is not None and estimate >= passes:
        verb = "reaches" if bands.upper_included else "is above"
        rule = f"{estimate:,} {verb} {bands.upper} of the requirement, from {passes:,} on"
        return Decision("sufficient", rule, bands.above_source)
    if bands.otherwise != "full-check":
        return _otherwise(rules, estimate)
    if fails is None or passes is None:
        limit, source = (bands.lower, bands.below_source) if passes is None else (bands.upper, bands.above_source)
        reaches = "reaches" if passes is None else "does not reach"
        rule = f"{estimate:,} {reaches} {limit} of the requirement, and no sample decides here: all are examined"
        return Decision("full-check", rule, source)
    rule = (
        f"{estimate:,} lies within {bands.lower} and {bands.upper} of the requirement, "
        f"{fails:,} to {passes - 1:,}: every signature is examined"
    )
    return Decision("full-check", rule, bands.above_source)


def _otherwise(rules: Rules, estimate: int) -> Decision:
    """Give what follows from a sample that no limit decides: what the law says, or nothing, and the verdict is open."""
    said: Any = rules.sample_otherwise.value if rules.sample_otherwise else "undecided"
    if rules.sample_otherwise and said != "undecided":
        words = f"no limit decides on {estimate:,}, and the law then says: {said}"
        return Decision(said, words, rules.sample_otherwise.source)
    held = {name: getattr(rules, name) for name in BANDS}
    source = next((cited.source for cited in (*held.values(), rules.sample_rule) if cited), rules.formula.source)
    if all(held.values()) or rules.sample_otherwise is not None:
        said = rules.sample_otherwise or rules.formula
        lacking = ["sample_otherwise"]
        source = said.source
    else:
        lacking = [name for name, cited in held.items() if cited is None]
    open_points = tuple(_band_missing(rules, name) for name in lacking)
    what = " and ".join(RULES[name].meaning for name in lacking)
    return Decision("undecided", f"the sample gives {estimate:,}; not held here: {what}", source, open_points)


def _band_missing(rules: Rules, name: str) -> Open:
    example = "insufficient" if name == "sample_otherwise" else "0.95" if name == "insufficient_below" else "1.10"
    where = f"{rules.place} {rules.kind} on {rules.on}"
    if name == "sample_otherwise" and rules.sample_rule:
        where += f" (the sample there: {rules.sample_rule.value})"
    names = BANDS if name == "sample_otherwise" else (name,)
    held_else = [each for each in names if isinstance(rules.silence.get(each), LawNotYetInForce | LawRepealed)]
    where += "".join(f"; {rules.silence[each]}".removesuffix(".") for each in held_else[:1])
    day = _day_that_would_decide(rules, held_else)
    return Open(
        name,
        f"{RULES[name].meaning}, for {where}",
        f"{day}that rule with its source (--rule {name}={example} or as it stands there), or an examination of every "
        "signature",
    )


def _day_that_would_decide(rules: Rules, names: Sequence[str]) -> str:
    """Say which day to give where rules go by an act whose day was not given, and are held for other days."""
    told = " ".join(str(rules.silence[name]) for name in names)
    acts = [act for act in OPTIONS if f"by the day of {act})" in told and getattr(rules.days, act) is None]
    return "".join(f"the day of {act} ({OPTIONS[act]} DAY), if it lies in that time; " for act in acts)


def _by_count(rules: Rules, required: int, count: int, *, test_after: bool) -> Decision:
    source = rules.full_count.source
    if count < required:
        return Decision("insufficient", f"{count:,} is less than the requirement, {required:,}", source)
    rule = f"{count:,} reaches the requirement, {required:,}"
    if test_after:
        to_do = rules.after_count or rules.full_count
        return Decision("full-check", f"{rule}; still to be done: {to_do.value}", to_do.source)
    return Decision("sufficient", rule, source)


def with_rounding(decision: Decision, rules: Rules, verdicts: Sequence[str]) -> Decision:
    """Give the verdict where the place has no rule on rounding: open, if the part of a signature would change it."""
    if len(set(verdicts)) == 1:
        return decision
    missing = f"{RULES['rounding'].meaning}: cut off it is {verdicts[0]}, rounded up {verdicts[1]}"
    remedy = "the office's rule on rounding with its source (--rule rounding=down, nearest or up)"
    words = f"{decision.rule}; not held here: {RULES['rounding'].meaning}, and it would change the verdict"
    return Decision("undecided", words, rules.formula.source, (Open("rounding", missing, remedy),))


def with_duplicates(decision: Decision, source: Source, rule: str, alone: str, implied: str) -> Decision:
    """Give the verdict where the law does not say what a duplicate of the sample takes off: open, if it matters.

    Args:
        decision: the verdict so far, one of the two below.
        source: the section that orders the sample.
        rule: the rule whose formula does not say it.
        alone: the verdict if a duplicate is one more invalid signature.
        implied: the verdict if it stands for all those that the sample did not meet.
    """
    if alone == implied or decision.verdict == "undecided":
        return decision
    missing = f"what a duplicate in the sample takes off: {alone} if one signature, {implied} if those it implies"
    remedy = "the office's own computation of its sample, or an examination of every signature"
    words = f"{decision.rule}; not held here: how the sample's duplicates are charged, and it would change the verdict"
    return Decision("undecided", words, source, (Open(rule, missing, remedy),))


def with_day(decision: Decision, assumed: Assumed, on: date, other: str) -> Decision:
    """Give the verdict where the number goes by the day of an act that was not given: open, if it matters.

    Args:
        decision: the verdict by the number of the governing day.
        assumed: the act, and the number before.
        on: the governing day.
        other: the verdict by that number.
    """
    if decision.verdict in (other, "undecided"):
        return decision
    missing = (
        f"the day of {assumed.act}, by which the number goes: {other} by {assumed.before:,}, which held until "
        f"{assumed.until}; {decision.verdict} by the number of {on}"
    )
    words = f"{decision.rule}; not held here: the day of {assumed.act}, and it would change the verdict"
    remedy = f"the day of {assumed.act} ({OPTIONS[assumed.act]} DAY)"
    return Decision("undecided", words, decision.source, (Open("requirement", missing, remedy),))
