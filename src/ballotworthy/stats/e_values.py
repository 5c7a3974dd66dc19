"""E-values: evidence against "as the others", averaged over tests, and who is named when many are tested.

Vovk and Wang, "E-values: calibration, combination and applications", Annals of Statistics 49 (2021) 1736-1754: a
p-value gives the e-value kappa p^(kappa - 1), and the mean of e-values is one, however the tests hang together.
Wang and Ramdas, "False discovery rate control with e-values", JRSS B 84 (2022) 822-852: of K e-values the largest r
are named, r the most for which the r-th is at least K / (rate r); no more than `rate` of those named is expected to
be innocent, whatever the dependence.
"""

from __future__ import annotations

from collections.abc import Sequence

KAPPA = 0.1
STEP = 0.75
"""Portion of the evidence that is put on a step, the rest on the power of p."""
LEAST = 1e-300


def calibrated(chance: float, needed: float) -> float:
    """Give the e-value of a p-value: a step that is as high as `needed`, and kappa p^(kappa - 1), mixed.

    Below `STEP / needed` it is `needed` at least; so one test alone loses little beside Bonferroni's bound, and lesser
    chances still add up. Both parts are one on average for an honest p, so their mixture is.
    """
    power = float(KAPPA * max(chance, LEAST) ** (KAPPA - 1))
    return (needed if chance <= STEP / needed else 0.0) + (1 - STEP) * power


def averaged(evidence: Sequence[float]) -> float:
    """Give the mean of e-values, 1 where there are none."""
    return sum(evidence) / len(evidence) if evidence else 1.0


def discoveries_by_e(evidence: Sequence[float], rate: float) -> list[bool]:
    """Tell which are named, by the step-up of Wang and Ramdas."""
    order = sorted(range(len(evidence)), key=lambda at: -evidence[at])
    total = len(evidence)
    last = max((rank for rank, at in enumerate(order, 1) if evidence[at] * rank * rate >= total), default=0)
    found = set(order[:last])
    return [at in found for at in range(total)]
