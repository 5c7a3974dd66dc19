"""The least whole number for which something holds, by halving."""

from __future__ import annotations

from collections.abc import Callable


def least(holds: Callable[[int], bool], most: int) -> int | None:
    """Give the least number from 0 for which it holds, as for all greater ones; None where not even for `most`."""
    if holds(0):
        return 0
    if not holds(most):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
