"""What a check may be asked: a requirement that the lines can reach, a risk limit between 0 and 1."""

from __future__ import annotations

from ballotworthy.errors import InputError


def check_limits(required: int, lines: int, risk: float) -> None:
    """Refuse a requirement or a risk limit under which no check makes sense.

    Raises:
        InputError: the requirement is below 1 or above the lines, or the risk limit is not between 0 and 1.
    """
    if required < 1:
        raise InputError(f"{required:,} signatures cannot be the requirement; give a whole number from 1 on.")
    if required > lines:
        raise InputError(
            f"{required:,} signatures are required and only {lines:,} lines were filed: the petition cannot be "
            "sufficient, and there is nothing to check. Correct --required or the lines."
        )
    if not 0 < risk < 1:
        raise InputError(
            f"a risk limit of {risk:g} cannot be; give a share above 0 and below 1, like 0.05. At 0 every line would "
            "have to be examined, at 1 none."
        )


def check_allowance(allowance: int, allowance_risk: float, risk: float) -> None:
    """Refuse an allowance that cannot be.

    Raises:
        InputError: it is negative, or its share of the risk is not below the risk limit.
    """
    if allowance < 0:
        raise InputError(f"{allowance:,} unlinked lines cannot be; give 0 or more.")
    if not 0 <= allowance_risk < risk:
        raise InputError(
            f"the allowances for unlinked and wrongly accepted lines take a risk of {allowance_risk:g} of a limit "
            f"of {risk:g}; they must leave something for the check itself. Give a smaller --unlinked-risk or "
            "--checker-risk."
        )
