"""What a check says so far: the risk on both sides, between which numbers the truth lies, whether it may stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ballotworthy.risk_check.rulings import INVALID, MISSING, VALID, Ruling
from ballotworthy.risk_check.running import Running
from ballotworthy.stats.risk.finding import INSUFFICIENT, NOTHING, SUFFICIENT, Finding, finding_of
from ballotworthy.stats.risk.readers import Rate, rate_of, wrong_acceptances_borne, wrong_refusals_borne


@dataclass(frozen=True)
class Answer:
    """What a check says.

    Attributes:
        counted: rulings that count: those of the seed's order without a gap.
        waiting: rulings behind a gap, which count once it is filled.
        open: lines handed out and not ruled.
        valid, invalid, missing: the counted rulings.
        repeating: of the valid lines, those with further valid lines of the signer.
        finding: what they say.
        overstated, understated: counted lines on which the machine's weight was more, or less, than ruled by
            over a tenth; None without a machine.
        accepted, refused: error rates of acceptances and refusals by blind second readings.
        acceptances_borne: the share of acceptances that may be wrong while the petition is still sufficient,
            every refusal being right; None unless it is found sufficient.
        refusals_borne: the share of refusals that may be wrong while it is still insufficient; None otherwise.
    """

    counted: int
    waiting: int
    open: int
    valid: int
    invalid: int
    missing: int
    repeating: int
    finding: Finding
    overstated: int | None
    understated: int | None
    accepted: Rate
    refused: Rate
    acceptances_borne: float | None
    refusals_borne: float | None


def answer_of(running: Running) -> Answer:
    """Compute what a check says so far; it takes milliseconds, whatever the size of the petition."""
    question, terms = running.question, running.terms
    counted = without_gap(running)
    words = [ruling.ruling for ruling in counted]
    weights, proposed, found = numbers_in(running)
    finding = finding_of(question, weights, proposed, found, terms.risk, terms.apart)
    machine = question.machine is not None
    accepted, refused = rates(running)
    return Answer(
        counted=len(counted),
        waiting=len(running.rulings) - len(counted),
        open=len(running.drawn) - len(running.rulings),
        valid=words.count(VALID),
        invalid=words.count(INVALID),
        missing=words.count(MISSING),
        repeating=sum(1 for ruling in counted if ruling.links),
        finding=finding,
        overstated=int((proposed - weights > 0.1)[found].sum()) if machine else None,
        understated=int((weights - proposed > 0.1)[found].sum()) if machine else None,
        accepted=accepted,
        refused=refused,
        acceptances_borne=wrong_acceptances_borne(finding.low, terms.required, 0.0, question.lines)
        if finding.decided == SUFFICIENT
        else None,
        refusals_borne=wrong_refusals_borne(finding.high, terms.required, 0.0, question.lines)
        if finding.decided == INSUFFICIENT
        else None,
    )


def numbers_in(running: Running) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give of each line that counts its weight as ruled, the machine's, and whether it was found."""
    counted = without_gap(running)
    weights = np.array([weight_of(ruling, running.terms.lost) for ruling in counted])
    proposed = np.array([each.weight or 0.0 for each in running.drawn[: len(counted)]])
    return weights, proposed, np.array([ruling.ruling != MISSING for ruling in counted], bool)


def weight_of(ruling: Ruling, lost: int) -> float:
    """Give the weight w = v / m of a ruling; 0 for every line of a repeating signer where the law counts none."""
    if ruling.ruling != VALID:
        return 0.0
    further = ruling.links or 0
    return 0.0 if further and lost == 2 else 1 / (1 + further)


def without_gap(running: Running) -> list[Ruling]:
    """Give the rulings of the lines drawn, in order, up to the first that is not ruled.

    Which rulings come first must not depend on what they say.
    """
    rulings = [running.rulings.get(each.line) for each in running.drawn]
    ends = rulings.index(None) if None in rulings else len(rulings)
    return [ruling for ruling in rulings[:ends] if ruling]


def rates(running: Running) -> tuple[Rate, Rate]:
    """Give the error rates of acceptances and of refusals by second readings."""
    read = {VALID: 0, INVALID: 0}
    changed = {VALID: 0, INVALID: 0}
    for line, second in running.rereads.items():
        first = running.rulings[line].ruling
        read[first] += 1
        changed[first] += second.ruling != first
    return rate_of(read[VALID], changed[VALID]), rate_of(read[INVALID], changed[INVALID])


def answer_data(running: Running, answer: Answer) -> dict[str, Any]:
    """Give the answer as plain data."""
    terms, start, finding = running.terms, running.start, answer.finding
    return {
        "lines": start["lines"],
        "frame": start["frame"]["fingerprint"],
        "commitment": running.commitment,
        "seed": running.seed,
        "required": terms.required,
        "risk_limit": terms.risk,
        "unlinked": terms.allowance,
        "unlinked_risk": terms.allowance_risk,
        "misread": terms.misread,
        "misread_risk": terms.misread_risk,
        "missing_from_frame": terms.phantoms,
        "rulings": {
            "counted": answer.counted,
            "waiting": answer.waiting,
            "open": answer.open,
            "valid": answer.valid,
            "invalid": answer.invalid,
            "missing": answer.missing,
            "repeating": answer.repeating,
        },
        "machine": None
        if answer.overstated is None
        else {
            "total": start["proposals"]["total"],
            "overstated": answer.overstated,
            "understated": answer.understated,
        },
        "risk": {"sufficient": finding.sufficient, "insufficient": finding.insufficient},
        "interval": {"low": finding.low, "high": finding.high},
        "decided": finding.decided,
        "may_stop": finding.decided != NOTHING,
        "rereads": {"accepted": _rate(answer.accepted), "refused": _rate(answer.refused)},
        "bears": {"wrong_acceptances": answer.acceptances_borne, "wrong_refusals": answer.refusals_borne},
        "log": running.last,
    }


def _rate(rate: Rate) -> dict[str, float | int]:
    return {"read": rate.read, "changed": rate.changed, "low": rate.low, "high": rate.high}
