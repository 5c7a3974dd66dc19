"""The course of opinion under polls: a random walk seen with house effects and noise, in closed form.

Jackman, "Pooling the polls over an election campaign", Australian Journal of Political Science 40 (2005) 499-517: the
share moves by N(0, s^2) a day; a poll shows it with the effect of its house, N(0, h^2), of its wording, likewise, and
with an error of variance y(1-y)/n + e^2. Given s, h and e all is Gaussian, and the precision of the shares is
tridiagonal, so that one sweep forth and one back give every day's share and its error for all s and e at once; the
houses, a few, are put in afterwards (Woodbury's identity). s, h and e are averaged over a grid by their marginal
likelihood times a stated prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from ballotworthy.support.notes import wordings_apart

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
    """One poll: the day as a number, its house, the share shown, the variance of its sampling, and its wording."""

    day: float
    house: str
    share: float
    variance: float
    wording: str = ""


@dataclass(frozen=True)
class Trend:
    """The posterior.

    Attributes:
        days: float64 (d,): the days asked.
        mean, sd: float64 (d,): the share on each of them.
        rise, rise_sd: float64 (d,): how far the share is from that on the day of the first poll.
        houses: by house, the effect and its standard deviation.
        wordings: the same by wording, where there are several and some house asked in two of them.
        move, house, extra: s, h and e: mean, and the ends of their middle 90 percent.
    """

    days: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    rise: np.ndarray
    rise_sd: np.ndarray
    houses: dict[str, tuple[float, float]]
    wordings: dict[str, tuple[float, float]]
    move: tuple[float, float, float]
    house: tuple[float, float, float]
    extra: tuple[float, float, float]


@dataclass(frozen=True)
class _Walks:
    """The walk without houses, for each of k pairs of s and e; v days, u houses.

    Attributes:
        log: (k,): the log of the polls' chance, but for a constant.
        shown: (k, v): the share by the polls; pulled: (k, v, u): how far each house would pull it.
        spread: (k, v): its variance; first: (k, v): its covariance with the share at the first poll.
        own: (k, u, u), told: (k, u): precision of the houses' effects, and what the polls say of them.
    """

    log: np.ndarray
    shown: np.ndarray
    pulled: np.ndarray
    spread: np.ndarray
    first: np.ndarray
    own: np.ndarray
    told: np.ndarray


def trend_of(polls: Sequence[Observed], days: Sequence[float]) -> Trend:
    """Give the shares on some days, from at least one poll.

    Raises:
        ValueError: there is no poll.
    """
    if not polls:
        raise ValueError("there is no poll")
    names = sorted({each.house for each in polls})
    words = sorted({each.wording for each in polls})
    if len(words) == 1 or not wordings_apart([(each.house, each.wording) for each in polls]):
        words = []
    groups = len(names) + len(words)
    member = np.array(
        [[*(each.house == name for name in names), *(each.wording == word for word in words)] for each in polls], float
    )
    asked = np.asarray(days, float)
    nodes = np.unique([*asked, *(each.day for each in polls)])
    moves, extras = (np.array(each) for each in zip(*product(MOVES, EXTRAS), strict=True))
    walks = _walks(polls, nodes, member, moves, extras)
    chances = _chances(walks, moves)
    weights = np.exp(chances - chances.max())
    weights[weights < SLIGHT] = 0
    weights /= weights.sum()
    start = int(np.searchsorted(nodes, min(each.day for each in polls)))
    sums = np.zeros((4, len(nodes)))
    effect, square = np.zeros(groups), np.zeros(groups)
    for k, j in np.argwhere(weights > 0):
        weight = weights[k, j]
        cov = np.linalg.inv(walks.own[k] + np.eye(groups) / HOUSES[j] ** 2)
        house = cov @ walks.told[k]
        through = walks.pulled[k] @ cov
        mean = walks.shown[k] - walks.pulled[k] @ house
        var = walks.spread[k] + (through * walks.pulled[k]).sum(axis=1)
        with_first = walks.first[k] + through @ walks.pulled[k, start]
        rise = mean - mean[start]
        rise_var = var + var[start] - 2 * with_first
        sums += weight * np.array([mean, var + mean**2, rise, rise_var + rise**2])
        effect += weight * house
        square += weight * (np.diag(cov) + house**2)
    at = np.searchsorted(nodes, asked)
    mean, second, rise, rise_second = sums[:, at]
    spread = np.sqrt(np.maximum(square - effect**2, 0))
    by_axis = (weights.sum(axis=1), weights.sum(axis=0), weights.sum(axis=1))
    told = [_told(*each) for each in zip((moves, HOUSES, extras), by_axis, strict=True)]
    effects = [(float(effect[i]), float(spread[i])) for i in range(groups)]
    return Trend(
        asked, mean + CENTRE, np.sqrt(np.maximum(second - mean**2, 0)), rise,
        np.sqrt(np.maximum(rise_second - rise**2, 0)),
        dict(zip(names, effects, strict=False)), dict(zip(words, effects[len(names) :], strict=True)), *told,
    )  # fmt: skip


def _walks(
    polls: Sequence[Observed], nodes: np.ndarray, member: np.ndarray, moves: np.ndarray, extras: np.ndarray
) -> _Walks:
    """Solve Q x = b for all s and e, where Q, tridiagonal, is the precision of the shares given the polls."""
    at = np.searchsorted(nodes, [each.day for each in polls])
    y = np.array([each.share for each in polls]) - CENTRE
    sure = 1 / (np.array([each.variance for each in polls]) + extras[:, None] ** 2)
    where = np.zeros((len(polls), len(nodes)))
    where[np.arange(len(polls)), at] = 1
    seen = np.column_stack([y, member])
    gained = np.einsum("kp,pv,pc->kvc", sure, where, seen, optimize=True)
    link = 1 / (moves[:, None] ** 2 * np.diff(nodes))
    before = WIDE**2 + moves**2
    diagonal = sure @ where
    diagonal[:, 0] += 1 / before
    diagonal[:, :-1] += link
    diagonal[:, 1:] += link
    first = np.zeros((len(moves), len(nodes), 1))
    first[:, at.min()] = 1
    pivots, solved, spread = _solved(diagonal, link, np.concatenate([gained, first], axis=2))
    among = np.einsum("kp,pa,pb->kab", sure, seen, seen, optimize=True) - np.einsum(
        "kva,kvb->kab", gained, solved[:, :, :-1], optimize=True
    )
    log_det = np.log(pivots).sum(axis=1) - np.log(link).sum(axis=1) + np.log(before) - np.log(sure).sum(axis=1)
    return _Walks(
        -(among[:, 0, 0] + log_det) / 2, solved[:, :, 0], solved[:, :, 1:-1], spread, solved[:, :, -1],
        among[:, 1:, 1:], among[:, 1:, 0],
    )  # fmt: skip


def _solved(diagonal: np.ndarray, link: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Solve for every right side; give the pivots, the solutions, and the diagonal of the inverse."""
    pivots, solved, inverse = diagonal.copy(), right.copy(), np.empty_like(diagonal)
    days = diagonal.shape[1]
    for day in range(1, days):
        ratio = link[:, day - 1] / pivots[:, day - 1]
        pivots[:, day] -= ratio * link[:, day - 1]
        solved[:, day] += ratio[:, None] * solved[:, day - 1]
    solved[:, -1] /= pivots[:, -1, None]
    inverse[:, -1] = 1 / pivots[:, -1]
    for day in range(days - 2, -1, -1):
        ratio = link[:, day] / pivots[:, day]
        solved[:, day] = solved[:, day] / pivots[:, day, None] + ratio[:, None] * solved[:, day + 1]
        inverse[:, day] = 1 / pivots[:, day] + ratio**2 * inverse[:, day + 1]
    return pivots, solved, inverse


def _chances(walks: _Walks, moves: np.ndarray) -> np.ndarray:
    """Give (k, h): the log of the marginal likelihood times the prior, but for a constant."""
    number = walks.told.shape[1]
    whole = walks.own[:, None] + np.eye(number) / HOUSES[:, None, None] ** 2
    told = np.broadcast_to(walks.told[:, None, :, None], (*whole.shape[:3], 1))
    explained = (told * np.linalg.solve(whole, told)).sum(axis=(2, 3))
    log_det = np.linalg.slogdet(whole)[1] + 2 * number * np.log(HOUSES)
    prior = np.log(moves / PRIOR_MOVE)[:, None] ** 2 + np.log(HOUSES / PRIOR_HOUSE)[None] ** 2
    chances: np.ndarray = walks.log[:, None] + (explained - log_det) / 2 - prior / (2 * SPREAD**2)
    return chances


def _told(values: np.ndarray, weight: np.ndarray) -> tuple[float, float, float]:
    order = np.argsort(values, kind="stable")
    summed = np.cumsum(weight[order])
    low, high = (float(values[order][np.searchsorted(summed, part)]) for part in (0.05, 0.95 - 1e-12))
    return float(values @ weight), low, high
