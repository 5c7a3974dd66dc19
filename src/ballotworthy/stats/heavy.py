"""A heavy tail of honest groups: log odds of Student's t about the usual ones, so that a few honest groups lie far out.

Lange, Little and Taylor, "Robust statistical modeling using the t distribution", JASA 84 (1989) 881-896: a t of few
degrees of freedom in place of a normal one lets a model hold where some are far from the rest for reasons of their own.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.stats.beta_binomial import log_choose

DEGREES = 5
WIDEST = 0.7
"""Greatest deviation of the log odds, a factor of two: where shares are rare, counts hardly tell how groups spread."""
LOGITS = np.linspace(-14.0, 14.0, 225)


def heavy_tails(part: int, whole: int, a: np.ndarray, b: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Give how probable a count so low and one so high is in a group with such a tail.

    Args:
        part, whole: the count, and of how many.
        a, b: parameters of the beta distributions that the other groups suggest, whose mean and deviation the log odds
            have; float64 (points,).
        weight: of each; float64 (points,), their sum 1.
    """
    some = weight > weight.max() / 1000
    a, b, weight = a[some], b[some], weight[some] / weight[some].sum()
    mean = a / (a + b)
    deviation = np.minimum(np.sqrt(1 / (a + b + 1) / (mean * (1 - mean))), WIDEST)
    away = (LOGITS - np.log(a / b)[:, None]) / (deviation * np.sqrt((DEGREES - 2) / DEGREES))[:, None]
    density = (1 + away * away / DEGREES) ** (-(DEGREES + 1) / 2)
    share = weight @ (density / density.sum(axis=1, keepdims=True))
    counts = np.arange(whole + 1)
    log_share, log_rest = -np.logaddexp(0, -LOGITS), -np.logaddexp(0, LOGITS)
    log_terms = log_choose(counts, np.full(whole + 1, whole))[:, None]
    terms = np.exp(log_terms + np.outer(counts, log_share) + np.outer(whole - counts, log_rest)) @ share
    return float(terms[: part + 1].sum()), float(terms[part:].sum())
