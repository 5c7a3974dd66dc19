"""Counts and rules to an assessment: the verdict of the law with every step to it, and the statistic beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Any

from ballotworthy.errors import LawAbsent
from ballotworthy.law import Cited, Rules, Source
from ballotworthy.stats import Step, pair_estimate
from ballotworthy.stats.exact import up
from ballotworthy.stats.pairs import Seen, further
from ballotworthy.sufficiency.counts import HEADER, Counts
from ballotworthy.sufficiency.cure import Cure, cure_of
from ballotworthy.sufficiency.decide import Open, Thresholds, Verdict, thresholds_of, with_day
from ballotworthy.sufficiency.districts import District, law_on_spread
from ballotworthy.sufficiency.formulas import FORMULAS
from ballotworthy.sufficiency.judge import Judged, judge
from ballotworthy.sufficiency.told import closing_steps, over_steps, spread_steps


@dataclass(frozen=True)
class Assessment:
    """What the counts of a petition amount to in law, in signatures, with every step.

    `pair_estimate` and `standard_error` are the unbiased statistic beside the legal estimate and decide
    nothing; the error is None where a stratum is too small a sample to tell. `districts` are those of the
    counts where the law asks for a spread. `warnings` say where the counts depart from what the law orders, and
    what is to be known of the formula. `undecided` says what leaves the verdict open, empty where it is decided;
    `cure` what may follow an insufficient one.
    """

    place: str
    kind: str
    on: date
    raw: int
    requirement: Cited[int]
    estimate: int
    verdict: Verdict
    verdict_rule: str
    verdict_source: Source
    steps: tuple[Step, ...]
    pair_estimate: float
    standard_error: float | None
    thresholds: Thresholds | None
    districts: tuple[District, ...] = ()
    warnings: tuple[str, ...] = ()
    undecided: tuple[Open, ...] = ()
    cure: Cure | None = None


def counts_header(rules: Rules) -> tuple[str, ...]:
    """Give the columns of a counts file for this kind: the common ones and what its formula and spread need."""
    columns = [*HEADER, *FORMULAS[rules.formula.value].columns]
    if law_on_spread(rules):
        columns.append("district")
        of_whole = rules.district_basis is not None and rules.district_basis.value == "requirement"
        if rules.district_share and not rules.district_requirement and not of_whole:
            columns.append("required")
        if rules.district_most_share and not of_whole:
            columns.append("at_most")
    return tuple(columns)


def sample_size(rules: Rules, raw: int) -> int:
    """Give how many of `raw` signatures of a stratum the law orders to be sampled.

    The share is rounded up (3% of 24,034 is 722: 2 CCR 20540); where fewer were filed than the least sample,
    all are. Where the law takes the share only of so many or more, the least is drawn of fewer: Illinois takes 500
    of 5,009 and 501 of 5,010 (10 ILCS 5/28-11).

    Raises:
        LawAbsent: the place's law has no sample, since every signature is examined, or gives its size in words
            only.
    """
    if rules.sample_share is None and rules.sample_least is None and rules.sample_rule is not None:
        raise LawAbsent(
            f"the law of {rules.place} {rules.kind} gives the size of the sample in words: {rules.sample_rule.value} "
            f"({rules.sample_rule.source}). Say how many to draw with -n."
        )
    if rules.sample_share is None and rules.sample_least is None:
        raise LawAbsent(
            f"the law of {rules.place} {rules.kind} orders no sample: all signatures are examined. "
            "Say how many to draw with -n."
        )
    share = up(Fraction(rules.sample_share.value) * raw) if rules.sample_share else 0
    least = rules.sample_least.value if rules.sample_least else 0
    if rules.sample_share_from and raw < rules.sample_share_from.value:
        share = 0
    return min(raw, max(share, least))


def assess(
    rules: Rules,
    counts: Sequence[Counts],
    required: int | None = None,
    *,
    treat_as_sample: bool = False,
    districts_met: int | None = None,
    each_named: bool = False,
) -> Assessment:
    """Give the estimate and the verdict that the law draws from the counts.

    A stratum all of whose signatures were examined is counted, not projected. If all strata were, the count
    itself decides by the place's rule on full counts; with `treat_as_sample` the rule on samples is asked
    instead, which tells a committee what the office would decide from a sample that found the same.

    Args:
        rules: the place's rules on the governing day.
        counts: one row per stratum.
        required: the signatures required, in place of the law's number; it is then marked as the user's.
        treat_as_sample: let the rule on samples decide a full count.
        districts_met: how many districts have their share, where the office has published only that.
        each_named: no districts at all where one row has none, as version 1 of a case's record has it.

    Raises:
        InputError: the counts contradict themselves, or the law does not let them be projected.
        LawSilent: the law's requirement for the day is not in the data and none is given.
    """
    judged = _judged(
        rules, counts, required, treat_as_sample=treat_as_sample, districts_met=districts_met, each_named=each_named
    )
    requirement, decision = judged.requirement, judged.decision
    bands = None if judged.full else thresholds_of(rules, requirement.value)
    pairs, error = pairs_of(rules, counts)
    return Assessment(
        place=rules.place,
        kind=rules.kind,
        on=rules.on,
        raw=judged.raw,
        requirement=requirement,
        estimate=judged.estimate,
        verdict=decision.verdict,
        verdict_rule=decision.rule,
        verdict_source=decision.source,
        steps=_steps(rules, judged, bands),
        pair_estimate=pairs,
        standard_error=error,
        thresholds=bands,
        districts=judged.districts,
        warnings=tuple(_warnings(rules, counts)),
        undecided=decision.open,
        cure=cure_of(rules, decision, judged.raw, judged.estimate, requirement.value, judged.districts),
    )


def _judged(rules: Rules, counts: Sequence[Counts], required: int | None, **how: Any) -> Judged:
    """Judge by the number required; where that goes by a day not given, open if the number before decides otherwise."""
    judged = judge(rules, counts, required, **how)
    by_day = rules.assumed.get("requirement") if required is None else None
    if by_day is None or not isinstance(by_day.before, int):
        return judged
    other = judge(rules, counts, by_day.before, **how)
    return replace(judged, decision=with_day(judged.decision, by_day, rules.on, other.decision.verdict))


def _steps(rules: Rules, judged: Judged, bands: Thresholds | None) -> tuple[Step, ...]:
    """Put into words how the verdict came about: the projection, the test, the whole, the districts."""
    verdict, source = judged.decision.verdict, judged.decision.source
    return (
        *judged.projected.steps,
        *(judged.test.steps if judged.test else ()),
        *over_steps(rules, judged.over),
        *closing_steps(rules, judged.raw, judged.estimate, judged.requirement, bands),
        *spread_steps(judged.spread),
        Step("verdict", verdict, source.cite, source.url),
    )


def seen_of(rules: Rules, row: Counts) -> Seen:
    """Give what is known of a row's repeated signers, for the pair estimate."""
    lost = 2 if rules.duplicates and rules.duplicates.value == "none" else 1
    return Seen(lost, row.seen_3 if lost == 1 and row.seen_2 is not None else None)


def pairs_of(rules: Rules, counts: Sequence[Counts]) -> tuple[float, float | None]:
    """Give the pair estimate of a petition, and its standard error where no stratum is too small to tell."""
    total, variance = 0.0, 0.0
    known = True
    for row in counts:
        repeats = further(row.duplicates, row.seen_2, row.seen_3)
        part = pair_estimate(row.population, row.sample, row.valid, repeats, seen_of(rules, row))
        total += part.estimate
        known = known and part.standard_error is not None
        variance += (part.standard_error or 0.0) ** 2
    return total, sqrt(variance) if known else None


def _warnings(rules: Rules, counts: Sequence[Counts]) -> list[str]:
    caution = rules.formula_caution
    told = [f"{caution.value} ({caution.source})"] if caution and not all(row.full for row in counts) else []
    if rules.sample_share is None and rules.sample_least is None:
        return told
    law = rules.sample_share.source if rules.sample_share else rules.formula.source
    return told + [
        f"{row.name}: {row.sample:,} of {row.population:,} signatures sampled; {law} orders {ordered:,}"
        for row in counts
        if row.sample < (ordered := sample_size(rules, row.population))
    ]
