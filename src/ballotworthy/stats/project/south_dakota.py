"""South Dakota's projection: SDCL 2-1-16."""

from __future__ import annotations

from fractions import Fraction

from ballotworthy.stats.exact import percent, rounded, whole
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, Step, check_counts

SDCL = "https://instalawyer.io/laws/south-dakota-codified-laws/section-2-1-16-signatures-to"
CITE = "SDCL 2-1-16"


def south_dakota(
    raw: int, sample: int, valid: int, duplicates: int, rounding: str = "down", places: int | None = None
) -> Projection:
    """Give the valid signatures of a petition: all of them times the share of the sample that was verified.

    The section orders no rounding; it is the office's, and data of the place: the percentage to two decimals and the
    product to the nearest signature give all five results of 2018 to 2022 (34,192 x 74.65 percent is 25,524; 31,587 x
    79.22 percent is 25,023), which neither the exact share nor cutting off does. A duplicate is one more invalid
    signature.

    Args:
        raw: signatures on eligible lines.
        sample: signatures drawn and examined.
        valid: signatures of the sample verified, each signer once.
        duplicates: further signatures of the same signers in the sample.
        rounding: nearest, down or up.
        places: decimals to which the percentage is rounded; None for the exact share.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(raw, sample, valid, duplicates)
    if not raw:
        return full_count(0, 0)
    exact = Fraction(valid, sample)
    share = exact if places is None else rounded(exact, places + 2)
    estimate = whole(raw * share, rounding)
    return Projection(
        estimate,
        lambda: (
            Step("percentage valid in the sample", percent(share), CITE, SDCL),
            Step("projected number valid", f"{estimate:,}", CITE, SDCL),
        ),
    )
