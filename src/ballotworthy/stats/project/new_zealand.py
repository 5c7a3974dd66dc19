"""New Zealand's estimate of eligible signers: Citizens Initiated Referenda Act 1993, s. 19; Goodman's estimator.

The Act leaves the method of the sample to the Government Statistician, whose explanation of 2008 names the
estimator. Goodman, "On the Estimation of the Number of Classes in a Population", Ann. Math. Stat. 20 (1949):

    D = sum over i of x_i (1 - (-1)^i product for k < i of (N - n + k) / (n - k))

N signatures, n sampled, x_i eligible signers seen i times in the sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from ballotworthy.errors import InputError
from ballotworthy.stats.exact import shown
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, Step, check_counts

STATISTICIAN = "http://section59.blogspot.com/2008/05/statistics-nz-email-explains-counting.html"
CITE = "Statistics New Zealand, explanation of the count (2008); Goodman 1949"


def new_zealand(raw: int, sample: int, valid: int, duplicates: int, seen: Sequence[int] = ()) -> Projection:
    """Give the estimated number of eligible electors who signed, without the part of one.

    Rounded down as published: 266,903.52 of February 2008 was printed as 266,903.

    Args:
        raw: signatures delivered.
        sample: signatures drawn and checked.
        valid: eligible signers found in the sample, each once.
        duplicates: their further signatures in the sample, or the pairs these make (a signer seen three times
            makes two further signatures and three pairs).
        seen: x_2, x_3, ...: signers seen twice, three times; if empty, every duplicate is the second of a pair.

    Raises:
        InputError: the counts contradict each other, or `seen` does not add up to `duplicates`.
    """
    check_counts(raw, sample, valid, duplicates)
    if not raw:
        return full_count(0, 0)
    repeated = tuple(seen) or (duplicates,)
    further = sum(times * signers for times, signers in enumerate(repeated, start=1))
    pairs = sum(times * (times + 1) // 2 * signers for times, signers in enumerate(repeated, start=1))
    if duplicates not in (further, pairs):
        raise InputError(
            f"signers seen several times make {further:,} further signatures or {pairs:,} pairs, not the "
            f"{duplicates:,} of duplicates; correct one of them."
        )
    if sum(repeated) > valid:
        raise InputError(f"{sum(repeated):,} signers were seen several times, more than the {valid:,} valid.")
    counted = (valid - sum(repeated), *repeated)
    weights, total, product = [], Fraction(0), Fraction(1)
    for times, signers in enumerate(counted, start=1):
        if times > sample:
            break
        product *= Fraction(raw - sample + times - 1, sample - times + 1)
        weight = 1 - (-1) ** times * product
        weights.append(weight)
        total += signers * weight
    estimate = floor(total)
    return Projection(estimate, lambda: _steps(counted, weights, estimate))


def _steps(counted: Sequence[int], weights: Sequence[Fraction], estimate: int) -> tuple[Step, ...]:
    steps = []
    for times, (signers, weight) in enumerate(zip(counted, weights, strict=False), start=1):
        steps.append(Step(f"signers seen {times} times", f"{signers:,}", CITE, STATISTICIAN))
        steps.append(Step(f"value of a signer seen {times} times", shown(weight, 4), CITE, STATISTICIAN))
    return (*steps, Step("projected number valid", f"{estimate:,}", CITE, STATISTICIAN))
