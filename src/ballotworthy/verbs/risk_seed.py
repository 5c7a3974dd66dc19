"""Give a committed check its public seed, once; the order of all lines follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.risk_check.seed import seed_check


@dataclass(frozen=True)
class SeededCheck:
    """A check that has its seed: its commitment, the digests of the order and of the log, and how many lines."""

    commitment: str
    seed: str
    order: str
    log: str
    lines: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as `risk seed --json` prints it."""
        return {"commitment": self.commitment, "seed": self.seed, "order": self.order, "log": self.log}


def seed_risk_check(folder: Path, seed: str) -> SeededCheck:
    """Give the seed that was drawn after the commitment was published.

    Raises:
        InputError: the seed is blank, one was given already, or what was committed has changed.
    """
    running = seed_check(folder, seed)
    return SeededCheck(running.commitment, seed, running.order or "", running.last, running.question.lines)
