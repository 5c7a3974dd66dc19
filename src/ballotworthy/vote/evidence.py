"""What cards looked at by people say of a claim: the measured risk, by polling or by comparison with the records.

Both ask whether N numbers from 0 to 1 add up to more than a null, by the martingale of `stats.risk`. Polling: a card's
value over the bound u, null N/(2u). Comparison: with w the overstatement (the record's value less what people found)
and v = 2 mean - 1 of the records, (1 - w/u)/2, null N (2 - v/u)/4: SHANGRLA (arXiv:1911.10035), section 3.2, divided
by its bound 2/(2 - v/u). A card that cannot be found counts 0, whatever the record says (Banuelos and Stark,
arXiv:1207.3413).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ballotworthy.stats.risk.bets import guessed_bets, machine_bets
from ballotworthy.stats.risk.martingale import Side, measured_risk
from ballotworthy.vote.assorters import Assorter
from ballotworthy.vote.cards import Mark

Found = Mark | None
"""What people read on a card; None where it could not be found."""


def polling_side(claim: Assorter) -> Side:
    """Give the hypothesis that a claim is false, of cards alone, with ALPHA's bet on the reported mean.

    Raises:
        ValueError: the claim needs no sample.
    """
    bound, mean = _bound(claim), float(claim.mean or 0)
    null = claim.cards / (2 * bound)
    return Side(claim.cards, null, guessed_bets(mean / bound, null / claim.cards))


def comparison_side(claim: Assorter, recorded_mean: float) -> Side:
    """Give the hypothesis that a claim is false, of cards beside their records, whose values have this mean.

    Raises:
        ValueError: the claim needs no sample.
    """
    share = (2 * recorded_mean - 1) / _bound(claim)
    return Side(claim.cards, claim.cards * (2 - share) / 4, machine_bets())


def polling_risk(claim: Assorter, found: Sequence[Found]) -> float:
    """Give the measured risk of a claim from the cards in the order drawn: 1 before the first."""
    bound = _bound(claim)
    return measured_risk(polling_side(claim), np.array([claim.value(each) / bound for each in found]))


def comparison_risk(claim: Assorter, recorded_mean: float, recorded: Sequence[Mark], found: Sequence[Found]) -> float:
    """Give the measured risk of a claim from cards and their records, in the order drawn."""
    xs = [(1 - each / _bound(claim)) / 2 for each in overstatements(claim, recorded, found)]
    return measured_risk(comparison_side(claim, recorded_mean), np.array(xs))


def overstatements(claim: Assorter, recorded: Sequence[Mark], found: Sequence[Found]) -> list[float]:
    """Give by how much each record overstates the claim; below 0 where it understates it."""
    return [claim.value(said) - claim.value(seen) for said, seen in zip(recorded, found, strict=True)]


def _bound(claim: Assorter) -> float:
    if claim.bound is None:
        raise ValueError("nothing is sampled for a claim without a limit")
    return float(claim.bound)
