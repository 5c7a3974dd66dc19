"""Michigan's projection: the universe left after face review, times the share of the sample found valid.

No statute says how: MCL 168.476 lets the Board of State Canvassers canvass "by use of random sampling", and
the staff reports of the Bureau of Elections show the computation.
"""

from __future__ import annotations

from fractions import Fraction

from ballotworthy.stats.exact import percent, whole
from ballotworthy.stats.project.full import full_count
from ballotworthy.stats.project.steps import Projection, Step, check_counts

MCL = "https://self-law.org/code/mi/chapter-168/168-476"
REPORT = "https://slidelegend.com/vnp-state-of-michigan_5b7038ce097c47896c8b45b1.html"
CITE = "Bureau of Elections, staff report on Voters Not Politicians (2018)"


def michigan(universe: int, sample: int, valid: int, duplicates: int, rounding: str = "down") -> Projection:
    """Give the estimated valid signatures of a petition.

    No rounding is ordered; the part of a signature is dropped unless told otherwise. Every published estimate
    that was found (460,358 in 2021; 229,629 in 2015; 332,771 in 2020) is met. A duplicate is one more invalid
    signature, and so is the signature it repeats: the office leaves both out of `valid`.

    Args:
        universe: signatures filed, less those on sheets that fail on their face.
        sample: signatures drawn from the universe and examined.
        valid: signatures of the sample found valid.
        duplicates: further signatures of signers counted as valid, if any.
        rounding: nearest, down or up.

    Raises:
        InputError: the counts contradict each other, see `check_counts`.
    """
    check_counts(universe, sample, valid, duplicates)
    if not universe:
        return full_count(0, 0)
    share = Fraction(valid, sample)
    estimate = whole(universe * share, rounding)
    return Projection(
        estimate,
        lambda: (
            Step("universe", f"{universe:,}", CITE, REPORT),
            Step("percentage valid in the sample", percent(share), "MCL 168.476(1)", MCL),
            Step("projected number valid", f"{estimate:,}", CITE, REPORT),
        ),
    )
