"""A petition as two hypotheses to be disproved: it is not sufficient, and it is sufficient.

A line has the weight w = v / m, v being 1 if it is valid and m the number of valid lines of its signer, so the
weights of all lines add up to the number M of distinct valid signers, and with R required

    sufficient      disproves  sum of w <= R - 1 + U     by  x = w
    insufficient    disproves  sum of w >= R - P         by  x = 1 - w

U is the allowance for lines that repeat a signer and were not linked to the other line: each adds one weight
too many, so the weights as seen add up to at most M + U. P are lines filed that are not in the frame, phantoms:
they count nothing for the one side and fully for the other, and are not drawn.

With a machine's weights a, committed before the seed, and their sum A, the overstatement e = a - w is small
for most lines, and x = (1 - e) / 2 or (1 + e) / 2 takes the place of x: the machine is the control variate,
right or wrong. The comparison assorter is Stark's ("Sets of half-average nulls generate risk-limiting audits",
2020), with w in place of votes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.stats.risk.bets import guessed_bets, machine_bets, plain_bets
from ballotworthy.stats.risk.martingale import Side


@dataclass(frozen=True)
class Question:
    """What is asked of a petition, in signatures.

    Attributes:
        lines: N, lines of the frame.
        required: R.
        machine: A, what the machine's weights of all lines add up to; None where no machine has judged them.
        guess: distinct valid signers expected beforehand, None if unknown; of use only without a machine.
        allowance: U, the most lines that repeat a signer unseen.
        phantoms: P, lines filed that are not in the frame.
    """

    lines: int
    required: int
    machine: float | None = None
    guess: float | None = None
    allowance: int = 0
    phantoms: int = 0


@dataclass(frozen=True)
class Sides:
    """The two sides: `sufficient` disproves that the petition falls short, `insufficient` that it does not."""

    sufficient: Side
    insufficient: Side


def sides_of(question: Question) -> Sides:
    """Give the two hypotheses of a petition with their bets."""
    n = question.lines
    enough, short = nulls_at(question, question.required - 1, question.required)
    if question.machine is not None:
        return Sides(Side(n, enough, machine_bets()), Side(n, short, machine_bets()))
    if question.guess is None:
        return Sides(Side(n, enough, plain_bets()), Side(n, short, plain_bets()))
    share = question.guess / n
    return Sides(
        Side(n, enough, guessed_bets(share, enough / n)),
        Side(n, short, guessed_bets(1 - share, short / n)),
    )


def nulls_at(question: Question, at_most: float, at_least: float) -> tuple[float, float]:
    """Give what x adds up to at most if M <= `at_most`, and on the other side if M >= `at_least`."""
    enough, short = at_most + question.allowance, question.lines - at_least + question.phantoms
    if question.machine is None:
        return enough, short
    return (question.lines - question.machine + enough) / 2, (question.machine + short) / 2


def numbers_of(
    question: Question, weights: np.ndarray, proposed: np.ndarray, found: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give the x of each line for both sides.

    Args:
        question: what is asked.
        weights: w as people ruled, 0 to 1.
        proposed: the machine's a, 0 to 1; not looked at without a machine.
        found: whether the line could be found at all; one that could not counts against either side.
    """
    low, high = np.where(found, weights, 0.0), np.where(found, weights, 1.0)
    if question.machine is None:
        return low, 1 - high
    return (1 - proposed + low) / 2, (1 + proposed - high) / 2
