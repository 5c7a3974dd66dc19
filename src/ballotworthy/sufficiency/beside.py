"""What stands beside the legal estimate and decides nothing: its interval, and what a further sample would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ballotworthy.law import Rules
from ballotworthy.stats.needed import Quality, chances
from ballotworthy.stats.pairs import PairInterval, further, pair_interval, repeats_estimate
from ballotworthy.sufficiency.assess import Assessment, seen_of
from ballotworthy.sufficiency.counts import Counts
from ballotworthy.sufficiency.goal import procedure_of

ANY = Decimal(1)
"""A share for places whose law fixes none; the size of the sample is the one that was drawn."""


@dataclass(frozen=True)
class Beside:
    """The statistics of a checked sample.

    Attributes:
        interval: the 95% interval of the pair estimate, None where a stratum is too small a sample to tell.
        probability: the chance of each verdict, were another sample of this size drawn from a petition such as
            this sample suggests, all strata as one; None where every line was examined.
        condition: on what condition the pair estimate is unbiased and its interval holds.
    """

    interval: PairInterval | None
    probability: dict[str, float] | None
    condition: str = ""


def beside(rules: Rules, counts: Sequence[Counts], assessment: Assessment) -> Beside:
    """Give the statistics beside an assessment of the same counts."""
    rows = [(row.population, row.sample, row.valid, further(row.duplicates, row.seen_2, row.seen_3)) for row in counts]
    seen = [seen_of(rules, row) for row in counts]
    return Beside(pair_interval(rows, seen), _chances(rules, counts, assessment), condition_of(rules, counts))


def condition_of(rules: Rules, counts: Sequence[Counts]) -> str:
    """Say on what condition the pair estimate is unbiased and its interval holds; nothing where all was examined."""
    if all(row.full for row in counts):
        return ""
    told = all(seen_of(rules, row).thrice is not None for row in counts if not row.full)
    times = "three times, as the counts tell who was seen three times" if told else "twice"
    lost = rules.duplicates is not None and rules.duplicates.value == "none"
    none = "; it counts those who signed once, since no line of a repeated signer counts here" if lost else ""
    thrice = sum(row.seen_3 or 0 for row in counts if not row.full and seen_of(rules, row).thrice is None)
    false = f"; which is not so: the counts tell of {thrice:,} seen three times" if thrice else ""
    return f"if nobody signed more than {times}{false}{none}"


def _chances(rules: Rules, counts: Sequence[Counts], assessment: Assessment) -> dict[str, float] | None:
    raw, drawn = sum(row.population for row in counts), sum(row.sample for row in counts)
    valid, duplicates = sum(row.valid for row in counts), sum(row.duplicates for row in counts)
    if all(row.full for row in counts) or drawn < 2 or not valid:
        return None
    share = (valid + duplicates) / drawn
    pairs = sum(repeats_estimate(row.population, row.sample, row.duplicates).estimate for row in counts)
    repeated = min(pairs / raw, 0.499 * share)
    procedure = replace(procedure_of(rules, assessment.requirement.value, ANY), sample=lambda _: drawn)
    if procedure.outcome is None:
        return None
    found = chances(procedure, raw, Quality(share, repeated))
    bands = assessment.thresholds
    with_test = rules.formula.value == "washington"
    between = "full-check" if with_test or (bands and bands.otherwise == "full-check") else "undecided"
    return {"insufficient": 1 - found.open, between: found.open - found.sample, "sufficient": found.sample}


def beside_data(found: Beside) -> dict[str, Any]:
    """Give the statistics as plain data."""
    interval = found.interval
    return {
        "pair_interval": None
        if interval is None
        else {"low": round(interval.low, 1), "high": round(interval.high, 1), "exact": interval.exact},
        "pair_condition": found.condition or None,
        "probability": None
        if found.probability is None
        else {verdict: round(chance, 4) for verdict, chance in found.probability.items()},
    }


def beside_words(found: Beside) -> list[str]:
    """Say the statistics in sentences."""
    said = []
    if found.interval is not None and found.interval.high > found.interval.low:
        why = "exact limits, since few duplicates were seen" if found.interval.exact else "normal limits"
        when = f", {found.condition}" if found.condition else ""
        said.append(f"95% interval {found.interval.low:,.0f} to {found.interval.high:,.0f} ({why}){when}.")
    if found.probability is not None:
        chances = ", ".join(f"{verdict} {chance:.1%}" for verdict, chance in found.probability.items())
        said.append(f"Another such sample of a petition like this one would say: {chances}.")
    return said
