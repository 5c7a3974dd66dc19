"""What a risk-limiting check is asked for, beside a sample of its own and inside a case."""

from __future__ import annotations

from dataclasses import dataclass

from ballotworthy.risk_check.allowance import Three


@dataclass(frozen=True)
class Asked:
    """The terms that are asked for.

    Attributes:
        risk: the risk limit of either side.
        unlinked: lines that may repeat a signer and were not linked; or, in its place, `keys` or `decoys`.
        keys: the same, from how many two independent keys found, and both of them.
        decoys: the same, from repeats keyed in on purpose: how many, how many found, and true links found.
        unlinked_risk, checker_risk: their parts of the risk limit; a fifth of it each if absent.
        checker_error: acceptances read again blindly, and how many were wrong.
        missing: lines filed that are not there and stand for the worst.
        expected_valid: without proposals, the distinct valid signers expected beforehand.
    """

    risk: float = 0.05
    unlinked: int | None = None
    keys: Three | None = None
    decoys: Three | None = None
    unlinked_risk: float | None = None
    checker_error: tuple[int, int] | None = None
    checker_risk: float | None = None
    missing: int = 0
    expected_valid: int | None = None
