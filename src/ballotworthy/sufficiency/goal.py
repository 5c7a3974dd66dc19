"""How many signatures a committee should file, by a place's own procedure: what `stats.needed` is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import ceil, sqrt

from ballotworthy.errors import InputError, LawAbsent
from ballotworthy.law import Cited, Rules
from ballotworthy.law.number import number_required
from ballotworthy.stats.checked import over_validity
from ballotworthy.stats.exact import up
from ballotworthy.stats.needed import Chances, Procedure, Quality, chances, needed
from ballotworthy.sufficiency.assess import sample_size
from ballotworthy.sufficiency.counts import Counts
from ballotworthy.sufficiency.decide import BY_USER, thresholds_of
from ballotworthy.sufficiency.formulas import FORMULAS
from ballotworthy.sufficiency.judge import judge

Curve = tuple[tuple[int, Chances], ...]
"""Numbers of lines filed, rising, and the chances with them."""

ChanceOf = Callable[[Procedure, int, Quality, str], float]
"""A chance of `Chances`, by its name, of a petition of so many lines."""

STEPS = 24
VALIDITIES = (0.65, 0.70, 0.75, 0.80, 0.85)
NEAR = 20_000
"""A sample's answer is sought to one part in so many, finer than the steps of the sample's size let it be."""


@dataclass(frozen=True)
class Row:
    """What to file with lines of one validity, in signatures.

    Attributes:
        validity: the share of the lines that are valid, repeats included.
        end: how many to file to pass in the end with the chance asked for.
        sample: how many to file to pass on the sample alone; None where every signature is examined, or no sample
            is known to pass a petition.
    """

    validity: float
    end: int
    sample: int | None


@dataclass(frozen=True)
class DistrictGoal:
    """What to file in one district: the number required there, and how many reach it with the chance asked for."""

    name: str
    required: int
    raw: int


@dataclass(frozen=True)
class Goal:
    """How many signatures to file.

    Attributes:
        required: signatures required, with the source.
        quality: the lines as they are expected to be.
        chance: the chance asked for.
        asked: the answer for that quality.
        drawn: the size of the sample of a petition of `asked.end` lines; None where all are examined.
        chances: the chances of such a petition.
        rows: the answer for other validities.
        districts: the answer district by district, where the law asks for signatures in districts.
        districts_needed: in how many of them; None if it does not.
        notes: what the answer leaves out.
        checked: how many lines the validity was measured on, None where it is taken as known.
    """

    required: Cited[int]
    quality: Quality
    chance: float
    asked: Row
    drawn: int | None
    chances: Chances
    rows: tuple[Row, ...]
    districts: tuple[DistrictGoal, ...]
    districts_needed: int | None
    notes: tuple[str, ...]
    checked: int | None = None


def goal(
    rules: Rules,
    validity: float,
    duplicates: float,
    chance: float,
    *,
    required: int | None = None,
    sample_share: Decimal | None = None,
    districts: Mapping[str, int] | None = None,
    checked: int | None = None,
) -> Goal:
    """Give how many signatures to file so that the petition passes with that chance.

    The petition is judged as one sample, also where each county is sampled on its own: small counties are
    then examined more closely than supposed here, so for a chance above one half the answer should be high.

    Args:
        rules: the place's rules on the governing day.
        validity: lines that are valid, as a share of those filed, repeats included.
        duplicates: lines that repeat a signer, as a share of those filed.
        chance: the chance asked for.
        required: signatures required, in place of the law's number.
        sample_share: the share that is sampled, where the law does not fix it.
        districts: signatures required by district, in place of the law's numbers.
        checked: how many lines, drawn at random, the validity was measured on; the chance then counts how far such a
            check may be off. None takes the validity as known.

    Raises:
        LawSilent: the law's requirement for the day is not in the data and none is given; or its sample has
            no fixed size and no share is given.
        InputError: a share or a chance cannot be.
    """
    needed_in_all = Cited(required, BY_USER) if required is not None else number_required(rules)
    if needed_in_all is None:
        raise rules.silence["requirement"]
    lost = 2 if rules.duplicates and rules.duplicates.value == "none" else 1
    quality = Quality(validity, duplicates, lost)
    procedure = procedure_of(rules, needed_in_all.value, sample_share)
    chance_of = _known if checked is None else partial(_uncertain, checked=checked)
    asked = _row(procedure, quality, chance, chance_of)
    found, count, notes = _districts(rules, quality, chance, districts, chance_of)
    notes += _left_open(rules, needed_in_all.value)
    return Goal(
        required=needed_in_all,
        quality=quality,
        chance=chance,
        asked=asked,
        drawn=procedure.sample(asked.end) if procedure.sample else None,
        chances=Chances(*(chance_of(procedure, asked.end, quality, name) for name in ("sample", "open", "end"))),
        rows=tuple(
            _row(procedure, Quality(each, min(duplicates, each / 2.01), lost), chance, _known) for each in VALIDITIES
        ),
        districts=found,
        districts_needed=count,
        notes=tuple(notes),
        checked=checked,
    )


def _known(procedure: Procedure, raw: int, quality: Quality, name: str) -> float:
    return float(getattr(chances(procedure, raw, quality), name))


def _uncertain(procedure: Procedure, raw: int, quality: Quality, name: str, *, checked: int) -> float:
    """Give a chance over the validities that a check of so many lines leaves possible, the repeats as they are."""
    if name == "sample" and not procedure.passes:
        return 0.0

    def at(validity: float) -> float:
        possible = replace(quality, validity=validity, duplicates=min(quality.duplicates, validity / 2.01))
        return _known(procedure, raw, possible, name)

    return over_validity(at, quality.validity, checked)


def procedure_of(rules: Rules, required: int, sample_share: Decimal | None = None) -> Procedure:
    """Give the place's procedure for the whole petition, districts left aside.

    Where the data does not say what a sample means, every signature is taken to be examined.

    Raises:
        LawAbsent: the place samples, the law does not fix how many, and no share is given.
    """
    raw_must_reach = bool(rules.raw_must_reach and rules.raw_must_reach.value)
    if not FORMULAS[rules.formula.value].samples:
        return Procedure(required, raw_must_reach=raw_must_reach)
    alone = replace(
        rules,
        distribution_unit=None,
        district_share=None,
        districts_needed=None,
        districts_total=None,
        district_most_share=None,
        district_requirement=None,
        after_count=None,
    )

    def size(raw: int) -> int:
        return min(raw, up(Fraction(sample_share) * raw)) if sample_share is not None else sample_size(rules, raw)

    def outcome(raw: int, sample: int, valid: int, duplicates: int) -> str:
        if valid < 0 or valid + duplicates > sample:
            return "insufficient"
        verdict = judge(alone, (Counts("all", raw, sample, valid, duplicates),), required).decision.verdict
        return "full-check" if verdict == "undecided" else verdict

    try:
        size(required)
    except LawAbsent as error:
        raise LawAbsent(
            f"the law of {rules.place} {rules.kind} does not fix the size of the sample in the data; "
            "give the share that is sampled, such as --sample 0.05."
        ) from error
    bands = thresholds_of(rules, required)
    passes = rules.formula.value == "washington" or (bands is not None and bands.sufficient_above is not None)
    return Procedure(required, size, outcome, raw_must_reach, passes=passes)


def _left_open(rules: Rules, required: int) -> list[str]:
    """Say where the data does not hold what a sample means."""
    formula = FORMULAS[rules.formula.value]
    bands = thresholds_of(rules, required)
    if not formula.samples or rules.formula.value == "washington" or (bands and bands.otherwise != "undecided"):
        return []
    where = "between its limits" if bands and bands.insufficient_below and bands.sufficient_above else "in every case"
    return [
        f"what a sample means {where} is not held here ({rules.formula.source}): these numbers suppose that every "
        "signature is then examined"
    ]


def _row(procedure: Procedure, quality: Quality, chance: float, chance_of: ChanceOf) -> Row:
    start = max(1, ceil(procedure.required / quality.counted))
    if procedure.sample is None:
        return Row(quality.validity, needed(lambda raw: chance_of(procedure, raw, quality, "end"), chance, start), None)
    near = start // NEAR + 1
    end = needed(lambda raw: chance_of(procedure, raw, quality, "end"), chance, start, near)
    if not procedure.passes:
        return Row(quality.validity, end, None)
    return Row(
        quality.validity, end, needed(lambda raw: chance_of(procedure, raw, quality, "sample"), chance, end, near)
    )


def _districts(
    rules: Rules, quality: Quality, chance: float, given: Mapping[str, int] | None, chance_of: ChanceOf
) -> tuple[tuple[DistrictGoal, ...], int | None, list[str]]:
    """Give the goals of the districts, in how many the law wants them, and what is left out.

    Each is a count of its own; where m must be reached, each is given the m-th root of the chance, so that
    all m are reached together with the chance asked for.
    """
    needed_in = rules.districts_needed.value if rules.districts_needed else None
    notes = []
    if rules.district_most_share:
        notes.append(
            f"at most {_percent(rules.district_most_share.value)} may come from one district "
            f"({rules.district_most_share.source}): that is not in these numbers"
        )
    law = rules.district_requirement.value if rules.district_requirement else {}
    numbers = given or law
    if not numbers:
        if rules.district_share or needed_in:
            share = f"{_percent(rules.district_share.value)} in each" if rules.district_share else "a number"
            where = f"of {needed_in}" if needed_in else "of the"
            source = (rules.district_share or rules.districts_needed or rules.formula).source
            notes.append(
                f"the law also wants {share} {where} districts ({source}); their numbers are not in the data: "
                "give them with --district NAME=NUMBER"
            )
        return (), needed_in, notes
    if any(number < 1 for number in numbers.values()):
        raise InputError("a district cannot require less than one signature; correct --district.")
    count = min(needed_in or len(numbers), len(numbers))
    each = chance ** (1 / count)
    found = [
        DistrictGoal(name, number, _in_district(number, quality, each, chance_of)) for name, number in numbers.items()
    ]
    return tuple(found), needed_in or len(numbers), notes


def _in_district(required: int, quality: Quality, chance: float, chance_of: ChanceOf) -> int:
    return needed(lambda raw: chance_of(Procedure(required), raw, quality, "end"), chance, required)


def _percent(share: Decimal) -> str:
    return f"{float(share) * 100:g}%"


def curve_of(rules: Rules, goal: Goal, sample_share: Decimal | None = None) -> Curve:
    """Give the chances at numbers of lines around the answer, for a plot."""
    procedure = procedure_of(rules, goal.required.value, sample_share)
    first, last = goal.asked.end, goal.asked.sample or goal.asked.end
    steep = 4 * sqrt(first * (1 - goal.quality.counted) / goal.quality.counted) + 4
    span = max(last - first, 2 * steep)
    wide = (first - 0.15 * span, last + 0.4 * span)  # room for the words beside the last point
    ranges = (wide, (first - steep, first + steep))
    raws = {round(low + (high - low) * step / STEPS) for low, high in ranges for step in range(STEPS + 1)}
    return tuple((raw, chances(procedure, raw, goal.quality)) for raw in sorted(raws) if raw > 0)
