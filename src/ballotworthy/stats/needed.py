"""How many signatures to file, so that the law's own procedure passes the petition with a stated chance.

A petition of N lines is thought of as drawn from a supply: a line counts with chance q, repeats a signer who
counts with chance d (`duplicates`), and is invalid otherwise; v = q + d is the `validity`. Of n lines drawn
without replacement the procedure sees y valid lines, repeats among them, and k pairs; T is the number that a
full check would count. The three have, with f = n / N and L = E k = N d n(n-1) / (N(N-1)),

    E y = n v      Var y = n v(1-v)          Cov(y, k) = L((1-v) + (1-q)(1-f))
    E k = L        Var k = L (Poisson)       Cov(y, T) = n q(1-v)
    E T = N q      Var T = N q(1-q)          Cov(k, T) = -L q

Pairs are few and weigh much (A(A-1) signatures each), so k is kept as the Poisson it is; given k, y and T are
taken as normal. Goodman, Ann. Math. Stat. 20 (1949), on why pairs rule the error of such a projection. That
the approximation holds is tested by drawing petitions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, pi, sqrt
from statistics import NormalDist

import numpy as np

from ballotworthy.errors import InputError
from ballotworthy.stats.chances import normal, poisson, reached

PAIR_COUNTS = 48
NODES = 5
REACH = 8.0
DEVIATES = 8.0
POINTS, WEIGHTS = np.polynomial.legendre.leggauss(32)
MOST = 10**9

Outcome = Callable[[int, int, int, int], str]
"""The verdict of a sample: raw, sample, valid (each signer once), duplicates to sufficient, insufficient or else."""


@dataclass(frozen=True)
class Quality:
    """How good the lines are, as shares of those filed.

    Attributes:
        validity: lines of qualified signers with nothing wrong but that they may repeat one.
        duplicates: lines that repeat a signer; they are part of `validity`, so that validity less duplicates
            is what counts. 0.74 and 0.03 leave 71 of 100.

    Raises:
        InputError: the shares are not between 0 and 1, or too many repeat.
    """

    validity: float
    duplicates: float = 0.0

    def __post_init__(self) -> None:
        if not 0 < self.validity <= 1:
            raise InputError(f"a validity of {self.validity:g} cannot be; give a share above 0 and up to 1, like 0.74.")
        if not 0 <= self.duplicates <= self.validity / 2:
            raise InputError(
                f"a share of duplicates of {self.duplicates:g} cannot be; give one from 0 to half of the validity, "
                "like 0.03."
            )

    @property
    def counted(self) -> float:
        """Give the share of the lines filed that counts: q."""
        return self.validity - self.duplicates


@dataclass(frozen=True)
class Procedure:
    """How a petition is judged.

    Attributes:
        required: signatures required.
        sample: how many of so many filed are drawn; None where every signature is examined.
        outcome: the verdict on a sample; None where every signature is examined.
        raw_must_reach: fewer filed than required end the matter.
    """

    required: int
    sample: Callable[[int], int] | None = None
    outcome: Outcome | None = None
    raw_must_reach: bool = False


@dataclass(frozen=True)
class Chances:
    """The chances of a petition.

    Attributes:
        sample: it passes on the sample alone, without a full check.
        open: the sample does not end it.
        end: it passes in the end: on the sample, or on the full check that the sample leads to.
    """

    sample: float
    open: float
    end: float


def chances(procedure: Procedure, raw: int, quality: Quality) -> Chances:
    """Give the chances of a petition of `raw` lines."""
    if procedure.raw_must_reach and raw < procedure.required:
        return Chances(0.0, 0.0, 0.0)
    drawn = procedure.sample(raw) if procedure.sample else raw
    if procedure.outcome is None or drawn >= raw:
        end = reached(raw, quality.counted, procedure.required)
        return Chances(end, end, end)
    return _sampled(procedure, procedure.outcome, raw, drawn, quality)


def _sampled(procedure: Procedure, outcome: Outcome, raw: int, drawn: int, quality: Quality) -> Chances:
    v, d, q = quality.validity, quality.duplicates, quality.counted
    expected = raw * d * drawn * (drawn - 1) / (raw * (raw - 1))
    pairs, weights = poisson(expected, PAIR_COUNTS)
    passing, staying = _limits(procedure, outcome, raw, drawn, pairs)
    slope = (1 - v) + (1 - q) * (1 - drawn / raw)
    spread_y = sqrt(max(drawn * v * (1 - v) - slope**2 * expected, 1e-9))
    cov = drawn * q * (1 - v) + slope * q * expected
    variance_t = max(raw * q * (1 - q) - q * q * expected, 1e-9)
    spread_t = sqrt(max(variance_t - (cov / spread_y) ** 2, 1e-9))
    found = np.zeros(3)
    for k, weight, pass_from, stay_from in zip(pairs, weights, passing, staying, strict=True):
        mean_y = drawn * v + slope * (k - expected)
        mean_t = raw * q - q * (k - expected)
        low, high = (stay_from - 0.5 - mean_y) / spread_y, (pass_from - 0.5 - mean_y) / spread_y
        alone = 1 - normal(high)
        checked = _checked(max(low, -REACH), min(high, REACH), cov / spread_y, mean_t - procedure.required + 0.5, spread_t)
        found += weight * np.array([alone, 1 - normal(low), alone + checked])
    return Chances(*np.clip(found, 0, 1).tolist())


def _checked(low: float, high: float, gain: float, margin: float, spread: float) -> float:
    """Give the chance that the sample orders a full check, which then finds enough.

    It is the integral over the band of the normal's height times the chance that T is enough; cut where that
    chance is one half, since it may rise there like a step.
    """
    half = min(max(-margin / gain, low), high) if gain > 0 else low
    return sum(_stretch(a, b, gain, margin, spread) for a, b in ((low, half), (half, high)) if b > a)


def _stretch(low: float, high: float, gain: float, margin: float, spread: float) -> float:
    points = (low + (high - low) * (POINTS + 1) / 2).tolist()
    heights = [exp(-z * z / 2) / sqrt(2 * pi) * normal((margin + gain * z) / spread) for z in points]
    return float((high - low) / 2 * (WEIGHTS * np.array(heights)).sum())


def _limits(
    procedure: Procedure, outcome: Outcome, raw: int, drawn: int, pairs: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give, for each count of pairs, the least y that passes and the least that does not fail.

    The formulas are straight or nearly straight in the pairs, so a few counts are asked and the rest read
    between them.
    """
    nodes = np.unique(np.linspace(pairs[0], pairs[-1], NODES).round())
    ends: list[list[int]] = [[], []]
    for found, good in zip(ends, ({"sufficient"}, {"sufficient", "full-check"}), strict=True):
        for k in nodes.astype(int).tolist():
            guess = drawn * procedure.required // raw if not found else found[-1] + (found[-1] - found[-2:][0])
            found.append(_least(lambda y, k=k, good=good: outcome(raw, drawn, y - k, k) in good, k, drawn, guess))
    return np.interp(pairs, nodes, ends[0]), np.interp(pairs, nodes, ends[1])


def _least(holds: Callable[[int], bool], low: int, high: int, guess: int) -> int:
    """Give the least whole number from `low` to `high` for which it holds, `high` + 1 if for none.

    It is looked for around the guess, in steps that double; `holds` must not cease to hold further up.
    """
    below, above, step = low - 1, high + 1, 1
    at = min(max(guess, low), high)
    while above - below > 1:
        if holds(at):
            above, at = at, at - step
        else:
            below, at = at, at + step
        step *= 2
        if not below < at < above:
            at = (below + above) // 2
            if below >= low and above <= high:
                break
    while above - below > 1:
        at = (below + above) // 2
        below, above = (below, at) if holds(at) else (at, above)
    return above


def needed(chance_of: Callable[[int], float], chance: float, start: int) -> int:
    """Give the least number of lines with which the chance is reached; the chance must rise with the lines.

    It rises but for steps of a signature in the size of the sample, which move the answer by as little.

    Args:
        chance_of: the chance with so many lines filed.
        chance: the chance wanted, above 0 and below 1.
        start: a number to begin at, such as the requirement.

    Raises:
        InputError: the chance is not between 0 and 1, or cannot be reached with a thousand million lines.
    """
    if not 0 < chance < 1:
        raise InputError(f"a chance of {chance:g} cannot be asked for; give one above 0 and below 1, like 0.95.")
    high = max(1, start)
    while chance_of(high) < chance:
        high *= 2
        if high > MOST:
            raise InputError(
                f"a chance of {chance:g} cannot be reached with any number of lines of this quality; "
                "lower the chance or raise the validity."
            )
    return _crossing(chance_of, chance, 0, high)


def _crossing(chance_of: Callable[[int], float], chance: float, low: int, high: int) -> int:
    """Give where the chance is reached between `low`, where it is not, and `high`, where it is.

    False position on the chances as deviates of a normal, nearly straight in the lines; an end that stays is
    given half its height (the Illinois rule), so that both ends close in.
    """
    wanted = _deviate(chance)
    short, over = -DEVIATES - wanted, _deviate(chance_of(high)) - wanted
    moved = 0
    while high - low > 1:
        share = short / (short - over) if over > 0 else 1.0
        at = min(max(low + round((high - low) * share), low + 1), high - 1)
        z = _deviate(chance_of(at)) - wanted
        if z >= 0:
            high, over, short, moved = at, z, short / 2 if moved > 0 else short, 1
        else:
            low, short, over, moved = at, z, over / 2 if moved < 0 else over, -1
    return high


def _deviate(chance: float) -> float:
    return min(max(NormalDist().inv_cdf(min(max(chance, 1e-16), 1 - 1e-16)), -DEVIATES), DEVIATES)
