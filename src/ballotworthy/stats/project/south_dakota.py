"""South Dakota's projection: SDCL 2-1-16, truncated to whole signatures."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from ballotworthy.stats.exact import percent
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, Step, check_counts

SDCL = "https://instalawyer.io/laws/south-dakota-codified-laws/section-2-1-16-signatures-to"
CITE = "SDCL 2-1-16"


def south_dakota(raw: int, sample: int, valid: int, duplicates: int) -> Projection:
    """Give the valid signatures of a petition: all of them times the share of the sample that was verified.

    The section orders no rounding. The releases show the share to four decimals of a percent and drop the part
    of a signature (22,091 x 71.8310 percent is 15,868); the exact share gives every figure that was read. A
    duplicate is one more invalid signature.

    Args:
        raw: signatures on eligible lines.
        sample: signatures drawn and examined.
        valid: signatures of the sample verified, each signer once.
        duplicates: further signatures of the same signers in the sample.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(raw, sample, valid, duplicates)
    if not raw:
        return full_count(0, 0)
    share = Fraction(valid, sample)
    estimate = floor(raw * share)
    return Projection(
        estimate,
        (
            Step("percentage valid in the sample", percent(share), CITE, SDCL),
            Step("projected number valid", f"{estimate:,}", CITE, SDCL),
        ),
    )
