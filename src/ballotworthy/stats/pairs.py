"""The unbiased pair estimate of distinct valid signers, with its standard error: a statistic, not law.

    D = A y - c d          A = N/n,  c = N(N-1) / (n(n-1))

N lines filed, n drawn without replacement, y valid lines among them with every repetition, d pairs of valid
lines of one signer. D is unbiased if nobody signed more than twice.

Sources: Goodman, "On the Estimation of the Number of Classes in a Population", Ann. Math. Stat. 20 (1949);
Smith and Thomas, J. Official Statistics 21(3), 2005, 489-504. The variance is a plug-in of hypergeometric
moments; it reproduces the error that New Zealand published in 2013.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from ballotworthy.stats.project import check_counts


@dataclass(frozen=True)
class PairEstimate:
    """Estimated distinct valid signers and the standard error, both in signatures.

    `standard_error` is None where fewer than two lines were drawn.
    """

    estimate: float
    standard_error: float | None


def pair_estimate(raw: int, sample: int, valid: int, duplicates: int) -> PairEstimate:
    """Give the pair estimate and its standard error.

    Args:
        raw: N, lines filed.
        sample: n, lines drawn.
        valid: valid lines in the sample, each signer once; y is this plus `duplicates`.
        duplicates: d, further lines of signers already counted.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(raw, sample, valid, duplicates)
    if sample < 2:
        return PairEstimate(float(raw * valid), 0.0 if raw == sample else None)
    n, y, d = sample, valid + duplicates, duplicates
    f = n / raw
    each = raw / n
    weight = raw * (raw - 1) / (n * (n - 1))
    p = y / n
    variance = (
        each**2 * n * p * (1 - p) * (1 - f) * n / (n - 1)
        + weight**2 * (d * (1 - f**2) - 4 * d**2 * (1 - f) / n)
        - 2 * each * weight * (2 * d * (1 - f) * (1 - p))
    )
    return PairEstimate(each * y - weight * d, sqrt(max(variance, 0.0)))
