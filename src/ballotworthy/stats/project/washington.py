"""Washington's acceptance test, WAC 434-379-010, and the invalidation rate that is published beside it."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from ballotworthy.stats.exact import percent, root, shown
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, SampleTest, Step, check_counts

WAC = "https://apps.leg.wa.gov/wac/default.aspx?cite=434-379-010"
WA_RELEASE = (
    "https://sos.wa.gov/ko/about-office/from-our-corner/3227/"
    "It%E2%80%99s%20official%3A%20I-1125%20will%20be%20on%20ballot"
)


def washington(raw: int, sample: int, valid: int, duplicates: int) -> Projection:
    """Give the number of valid signatures that Washington's published invalidation rate amounts to.

    The Secretary of State publishes, beside the test of WAC 434-379-010, a rate: rejected signatures of the
    sample over the sample, plus duplicate pairs times A(A-1) over the signatures submitted, A being submitted
    over sampled. The rule orders no rounding; the rate is printed as a percentage with two decimals, the
    estimate is rounded down to whole signatures.

    Args:
        raw: signatures submitted.
        sample: signatures drawn and checked.
        valid: signatures accepted; of each pair one is accepted.
        duplicates: pairs found, one signature of each being rejected.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(raw, sample, valid, duplicates)
    if not raw:
        return full_count(0, 0)
    each = Fraction(raw, sample)
    rejected = sample - valid
    rate = Fraction(rejected, sample) + duplicates * each * (each - 1) / raw
    estimate = floor(raw * (1 - rate))
    cite = "published by the Secretary of State, I-1125 (2011)"
    return Projection(
        estimate,
        lambda: (
            Step("rejected in the sample", f"{rejected:,}", "WAC 434-379-010(2)", WAC),
            Step("value of each signature", shown(each, 4), cite, WA_RELEASE),
            Step("invalidation rate", percent(rate), cite, WA_RELEASE),
            Step("projected number valid", f"{estimate:,}", cite, WA_RELEASE),
        ),
    )


def washington_test(raw: int, sample: int, valid: int, duplicates: int, required: int) -> SampleTest:
    """Give the answer of Washington's acceptance test; failing it orders a full check and never a rejection.

    The rule orders no rounding. Square roots are taken to fifty digits, so the comparison is exact for any
    petition.

    Args:
        raw: signatures submitted.
        sample: signatures drawn and checked, without restriction.
        valid: signatures accepted; of each pair one is accepted.
        duplicates: pairs of signatures of one voter found in the sample.
        required: signatures required by Article II, section 1 of the state constitution.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(raw, sample, valid, duplicates)
    if not raw:
        return SampleTest(required <= 0, lambda: (Step("signatures submitted", "0", "WAC 434-379-010", WAC),))
    ratio = Fraction(sample, raw)
    invalid = sample - valid - duplicates
    allowance = Fraction(3, 2) * root(Fraction(invalid))
    invalid_limit = (invalid + allowance) / ratio
    pairs_limit = raw - (required + invalid_limit)
    expected = ratio**2 * pairs_limit
    acceptable = expected - Fraction(165, 100) * root(expected) if expected > 0 else expected
    accepted = duplicates <= acceptable
    return SampleTest(
        accepted,
        lambda: (
            Step("invalid in the sample, duplicates apart", f"{invalid:,}", "WAC 434-379-010(2)", WAC),
            Step("allowance for chance", shown(allowance, 2), "WAC 434-379-010(3)", WAC),
            Step("upper limit of invalid signatures", shown(invalid_limit, 2), "WAC 434-379-010(4)", WAC),
            Step("most pairs the petition can bear", shown(pairs_limit, 2), "WAC 434-379-010(5)", WAC),
            Step("expected pairs in the sample", shown(expected, 2), "WAC 434-379-010(6)", WAC),
            Step("acceptable pairs in the sample", shown(acceptable, 2), "WAC 434-379-010(7)", WAC),
            Step("pairs found", f"{duplicates:,}", "WAC 434-379-010(8)", WAC),
        ),
    )
