"""How many signatures to file, so that the law's own procedure passes the petition with a stated chance.

A petition of N lines is thought of as drawn from a supply: a line is a signer's first with chance c, repeats
such a signer with chance d (`duplicates`), and is invalid otherwise; v = c + d is the `validity`. Of n lines
drawn without replacement the procedure sees y valid lines, repeats among them, and k pairs; T is the number
that a full check would count: q = c - m d of each line, m = 0 where one line of a pair counts, 1 where none
does. The three have, with f = n / N and L = E k = N d n(n-1) / (N(N-1)),

    E y = n v      Var y = n v(1-v)                             Cov(y, k) = L((1-v) + (1-c)(1-f))
    E k = L        Var k = L (Poisson)                          Cov(y, T) = n q(1-v)
    E T = N q      Var T = N(c(1-c) + m d(1-d) + 2 m c d)       Cov(k, T) = -L(c + m(1-d))

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
            is what counts: 0.74 and 0.03 leave 71 of 100.
        lost: how many lines of a pair are not counted: 1, or 2 where the law counts neither.

    Raises:
        InputError: the shares are not between 0 and 1, or too many repeat.
    """

    validity: float
    duplicates: float = 0.0
    lost: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.validity <= 1:
            raise InputError(f"a validity of {self.validity:g} cannot be; give a share above 0 and up to 1, like 0.74.")
        if not 0 <= self.duplicates < self.validity / 2:
            raise InputError(
                f"a share of duplicates of {self.duplicates:g} cannot be; give one from 0 to less than half of the "
                "validity, like 0.03."
            )

    @property
    def counted(self) -> float:
        """Give the share of the lines filed that counts: q."""
        return self.validity - self.lost * self.duplicates


@dataclass(frozen=True)
class Procedure:
    """How a petition is judged.

    Attributes:
        required: signatures required.
        sample: how many of so many filed are drawn; None where every signature is examined.
        outcome: the verdict on a sample; None where every signature is examined.
        raw_must_reach: fewer filed than required end the matter.
        passes: a sample alone can pass the petition.
    """

    required: int
    sample: Callable[[int], int] | None = None
    outcome: Outcome | None = None
    raw_must_reach: bool = False
    passes: bool = True


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
    v, d, q, m = quality.validity, quality.duplicates, quality.counted, quality.lost - 1
    c = v - d
    expected = raw * d * drawn * (drawn - 1) / (raw * (raw - 1))
    pairs, weights = poisson(expected, PAIR_COUNTS)
    passing, staying = _limits(outcome, raw, drawn, quality, procedure.required, pairs)
    slope = (1 - v) + (1 - c) * (1 - drawn / raw)
    loss = c + m * (1 - d)
    spread_y = sqrt(max(drawn * v * (1 - v) - slope**2 * expected, 1e-9))
    cov = drawn * q * (1 - v) + slope * loss * expected
    variance_t = max(raw * (c * (1 - c) + m * d * (1 - d) + 2 * m * c * d) - loss**2 * expected, 1e-9)
    spread_t = sqrt(max(variance_t - (cov / spread_y) ** 2, 1e-9))
    found = np.zeros(3)
    for k, weight, pass_from, stay_from in zip(pairs, weights, passing, staying, strict=True):
        mean_y = drawn * v + slope * (k - expected)
        mean_t = raw * q - loss * (k - expected)
        low, high = (stay_from - 0.5 - mean_y) / spread_y, (pass_from - 0.5 - mean_y) / spread_y
        alone = 1 - normal(high)
        checked = _checked(
            max(low, -REACH), min(high, REACH), cov / spread_y, mean_t - procedure.required + 0.5, spread_t
        )
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
    outcome: Outcome, raw: int, drawn: int, quality: Quality, required: int, pairs: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give, for each count of pairs, the least y that passes and the least that does not fail.

    The formulas are straight or nearly straight in the pairs, so a few counts are asked and the rest read
    between them.
    """
    nodes = np.unique(np.linspace(pairs[0], pairs[-1], NODES).round())
    passing: list[int] = []
    staying: list[int] = []

    def least(k: int, verdicts: tuple[str, ...], guess: int) -> int:
        lost, rough = quality.lost * k, max(1, drawn // 64) if len(passing) < 2 else 1
        return _least(lambda y: outcome(raw, drawn, y - lost, k) in verdicts, lost, drawn, guess, rough)

    for k in nodes.astype(int).tolist():
        guess = passing[-1] + passing[-1] - passing[-2:][0] if passing else drawn * required // raw
        passing.append(least(k, ("sufficient",), guess))
        guess = staying[-1] + passing[-1] - passing[-2] if staying else passing[-1]
        staying.append(least(k, ("sufficient", "full-check"), guess))
    return np.interp(pairs, nodes, passing), np.interp(pairs, nodes, staying)


def _least(holds: Callable[[int], bool], low: int, high: int, guess: int, step: int) -> int:
    """Give the least whole number from `low` to `high` for which it holds, `high` + 1 if for none.

    It is looked for around the guess, in steps that double; `holds` must not cease to hold further up.
    """
    below, above = low - 1, high + 1
    at = min(max(guess, low), high)
    while below < at < above:
        if holds(at):
            above, at = at, at - step
        else:
            below, at = at, at + step
        step *= 2
    while above - below > 1:
        at = (below + above) // 2
        below, above = (below, at) if holds(at) else (at, above)
    return above


def needed(chance_of: Callable[[int], float], chance: float, start: int, within: int = 1) -> int:
    """Give the least number of lines with which the chance is reached; the chance must rise with the lines.

    It rises but for steps of a signature in the size of the sample; where there is one, the answer moves by as
    little, and `within` need not be finer. The search is false position on the chances as deviates of a normal,
    nearly straight in the lines; an end that stays is given half its height (the Illinois rule).

    Args:
        chance_of: the chance with so many lines filed.
        chance: the chance wanted, above 0 and below 1.
        start: a number to begin at, such as the requirement.
        within: how many lines more than the least are near enough.

    Raises:
        InputError: the chance is not between 0 and 1, or cannot be reached with a thousand million lines.
    """
    if not 0 < chance < 1:
        raise InputError(f"a chance of {chance:g} cannot be asked for; give one above 0 and below 1, like 0.95.")
    low, high = 0, max(1, start)
    short, over = -DEVIATES, _over(chance_of(high), chance)
    while over < 0:
        low, high, short = high, high + high // 12 + 1, over
        if high > MOST:
            raise InputError(
                f"a chance of {chance:g} cannot be reached with any number of lines of this quality; "
                "lower the chance or raise the validity."
            )
        over = _over(chance_of(high), chance)
    stayed = 0
    while high - low > within:
        at = low + round((high - low) * short / (short - over))
        edge = min(within, high - low) // 2 or 1
        at = min(max(at, low + edge), high - edge)
        moved = _over(chance_of(at), chance)
        if moved >= 0:
            high, over, short, stayed = at, moved, short / 2 if stayed > 0 else short, 1
        else:
            low, short, over, stayed = at, moved, over / 2 if stayed < 0 else over, -1
    return high


def _over(chance: float, wanted: float) -> float:
    """Give how far a chance lies over the one wanted, in deviates of a normal, and never quite at it."""
    ends = (max(min(each, 1 - 1e-15), 1e-15) for each in (chance, wanted))
    found = NormalDist().inv_cdf(next(ends)) - NormalDist().inv_cdf(next(ends))
    return found or 1e-12
