"""Colorado's projection: C.R.S. 1-40-116(4), as the Secretary of State computes it."""

from __future__ import annotations

from fractions import Fraction

from ballotworthy.stats.exact import percent, whole
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, Step, check_counts

CRS = "https://instalawyer.io/laws/colorado-code/1-40-116-validation-ballot"
CITE = "C.R.S. 1-40-116(4)"


def colorado(raw: int, sample: int, valid: int, duplicates: int, rounding: str = "nearest") -> Projection:
    """Give the signatures presumed valid: those filed times the share of the sample found valid.

    The section orders no rounding; it is the office's, and data of the place. The releases of 2012 to 2018
    round to the nearest whole signature, those read from 2019 on drop the part (148,189.68 as 148,189). A
    duplicate is one more invalid signature; nothing is taken off for those that the sample did not meet.

    Args:
        raw: signatures filed.
        sample: signatures drawn and examined.
        valid: signatures of the sample accepted, each signer once.
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
            Step("percentage valid in the sample", percent(share), CITE, CRS),
            Step("projected number valid", f"{estimate:,}", CITE, CRS),
        ),
    )
