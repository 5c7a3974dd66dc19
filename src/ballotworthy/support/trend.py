"""The course of opinion under polls: a random walk seen with house effects and noise, in closed form.

Jackman, "Pooling the polls over an election campaign", Australian Journal of Political Science 40 (2005) 499-517: the
share moves by N(0, s^2) a day; a poll shows it with the effect of its house, N(0, h^2), and with an error of variance
y(1-y)/n + e^2. Given s, h and e all is Gaussian, so one Cholesky factor of the polls' covariance gives every day's
share and its error; s, h and e are averaged over a grid by their marginal likelihood times a stated prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

CENTRE, WIDE = 0.5, 0.25
"""Before any poll: a share of a half, give or take 25 points."""
MOVES = np.exp(np.linspace(np.log(0.0005), np.log(0.02), 10))
HOUSES = np.exp(np.linspace(np.log(0.002), np.log(0.06), 8))
EXTRAS = np.array([0.0, 0.0075, 0.015, 0.0225, 0.03])
SLIGHT = 1e-3
"""Points of the grid with a smaller share of the best one's chance are left out of the average."""
PRIOR_MOVE, PRIOR_HOUSE, SPREAD = 0.003, 0.015, 0.7
"""Opinion moves by 0.3 points a day, houses differ by 1.5: medians; each within a factor of two, two times in three."""


@dataclass(frozen=True)
class Observed:
    """One poll: the day as a number, its house, the share shown, and the variance of its sampling."""

    day: float
    house: str
    share: float
    variance: float


@dataclass(frozen=True)
class Trend:
    """The posterior.

    Attributes:
        days: float64 (d,): the days asked.
        mean, sd: float64 (d,): the share on each of them.
        cov: float64 (d, d): covariance of the shares.
        houses: by house, the effect and its standard deviation.
        move, house, extra: s, h and e: mean, and the ends of their middle 90 percent.
    """

    days: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    cov: np.ndarray
    houses: dict[str, tuple[float, float]]
    move: tuple[float, float, float]
    house: tuple[float, float, float]
    extra: tuple[float, float, float]


def trend_of(polls: Sequence[Observed], days: Sequence[float]) -> Trend:
    """Give the shares on some days, from at least one poll.

    Raises:
        ValueError: there is no poll.
    """
    if not polls:
        raise ValueError("there is no poll")
    t = np.array([each.day for each in polls])
    y = np.array([each.share for each in polls]) - CENTRE
    noise = np.array([each.variance for each in polls])
    names = sorted({each.house for each in polls})
    member = np.array([[each.house == name for each in polls] for name in names], float)
    asked = np.asarray(days, float)
    start = min(t.min(), asked.min()) - 1
    walk = np.minimum.outer(t - start, t - start)
    across = np.minimum.outer(asked - start, t - start)
    among = np.minimum.outer(asked - start, asked - start)
    same = member.T @ member
    shapes = (walk, across, among, same, member)
    points = list(product(MOVES, HOUSES, EXTRAS))
    chances = np.array([_chance(y, noise, shapes, *point) for point in points])
    weight = np.exp(chances - chances.max())
    kept = weight >= SLIGHT
    points = [point for point, is_kept in zip(points, kept, strict=True) if is_kept]
    weight = weight[kept] / weight[kept].sum()
    fits = [_fit(y, noise, shapes, *point) for point in points]
    mean = sum(w * fit[0] for w, fit in zip(weight, fits, strict=True))
    cov = sum(w * (fit[1] + np.outer(fit[0], fit[0])) for w, fit in zip(weight, fits, strict=True)) - np.outer(
        mean, mean
    )
    effect = sum(w * fit[2] for w, fit in zip(weight, fits, strict=True))
    spread = sum(w * (fit[3] + fit[2] ** 2) for w, fit in zip(weight, fits, strict=True)) - effect**2
    houses = {name: (float(effect[i]), float(np.sqrt(max(spread[i], 0)))) for i, name in enumerate(names)}
    told = [_told(np.array([point[axis] for point in points]), weight) for axis in range(3)]
    return Trend(asked, mean + CENTRE, np.sqrt(np.maximum(np.diag(cov), 0)), cov, houses, *told)


def _chance(
    y: np.ndarray, noise: np.ndarray, shapes: tuple[np.ndarray, ...], move: float, house: float, extra: float
) -> float:
    """Give the log of the marginal likelihood times the prior, but for a constant."""
    low = _factor(noise, shapes, move, house, extra)
    z = np.linalg.solve(low, y)
    prior = -(np.log(move / PRIOR_MOVE) ** 2 + np.log(house / PRIOR_HOUSE) ** 2) / (2 * SPREAD**2)
    return float(-z @ z / 2 - np.log(np.diag(low)).sum() + prior)


def _factor(noise: np.ndarray, shapes: tuple[np.ndarray, ...], move: float, house: float, extra: float) -> np.ndarray:
    walk, _, _, same, _ = shapes
    return np.linalg.cholesky(WIDE**2 + move**2 * walk + house**2 * same + np.diag(noise + extra**2))


def _fit(
    y: np.ndarray, noise: np.ndarray, shapes: tuple[np.ndarray, ...], move: float, house: float, extra: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give mean and covariance of the days, mean and variance of the houses."""
    _, across, among, _, member = shapes
    low = _factor(noise, shapes, move, house, extra)
    z = np.linalg.solve(low, y)
    both = np.linalg.solve(low, np.hstack([(WIDE**2 + move**2 * across).T, (house**2 * member).T]))
    half, own = both[:, : len(across)], both[:, len(across) :]
    days = WIDE**2 + move**2 * among - half.T @ half
    return half.T @ z, days, own.T @ z, house**2 - (own * own).sum(axis=0)


def _told(values: np.ndarray, weight: np.ndarray) -> tuple[float, float, float]:
    order = np.argsort(values, kind="stable")
    summed = np.cumsum(weight[order])
    low, high = (float(values[order][np.searchsorted(summed, part)]) for part in (0.05, 0.95 - 1e-12))
    return float(values @ weight), low, high
