"""Nevada's projection for one county and petition district: NRS 293.1277 and NRS 295.260, NAC 293.1825."""

from __future__ import annotations

from fractions import Fraction

from ballotworthy.stats.exact import percent, whole
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, Step, check_counts

NRS = (
    "https://ebenchbook.org/nevada/statutes/"
    "n-r-s-%e2%80%82293-1277%e2%80%82-%e2%80%82verification-of-signatures-by-county-clerks-regulations/"
)
NAC = "http://nvrules.elaws.us/nac/293.1825"


def nevada(raw: int, sample: int, valid: int, duplicates: int, rounding: str = "down") -> Projection:
    """Give the registered voters who signed in one county for one petition district, from its sample.

    Signatures in the wrong petition district are no part of `raw` (NRS 293.1277(1), NAC 293.1825(2)). No
    rounding is ordered; the part of a signature is dropped unless told otherwise. A duplicate is one more
    invalid signature.

    Args:
        raw: signatures of the county for the district.
        sample: signatures drawn and examined.
        valid: signatures of the sample found valid, each signer once.
        duplicates: further signatures of the same signers in the sample.
        rounding: nearest, down or up.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(raw, sample, valid, duplicates)
    if not raw:
        return full_count(0, 0)
    share = Fraction(valid, sample)
    estimate = whole(raw * share, rounding)
    return Projection(
        estimate,
        lambda: (
            Step("percentage valid in the sample", percent(share), "NRS 293.1277(2)", NRS),
            Step("projected number valid", f"{estimate:,}", "NAC 293.1825(3)", NAC),
        ),
    )
