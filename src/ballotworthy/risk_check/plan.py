"""The plan: how many lines people would have to check, with the machine, without it, and by the place's own rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ballotworthy.law import Rules
from ballotworthy.risk_check.expected import Expected, kinds_of
from ballotworthy.risk_check.statutory import Statutory, statutory_of
from ballotworthy.stats.risk.limits import check_allowance, check_limits
from ballotworthy.stats.risk.sides import Question
from ballotworthy.stats.risk.simulate import Checks, machine_total, simulate_checks
from ballotworthy.sufficiency.goal import procedure_of

RUNS = 1000
LEAST_CAP, CAP_SHARE = 5000, 20
SEED = 1


@dataclass(frozen=True)
class Distribution:
    """Lines to check until a side is decided; a check that is not settled at the cap examines all lines.

    Attributes:
        mean, median, p90: of the lines looked at.
        settled: the share of the checks settled before the cap.
        sufficient: the share that ends with "sufficient" before the cap.
        curve: pairs of lines looked at and the share of checks settled by then.
    """

    mean: float
    median: float
    p90: float
    settled: float
    sufficient: float
    curve: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Plan:
    """What a check of the expected petition would cost.

    Attributes:
        expected: the petition.
        required: signatures required.
        risk: the risk limit.
        allowance: lines allowed for duplicates not linked.
        allowance_risk: the part of the risk limit that this allowance takes.
        cap: lines after which an unsettled check gives way to an examination of all.
        with_machine, without, unknown: the check with the machine's weights committed; with the expected
            validity only; with nothing known beforehand.
        rules: the place's rules.
        statutory: what the place's own rule does with the petition.
        just: what it does with one that has exactly the signatures required.
        runs: simulated checks behind each distribution.
        seed: of the simulation.
    """

    expected: Expected
    required: int
    risk: float
    allowance: int
    allowance_risk: float
    cap: int
    with_machine: Distribution
    without: Distribution
    unknown: Distribution
    rules: Rules
    statutory: Statutory
    just: Statutory | None
    runs: int
    seed: int


def plan(
    expected: Expected,
    rules: Rules,
    required: int,
    *,
    risk: float = 0.05,
    allowance: int = 0,
    allowance_risk: float = 0.0,
    runs: int = RUNS,
    seed: int = SEED,
) -> Plan:
    """Simulate checks of the expected petition, and the place's own rule on it.

    Args:
        expected: the petition.
        rules: the place's rules on the governing day.
        required: signatures required.
        risk: the risk limit of either side.
        allowance: lines allowed for duplicates not linked.
        allowance_risk: the part of the risk limit that this allowance takes.
        runs: simulated checks of each kind.
        seed: of the simulation.

    Raises:
        InputError: requirement, risk limit or allowance cannot be.
        LawSilent: the place samples, and the data does not say how many.
    """
    check_limits(required, expected.lines, risk)
    check_allowance(allowance, allowance_risk, risk)
    kinds = kinds_of(expected)
    cap = min(expected.lines, max(LEAST_CAP, expected.lines // CAP_SHARE))
    unaided = Question(expected.lines, required, allowance=allowance * expected.lost)

    def looked(question: Question) -> Distribution:
        alphas = (risk - allowance_risk, risk)
        checks = simulate_checks(question, kinds, alphas=alphas, runs=runs, most=cap, seed=seed)
        return _distribution(checks, cap, expected.lines)

    procedure = procedure_of(rules, required)
    just = None
    if procedure.outcome is not None and required + expected.lost * expected.pairs <= expected.lines:
        just = statutory_of(procedure, replace(expected, valid=required), seed)
    return Plan(
        expected, required, risk, allowance, allowance_risk, cap,
        with_machine=looked(replace(unaided, machine=machine_total(kinds))),
        without=looked(replace(unaided, guess=expected.valid)),
        unknown=looked(unaided),
        rules=rules,
        statutory=statutory_of(procedure, expected, seed),
        just=just,
        runs=runs,
        seed=seed,
    )  # fmt: skip


def _distribution(checks: Checks, cap: int, lines: int) -> Distribution:
    settled = checks.ended > 0
    cost = np.sort(np.where(settled | (cap == lines), checks.looked, lines))
    ends = np.sort(checks.looked[settled])
    at = np.unique(np.linspace(0, len(ends) - 1, 60).astype(int)) if len(ends) else np.empty(0, int)
    curve = tuple((float(ends[each]), float((each + 1) / len(settled))) for each in at.tolist())
    return Distribution(
        mean=float(cost.mean()),
        median=float(np.quantile(cost, 0.5)),
        p90=float(np.quantile(cost, 0.9)),
        settled=float(settled.mean()),
        sufficient=checks.share(1),
        curve=curve,
    )


def plan_data(plan: Plan) -> dict[str, Any]:
    """Give the plan as plain data, lines to check as numbers."""
    expected, rules = plan.expected, plan.rules
    source = (rules.sample_share or rules.full_count).source
    return {
        "lines": expected.lines,
        "required": plan.required,
        "valid": expected.valid,
        "duplicates": expected.duplicates,
        "machine": {"refuses": round(expected.machine.refused, 6), "accepts": round(expected.machine.accepted, 6)},
        "risk": plan.risk,
        "unlinked": plan.allowance,
        "unlinked_risk": plan.allowance_risk,
        "risk_limiting": _told(plan.with_machine),
        "no_machine": _told(plan.without),
        "nothing_known": _told(plan.unknown),
        "statutory": {
            "place": rules.place,
            "kind": rules.kind,
            "rule": rules.formula.value,
            "source": {"cite": source.cite, "url": source.url},
            "sample": plan.statutory.sample,
            "mean": round(plan.statutory.mean),
            "full_check": round(plan.statutory.full_check, 4),
            "fails_on_sample": round(plan.statutory.failed, 4),
            "passes_on_sample": round(plan.statutory.passed, 4),
            "just_sufficient_failed": None if plan.just is None else round(plan.just.failed, 4),
        },
        "give_up_after": plan.cap,
        "runs": plan.runs,
        "seed": plan.seed,
    }


def _told(found: Distribution) -> dict[str, Any]:
    return {
        "mean": round(found.mean, 1),
        "median": round(found.median, 1),
        "p90": round(found.p90, 1),
        "settled": round(found.settled, 4),
        "sufficient": round(found.sufficient, 4),
    }
