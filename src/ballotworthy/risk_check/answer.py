"""What a check says so far: the risk on both sides, between which numbers the truth lies, whether it may stop."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np

from ballotworthy.risk_check.rulings import INVALID, MISSING, VALID, Ruling
from ballotworthy.risk_check.running import Running
from ballotworthy.stats.risk.martingale import NEAR, measured_risk
from ballotworthy.stats.risk.readers import Rate, rate_of, wrong_acceptances_borne, wrong_refusals_borne
from ballotworthy.stats.risk.sequence import confidence_sequence
from ballotworthy.stats.risk.sides import numbers_of, sides_of

NOTHING, SUFFICIENT, INSUFFICIENT = "not decided", "sufficient", "insufficient"


@dataclass(frozen=True)
class Answer:
    """What a check says.

    Attributes:
        counted: rulings that count: those of the seed's order without a gap.
        waiting: rulings behind a gap, which count once it is filled.
        open: lines handed out and not ruled.
        valid, invalid, missing: the counted rulings.
        repeating: of the valid lines, those with further valid lines of the signer.
        risk_sufficient: the least risk limit at which the check could say "sufficient"; the part that the
            allowance for unlinked duplicates takes is in it.
        risk_insufficient: the same for "insufficient".
        decided: `sufficient`, `insufficient` or `not decided`.
        low, high: the confidence sequence for the distinct valid signers; each end is wrong at any look with a
            chance of at most the risk limit.
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
    risk_sufficient: float
    risk_insufficient: float
    decided: str
    low: int
    high: int
    overstated: int | None
    understated: int | None
    accepted: Rate
    refused: Rate
    acceptances_borne: float | None
    refusals_borne: float | None


def answer_of(running: Running) -> Answer:
    """Compute what a check says so far; it takes milliseconds, whatever the size of the petition."""
    question, terms = running.question, running.terms
    counted = _without_gap(running)
    words = [ruling.ruling for _, ruling in counted]
    weights = np.array([weight_of(ruling, terms.lost) for _, ruling in counted])
    proposed = np.array([weight or 0.0 for weight, _ in counted])
    found = np.array([word != MISSING for word in words], bool)
    enough, short = numbers_of(question, weights, proposed, found)
    sides = sides_of(question)
    own = terms.risk - terms.allowance_risk
    least, most = _certain(running, weights, found)
    first = 0.0 if least >= terms.required else measured_risk(sides.sufficient, enough)
    second = 0.0 if most < terms.required else measured_risk(sides.insufficient, short)
    low, high = confidence_sequence(question, enough, short, (own, terms.risk))
    low, high = max(low, least), min(high, most)
    decided = SUFFICIENT if first <= own else INSUFFICIENT if second <= terms.risk else NOTHING
    machine = question.machine is not None
    accepted, refused = rates(running)
    return Answer(
        counted=len(counted),
        waiting=len(running.rulings) - len(counted),
        open=len(running.drawn) - len(running.rulings),
        valid=words.count(VALID),
        invalid=words.count(INVALID),
        missing=words.count(MISSING),
        repeating=sum(1 for _, ruling in counted if ruling.links),
        risk_sufficient=min(1.0, first + terms.allowance_risk),
        risk_insufficient=second,
        decided=decided,
        low=low,
        high=high,
        overstated=int((proposed - weights > 0.1)[found].sum()) if machine else None,
        understated=int((weights - proposed > 0.1)[found].sum()) if machine else None,
        accepted=accepted,
        refused=refused,
        acceptances_borne=wrong_acceptances_borne(low, terms.required, 0.0, question.lines)
        if decided == SUFFICIENT
        else None,
        refusals_borne=wrong_refusals_borne(high, terms.required, 0.0, question.lines)
        if decided == INSUFFICIENT
        else None,
    )


def _certain(running: Running, weights: np.ndarray, found: np.ndarray) -> tuple[int, int]:
    """Give the least and the most distinct valid signers that the lines seen leave possible."""
    question = running.question
    seen, refused = float(weights[found].sum()), float((1 - weights[found]).sum())
    least = ceil(seen - NEAR) - question.allowance
    return max(0, least), floor(question.lines + question.phantoms - refused + NEAR)


def weight_of(ruling: Ruling, lost: int) -> float:
    """Give the weight w = v / m of a ruling; 0 for every line of a repeating signer where the law counts none."""
    if ruling.ruling != VALID:
        return 0.0
    further = ruling.links or 0
    return 0.0 if further and lost == 2 else 1 / (1 + further)


def _without_gap(running: Running) -> list[tuple[float | None, Ruling]]:
    """Give machine's weight and ruling of the lines drawn, up to the first that is not ruled.

    Which rulings come first must not depend on what they say.
    """
    found = []
    for each in running.drawn:
        ruling = running.rulings.get(each.line)
        if ruling is None:
            break
        found.append((each.weight, ruling))
    return found


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
    terms, start = running.terms, running.start
    return {
        "lines": start["lines"],
        "frame": start["frame"]["fingerprint"],
        "commitment": running.commitment,
        "seed": running.seed,
        "required": terms.required,
        "risk_limit": terms.risk,
        "unlinked": terms.allowance,
        "unlinked_risk": terms.allowance_risk,
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
        "risk": {"sufficient": answer.risk_sufficient, "insufficient": answer.risk_insufficient},
        "interval": {"low": answer.low, "high": answer.high},
        "decided": answer.decided,
        "may_stop": answer.decided != NOTHING,
        "rereads": {"accepted": _rate(answer.accepted), "refused": _rate(answer.refused)},
        "bears": {"wrong_acceptances": answer.acceptances_borne, "wrong_refusals": answer.refusals_borne},
        "log": running.last,
    }


def _rate(rate: Rate) -> dict[str, float | int]:
    return {"read": rate.read, "changed": rate.changed, "low": rate.low, "high": rate.high}
