"""The formulas of law that project a sample to a petition, in exact arithmetic, with every step cited.

In all of them `valid` counts the signatures of the sample found valid, each signer once; `duplicates` counts
the further signatures of signers already counted. So the two and the invalid ones add up to the sample.

Sources: California, 2 CCR 20530-20532 and the example of 20540; Washington, WAC 434-379-010 and the
error rates that the Secretary of State publishes; a full count needs no formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from ballotworthy.errors import InputError
from ballotworthy.stats.exact import percent, root, rounded, shown, up

CCR = "https://ebench-dev.greeninfo.org/state/california/regulation/20531"
CCR_30 = "https://regulations.justia.com/states/california/title-2/division-7/chapter-5/article-3/section-20530"
CCR_EXAMPLE = (
    "https://casetext.com/regulation/california-code-of-regulations/title-2-administration/division-7-secretary-of-state/"
    "chapter-5-election-petition-signature-verification-random-sampling-verification-methodology/"
    "article-4-miscellaneous/section-20540-example"
)
WAC = "https://apps.leg.wa.gov/wac/default.aspx?cite=434-379-010"
WA_RELEASE = (
    "https://sos.wa.gov/ko/about-office/from-our-corner/3227/"
    "It%E2%80%99s%20official%3A%20I-1125%20will%20be%20on%20ballot"
)


@dataclass(frozen=True)
class Step:
    """One number of a calculation: its name, its value as printed, the section that orders it, its address.

    `stratum` is the part of the petition it belongs to, empty for the whole.
    """

    name: str
    value: str
    source: str
    url: str = ""
    stratum: str = ""


@dataclass(frozen=True)
class Projection:
    """The projected number of valid signatures, and every step to it."""

    estimate: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class SampleTest:
    """The answer of an acceptance test on a sample: whether it passes, and every step to it."""

    accepted: bool
    steps: tuple[Step, ...]


def check_counts(raw: int, sample: int, valid: int, duplicates: int) -> None:
    """Refuse counts that no petition can have.

    Raises:
        InputError: a count is negative, a part is greater than its whole, or nothing was sampled.
    """
    if min(raw, sample, valid, duplicates) < 0:
        raise InputError("a count of signatures cannot be negative; correct the counts.")
    if sample > raw:
        raise InputError(f"the sample ({sample:,}) is greater than the raw count ({raw:,}); exchange or correct them.")
    if valid + duplicates > sample:
        raise InputError(
            f"valid ({valid:,}) and duplicates ({duplicates:,}) are more than the sample ({sample:,}); "
            "count each signer once under valid and his further signatures under duplicates."
        )
    if raw and not sample:
        raise InputError(f"none of {raw:,} signatures was sampled; nothing can be projected.")


def california(raw: int, sample: int, valid: int, duplicates: int) -> Projection:
    """Give California's projected number of valid signatures in one county.

    Rounding that the law orders: the percentage valid to two decimals, the value of each signature to four
    decimals, both products up to the next whole number (2 CCR 20530(c)-(d), 20531(a)-(c)). The example of
    20540 shows the weight with four decimals as well, and rounds to the nearest; both are followed here.

    Args:
        raw: signatures filed in the county (2 CCR 20520).
        sample: signatures drawn and examined.
        valid: signatures of the sample found valid, each signer once.
        duplicates: further signatures of the same signers found in the sample.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(raw, sample, valid, duplicates)
    if not raw:
        return full_count(0, 0)
    share = rounded(Fraction(valid, sample), 4)
    uncorrected = up(raw * share)
    each = rounded(Fraction(raw, sample), 4)
    weight = rounded(each * (each - 1), 4)
    excess = up(duplicates * weight)
    estimate = uncorrected - excess
    return Projection(
        estimate,
        (
            Step("percentage valid in the sample", percent(share), "2 CCR 20530(c)", CCR_30),
            Step("uncorrected number valid", f"{uncorrected:,}", "2 CCR 20530(d)", CCR_30),
            Step("value of each signature", shown(each, 4), "2 CCR 20531(a)", CCR),
            Step("weight of each duplicate", shown(weight, 4), "2 CCR 20531(b)", CCR),
            Step("estimated duplicates", f"{excess:,}", "2 CCR 20531(c)", CCR),
            Step("projected number valid", f"{estimate:,}", "2 CCR 20532", CCR_EXAMPLE),
        ),
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
        (
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
        return SampleTest(required <= 0, (Step("signatures submitted", "0", "WAC 434-379-010", WAC),))
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
        (
            Step("invalid in the sample, duplicates apart", f"{invalid:,}", "WAC 434-379-010(2)", WAC),
            Step("allowance for chance", shown(allowance, 2), "WAC 434-379-010(3)", WAC),
            Step("upper limit of invalid signatures", shown(invalid_limit, 2), "WAC 434-379-010(4)", WAC),
            Step("most pairs the petition can bear", shown(pairs_limit, 2), "WAC 434-379-010(5)", WAC),
            Step("expected pairs in the sample", shown(expected, 2), "WAC 434-379-010(6)", WAC),
            Step("acceptable pairs in the sample", shown(acceptable, 2), "WAC 434-379-010(7)", WAC),
            Step("pairs found", f"{duplicates:,}", "WAC 434-379-010(8)", WAC),
        ),
    )


def full_count(raw: int, valid: int) -> Projection:
    """Give the count itself where every signature was examined: nothing is projected and nothing rounded.

    Args:
        raw: signatures filed, all of them examined.
        valid: signatures found valid, each signer once.

    Raises:
        InputError: more are valid than were filed.
    """
    check_counts(raw, raw, valid, 0)
    return Projection(
        valid,
        (
            Step("signatures examined, all of them", f"{raw:,}", "a count, not an estimate"),
            Step("number valid", f"{valid:,}", "a count, not an estimate"),
        ),
    )
