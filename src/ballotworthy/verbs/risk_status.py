"""What a risk-limiting check says so far: the risk on both sides, the valid signers, whether it may stop."""

from __future__ import annotations

from pathlib import Path

from ballotworthy.risk_check.committed import check_sources
from ballotworthy.risk_check.running import open_check
from ballotworthy.risk_check.told import Told, told_of


def risk_check_status(folder: Path) -> Told:
    """Open a check, make sure that what it committed is unchanged, and say what it says.

    Raises:
        InputError: no check has begun there, or its log or what it committed was changed.
    """
    running = open_check(folder)
    check_sources(folder, running.start)
    return told_of(running)
