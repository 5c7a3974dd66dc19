"""State what the risk-limiting check of a case says by the rulings so far, or record it for the certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.casework import Act, Case
from ballotworthy.casework.overweighed import overweighed
from ballotworthy.casework.risk import (
    NONE_MISREAD,
    Examined,
    by_strata,
    examined,
    finding,
    order_of,
    requirement_of,
    risk_body,
)
from ballotworthy.casework.room import RecordAt, Room, record_at
from ballotworthy.casework.weights import Weights
from ballotworthy.errors import Refused
from ballotworthy.risk_check.statement import finding_said, interval_said, links_said, looked_said, misread_said
from ballotworthy.stats.risk.finding import Finding

BY_STRATA = (
    "Each stratum's lines count up to the first that is not known; the test by strata and that of one order over all "
    "are both made, the better counts, and its risk is doubled."
)


@dataclass(frozen=True)
class Stated:
    """What the check says, as a `risk` event holds it."""

    record: RecordAt
    body: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Give it as `case risk status --json` prints it."""
        return {**self.record.to_dict(), **self.body}


def state_risk(room: Room) -> Stated:
    """Give what the check says; nothing is recorded.

    Raises:
        Refused: there is no check in this case, no seed yet, or the weights are not those committed.
    """
    case = room.case()
    return Stated(record_at(case), stated(case, room.weights(case)))


def record_risk(room: Room, *, by: str) -> Stated:
    """Record what the check says; anew if a ruling changes after it.

    Raises:
        Refused: as `state_risk`; or a weighing cannot be by the rulings made since.
    """

    def acts(case: Case) -> list[Act]:
        for each in overweighed(case, case.weighings):
            raise Refused(str(each))
        return [Act(by, "risk", stated(case, room.weights(case)))]

    (event,) = room.write(acts)
    return Stated(room.at(), event.body)


def stated(case: Case, weights: Weights | None) -> dict[str, Any]:
    """Give the body of a `risk` event by the rulings so far, its statement in sentences."""
    found = examined(case, order_of(case))
    machine = [weights.of[line] for line in found.lines] if weights else []
    said = finding(case, found, machine)
    return risk_body(case, found, said, machine, " ".join(_sentences(case, found, said)))


def _sentences(case: Case, found: Examined, said: Finding) -> Sequence[str]:
    asked = case.risk_terms or {}
    misread = asked.get("misread", NONE_MISREAD)
    required, limit = requirement_of(case), float(asked["risk_limit"])
    lines = sum(map(len, case.frame.drawable.values()))
    number = len(found.lines)
    return (
        finding_said(said, required, limit),
        interval_said(said, required, limit),
        looked_said(number, lines, found.valid, found.repeating, number - found.valid),
        links_said(asked["unlinked"], float(asked["unlinked_risk"])),
        *misread_said(misread["lines"], float(misread["risk"])),
        *([BY_STRATA] if by_strata(case) else []),
    )
