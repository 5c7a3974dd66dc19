"""The risk-limiting check inside a case: which lines count in it, and the body of a `risk` event.

It is run on the case's own seed and order, so that the lines of the sample come first and are ruled once. The rules
stand in docs/reference/record.md, "The risk-limiting check".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

import numpy as np

from ballotworthy.casework.case import Case
from ballotworthy.casework.rulings import DUPLICATE, Ruling
from ballotworthy.errors import InputError, Refused
from ballotworthy.stats.draw import draw
from ballotworthy.stats.risk.finding import (
    INSUFFICIENT,
    NOTHING,
    SUFFICIENT,
    Drawn,
    Finding,
    finding_by_strata,
    finding_of,
)
from ballotworthy.stats.risk.limits import check_allowance, check_limits
from ballotworthy.stats.risk.sides import Question

MILLIONTH = Decimal("0.000001")
NOISE = Decimal("1e-9")
"""What two machines may differ by in a risk, for the order of their additions."""
NONE_MISREAD: Mapping[str, Any] = {"lines": 0, "risk": "0"}


@dataclass(frozen=True)
class Examined:
    """The lines that count in the check: those of the order, or of each stratum's, up to the first that is not known.

    Attributes:
        lines: their ids, in the order.
        weights: w of each, the part of a distinct valid signer that it is.
        begins: how many of them, the first ones, begin the order over all strata: all, unless the terms go by strata.
        valid, repeating: how many of them are a voter's, and of those how many share the voter with other lines.
    """

    lines: tuple[str, ...]
    weights: tuple[float, ...]
    begins: int
    valid: int
    repeating: int


def order_of(case: Case) -> list[str]:
    """Give every line that can be drawn, over all strata, in the seed's order.

    Raises:
        Refused: there is no check in this case, or no seed yet.
    """
    if case.risk_terms is None:
        raise Refused("no risk-limiting check was begun in this case. Its terms are fixed before the seed.")
    if case.seed is None:
        raise Refused("the seed has not been drawn.")
    ids = [line for lines in case.frame.drawable.values() for line in lines]
    return draw(case.seed["seed"], ids, len(ids))


def examined(case: Case, order: Sequence[str]) -> Examined:
    """Give the lines that count: each struck, or ruled and, where it is a voter's, weighed."""
    times = lines_of_voters(case)
    lines: list[str] = []
    weights: list[float] = []
    valid = repeating = 0
    begins: int | None = None
    ended: set[str] = set()
    for line in order:
        stratum = case.frame.line(line).stratum
        if stratum in ended:
            continue
        if wanting_of(case, line):
            begins = len(lines) if begins is None else begins
            ended.add(stratum)
            if not by_strata(case):
                break
            continue
        ruling = None if line in case.struck else case.ruling(line)
        weight = 0.0
        if ruling is not None and is_voters(case, ruling):
            number = max(1 + case.weighings[line], times[ruling.voter])
            valid, repeating = valid + 1, repeating + (number > 1)
            gone = number > 1 if lost_of(case) == 2 else False
            weight = 0.0 if gone or (number == 1 and ruling.outcome != "valid") else 1 / number
        lines.append(line)
        weights.append(weight)
    return Examined(tuple(lines), tuple(weights), len(lines) if begins is None else begins, valid, repeating)


def by_strata(case: Case) -> bool:
    """Tell whether the check counts each stratum's own beginning of the order."""
    return bool((case.risk_terms or {}).get("by_strata"))


def wanting_of(case: Case, line: str) -> str:
    """Say what a line wants before it counts: `sample`, `ruling` or `weighing`; nothing if it counts."""
    if line in case.struck:
        return ""
    if case.sample is None or line not in case.sample.lines:
        return "sample"
    ruling = case.ruling(line)
    if ruling is None:
        return "ruling"
    return "weighing" if is_voters(case, ruling) and line not in case.weighings else ""


def is_voters(case: Case, ruling: Ruling) -> bool:
    """Tell whether a line is a valid one of its voter, perhaps but for a repetition."""
    counts = ruling.outcome == "valid" or ruling.reason == DUPLICATE
    return counts and bool(ruling.voter) and ruling.voter not in case.withdrawn


def lines_of_voters(case: Case) -> Counter[str]:
    """Count the lines of each voter in the sample."""
    rulings = (case.ruling(line) for line in case.looks)
    return Counter(ruling.voter for ruling in rulings if ruling is not None and is_voters(case, ruling))


def lost_of(case: Case) -> int:
    """Give how many lines of a pair do not count: 1, or 2 where the law counts neither."""
    return case.rules.lost_of_pair if case.rules else 1


def requirement_of(case: Case) -> int:
    """Give the number of signatures that the case requires.

    Raises:
        Refused: no law is pinned.
    """
    if case.pinned is None:
        raise Refused("the law has not been pinned.")
    given = case.pinned.get("required")
    return int(given["value"] if given else case.pinned["values"]["requirement"])


def question_of(case: Case, terms: Mapping[str, Any]) -> Question:
    """Give what is asked of the case by terms."""
    machine = terms.get("machine")
    return Question(
        lines=sum(map(len, case.frame.drawable.values())),
        required=requirement_of(case),
        machine=float(machine["total"]) if machine else None,
        guess=terms.get("expected"),
        allowance=terms["unlinked"] * lost_of(case) + terms.get("misread", NONE_MISREAD)["lines"],
        phantoms=terms["missing"],
    )


def apart_of(terms: Mapping[str, Any]) -> Decimal:
    """Give the part of the risk limit that the allowances take from "sufficient"."""
    return Decimal(terms["unlinked_risk"]) + Decimal(terms.get("misread", NONE_MISREAD)["risk"])


def finding(case: Case, found: Examined, machine: Sequence[str]) -> Finding:
    """Compute what the lines that count say, the machine's weight of each given where there is a machine.

    It decides by the risks as they are stated, rounded up.
    """
    terms = case.risk_terms or {}
    weights = np.array(found.weights)
    proposed = np.array([float(each) for each in machine]) if machine else np.zeros(len(weights))
    limit, apart = float(terms["risk_limit"]), float(apart_of(terms))
    question = question_of(case, terms)
    if by_strata(case):
        said = finding_by_strata(question, weights, proposed, _drawn(case, found), limit, apart)
    else:
        said = finding_of(question, weights, proposed, np.ones(len(weights), bool), limit, apart)
    return replace(said, decided=_decided(case, _up(said.sufficient), _up(said.insufficient)))


def _drawn(case: Case, found: Examined) -> Drawn:
    at = {name: number for number, name in enumerate(case.frame.drawable)}
    home = np.array([at[case.frame.line(line).stratum] for line in found.lines], int)
    return Drawn(home, tuple(map(len, case.frame.drawable.values())), found.begins)


def risk_body(case: Case, found: Examined, said: Finding, machine: Sequence[str], statement: str) -> dict[str, Any]:
    """Give the body of a `risk` event."""
    body = {
        "lines": len(found.lines),
        "sufficient": str(_up(said.sufficient)),
        "insufficient": str(_up(said.insufficient)),
        "low": said.low,
        "high": said.high,
        "decided": said.decided,
        "statement": statement,
    }
    return {**body, "machine": list(machine)} if case.risk_terms and "machine" in case.risk_terms else body


def fault_of_terms(case: Case, terms: Mapping[str, Any]) -> str | None:
    """Say why a check may not be begun on such terms; None if it may."""
    question, limit = question_of(case, terms), float(terms["risk_limit"])
    if not question.lines:
        return "no line can be drawn, so there is nothing to check"
    try:
        check_limits(question.required, question.lines + question.phantoms, limit)
        check_allowance(terms["unlinked"], float(apart_of(terms)), limit)
    except InputError as error:
        return str(error)
    if "machine" not in terms:
        expected = terms.get("expected", 1)
        return None if 1 <= expected <= question.lines else f"{expected:,} lines cannot be expected to be valid"
    if "expected" in terms:
        return "a number of valid lines is expected of a check without a machine only"
    if case.proposals is None:
        return "the machine's proposals are not committed. Commit their digest first"
    return (
        None if 0 <= Decimal(terms["machine"]["total"]) <= question.lines else "the machine's weights cannot add up so"
    )


def fault_of_risk(case: Case, body: Mapping[str, Any]) -> str | None:
    """Say why a statement of risk does not follow from the rulings; None if it does."""
    order = order_of(case)
    found = examined(case, order)
    if body["lines"] != len(found.lines):
        return f"{len(found.lines):,} lines of the seed's order are known, not {body['lines']:,}"
    terms, machine = case.risk_terms or {}, body.get("machine", ())
    if ("machine" in terms) != ("machine" in body) or len(machine) != ("machine" in terms) * len(found.lines):
        return "it does not say the machine's weight of each line"
    said = finding(case, found, machine)
    stated = Decimal(body["sufficient"]), Decimal(body["insufficient"])
    for name, one, two in zip(
        ("sufficient", "insufficient"), stated, (said.sufficient, said.insufficient), strict=True
    ):
        if not -NOISE <= one - Decimal(two) <= MILLIONTH + NOISE:
            return f"the risk of saying {name} is {two:.6f}, not {one}"
    if body["decided"] != _decided(case, *stated):
        return "what is decided does not follow from the risks"
    step = -(-(len(order) + terms["missing"]) // 1000)
    if abs(body["low"] - said.low) > step or abs(body["high"] - said.high) > step:
        return f"the valid signers are {said.low:,} to {said.high:,}"
    return None


def _up(risk: float) -> Decimal:
    return Decimal(risk).quantize(MILLIONTH, ROUND_CEILING)


def _decided(case: Case, sufficient: Decimal, insufficient: Decimal) -> str:
    limit = Decimal((case.risk_terms or {})["risk_limit"])
    return SUFFICIENT if sufficient <= limit else INSUFFICIENT if insufficient <= limit else NOTHING
