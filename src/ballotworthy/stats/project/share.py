"""The valid share of a sample, of all signatures: where a statute orders a sample and leaves the sum to the office."""

from __future__ import annotations

from fractions import Fraction

from ballotworthy.stats.exact import percent, shown, whole
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, Step, check_counts


def share_of_valid(
    raw: int, sample: int, valid: int, duplicates: int, rounding: str, cite: str, url: str, *, weighted: bool = False
) -> Projection:
    """Give the projected valid signatures of a stratum.

    Args:
        raw: signatures filed there.
        sample: signatures drawn and examined.
        valid: signatures of the sample found valid, each signer once.
        duplicates: further signatures of the same signers in the sample.
        rounding: nearest, down or up.
        cite: the section that orders the sample.
        url: its page.
        weighted: take A(A-1) off for each duplicate, A being raw over sample, where otherwise it is one more
            invalid signature: the two ways that laws have.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(raw, sample, valid, duplicates)
    if not raw:
        return full_count(0, 0)
    share, each = Fraction(valid, sample), Fraction(raw, sample)
    excess = duplicates * each * (each - 1) if weighted else Fraction(0)
    estimate = whole(raw * share - excess, rounding)
    return Projection(
        estimate,
        lambda: (
            Step("percentage valid in the sample", percent(share), cite, url),
            *((Step("taken off for duplicates", shown(excess, 2), cite, url),) if weighted else ()),
            Step("projected number valid", f"{estimate:,}", cite, url),
        ),
    )
