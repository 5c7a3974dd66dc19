"""Illinois' projection for one election jurisdiction: 10 ILCS 5/28-12, steps 1 to 4."""

from __future__ import annotations

from fractions import Fraction

from ballotworthy.stats.exact import percent, shown, whole
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, Step, check_counts

ILCS = "https://lexace.ai/us/statute/illinois/10-ILCS-5-28-12"


def illinois(raw: int, sample: int, valid: int, duplicates: int, rounding: str = "down") -> Projection:
    """Give the projected valid signatures of one election jurisdiction; step 5 of the section adds them up.

    The section names the "degree of multiple signature contamination" as a step of its own and gives no
    formula. A step of its own is more than one further invalid signature; here each repeated signature found
    stands for the A(A-1) that a sample of one in A lets expect, the weight under which the projection is
    unbiased where nobody signed more than twice. No rounding is ordered; the part of a signature is dropped
    unless told otherwise, once, at the end of the jurisdiction.

    Args:
        raw: signatures submitted from the jurisdiction.
        sample: signatures drawn and verified there.
        valid: signatures of the sample found valid, each signer once.
        duplicates: further signatures of the same signers in the sample.
        rounding: nearest, down or up.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(raw, sample, valid, duplicates)
    if not raw:
        return full_count(0, 0)
    share, each = Fraction(valid, sample), Fraction(raw, sample)
    applied = raw * share
    excess = duplicates * each * (each - 1)
    estimate = whole(applied - excess, rounding)
    return Projection(
        estimate,
        lambda: (
            Step("ratio of valid signatures in the sample", percent(share), "10 ILCS 5/28-12(1)", ILCS),
            Step("ratio applied to all signatures", shown(applied, 2), "10 ILCS 5/28-12(2)", ILCS),
            Step("multiple signature contamination", shown(excess, 2), "10 ILCS 5/28-12(3): no formula there", ILCS),
            Step("projected number valid", f"{estimate:,}", "10 ILCS 5/28-12(4)", ILCS),
        ),
    )
