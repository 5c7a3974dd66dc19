"""The beta-binomial: counts of groups whose own shares differ, as logarithms, for many parameters at once.

Skellam, "A probability distribution derived from the binomial distribution by regarding the probability of success
as variable between the sets of trials", JRSS B 10 (1948). A group of n with the parameters a and b has x with

    P(x) = C(n, x) (a)_x (b)_(n-x) / (a+b)_n        where (a)_k = a (a+1) ... (a+k-1),

mean share a / (a+b) and intra-group correlation 1 / (a+b+1).
"""

from __future__ import annotations

from math import log, pi

import numpy as np


def log_rising(start: np.ndarray, most: int) -> np.ndarray:
    """Give log (a)_k for each a of `start` and k = 0 .. most; float64 (len(start), most + 1)."""
    table = np.zeros((len(start), most + 1))
    np.cumsum(np.log(start[:, None] + np.arange(most)), axis=1, out=table[:, 1:])
    return table


def log_gamma(value: np.ndarray) -> np.ndarray:
    """Give log Gamma for positive values, to twelve digits: Stirling's series, eight steps up."""
    steps = np.log(value)
    for step in range(1, 8):
        steps = steps + np.log(value + step)
    up = value + 8.0
    series = (1 / 12 - (1 / 360 - 1 / (1260 * up * up)) / (up * up)) / up
    return np.asarray((up - 0.5) * np.log(up) - up + log(2 * pi) / 2 + series - steps)


def log_choose(parts: np.ndarray, wholes: np.ndarray) -> np.ndarray:
    """Give log C(whole, part)."""
    return np.asarray(log_gamma(wholes + 1.0) - log_gamma(parts + 1.0) - log_gamma(wholes - parts + 1.0))


def log_chance(parts: np.ndarray, wholes: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Give log P(part) of each group under each pair of parameters; float64 (groups, parameters)."""
    part, whole = parts[:, None], wholes[:, None]
    rising = log_gamma(part + a) + log_gamma(whole - part + b) - log_gamma(whole + a + b)
    return np.asarray(log_choose(part, whole) + rising + log_gamma(a + b) - log_gamma(a) - log_gamma(b))


class Tails:
    """Both tails of a group's count under each of several pairs of parameters; tables are made once for all groups."""

    def __init__(self, a: np.ndarray, b: np.ndarray, most: int) -> None:
        """Make the tables for groups of at most `most`."""
        self._up, self._down, self._all = log_rising(a, most), log_rising(b, most), log_rising(a + b, most)
        self._factorial = log_rising(np.ones(1), most)[0]

    def of(self, part: int, whole: int) -> tuple[np.ndarray, np.ndarray]:
        """Give P(X <= part) and P(X >= part), each float64 (parameters,), summed term by term."""
        choose = self._factorial[whole] - self._factorial[: whole + 1] - self._factorial[whole::-1]
        terms = self._up[:, : whole + 1] + self._down[:, whole::-1]
        terms += choose
        terms -= self._all[:, whole, None]
        np.exp(terms, out=terms)
        return terms[:, : part + 1].sum(axis=1), terms[:, part:].sum(axis=1)
