"""How much is bet on the next line: a share of what a line of weight 0 would cost in full, fixed before it is seen.

With mu the mean that the null hypothesis leaves for the lines not yet seen, a bet of c turns the capital T into
T (1 + c (x / mu - 1)): all of c is lost where x = 0. Three kinds, each a function of the past only:

    fixed    c itself. Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting",
             JRSS B 86 (2024): a mixture of fixed bets needs nothing known beforehand
    wrong    what grows fastest (Kelly, Bell System Technical J. 35, 1956, to second order) when the machine is
             wrong on a share p of the lines, upwards as often as downwards: x is 1/2, and 0 or 1 on those
    shrunk   ALPHA's truncated shrinkage (Stark, "ALPHA: audit that learns from previously hand-audited ballots",
             Annals of Applied Statistics 17, 2023, section 2.5.2): eta = max of (d guess + S) / (d + j - 1) and
             mu + (guess - t) / (2 sqrt(d + j - 1)), and c = (eta - mu) / (1 - mu)

The functions take numbers or arrays of one shape; `simulate.py` has them compiled for numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

FIXED, WRONG, SHRUNK = 0, 1, 2
MOST = 0.92
"""The greatest share that a bet on the machine risks, so that no single surprise ends it."""
BELOW_ONE = 1 - 2.0**-52


@dataclass(frozen=True)
class Bet:
    """One bet of a mixture.

    Attributes:
        kind: FIXED, WRONG or SHRUNK.
        share: its part of the capital at the beginning; the shares of a mixture add up to 1.
        first: the fixed share c; the share of lines on which the machine is wrong; or the mean that is guessed.
        second: for SHRUNK, how many lines the guess is worth: d.
        third: for SHRUNK, how far eta stays above mu at first: (guess - t) / 2.
    """

    kind: int
    share: float
    first: float
    second: float = 0.0
    third: float = 0.0


# compiled elsewhere
def wrong(mu: Any, share: float) -> Any:
    """Give the bet for a machine that is wrong on such a share of the lines."""
    margin = 0.5 - mu
    return np.minimum(np.maximum(margin * mu / (share / 4 + margin * margin), 0.0), MOST)


# compiled elsewhere
def shrunk(mu: Any, seen: Any, drawn: Any, guess: float, worth: float, above: float) -> Any:
    """Give the bet of ALPHA with truncated shrinkage, `drawn` lines seen that add up to `seen`; mu is below 1."""
    eta = np.maximum((worth * guess + seen) / (worth + drawn), mu + above / np.sqrt(worth + drawn))
    return (np.minimum(eta, BELOW_ONE) - mu) / (1 - mu)


def machine_bets() -> tuple[Bet, ...]:
    """Give the mixture for lines that a machine has judged, however well; nothing has to be known beforehand."""
    known = ((0.24, 0.002), (0.24, 0.01), (0.12, 0.04))
    unknown = (0.02, 0.06, 0.2, 0.6)
    return (*(Bet(WRONG, share, p) for share, p in known), *(Bet(FIXED, 0.1, c) for c in unknown))


def plain_bets() -> tuple[Bet, ...]:
    """Give the mixture for lines of which nothing is known beforehand."""
    return tuple(Bet(FIXED, 1 / 6, c) for c in (0.012, 0.03, 0.07, 0.15, 0.3, 0.6))


def guessed_bets(guess: float, t: float, worth: float = 500.0) -> tuple[Bet, ...]:
    """Give ALPHA's bet on a mean that is guessed; where the guess does not exceed the null's mean, a mixture.

    Args:
        guess: the mean expected beforehand.
        t: the null's mean.
        worth: how many lines the guess is worth: d.
    """
    return (Bet(SHRUNK, 1.0, guess, worth, (guess - t) / 2),) if guess > t else plain_bets()
