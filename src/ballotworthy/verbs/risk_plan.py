"""Plan a risk-limiting check: how many lines people would look at, beside what the place's own rule costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ballotworthy.errors import InputError
from ballotworthy.law import Rules, read_law, rules_on
from ballotworthy.risk_check.allowance import UNLINKED_SHARE
from ballotworthy.risk_check.expected import Confusion, Expected, measured, right_on
from ballotworthy.risk_check.plan import Plan, plan
from ballotworthy.sufficiency import FORMULAS

ACCURACY = 0.99


@dataclass(frozen=True)
class PlannedPetition:
    """A petition as it is expected, and how its check is wanted.

    Attributes:
        lines: lines filed.
        valid: distinct valid signers expected.
        required: signatures required; the law's number if absent.
        duplicates: lines that repeat a signer, as a share of the lines.
        machine_accuracy: the share of the lines that the machine judges rightly; 0.99 if nothing is said of it.
        machine_refuses, machine_accepts: the share of valid lines it refuses, of invalid ones it accepts.
        machine_confusion: lines ruled valid, those of them it refused, ruled invalid, those of them it accepted.
        risk: the risk limit of either side.
        unlinked: lines allowed for duplicates that were not linked.
        unlinked_risk: its part of the risk limit; a fifth of it if absent.
    """

    lines: int
    valid: int
    required: int | None = None
    duplicates: float = 0.025
    machine_accuracy: float | None = None
    machine_refuses: float | None = None
    machine_accepts: float | None = None
    machine_confusion: tuple[int, int, int, int] | None = None
    risk: float = 0.05
    unlinked: int = 0
    unlinked_risk: float | None = None


def plan_risk_check(petition: PlannedPetition, place: str, kind: str | None, day: date, *, seed: int = 1) -> Plan:
    """Simulate risk-limiting checks of an expected petition, and the place's own rule on it.

    Args:
        petition: what is expected and wanted.
        place: whose law stands beside it.
        kind: of petition; the place's first that is sampled if absent.
        day: the governing day.
        seed: of the simulated checks.

    Raises:
        UnknownName: there is no such place or kind.
        InputError: the numbers contradict each other, or how the machine errs is said in two ways.
        LawSilent: nobody gave the requirement and the law's data does not hold it.
    """
    machine = _machine(petition)
    rules = _rules(place, kind, day)
    law = rules.requirement.value if rules.requirement else None
    required = petition.required if petition.required is not None else law
    if required is None:
        raise rules.silence["requirement"]
    own = petition.unlinked_risk
    if own is None:
        own = petition.risk / UNLINKED_SHARE if petition.unlinked else 0.0
    expected = Expected(petition.lines, petition.valid, petition.duplicates, machine, rules.lost_of_pair)
    return plan(
        expected, rules, required, risk=petition.risk, allowance=petition.unlinked, allowance_risk=own, seed=seed
    )


def _machine(petition: PlannedPetition) -> Confusion:
    accuracy, refuses, accepts = petition.machine_accuracy, petition.machine_refuses, petition.machine_accepts
    one_sided = refuses is not None or accepts is not None
    if sum((accuracy is not None, one_sided, petition.machine_confusion is not None)) > 1:
        raise InputError(
            "--machine-accuracy, --machine-refuses with --machine-accepts, and --machine-confusion are three ways to "
            "say how the machine errs; give one of them."
        )
    if petition.machine_confusion is not None:
        return measured(*petition.machine_confusion)
    if one_sided:
        return Confusion(refuses or 0.0, accepts or 0.0)
    return right_on(ACCURACY if accuracy is None else accuracy)


def _rules(place: str, kind: str | None, day: date) -> Rules:
    law = read_law(place)
    if kind:
        return rules_on(law, kind, day)
    every = [rules_on(law, each, day) for each in law.kinds]
    return next((rules for rules in every if FORMULAS[rules.formula.value].samples), every[0])
