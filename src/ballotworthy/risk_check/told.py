"""What a running check says so far, in numbers and in sentences together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ballotworthy.risk_check.answer import Answer, answer_data, answer_of
from ballotworthy.risk_check.running import Running
from ballotworthy.risk_check.statement import statement


@dataclass(frozen=True)
class Told:
    """A check as far as it has come, its answer, and that answer for people.

    Attributes:
        running: the check.
        answer: the risk on both sides, the bounds, whether it may stop.
        sentences: the statement.
    """

    running: Running
    answer: Answer
    sentences: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `risk status --json` prints it."""
        return {**answer_data(self.running, self.answer), "statement": list(self.sentences)}


def told_of(running: Running) -> Told:
    """Compute what a check says so far."""
    answer = answer_of(running)
    return Told(running, answer, tuple(statement(running, answer)))
