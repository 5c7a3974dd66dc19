"""Plan how many signatures to file to pass, with the chances that the law's own formula gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ballotworthy.errors import InputError, LawSilent
from ballotworthy.law import Days, Rules, read_law, rules_on
from ballotworthy.sufficiency.goal import Curve, Goal, curve_of, goal


@dataclass(frozen=True)
class Wanted:
    """What a committee knows of its lines and wants.

    Attributes:
        validity: the share of the lines that are valid, repeats included.
        duplicates: the share of the lines that repeat a signer.
        chance: the chance of passing that is wanted.
        required: signatures required, in place of the law's number.
        sample: the share that is sampled, where the law does not fix it.
        districts: signatures required in each district.
        checked: how many lines, drawn at random, were checked to learn that validity.
    """

    validity: float = 0.74
    duplicates: float = 0.03
    chance: float = 0.95
    required: int | None = None
    sample: float | None = None
    districts: Mapping[str, int] = field(default_factory=dict)
    checked: int | None = None


@dataclass(frozen=True)
class Needed:
    """How many to file by the rules of each kind of petition, and why the others have no answer."""

    place: str
    wanted: Wanted
    goals: tuple[tuple[Rules, Goal], ...]
    silent: Mapping[str, str]
    one_kind: bool

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as `law needed --json` prints it."""
        told = [_goal_data(rules, answer) for rules, answer in self.goals]
        return told[0] if self.one_kind else {"place": self.place, "kinds": told, "silent": dict(self.silent)}

    def curve(self) -> Curve:
        """Give the chance of passing by the number filed, of the first kind."""
        rules, answer = self.goals[0]
        return curve_of(rules, answer, _share(self.wanted.sample))


def plan_filing(place: str, days: date | Days, wanted: Wanted, kind: str | None = None) -> Needed:
    """Give how many signatures to file, of one kind of petition or of every kind that has an answer.

    Raises:
        UnknownName: there is no such place or kind.
        InputError: a number of `wanted` cannot be.
        LawSilent: the kind asked for, or every kind, lacks the requirement, the size of the sample or the formula.
    """
    found = read_law(place)
    goals: list[tuple[Rules, Goal]] = []
    silent: dict[str, LawSilent] = {}
    for name in [kind] if kind else found.kinds:
        try:
            rules = rules_on(found, name, days)
            goals.append((rules, _goal_of(rules, wanted)))
        except LawSilent as error:
            silent[name] = error
    if not goals:
        raise next(iter(silent.values()))
    return Needed(
        found.place, wanted, tuple(goals), {name: str(error) for name, error in silent.items()}, kind is not None
    )


def _goal_of(rules: Rules, wanted: Wanted) -> Goal:
    return goal(
        rules,
        wanted.validity,
        wanted.duplicates,
        wanted.chance,
        required=wanted.required,
        sample_share=_share(wanted.sample),
        districts=wanted.districts or None,
        checked=wanted.checked,
    )


def _share(sample: float | None) -> Decimal | None:
    if sample is not None and not 0 < sample <= 1:
        raise InputError(f"--sample {sample:g} is no share; give one above 0 and up to 1, like 0.05.")
    return None if sample is None else Decimal(str(sample))


def _goal_data(rules: Rules, answer: Goal) -> dict[str, Any]:
    return {
        "place": rules.place,
        "kind": rules.kind,
        "on": rules.on.isoformat(),
        "requirement": answer.required.value,
        "requirement_source": {"cite": answer.required.source.cite, "url": answer.required.source.url},
        "formula": rules.formula.value,
        "formula_source": {"cite": rules.formula.source.cite, "url": rules.formula.source.url},
        "validity": answer.quality.validity,
        "duplicates": answer.quality.duplicates,
        "checked": answer.checked,
        "chance": answer.chance,
        "needed": answer.asked.end,
        "needed_on_sample": answer.asked.sample,
        "sample": answer.drawn,
        "chances": {
            "sufficient_on_sample": round(answer.chances.sample, 4),
            "not_insufficient_on_sample": round(answer.chances.open, 4),
            "sufficient_in_the_end": round(answer.chances.end, 4),
        },
        "by_validity": [
            {"validity": row.validity, "needed": row.end, "needed_on_sample": row.sample} for row in answer.rows
        ],
        "districts_needed": answer.districts_needed,
        "districts": [
            {"district": each.name, "requirement": each.required, "needed": each.raw} for each in answer.districts
        ],
        "notes": list(answer.notes),
    }
