"""How a count stands a challenge: lines struck by lot, lines struck where it hurts most, and how many it takes to fail.

By lot, struck lines fall on strata and on what the check found of them in proportion, by largest remainders. At worst,
every struck line is a valid one of the sample, first where a line of the sample speaks for most, and only then lines
outside the sample: no other choice of as many lines takes more from the estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.files.quantities import quantity
from ballotworthy.law import Rules
from ballotworthy.stats.least import least
from ballotworthy.sufficiency.assess import Assessment, assess
from ballotworthy.sufficiency.counts import Counts
from ballotworthy.sufficiency.strike import Struck, strike


@dataclass(frozen=True)
class Challenge:
    """What a challenge of some lines makes of a count.

    Attributes:
        lines: how many lines are struck.
        by_lot, at_worst: the assessments after it.
        to_fail: the fewest lines that, well chosen, leave it no longer sufficient; 0 where it is not, None where
            striking every line would not.
    """

    lines: int
    by_lot: Assessment
    at_worst: Assessment
    to_fail: int | None


def challenge(
    rules: Rules,
    counts: Sequence[Counts],
    lines: int,
    required: int | None = None,
    *,
    treat_as_sample: bool = False,
    districts_met: int | None = None,
) -> Challenge:
    """Give what a challenge of so many lines makes of a count.

    Args:
        rules: the place's rules on the governing day.
        counts: one row per stratum, before the challenge.
        lines: how many are struck.
        required, treat_as_sample, districts_met: as `assess` takes them.

    Raises:
        InputError: more lines are struck than were filed, or the law does not let these counts be projected.
    """
    filed = sum(row.population for row in counts)
    if not 0 <= lines <= filed:
        raise InputError(f"{lines:,} lines cannot be struck of {filed:,} filed; give 0 to {filed:,}.")

    def after(struck: Sequence[Struck]) -> Assessment:
        left = strike(counts, struck)
        return assess(rules, left, required, treat_as_sample=treat_as_sample, districts_met=districts_met)

    def fails(number: int) -> bool:
        return after(worst(counts, number)).verdict != "sufficient"

    to_fail = least(fails, filed)
    return Challenge(lines, after(by_lot(counts, lines)), after(worst(counts, lines)), to_fail)


def challenge_data(found: Challenge) -> dict[str, Any]:
    """Give it as plain values, for JSON."""
    return {
        "lines": found.lines,
        "by_lot": {"estimate": found.by_lot.estimate, "verdict": found.by_lot.verdict},
        "at_worst": {"estimate": found.at_worst.estimate, "verdict": found.at_worst.verdict},
        "to_fail": found.to_fail,
    }


def challenge_words(found: Challenge) -> str:
    """Say it in a sentence or two."""
    fail = {
        None: "However many lines are struck, it stays sufficient.",
        0: "It is not sufficient before any line is struck.",
        1: "One struck line, well chosen, leaves it not sufficient.",
    }.get(found.to_fail, f"Well chosen, {found.to_fail:,} struck lines are the fewest that leave it not sufficient.")
    lot, worst_case = found.by_lot, found.at_worst
    return (
        f"A challenge of {quantity(found.lines, 'line')}: by lot {lot.verdict} ({lot.estimate:,}), "
        f"at worst {worst_case.verdict} ({worst_case.estimate:,}). {fail}"
    )


def by_lot(counts: Sequence[Counts], lines: int) -> list[Struck]:
    """Give what so many lines struck by lot are expected to be, in whole lines."""
    shares = apportioned([row.population for row in counts], lines)
    struck = []
    for row, number in zip(counts, shares, strict=True):
        rest = row.sample - row.valid - row.duplicates
        found = [row.valid, row.duplicates, rest, row.population - row.sample]
        valid, duplicates, invalid, unsampled = apportioned(found, number)
        struck.append(Struck(row.name, valid, duplicates, invalid, unsampled))
    return struck


def worst(counts: Sequence[Counts], lines: int) -> list[Struck]:
    """Give the lines that a challenger who knows all would strike: valid ones that speak for most, then others."""
    speaks_for = sorted(counts, key=lambda row: row.population / row.sample if row.sample else 0.0, reverse=True)
    left, struck = lines, {}
    for row in speaks_for:
        valid = min(left, row.valid)
        left -= valid
        struck[row.name] = Struck(row.name, valid)
    for row in speaks_for:
        outside = min(left, row.population - row.sample)
        left -= outside
        invalid = min(left, row.sample - row.valid - row.duplicates)
        left -= invalid
        taken = struck[row.name]
        struck[row.name] = Struck(row.name, taken.valid, min(left, row.duplicates), invalid, outside)
        left -= min(left, row.duplicates)
    return list(struck.values())


def apportioned(parts: Sequence[int], number: int) -> list[int]:
    """Share whole lines among parts in proportion, by largest remainders; no part gets more than it has."""
    whole = sum(parts)
    if whole == 0:
        return [0] * len(parts)
    given = [number * part // whole for part in parts]
    order = sorted(range(len(parts)), key=lambda at: number * parts[at] % whole, reverse=True)
    for at in order[: number - sum(given)]:
        given[at] += 1
    return given
