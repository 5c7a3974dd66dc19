"""A full count: every signature was examined, so there is nothing to project."""

from __future__ import annotations

from ballotworthy.stats.project.steps import Projection, Step, check_counts


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
        lambda: (
            Step("signatures examined, all of them", f"{raw:,}", "a count, not an estimate"),
            Step("number valid", f"{valid:,}", "a count, not an estimate"),
        ),
    )
