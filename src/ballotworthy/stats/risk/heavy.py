"""What a formula that deducts pairs makes of voters who sign more than twice.

California's formula and those like it deduct, for a pair of signatures of one voter seen in the sample, what a
pair stands for; on average that is every pair of lines of the petition. A voter who signs m times makes
m (m - 1) / 2 pairs where m - 1 lines are too many, so C(m - 1, 2) valid signatures are deducted beyond the law's
purpose: for m = 50, 1,176. Goodman, Ann. Math. Stat. 20 (1949): the estimate by pairs is unbiased up to m = 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import comb


def over_deducted(times: Iterable[tuple[int, int]]) -> int:
    """Give the signatures deducted too much on average; pairs of times signed and number of such voters."""
    return sum(voters * comb(count - 1, 2) for count, voters in times)
