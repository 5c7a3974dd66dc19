"""The next lines to look at, in the seed's order, and lines to be read again by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.risk_check.running import Drawn, hand_out, reread


@dataclass(frozen=True)
class NextLines:
    """Lines handed out, each with the lines that the machine links to its signer."""

    drawn: tuple[Drawn, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give them as `risk next --json` prints them."""
        return {"next": [{"line": each.line, "links": list(each.links)} for each in self.drawn]}


@dataclass(frozen=True)
class LinesAgain:
    """Lines that were ruled, to be read again by somebody who does not know the ruling."""

    lines: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give them as `risk next --reread --json` prints them."""
        return {"reread": list(self.lines)}


def next_risk_lines(folder: Path, number: int = 1) -> NextLines:
    """Hand out lines: first those handed out and not yet ruled, then further ones; none when all are examined.

    Raises:
        InputError: the seed is not given yet, or what was committed has changed.
    """
    return NextLines(tuple(hand_out(folder, number)))


def risk_lines_again(folder: Path, number: int = 1) -> LinesAgain:
    """Hand out ruled lines for a blind second reading; none when every one was handed out again.

    Raises:
        InputError: the seed is not given yet.
    """
    return LinesAgain(tuple(reread(folder, number)))
