"""Shares of groups: an interval for each, and which stand out more than groups of one petition do.

Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209-212; that groups
differ anyway is allowed for as in Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics
in Medicine 24 (2005) 1185-1202, with the tail of a beta-binomial.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt

import numpy as np

from ballotworthy.stats.usual import deviations, fit, tails

Z95 = 1.959963984540054
RATE = 0.05
"""Rate of false discoveries, before the gap is asked for."""
GAP, GAP_OF_FEW, FEW = 0.03, 0.01, 30
"""How often chance makes the gap that is asked for, a side; and where groups are fewer than that. Of few groups whose
shares differ very much, or by a tail unlike Student's, 0.03 named somebody in up to 7.5% of petitions."""
BODY = 0.85
"""Scale of the t that is as wide in its body as a normal of deviation 1 with lighter tails."""
MOST = 6


def wilson(part: float, whole: int, z: float = Z95) -> tuple[float, float]:
    """Give the score interval of the share `part / whole`; (0, 1) when nothing was counted."""
    if whole == 0:
        return 0.0, 1.0
    share = min(max(part / whole, 0.0), 1.0)
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def named(bad: Sequence[int], size: Sequence[int]) -> list[bool]:
    """Tell which groups stand out, by too many or by too few, among groups that differ anyway.

    A group is named when both hold:

    - its count is improbable by the fit to the other groups, on whichever side (see `usual.py`), as Benjamini and
      Hochberg's step-up at `RATE` asks;
    - a gap sets it, and those beyond it, apart from the rest: where honest groups spread with a heavy tail, the
      farthest are far but not apart. Between the r-th and the next farthest, r log(S(next) / S(r-th)) is exponential
      where S is the tail (Renyi, "On the theory of order statistics", Acta Math. Acad. Sci. Hung. 4 (1953) 191-231);
      S is that of Student's t with four degrees of freedom, heavier than any honest spread should be. Over all r,
      chance makes such a gap with probability `GAP` a side, or `GAP_OF_FEW`. No more than one group of `MOST` is set
      apart: that many are another kind of place, not odd groups.

    Fewer than five groups that are not empty: nobody.
    """
    part, whole = np.asarray(bad, np.int64), np.asarray(size, np.int64)
    some = np.flatnonzero(whole > 0)
    found = [False] * len(part)
    if len(some) < 5:
        return found
    improbable = discoveries([min(1.0, 2 * min(sides)) for sides in tails(bad, size)], RATE)
    if not any(improbable):
        return found
    far = deviations(part[some], whole[some], fit(part[some], whole[some]))
    for side in (-1, 1):
        order = np.argsort(-side * far, kind="stable")
        for at in some[order[: _set_apart(side * far[order], len(some) // MOST)]]:
            found[at] = improbable[at]
    return found


def _set_apart(far: np.ndarray, most: int) -> int:
    """Give how many of the deviations, the greatest first, a gap sets apart from the rest."""
    tail = np.log(_student(far / BODY))
    apart, gap = 0, GAP if len(far) >= FEW else GAP_OF_FEW
    for count in range(1, most + 1):
        limit = -log(gap / (count * (count + 1)))
        if far[count - 1] > 0 and count * (tail[count] - tail[count - 1]) > limit:
            apart = count
    return apart


def _student(value: np.ndarray) -> np.ndarray:
    """Give the upper tail of Student's t with four degrees of freedom, in closed form."""
    share = 4 / (4 + value * value)
    half = (value / np.sqrt(4 + value * value)) * (1 + share / 2) / 2
    return np.asarray(np.where(value < 100, np.maximum(0.5 - half, 1e-12), 12 / np.maximum(value, 1.0) ** 4))


def discoveries(chances: Sequence[float], rate: float = RATE) -> list[bool]:
    """Tell which stand out when at most `rate` of those named may be named wrongly.

    Benjamini and Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995) 289-300.
    """
    order = sorted(range(len(chances)), key=chances.__getitem__)
    last = max((rank for rank, at in enumerate(order, 1) if chances[at] <= rate * rank / len(order)), default=0)
    named = set(order[:last])
    return [at in named for at in range(len(chances))]
