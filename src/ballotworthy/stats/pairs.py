"""The pair estimate of distinct valid signers, with its standard error: a statistic, not law.

    D = A y - c d          A = N/n,  c = N(N-1) / (n(n-1))

N lines filed, n drawn without replacement, y valid lines among them with every repetition, d pairs of valid
lines of one signer. D is unbiased if nobody signed more than twice. Where it is told how many signers were seen three
times, t of them, Goodman's next term is added, and D is unbiased if nobody signed more than three times:

    D = A y - c d + e t    e = N(N-1)(N-2) / (n(n-1)(n-2)),  d = signers seen twice + 3 t

Where the law counts no line of a repeated signer, twice c d is taken off: what is left are those who signed once.

Where fewer than FEW pairs were seen the normal interval is too short. The interval is then made of exact ones:
Garwood's for the pairs (Biometrika 28, 1936), Clopper and Pearson's for the valid lines (Biometrika 26, 1934),
which is wide for a sample without replacement and so errs on the safe side, each at half of the error (Bonferroni).

Sources: Goodman, "On the Estimation of the Number of Classes in a Population", Ann. Math. Stat. 20 (1949);
Smith and Thomas, J. Official Statistics 21(3), 2005, 489-504. The variance is a plug-in of hypergeometric
moments; it reproduces the error that New Zealand published in 2013.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from ballotworthy.stats.project import check_counts
from ballotworthy.stats.risk.shares import least_share, most_share, poisson_limits

FEW = 10
ERROR = 0.05
Z95 = 1.959963984540054


@dataclass(frozen=True)
class PairEstimate:
    """Estimated distinct valid signers and the standard error, both in signatures.

    `standard_error` is None where fewer than two lines were drawn.
    """

    estimate: float
    standard_error: float | None


@dataclass(frozen=True)
class Seen:
    """What is known of repeated signers.

    Attributes:
        lost: how many lines of a pair do not count: 1, or 2 where the law counts neither.
        thrice: signers seen three times in the sample; None where nobody told.
    """

    lost: int = 1
    thrice: int | None = None


PLAIN = Seen()


def further(duplicates: int, twice: int | None, thrice: int | None) -> int:
    """Give the further lines of repeated signers; some offices count pairs, of which three lines of one are three."""
    return duplicates if twice is None or not thrice else twice + 2 * thrice


def pair_estimate(raw: int, sample: int, valid: int, duplicates: int, seen: Seen = PLAIN) -> PairEstimate:
    """Give the pair estimate and its standard error.

    Args:
        raw: N, lines filed.
        sample: n, lines drawn.
        valid: valid lines in the sample, each signer once (or, where the law counts no line of a repeated signer, the
            lines of those seen once); y is this plus `duplicates` (twice those).
        duplicates: further lines of signers already counted: d, where nobody was seen three times.
        seen: what is known of repeated signers.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(raw, sample, valid, duplicates)
    if sample < 2:
        return PairEstimate(float(raw * valid), 0.0 if raw == sample else None)
    thrice = seen.thrice or 0
    n, y, d = sample, valid + seen.lost * duplicates, duplicates + thrice
    f = n / raw
    each = raw / n
    weight = seen.lost * raw * (raw - 1) / (n * (n - 1))
    p = min(y / n, 1.0)
    variance = (
        each**2 * n * p * (1 - p) * (1 - f) * n / (n - 1)
        + weight**2 * (d * (1 - f**2) - 4 * d**2 * (1 - f) / n)
        - 2 * each * weight * (2 * d * (1 - f) * (1 - p))
    )
    estimate = each * y - weight * d
    if thrice and n > 2:
        more = weight * (raw - 2) / (n - 2)
        estimate += more * thrice
        # a signer seen three times is three pairs at once (9 t in the variance, of which 3 t stand above) and one of t
        variance += (1 - f) * thrice * (6 * weight**2 + more**2 - 6 * weight * more)
    return PairEstimate(estimate, sqrt(max(variance, 0.0)))


def repeats_estimate(raw: int, sample: int, duplicates: int) -> PairEstimate:
    """Give the repeating lines of the whole petition that a sample suggests, and the standard error.

    It is c d, the part of the pair estimate that is deducted, unbiased if nobody signed more than twice.

    Args:
        raw: N, lines filed.
        sample: n, lines drawn.
        duplicates: d, lines of the sample that repeat a signer in it.
    """
    if sample < 2 or sample == raw:
        return PairEstimate(float(duplicates), 0.0 if sample == raw else None)
    f, weight = sample / raw, raw * (raw - 1) / (sample * (sample - 1))
    variance = weight**2 * (duplicates * (1 - f**2) - 4 * duplicates**2 * (1 - f) / sample)
    return PairEstimate(weight * duplicates, sqrt(max(variance, 0.0)))


@dataclass(frozen=True)
class PairInterval:
    """A 95% interval for distinct valid signers, in signatures; `exact` where few pairs were seen."""

    low: float
    high: float
    exact: bool


def pair_interval(rows: Sequence[tuple[int, int, int, int]], seen: Sequence[Seen] | None = None) -> PairInterval | None:
    """Give the 95% interval of the pair estimate over strata; None where a stratum is too small a sample to tell.

    It holds on the condition of the estimate: nobody signed more than twice, or, where those seen three times are
    told, more than three times. It ends where no number can be: at the signers that were seen, and where every line
    that was not drawn is another signer's. Where nothing of it is left, the sample is too small as well.

    Args:
        rows: for each stratum its lines filed, lines drawn, valid lines with each signer once, and duplicates.
        seen: what is known of the repeated signers of each.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    known = list(seen) if seen is not None else [PLAIN] * len(rows)
    found = [pair_estimate(*row, each) for row, each in zip(rows, known, strict=True)]
    estimate = sum(part.estimate for part in found)
    variance = 0.0
    for part in found:
        if part.standard_error is None:
            return None
        variance += part.standard_error**2
    sampled = [row for row in rows if row[1] < row[0]]
    if not sampled:
        return PairInterval(estimate, estimate, exact=True)
    if sum(row[3] for row in sampled) >= FEW or any(each.thrice for each in known):
        half = Z95 * sqrt(variance)
        return _possible(PairInterval(estimate - half, estimate + half, exact=False), rows, known)
    counted = sum(row[2] for row in rows if row[1] == row[0])
    valid_low, valid_high, few_low, few_high = float(counted), float(counted), 0.0, 0.0
    each = ERROR / 2 / len(sampled)
    lost = max(each.lost for each in known)
    for raw, sample, valid, duplicates in sampled:
        y = min(valid + lost * duplicates, sample)
        valid_low += max(raw * least_share(y, sample, each / 2), y)
        valid_high += min(raw * most_share(y, sample, each / 2), raw - sample + y)
        weight = lost * raw * (raw - 1) / (sample * (sample - 1))
        low, high = poisson_limits(duplicates, each)
        few_low += weight * low
        few_high += weight * high
    return _possible(PairInterval(valid_low - few_high, valid_high - few_low, exact=True), rows, known)


def _possible(
    interval: PairInterval, rows: Sequence[tuple[int, int, int, int]], seen: Sequence[Seen]
) -> PairInterval | None:
    """Keep to what can be; where the law counts no line of a repeated signer, one seen once may yet be one."""
    least = sum(
        valid for (raw, sample, valid, _), each in zip(rows, seen, strict=True) if each.lost < 2 or raw == sample
    )
    most = sum(raw - sample + valid for raw, sample, valid, _ in rows)
    low, high = max(interval.low, float(least)), min(interval.high, float(most))
    return replace(interval, low=low, high=high) if low <= high else None
