"""Counts and rules to a verdict: every stratum projected by the place's formula, added up and decided.

Nothing is put into words here that only a reader of the steps needs: a committee that asks how many lines to file
has this done thousands of times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ballotworthy.errors import InputError, LawAbsent, LawSilent
from ballotworthy.law import Cited, Rules
from ballotworthy.law.number import number_required
from ballotworthy.stats import SampleTest, washington_test
from ballotworthy.sufficiency.counts import Counts, faults_of
from ballotworthy.sufficiency.decide import BY_USER, Decision, decide, with_duplicates, with_rounding
from ballotworthy.sufficiency.districts import (
    District,
    Spread,
    districts_of,
    rest_of,
    spread_of,
    with_maximum,
    with_rest,
    with_spread,
)
from ballotworthy.sufficiency.formulas import FORMULAS, Estimate, formula_of


@dataclass(frozen=True)
class Judged:
    """A verdict and the numbers that gave it, in signatures.

    Attributes:
        raw: signatures filed.
        requirement: those required, with the source.
        projected: the estimate by the place's formula, with that of each row.
        over: what the maximum of a district takes off it.
        estimate: what is left, on which the verdict rests.
        test: the answer of an acceptance test, where the law has one and a sample was taken.
        districts: those of the counts, where the law asks for a spread.
        spread: whether there are enough of them; None where the law asks for no minimum in districts.
        decision: the verdict with its rule.
        full: every signature was examined and the count itself decides, so that no limit of a sample does.
    """

    raw: int
    requirement: Cited[int]
    projected: Estimate
    over: int
    estimate: int
    test: SampleTest | None
    districts: tuple[District, ...]
    spread: Spread | None
    decision: Decision
    full: bool


def judge(
    rules: Rules,
    counts: Sequence[Counts],
    required: int | None = None,
    *,
    treat_as_sample: bool = False,
    districts_met: int | None = None,
    each_named: bool = False,
) -> Judged:
    """Give the verdict that the law draws from the counts; what is given and raised is as of `assess`."""
    _check(rules, counts, required)
    requirement = _requirement(rules, counts, required)
    raw = sum(row.raw for row in counts)
    formula = formula_of(rules, counts)
    projected = formula.project(rules, counts)
    full = _full(counts) and not (treat_as_sample and formula.samples)
    districts = districts_of(rules, counts, projected.parts, requirement.value, full=full, each_named=each_named)
    over = sum(district.estimate - district.counted for district in districts)
    estimate = projected.total - over
    test = _test(rules, counts, requirement.value, treat_as_sample)
    spread = spread_of(rules, districts, districts_met)

    def on_total(estimate: int) -> Decision:
        accepted = test.accepted if test else None
        return decide(rules, requirement, raw, estimate, full=full, accepted=accepted, test_after=formula.test_after)

    def again(other: Rules, rows: Sequence[Counts] = counts) -> str:
        found = judge(
            other,
            rows,
            required,
            treat_as_sample=treat_as_sample,
            districts_met=districts_met,
            each_named=each_named,
        )
        return found.decision.verdict

    alone = bool(rules.districts_alone and rules.districts_alone.value)
    decision = with_spread(on_total(estimate), spread, alone=alone)
    decision = with_maximum(decision, rules, counts, districts, requirement.value, districts_met)
    if not each_named and districts_met is None:
        rest = rest_of(rules, counts, projected.parts)
        decision = with_rest(decision, rules, rest, lambda: on_total(estimate - rest))
    decision = _either_way(decision, rules, counts, again)
    return Judged(raw, requirement, projected, over, estimate, test, districts, spread, decision, full)


def _full(counts: Sequence[Counts]) -> bool:
    return all(row.full for row in counts)


def _requirement(rules: Rules, counts: Sequence[Counts], required: int | None) -> Cited[int]:
    """Give the number the user gave, else that of the law."""
    if required is not None:
        return Cited(required, BY_USER)
    told = {row.district or row.stratum: row.required for row in counts if row.required is not None}
    found = number_required(rules, told)
    if found is None:
        raise _no_number(rules)
    return found


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
    if FORMULAS[rules.formula.value].one_row and len(counts) > 1 and not _full(counts):
        wrong.append(f"{len(counts)} rows: the test of {rules.formula.source} takes one sample. Give one row.")
    if wrong:
        raise InputError("the counts cannot be used:\n  " + "\n  ".join(wrong))


def _either_way(decision: Decision, rules: Rules, counts: Sequence[Counts], again: Callable[..., str]) -> Decision:
    """Leave the verdict open where it hangs on a rounding, or a charge for duplicates, that no rule orders.

    10 ILCS 5/28-12(3) names the "degree of multiple signature contamination" and gives no formula for it.
    """
    if _full(counts):
        return decision
    if formula_of(rules, counts).rounds and rules.rounding is None:
        ways = [replace(rules, rounding=Cited(rounding, rules.formula.source)) for rounding in ("down", "up")]
        decision = with_rounding(decision, rules, [again(way) for way in ways])
    law = rules.sample_formula
    if not any(row.duplicates for row in counts if not row.full):
        return decision
    if law and law.value == "share-of-valid":
        other = replace(rules, sample_formula=replace(law, value="share-less-pairs"))
        return with_duplicates(decision, law.source, "sample_formula", decision.verdict, again(other))
    if law is None and rules.formula.value == "illinois":
        alone = again(rules, [row if row.full else replace(row, duplicates=0) for row in counts])
        return with_duplicates(decision, rules.formula.source, "formula", alone, decision.verdict)
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


def _test(rules: Rules, counts: Sequence[Counts], required: int, treat_as_sample: bool) -> SampleTest | None:
    """Give the answer of the acceptance test, where the law has one and the counts are a sample or taken as one."""
    if rules.formula.value != "washington" or (_full(counts) and not treat_as_sample):
        return None
    return washington_test(
        sum(row.population for row in counts),
        sum(row.sample for row in counts),
        sum(row.valid for row in counts),
        sum(row.duplicates for row in counts),
        required,
    )
