"""Numbers, days and verdicts as a reader wants them: never a NaN, never a rounding that misleads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any, TypeGuard

from ballotworthy.files.quantities import plural

ABSENT = "\N{EN DASH}"

VERDICTS = {
    "insufficient": "would be found insufficient",
    "full-check": "would be sent to a full check",
    "undecided": "is left open, because a rule that decides is not held",
    "sufficient": "would be found sufficient",
}
"""What would become of the petition, after "The petition"; from the lowest estimate to the highest."""

BANDS = {
    "insufficient": "Insufficient",
    "full-check": "Full check",
    "undecided": "Not decided",
    "sufficient": "Sufficient",
}
"""The verdicts as labels, in the same order."""

OUTCOMES = {"valid": "Valid", "invalid": "Not valid", "unresolved": "Not resolved"}
"""The outcomes of a line as labels, in the order of the tables."""


def known(value: object) -> TypeGuard[float]:
    """Tell whether a value is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def number(value: object) -> str:
    """Give a count with its thousands apart, rounded to the whole; a dash for no number."""
    return f"{value:,.0f}" if known(value) else ABSENT


def share(value: object) -> str:
    """Give a proportion in percent with one decimal; a dash for no number.

    A proportion near 0% or 100%, but not there, has as many decimals (four at most) as keep it from being
    printed as that.
    """
    if not known(value):
        return ABSENT
    if value in (0, 1):
        return f"{value:.0%}"
    texts = [f"{100 * value:.{places}f}" for places in range(1, 5)]
    return next((text for text in texts if float(text) not in (0, 100)), texts[-1]) + "%"


def count(value: object, one: str, many: str = "") -> str:
    """Give a count with its word: "1 line", "260 lines"."""
    return f"{number(value)} {one if value == 1 else many or plural(one)}"


def day(value: object) -> str:
    """Give an ISO day in words, "20 April 2018"; any other text as it is; a dash for nothing."""
    text = str(value or ABSENT)
    try:
        when = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{when.day} {when:%B %Y}"


def of_draws(probability: object, runs: object) -> str:
    """Give in words how many of the draws a probability is: "none", "all 1,000", "37 of 1,000"."""
    if not known(probability) or not known(runs):
        return ABSENT
    times = round(probability * runs)
    if times in (0, runs):
        return f"all {number(runs)}" if times else "none"
    return f"{number(times)} of {number(runs)}"


def corrected_sentence(result: Mapping[str, Any]) -> tuple[str, str]:
    """Give what people's rulings say, in two parts: the number with its interval, and where the requirement lies."""
    corrected, requirement = result["corrected"], result["requirement"]
    low, high = corrected["low"], corrected["high"]
    if low >= requirement:
        where = f"That is enough: {number(requirement)} are needed."
    elif high < requirement:
        where = f"That is not enough: {number(requirement)} are needed."
    else:
        where = f"{number(requirement)} are needed, which lies in between: these rulings leave it open."
    found = (
        f"By {count(corrected['lines'], 'line')} that people ruled, drawn at random, "
        f"{number(corrected['valid'])} signatures are valid, 95% interval {number(low)} to {number(high)}."
    )
    return found, where


def verdict_sentence(result: Mapping[str, Any]) -> tuple[str, str]:
    """Give the verdict in one sentence, in two parts: what would happen, and the numbers behind it."""
    estimate, requirement = result["estimate"], result["requirement"]
    fate = VERDICTS.get(result["verdict"], f"has the verdict {result['verdict']}")
    numbers = (
        f"an estimated {number(estimate)} signatures are valid and {number(requirement)} are needed "
        f"({share(estimate / requirement)} of the requirement)."
    )
    return f"The petition {fate}:", numbers
