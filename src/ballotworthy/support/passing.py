"""The probability that a question passes, as far as polls can speak of its rule: the share of the valid votes."""

from __future__ import annotations

from fractions import Fraction

from ballotworthy.support.support import Support


def passing_of(course: Support, against: Support, limit: Fraction | None) -> dict[str, float | None]:
    """Give the chance that the share is over the limit that the rule asks for.

    Args:
        course: as asked; a share of all who were asked says nothing of a vote unless the undecided are counted.
        against: the same with all the undecided left with the status quo, which is what they are then.
        limit: of the valid votes; None where the rule asks for no such share.

    Returns:
        p_pass: None where the polls do not all say how many are against; p_pass_status_quo: with the undecided
        against it. Both None without a limit.
    """
    if limit is None:
        return {"p_pass": None, "p_pass_status_quo": None}
    low = round(against.chance_over(float(limit)), 4)
    if course.of_decided:
        return {"p_pass": round(course.chance_over(float(limit)), 4), "p_pass_status_quo": low}
    return {"p_pass": None, "p_pass_status_quo": low}
