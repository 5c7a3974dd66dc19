"""What several checks of one frame say together, each with its own seed drawn from the whole frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ballotworthy.risk_check.committed import check_sources
from ballotworthy.risk_check.rounds import Together, together
from ballotworthy.risk_check.running import open_check
from ballotworthy.risk_check.statement import rounds_said


@dataclass(frozen=True)
class RoundsTogether:
    """The rounds' evidence multiplied, and the same in sentences."""

    together: Together
    sentences: tuple[str, ...]

    @property
    def may_stop(self) -> bool:
        """Say whether the rounds together decide."""
        return self.together.decided != "not decided"

    def to_dict(self) -> dict[str, Any]:
        """Give it as `risk rounds --json` prints it."""
        return {**asdict(self.together), "may_stop": self.may_stop, "statement": list(self.sentences)}


def risk_rounds(folders: Sequence[Path]) -> RoundsTogether:
    """Multiply the evidence of all rounds that were begun.

    Raises:
        InputError: fewer than two, not rounds of one question, one seed in common, one not at an end, or changed.
    """
    checks = [open_check(folder) for folder in folders]
    for each in checks:
        check_sources(each.folder, each.start)
    found = together(checks)
    return RoundsTogether(found, tuple(rounds_said(found, checks[0].terms)))
