"""Start a risk-limiting check: frame, proposals and terms are committed before the seed is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.law import Rules
from ballotworthy.risk_check.allowance import UNLINKED_SHARE, allowance_of, misread_of
from ballotworthy.risk_check.asked import Asked
from ballotworthy.risk_check.by_law import by_law
from ballotworthy.risk_check.proposals import read_proposals
from ballotworthy.risk_check.start import start_check
from ballotworthy.risk_check.terms import Terms
from ballotworthy.sufficiency.framed import frame_by_law


@dataclass(frozen=True)
class StartedCheck:
    """A check that was committed: its first event, how many lines it is of, and its terms."""

    event: Mapping[str, Any]
    lines: int
    terms: Terms

    def to_dict(self) -> dict[str, Any]:
        """Give the event as `risk start --json` prints it."""
        return dict(self.event)


def start_risk_check(
    out: Path,
    lines: Path,
    asked: Asked,
    *,
    required: int | None = None,
    proposals: Path | None = None,
    rules: Rules | None = None,
) -> StartedCheck:
    """Commit a check into a folder that is not there yet.

    Args:
        out: the folder of the check.
        lines: the frame, a table with sheet and line or a text of line ids.
        asked: the terms.
        required: signatures required; the law's number if absent.
        proposals: what `check` wrote, or a table of sheet, line, weight and signer; no machine if absent.
        rules: the law that stands beside it.

    Raises:
        InputError: the terms cannot be, or contradict the proposals.
        FileFaults: what is wrong in a table, all at once.
        OutputError: the folder could not be written.
    """
    own_risk = asked.risk / UNLINKED_SHARE if asked.unlinked_risk is None else asked.unlinked_risk
    allowance = allowance_of(asked.unlinked, asked.keys, asked.decoys, own_risk)
    ids = frame_by_law(lines, rules, divided=False).ids
    law = by_law(rules, required)
    readers_risk = asked.risk / UNLINKED_SHARE if asked.checker_risk is None else asked.checker_risk
    misread = misread_of(asked.checker_error, len(ids), readers_risk)
    terms = Terms(
        required=law.required,
        source=law.source,
        risk=asked.risk,
        allowance=allowance.lines,
        allowance_risk=own_risk if allowance.words else 0.0,
        allowance_words=allowance.words,
        phantoms=asked.missing,
        lost=law.lost,
        guess=asked.expected_valid,
        law=law.words,
        spread=law.spread,
        misread=misread.lines,
        misread_risk=readers_risk if misread.words else 0.0,
        misread_words=misread.words,
    )
    if proposals and asked.expected_valid is not None:
        raise InputError("--expected-valid is for a check without a machine; the proposals say what is expected.")
    given = read_proposals(proposals, ids, terms.lost) if proposals else None
    return StartedCheck(start_check(out, lines, ids, given, terms), len(ids), terms)
