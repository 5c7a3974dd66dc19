"""What is fixed compared before the seed, by two people with what was announced: how the record tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ballotworthy.casework.alike import skeleton
from ballotworthy.casework.case import Case
from ballotworthy.casework.named_people import refuse_nobody, refuse_one_twice
from ballotworthy.errors import InputError, Refused

LEAST = 16
"""So many digits of a fingerprint are read out at least."""
BY_NAMES = "; fingerprint {}, lines and strata compared before by {}, as {} has confirmed"
"""What the record says behind the source of a seed."""


def words_of_comparison(case: Case, people: Sequence[str], fingerprint: str, *, by: str) -> str:
    """Give what the record says of a comparison of the frame with what was announced; "" where none is told.

    Args:
        case: whose frame is fixed.
        people: who compared; two at least, each admitted to the case or named as he is called.
        fingerprint: the one announced, its first 16 digits or more, however spaced.
        by: who confirms it.

    Raises:
        InputError: fewer than two people, or what is no name, or two that may be one person's; none of the
            fingerprint's digits, or others than the frame has.
        Refused: the frame is not fixed.
    """
    if not people and not fingerprint:
        return ""
    if case.frame.fixed is None:
        raise Refused("the frame is not fixed, so that nobody can have compared it.")
    refuse_nobody([name.strip(" ") for name in people])
    names = {skeleton(name): name.strip() for name in people if name.strip()}
    if len(names) < 2:
        raise InputError("two people compare what is fixed: name both, --compared WHO --compared WHO.")
    refuse_one_twice(list(names.values()), case.people)
    digits = re.sub(r"\s", "", fingerprint).lower()
    own = case.frame.fixed["fingerprint"]
    if len(digits) < LEAST:
        raise InputError(f"give the fingerprint that was announced, --fingerprint, {LEAST} of its digits at least.")
    if not own.startswith(digits):
        raise InputError(
            f"the fingerprint announced is not that of this frame, {own}. Enter no seed: find out which list was "
            "announced, and which is fixed here."
        )
    return BY_NAMES.format(own[:LEAST], " and ".join(names.values()), by)
