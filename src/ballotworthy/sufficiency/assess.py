"""Counts and rules to an assessment: every stratum projected by the place's formula, added up and decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import sqrt

from ballotworthy.errors import InputError, LawAbsent, LawSilent
from ballotworthy.law import Cited, Rules, Source
from ballotworthy.law.number import number_required
from ballotworthy.stats import SampleTest, Step, pair_estimate, washington_test
from ballotworthy.stats.exact import up
from ballotworthy.stats.pairs import Seen, further
from ballotworthy.sufficiency.counts import HEADER, Counts, faults_of
from ballotworthy.sufficiency.cure import Cure, cure_of
from ballotworthy.sufficiency.decide import (
    BY_USER,
    Decision,
    Open,
    Thresholds,
    Verdict,
    decide,
    thresholds_of,
    with_duplicates,
    with_rounding,
)
from ballotworthy.sufficiency.districts import (
    District,
    districts_of,
    law_on_spread,
    rest_of,
    spread_of,
    with_maximum,
    with_rest,
    with_spread,
)
from ballotworthy.sufficiency.formulas import FORMULAS, formula_of
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
    _check(rules, counts, required)
    told = {row.district or row.stratum: row.required for row in counts if row.required is not None}
    requirement = Cited(required, BY_USER) if required is not None else number_required(rules, told)
    if requirement is None:
        raise _no_number(rules)
    raw = sum(row.raw for row in counts)
    full = all(row.full for row in counts)
    formula = formula_of(rules, counts)
    projected = formula.project(rules, counts)
    counted_as_full = full and not (treat_as_sample and formula.samples)
    districts = districts_of(
        rules, counts, projected.parts, requirement.value, full=counted_as_full, each_named=each_named
    )
    over = sum(district.estimate - district.counted for district in districts)
    estimate = projected.total - over
    test = None
    if rules.formula.value == "washington" and (treat_as_sample or not full):
        test = _washington_test(counts, requirement.value)

    def on_total(estimate: int) -> Decision:
        accepted = test.accepted if test else None
        full = counted_as_full
        return decide(rules, requirement, raw, estimate, full=full, accepted=accepted, test_after=formula.test_after)

    decision = on_total(estimate)
    spread = spread_of(rules, districts, districts_met)
    decision = with_spread(decision, spread, alone=bool(rules.districts_alone and rules.districts_alone.value))
    decision = with_maximum(decision, rules, counts, districts, requirement.value, districts_met)
    if not each_named and districts_met is None:
        rest = rest_of(rules, counts, projected.parts)
        decision = with_rest(decision, rules, rest, on_total(estimate - rest))

    def again(other: Rules) -> str:
        found = assess(
            other,
            counts,
            required,
            treat_as_sample=treat_as_sample,
            districts_met=districts_met,
            each_named=each_named,
        )
        return found.verdict

    decision = _either_way(decision, rules, counts, again)
    bands = thresholds_of(rules, requirement.value)
    steps = [*projected.steps, *(test.steps if test else ()), *over_steps(rules, over)]
    steps += closing_steps(rules, raw, estimate, requirement, bands)
    steps += spread_steps(spread)
    steps.append(Step("verdict", decision.verdict, decision.source.cite, decision.source.url))
    pairs, error = _pairs(rules, counts)
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
    if not formula_of(rules, counts).samples:
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


def _either_way(decision: Decision, rules: Rules, counts: Sequence[Counts], again: Callable[[Rules], str]) -> Decision:
    """Leave the verdict open where it hangs on a rounding, or a charge for duplicates, that no rule orders."""
    if all(row.full for row in counts):
        return decision
    if formula_of(rules, counts).rounds and rules.rounding is None:
        ways = [replace(rules, rounding=Cited(rounding, rules.formula.source)) for rounding in ("down", "up")]
        decision = with_rounding(decision, rules, [again(way) for way in ways])
    law = rules.sample_formula
    if law and law.value == "share-of-valid" and any(row.duplicates for row in counts if not row.full):
        other = replace(rules, sample_formula=replace(law, value="share-less-pairs"))
        decision = with_duplicates(decision, law.source, again(other))
    return decision


def _no_number(rules: Rules) -> LawSilent:
    """Say which number is missing: that of the petition, or those of its districts where they alone decide."""
    if not (rules.districts_alone and rules.districts_alone.value):
        return rules.silence["requirement"]
    missing = rules.silence.get("district_requirement")
    return LawAbsent(
        f"the law of {rules.place} {rules.kind} has no number for the petition, only one for each district "
        f"({rules.districts_alone.source}), and those of {rules.on} are not held"
        + (f": {missing} " if missing else ". ")
        + "Give them with the counts, in a column `required`."
    )


def _washington_test(counts: Sequence[Counts], required: int) -> SampleTest:
    return washington_test(
        sum(row.population for row in counts),
        sum(row.sample for row in counts),
        sum(row.valid for row in counts),
        sum(row.duplicates for row in counts),
        required,
    )


def seen_of(rules: Rules, row: Counts) -> Seen:
    """Give what is known of a row's repeated signers, for the pair estimate."""
    lost = 2 if rules.duplicates and rules.duplicates.value == "none" else 1
    return Seen(lost, row.seen_3 if lost == 1 and row.seen_2 is not None else None)


def _pairs(rules: Rules, counts: Sequence[Counts]) -> tuple[float, float | None]:
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
