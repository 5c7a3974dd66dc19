"""Shares of groups: an interval for each, and which stand out more than groups of one petition do.

Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209-212; the
allowance for groups that differ anyway is Spiegelhalter, "Funnel plots for comparing institutional
performance", Statistics in Medicine 24 (2005) 1185-1202, with the variance of a beta-binomial.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, sqrt

Z95 = 1.959963984540054
TRIM = 0.05
SIGNIFICANT = 0.01


def wilson(part: float, whole: int, z: float = Z95) -> tuple[float, float]:
    """Give the score interval of the share `part / whole`; (0, 1) when nothing was counted."""
    if whole == 0:
        return 0.0, 1.0
    share = min(max(part / whole, 0.0), 1.0)
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def standing_out(parts: Sequence[int], wholes: Sequence[int]) -> list[float]:
    """Give, for each group, the one-sided probability that chance and the usual spread make its share so high.

    The centre and the spread (the intra-group correlation of a beta-binomial, by moments) are taken from the
    groups without the highest and lowest twentieth; 1 for a group that is empty, and for all when there are
    fewer than five.
    """
    some = [(part / whole, whole) for part, whole in zip(parts, wholes, strict=True) if whole > 0]
    if len(some) < 5:
        return [1.0] * len(parts)
    cut = max(1, round(len(some) * TRIM))
    kept = sorted(some)[cut:-cut]
    total = sum(whole for _, whole in kept)
    centre = sum(share * whole for share, whole in kept) / total
    centre = min(max(centre, 0.5 / total), 1 - 0.5 / total)
    scatter = sum(whole * (share - centre) ** 2 for share, whole in kept) / (centre * (1 - centre))
    spare = total - sum(whole * whole for _, whole in kept) / total
    spread = min(max((scatter - (len(kept) - 1)) / spare, 0.001), 0.5) if spare > 0 else 0.5
    chances = []
    for part, whole in zip(parts, wholes, strict=True):
        if whole == 0:
            chances.append(1.0)
            continue
        sd = sqrt(centre * (1 - centre) * (1 + (whole - 1) * spread) / whole)
        chances.append(erfc((part / whole - centre) / sd / sqrt(2)) / 2)
    return chances


def discoveries(chances: Sequence[float], rate: float = SIGNIFICANT) -> list[bool]:
    """Tell which stand out when at most `rate` of those named may be named wrongly.

    Benjamini and Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995) 289-300.
    """
    order = sorted(range(len(chances)), key=chances.__getitem__)
    last = max((rank for rank, at in enumerate(order, 1) if chances[at] <= rate * rank / len(order)), default=0)
    named = set(order[:last])
    return [at in named for at in range(len(chances))]
