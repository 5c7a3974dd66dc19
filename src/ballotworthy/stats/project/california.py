"""California's projection: 2 CCR 20530-20532, with the example of 20540.

Cities, counties and special districts use it with other samples and bands, which are data of the place
(Elec. Code 9115, 9309, 11225).
"""

from __future__ import annotations

from fractions import Fraction

from ballotworthy.stats.exact import percent, rounded, shown, up
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, Step, check_counts

CCR = "https://ebench-dev.greeninfo.org/state/california/regulation/20531"
CCR_30 = "https://regulations.justia.com/states/california/title-2/division-7/chapter-5/article-3/section-20530"
CCR_EXAMPLE = (
    "https://casetext.com/regulation/california-code-of-regulations/title-2-administration/division-7-secretary-of-state/"
    "chapter-5-election-petition-signature-verification-random-sampling-verification-methodology/"
    "article-4-miscellaneous/section-20540-example"
)


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
        lambda: (
            Step("percentage valid in the sample", percent(share), "2 CCR 20530(c)", CCR_30),
            Step("uncorrected number valid", f"{uncorrected:,}", "2 CCR 20530(d)", CCR_30),
            Step("value of each signature", shown(each, 4), "2 CCR 20531(a)", CCR),
            Step("weight of each duplicate", shown(weight, 4), "2 CCR 20531(b)", CCR),
            Step("estimated duplicates", f"{excess:,}", "2 CCR 20531(c)", CCR),
            Step("projected number valid", f"{estimate:,}", "2 CCR 20532", CCR_EXAMPLE),
        ),
    )
