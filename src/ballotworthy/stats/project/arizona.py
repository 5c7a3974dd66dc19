"""Arizona's subtraction, in the order of A.R.S. 19-121.04(A): removals, ineligible, then the sample's rate.

So an invalid signature of the sample is taken off itself and counts in the rate taken off the rest. Mussi v.
Hobbs (2023) read the section so; Smith v. Fontes (6 August 2025) held that it may not be applied where it makes
a petition need more than the constitution's share, and the accounts read do not say what replaces it.
"""

from __future__ import annotations

from fractions import Fraction

from ballotworthy.stats.exact import percent, shown, whole
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, Step, check_counts

ARS = "https://instalawyer.io/laws/arizona-revised-statutes/title-19-initiative-referendum-19-12104-disposition-of"


def arizona(raw: int, removed: int, sample: int, valid: int, duplicates: int, rounding: str = "down") -> Projection:
    """Give the number of valid signatures of a whole petition, all counties together.

    The section speaks of "the percentage of all signatures found to be invalid in the random sample": one
    rate for the petition, not one a county. It orders no rounding: the rate is exact here and the part of a
    signature that remains is dropped unless told otherwise, since the number must reach the requirement.
    Where every signature was examined there is no sample, and the actual number remains (19-121.04(B)).

    Args:
        raw: signatures filed.
        removed: signatures that the Secretary of State removed (19-121.01).
        sample: signatures drawn for the county recorders.
        valid: signatures of the sample that they certified, each signer once.
        duplicates: further signatures of the same signers in the sample.
        rounding: nearest, down or up.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    eligible = raw - removed
    check_counts(eligible, sample, valid, duplicates)
    if sample == eligible:
        return full_count(eligible, valid)
    ineligible = sample - valid
    rate = Fraction(ineligible, sample)
    remaining = eligible - ineligible
    like = remaining * rate
    estimate = whole(remaining - like, rounding)
    return Projection(
        estimate,
        lambda: (
            Step("less signatures removed", f"{removed:,}", "A.R.S. 19-121.04(A)(1)", ARS),
            Step("less signatures found ineligible", f"{ineligible:,}", "A.R.S. 19-121.04(A)(2)", ARS),
            Step("signatures remaining", f"{remaining:,}", "A.R.S. 19-121.04(A)(2)", ARS),
            Step("percentage invalid in the sample", percent(rate), "A.R.S. 19-121.04(A)(3)", ARS),
            Step("less a like percentage of the remaining", shown(like, 2), "A.R.S. 19-121.04(A)(3)", ARS),
            Step("projected number valid", f"{estimate:,}", "A.R.S. 19-121.04(B)", ARS),
        ),
    )
