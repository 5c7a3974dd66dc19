"""The weights of the span: how far the truth lay above and below the expectation in worlds, by the worlds' signs.

Two one-sided regressions of quantiles (Koenker & Bassett, "Regression quantiles", Econometrica 46 (1978) 33-50) as
linear programs: the truth lies beyond `base + sum of weight x sign` in one world of twenty on either side; base and
weights are not negative. A world is judged by weights that were fitted without any world of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.check.signs import SIGNS

LEVEL = 0.95
LEAST_BASE = 0.005
LEAST: Mapping[str, Mapping[str, float]] = {
    "too low": {
        "strangers": 0.03,
        "unfound": 0.02,
        "moved": 0.18,
        "unread": 0.15,
        "slips": 0.03,
        "unresolved": 0.03,
        "uneven": 0.15,
        "garbled": 0.25,
    },
    "too high": {
        "relatives": 0.05,
        "initials": 0.03,
        "moved": 0.35,
        "unresolved": 0.05,
        "unread": 0.02,
        "digits": 0.6,
        "beyond": 0.3,
    },
}
"""No base and weight below these, whatever the worlds say: a judgement, since a world that nobody made may be worse."""
HEAVIEST = 0.6
"""No weight above this: a sign's lines are not all misjudged."""
PRICE = 0.02
"""What a weight costs for each world: so that a sign which explains nothing gets no more than the least."""


@dataclass(frozen=True)
class Fitted:
    """A base and a weight for each sign, for one side."""

    base: float
    weights: dict[str, float]

    def reach(self, signs: pl.DataFrame) -> np.ndarray:
        """Give the bound for each world, as a share of its lines."""
        return self.base + sum(signs[name].to_numpy() * weight for name, weight in self.weights.items())


def fitted(table: pl.DataFrame, side: str) -> Fitted:
    """Fit the side on which the machine is "too low" or "too high"; the table has `miss`, expected less true.

    Needs SciPy, of the extra `bench`.
    """
    from scipy.optimize import linprog

    miss = table["miss"].to_numpy() * (1 if side == "too high" else -1)
    names = list(SIGNS)
    shares = table.select(names).to_numpy()
    worlds, count = shares.shape
    design = np.hstack([np.ones((worlds, 1)), shares])
    cost = np.r_[0.0, PRICE * shares.sum(axis=0), np.full(worlds, LEVEL), np.full(worlds, 1 - LEVEL)]
    equal = np.hstack([design, np.eye(worlds), -np.eye(worlds)])
    least = [LEAST[side].get(name, 0.0) for name in names]
    bounds = [(LEAST_BASE, None), *[(each, HEAVIEST) for each in least], *[(0, None)] * (2 * worlds)]
    answer = linprog(cost, A_eq=equal, b_eq=miss, bounds=bounds, method="highs")
    base, *weights = answer.x[: count + 1]
    return Fitted(float(base), {name: float(each) for name, each in zip(names, weights, strict=True) if each > 1e-4})


def left_out(table: pl.DataFrame) -> pl.DataFrame:
    """Give `low`, `high` and `holds` of each world, by weights fitted without its kind.

    The table has `kind`, `miss`, `doubt` (the variance of the lines over the square of their number) and the signs.
    """
    parts = []
    for (kind,), part in table.group_by("kind", maintain_order=True):
        others = table.filter(pl.col("kind") != kind)
        above, below = fitted(others, "too low"), fitted(others, "too high")
        doubt = 1.645**2 * part["doubt"].to_numpy()
        parts.append(
            part.with_columns(
                high=pl.Series(np.sqrt(above.reach(part) ** 2 + doubt)),
                low=pl.Series(np.sqrt(below.reach(part) ** 2 + doubt)),
            )
        )
    return pl.concat(parts).with_columns(holds=(-pl.col("miss") <= pl.col("high")) & (pl.col("miss") <= pl.col("low")))
