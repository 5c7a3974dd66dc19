"""Counts and rules to an assessment: every stratum projected by the place's formula, added up and decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import sqrt

from ballotworthy.errors import InputError, LawAbsent
from ballotworthy.law import Cited, Rules, Source
from ballotworthy.stats import SampleTest, Step, pair_estimate, washington_test
from ballotworthy.stats.exact import up
from ballotworthy.sufficiency.counts import HEADER, Counts, faults_of
from ballotworthy.sufficiency.cure import Cure, cure_of
from ballotworthy.sufficiency.decide import BY_USER, Open, Thresholds, Verdict, decide, thresholds_of, with_rounding
from ballotworthy.sufficiency.districts import (
    District,
    Spread,
    districts_of,
    law_on_spread,
    spread_of,
    with_maximum,
    with_spread,
)
from ballotworthy.sufficiency.formulas import FORMULAS


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

    Raises:
        InputError: the counts contradict themselves, or the law does not let them be projected.
        LawSilent: the law's requirement for the day is not in the data and none is given.
    """
    _check(rules, counts, required)
    requirement = Cited(required, BY_USER) if required is not None else rules.requirement
    if requirement is None:
        raise rules.silence["requirement"]
    raw = sum(row.raw for row in counts)
    full = all(row.full for row in counts)
    formula = FORMULAS[rules.formula.value]
    projected = formula.project(rules, counts)
    counted_as_full = full and not (treat_as_sample and formula.samples)
    districts = districts_of(rules, counts, projected.parts, requirement.value, full=counted_as_full)
    over = sum(district.estimate - district.counted for district in districts)
    estimate = projected.total - over
    test = None
    if rules.formula.value == "washington" and (treat_as_sample or not full):
        test = _washington_test(counts, requirement.value)
    decision = decide(
        rules,
        requirement,
        raw,
        estimate,
        full=counted_as_full,
        accepted=test.accepted if test else None,
        test_after=formula.test_after,
    )
    spread = spread_of(rules, districts, districts_met)
    decision = with_maximum(with_spread(decision, spread), rules, counts, districts, requirement.value, districts_met)
    if formula.rounds and rules.rounding is None and not full:
        again = [
            assess(
                replace(rules, rounding=Cited(rounding, rules.formula.source)),
                counts,
                required,
                treat_as_sample=treat_as_sample,
                districts_met=districts_met,
            ).verdict
            for rounding in ("down", "up")
        ]
        decision = with_rounding(decision, rules, again)
    bands = thresholds_of(rules, requirement.value)
    steps = [*projected.steps, *(test.steps if test else ()), *_over(rules, over)]
    steps += _closing(rules, raw, estimate, requirement, bands)
    steps += _spread(spread)
    steps.append(Step("verdict", decision.verdict, decision.source.cite, decision.source.url))
    pairs, error = _pairs(counts)
    return Assessment(
        place=rules.place,
        kind=rules.kind,
        on=rules.on,
        raw=raw,
        requirement=requirement,
        estimate=estimate,
        verdict=decision.verdict,
        verdict_rule=decision.rule,
        verdict_source=decision.source,
        steps=tuple(steps),
        pair_estimate=pairs,
        standard_error=error,
        thresholds=bands,
        districts=districts,
        warnings=tuple(_warnings(rules, counts)),
        undecided=decision.open,
        cure=cure_of(rules, decision, raw, estimate, requirement.value),
    )


def _check(rules: Rules, counts: Sequence[Counts], required: int | None) -> None:
    if not counts:
        raise InputError("there are no counts; give a row for every stratum.")
    if required is not None and required < 1:
        raise InputError(f"{required} signatures cannot be the requirement; give a whole number from 1 on.")
    times = Counter(row.name for row in counts)
    wrong = [f"{name}: there are {n} rows. Add them up to one." for name, n in times.items() if n > 1]
    wrong += [f"{row.name}, {column}: {what}. {remedy}" for row in counts for column, what, remedy in faults_of(row)]
    if not FORMULAS[rules.formula.value].samples:
        wrong += [
            f"{row.name}, sample: the law of {rules.place} projects no sample "
            f"({rules.full_count.source}). "
            "Examine every signature, and give as many as sampled as were filed."
            for row in counts
            if not row.full
        ]
    if FORMULAS[rules.formula.value].one_row and len(counts) > 1 and not all(row.full for row in counts):
        wrong.append(f"{len(counts)} rows: the test of {rules.formula.source} takes one sample. Give one row.")
    if wrong:
        raise InputError("the counts cannot be used:\n  " + "\n  ".join(wrong))


def _over(rules: Rules, over: int) -> list[Step]:
    if not over or rules.district_most_share is None:
        return []
    law = rules.district_most_share.source
    return [Step("less those over the most of a district", f"{over:,}", law.cite, law.url)]


def _spread(spread: Spread | None) -> list[Step]:
    if spread is None:
        return []
    words = {True: "reached", False: "not reached", None: "not decided"}
    steps = [
        Step(
            f"district {district.name}",
            f"{district.estimate:,}"
            + ("" if district.required is None else f" of {district.required:,}: {words[district.met]}"),
            spread.number_source.cite,
            spread.number_source.url,
        )
        for district in spread.districts
    ]
    return [*steps, Step("spread over districts", spread.words, spread.source.cite, spread.source.url)]


def _washington_test(counts: Sequence[Counts], required: int) -> SampleTest:
    return washington_test(
        sum(row.population for row in counts),
        sum(row.sample for row in counts),
        sum(row.valid for row in counts),
        sum(row.duplicates for row in counts),
        required,
    )


def _closing(rules: Rules, raw: int, estimate: int, requirement: Cited[int], bands: Thresholds | None) -> list[Step]:
    law, formula = requirement.source, rules.formula.source
    steps = [
        Step(
            "signatures filed",
            f"{raw:,}",
            rules.blank_lines_raw.source.cite,
            rules.blank_lines_raw.source.url,
        )
        if rules.blank_lines_raw
        else Step("signatures filed", f"{raw:,}", "as counted"),
        Step("estimate", f"{estimate:,}", formula.cite, formula.url),
        Step("requirement", f"{requirement.value:,}", law.cite, law.url),
    ]
    if bands:
        below, above = bands.below_source, bands.above_source
        if bands.insufficient_below is not None:
            steps.append(Step("insufficient below", f"{bands.insufficient_below:,}", below.cite, below.url))
        if bands.sufficient_above is not None:
            steps.append(Step("sufficient from", f"{bands.sufficient_above:,}", above.cite, above.url))
    return steps


def _pairs(counts: Sequence[Counts]) -> tuple[float, float | None]:
    total, variance = 0.0, 0.0
    known = True
    for row in counts:
        part = pair_estimate(row.population, row.sample, row.valid, row.duplicates)
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
