"""Tests of circulators by the days on the lines: dates that go back on a sheet, and more lines a day than can be.

People who invent what they should gather leave such traces, as is known of interviewers (Schwanhaeuser, Sakshaug and
Kosyakova, "How to catch a falsifier", Public Opinion Quarterly 2022, doi:10.1093/poq/nfab066); these two are our own.
Speed must be beyond the others' and beyond one person's pace.
"""

from __future__ import annotations

from math import erfc, log, sqrt

import numpy as np

from ballotworthy.check.screen_counts import FEW, Told
from ballotworthy.check.screen_facts import Facts
from ballotworthy.stats.usual import tails

PACE = 200
"""Lines that one person can gather in a long day: twenty an hour for ten hours."""
PACES = 0.2
"""Standard deviation of the log of that pace: at a fair one may gather a quarter more, and hardly anybody double."""
SPREAD = 0.6
"""Least standard deviation of the log of busiest days, so that a petition of like circulators is no yardstick."""


def days(facts: Facts) -> list[Told]:
    """Ask both; the lesser chance, doubled."""
    back, steps = _backwards(facts)
    busiest = _busiest(facts)
    order = [high for _, high in tails(back.tolist(), steps.tolist(), FEW)]
    rows: list[Told] = []
    for at in range(len(facts.names)):
        fast = _too_fast(int(busiest[at]), np.delete(busiest, at))
        words = f"{back[at]:,} dates go back on a sheet; {busiest[at]:,} lines on the busiest day"
        rows.append({"p": min(1.0, 2 * min(order[at], fast)), "words": words})
    return rows


def _backwards(facts: Facts) -> tuple[np.ndarray, np.ndarray]:
    """Give how often a date goes back from one line to the next of a sheet, and how many such steps there are."""
    step = (facts.sheet[1:] == facts.sheet[:-1]) & (facts.day[1:] >= 0) & (facts.day[:-1] >= 0)
    back = step & (facts.day[1:] < facts.day[:-1])
    count = len(facts.names)
    return np.bincount(facts.who[1:][back], minlength=count), np.bincount(facts.who[1:][step], minlength=count)


def _busiest(facts: Facts) -> np.ndarray:
    """Give the lines of each circulator's busiest day."""
    dated = facts.day >= 0
    pairs, times = np.unique(np.stack([facts.who[dated], facts.day[dated]]), axis=1, return_counts=True)
    most = np.zeros(len(facts.names), np.int64)
    np.maximum.at(most, pairs[0].astype(np.int64), times)
    return most


def _too_fast(busiest: int, others: np.ndarray) -> float:
    """Give the greater of two chances: beyond the others' days, and beyond one person's pace, both log-normal."""
    some = np.log(others[others > 0])
    if busiest <= PACE or len(some) < 4:
        return 1.0
    low, middle, high = np.quantile(some, (0.25, 0.5, 0.75))
    spread = max(SPREAD, float(high - low) / 1.349) * (1 + 1 / len(some))
    relative = erfc((log(busiest) - float(middle)) / spread / sqrt(2)) / 2
    return max(relative, erfc(log(busiest / PACE) / PACES / sqrt(2)) / 2)
