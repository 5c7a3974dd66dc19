"""Where the bands of the estimate stand on their axis, and how far the axis reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ballotworthy.report.words import BANDS, known, number

BAND_RULES = ("insufficient_below", "sufficient_above", "sample_otherwise")
LEAST_SHARE = 0.25
"""The part of the axis that each outer band gets at least, so that its label stands inside it."""


@dataclass(frozen=True)
class Band:
    """A stretch of the axis that has one verdict: its key, its label, its limits in words, its two ends."""

    key: str
    label: str
    limits: str
    start: float
    end: float


def bands_of(result: Mapping[str, Any]) -> list[Band]:
    """Give the bands from the lowest estimate to the highest, over an axis that shows every number.

    A place that decides by a plain count has two bands, which meet at the requirement; one whose sample alone
    decides has two that meet at its limit; one whose sample cannot qualify has no upper band, and one of whose
    limits nothing is held has a single band that is not decided.
    """
    requirement, limits = result["requirement"], result["thresholds"]
    if limits is None and any(point["rule"] in BAND_RULES for point in result.get("undecided") or ()):
        low, high = axis(_numbers(result), requirement, requirement)
        return [Band("undecided", BANDS["undecided"], "no limits held", low, high)]
    below, above = (limits["insufficient_below"], limits["sufficient_above"]) if limits else (requirement, requirement)
    between = result.get("otherwise") or "full-check"
    first, last = (above if below is None else below), (below if above is None else above)
    low, high = axis(_numbers(result), first, last)
    if below == above:
        return [
            Band("insufficient", "Too few", f"below {number(below)}", low, below),
            Band("sufficient", "Enough", f"{number(below)} or more", below, high),
        ]
    found = []
    if below is not None:
        found.append(Band("insufficient", BANDS["insufficient"], f"below {number(below)}", low, below))
    if above is None:
        return [*found, Band(between, BANDS[between], f"{number(below)} or more", below, high)]
    words = f"below {number(above)}" if below is None else f"{number(below)} to {number(above - 1)}"
    found.append(Band(between, BANDS[between], words, low if below is None else below, above))
    return [*found, Band("sufficient", BANDS["sufficient"], f"{number(above)} or more", above, high)]


def axis(values: Iterable[float], first: float, last: float) -> tuple[float, float]:
    """Give the ends of an axis that holds the values and leaves room beyond `first` and `last`."""
    held = [*values, first, last]
    margin = 0.04 * (max(held) - min(held)) or 0.1 * abs(first) or 1.0
    low, high = min(held) - margin, max(held) + margin
    for _ in range(40):  # each end moves the other's share; the moves shrink by LEAST_SHARE each time
        low = min(low, first - LEAST_SHARE * (high - low))
        high = max(high, last + LEAST_SHARE * (high - low))
    return low, high


def _numbers(result: Mapping[str, Any]) -> list[float]:
    machine, draws = result["machine"] or {}, result["draws"] or {}
    values = [result["estimate"], result["requirement"]]
    values += [machine.get(key) for key in ("expected", "low", "high")]
    values += [draws.get(key) for key in ("mean", "low", "high")]
    values += [end for start, stop, _ in draws.get("histogram") or () for end in (start, stop)]
    return [value for value in values if known(value)]
