"""The last steps of an assessment, each with its source: what is taken off, the whole, the limits, the districts."""

from __future__ import annotations

from ballotworthy.law import Cited, Rules
from ballotworthy.stats import Step
from ballotworthy.sufficiency.decide import Thresholds
from ballotworthy.sufficiency.districts import Spread


def over_steps(rules: Rules, over: int) -> list[Step]:
    """Give what the maximum of a district takes off; nothing where it takes nothing."""
    if not over or rules.district_most_share is None:
        return []
    law = rules.district_most_share.source
    return [Step("less those over the most of a district", f"{over:,}", law.cite, law.url)]


def closing_steps(
    rules: Rules, raw: int, estimate: int, requirement: Cited[int], bands: Thresholds | None
) -> list[Step]:
    """Give what was filed, the estimate, the requirement, and the limits of a sample."""
    law, formula = requirement.source, rules.formula.source
    return [
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
        *(band_steps(bands) if bands else ()),
    ]


def band_steps(bands: Thresholds) -> list[Step]:
    """Give the limits of a sample."""
    steps, below, above = [], bands.below_source, bands.above_source
    if bands.insufficient_below is not None:
        steps.append(Step("insufficient below", f"{bands.insufficient_below:,}", below.cite, below.url))
    if bands.sufficient_above is not None:
        steps.append(Step("sufficient from", f"{bands.sufficient_above:,}", above.cite, above.url))
    return steps


def spread_steps(spread: Spread | None) -> list[Step]:
    """Give each district, and whether there are enough."""
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
