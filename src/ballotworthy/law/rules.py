"""The rules in force for one kind of petition on one day, typed: what everybody above the law asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from ballotworthy.errors import LawAbsent, LawSilent
from ballotworthy.law.dated import Cited, value_on
from ballotworthy.law.days import Days
from ballotworthy.law.model import Deadline, Kind, Law, Reason, Stratum
from ballotworthy.law.rules_data import rules_data
from ballotworthy.law.shapes import RULES

NUMBERS = ("requirement", "district_requirement")
A_YEAR = timedelta(days=366)
"""How long before a governing day the petition may have been registered, signed or filed, for a remark to be made."""


@dataclass(frozen=True)
class Assumed:
    """A number that goes by the day of an act that was not given, and that was another within the year before.

    Attributes:
        act: the act whose day governs the rule.
        until: the last day of the value before.
        before: that value.
    """

    act: str
    until: date
    before: Any


@dataclass(frozen=True)
class Rules:
    """The rules of a place for a kind of petition on its days; `shapes.RULES` says what each one means.

    A rule the law need not have is None where the data holds no value for the day; `silence` then holds the
    error that says whether it is absent, not yet in force or repealed, and `raise
    rules.silence["requirement"]` tells the user. `assumed` holds the numbers whose own day was not given and would
    have mattered lately. `reasons` holds only the grounds this place's law knows: a key that is not there is no ground
    to refuse a signature. `own` is the file of a user's own law, "" for the program's.
    """

    place: str
    place_name: str
    kind: str
    title: str
    days: Days

    stratum: Cited[str]
    formula: Cited[str]
    full_count: Cited[str]

    requirement: Cited[int] | None
    requirement_share: Cited[Decimal] | None
    requirement_basis: Cited[str] | None
    distribution_unit: Cited[str] | None
    district_share: Cited[Decimal] | None
    districts_needed: Cited[int] | None
    districts_total: Cited[int] | None
    district_most_share: Cited[Decimal] | None
    district_basis: Cited[str] | None
    district_requirement: Cited[Mapping[str, int]] | None
    districts_alone: Cited[bool] | None
    sample_formula: Cited[str] | None
    formula_caution: Cited[str] | None
    rounding: Cited[str] | None
    percent_places: Cited[int] | None
    sample_share: Cited[Decimal] | None
    sample_least: Cited[int] | None
    sample_share_from: Cited[int] | None
    sample_rule: Cited[str] | None
    insufficient_below: Cited[Decimal] | None
    insufficient_at: Cited[bool] | None
    sufficient_above: Cited[Decimal] | None
    sufficient_at: Cited[bool] | None
    sample_otherwise: Cited[str] | None
    raw_must_reach: Cited[bool] | None
    after_count: Cited[str] | None
    verifier: Cited[str] | None
    duplicates: Cited[str] | None
    line_fields: Cited[tuple[str, ...]] | None
    may_not_refuse: Cited[tuple[str, ...]] | None
    as_of: Cited[str] | None
    inactive_count: Cited[bool] | None
    counted_though: Cited[tuple[str, ...]] | None
    blank_lines_raw: Cited[bool] | None
    withdrawal: Cited[str] | None
    disclosure: Cited[str] | None
    circulation_days: Cited[int] | None
    circulation_months: Cited[int] | None
    circulation_from: Cited[str] | None
    filing_deadline: Cited[str] | None
    filing_months: Cited[int] | None
    filing_days: Cited[int] | None
    filing_passed: Cited[str] | None
    deadlines: Cited[tuple[Deadline, ...]] | None
    title_duty: Cited[str] | None
    adoption_share: Cited[Decimal] | None
    adoption_rule: Cited[str] | None
    recount_rule: Cited[str] | None
    recount_share: Cited[Decimal] | None
    recount_votes: Cited[int] | None
    recount_below: Cited[bool] | None
    recount_measure: Cited[str] | None

    reasons: Mapping[str, Reason]
    strata: tuple[Stratum, ...]
    silence: Mapping[str, LawSilent]
    assumed: Mapping[str, Assumed]
    own: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give the rules with their sources as plain data."""
        return {"place": self.place, "name": self.place_name, "on": self.on.isoformat(), **rules_data(self)}

    def __repr__(self) -> str:
        """Give the place, the kind and the day."""
        return f"Rules({self.place} {self.kind} on {self.on})"

    @property
    def on(self) -> date:
        """Give the day for all rules whose law names no other."""
        return self.days.on

    @property
    def divided_by(self) -> str | None:
        """Give the column by which lines are sampled and projected apart, such as county; None for one stratum.

        The data says "state", or names the one whole with its article ("the city"), where nothing is divided.
        """
        name = self.stratum.value
        return None if name == "state" or name.startswith("the ") else name

    @property
    def blank_lines_count(self) -> bool:
        """Tell whether blank and struck lines count as filed: they do unless the law says that they do not."""
        return self.blank_lines_raw is None or self.blank_lines_raw.value

    @property
    def lost_of_pair(self) -> int:
        """Give how many lines of a pair that one person signed do not count: both where the law says so, else one."""
        return 2 if self.duplicates is not None and self.duplicates.value == "none" else 1

    def needed(self, name: str) -> Cited[Any]:
        """Give a rule without which the caller cannot go on.

        Raises:
            LawSilent: the data holds no value for the day; it says whether the rule is absent, not yet in
                force or repealed.
        """
        found: Cited[Any] | None = getattr(self, name)
        if found is not None:
            return found
        silence = self.silence[name]
        if isinstance(silence, LawAbsent):
            raise LawAbsent(
                f"the data of {self.place} {self.kind} does not say {RULES[name].meaning} ({name}), so lines cannot "
                "be judged by this law. Work from counts with `project`, or add a dated line to law.toml."
            )
        raise silence


def rules_on(law: Law, kind: str, day: date | Days) -> Rules:
    """Give the rules in force for a kind of petition.

    Args:
        law: the law of a place.
        kind: the kind of petition.
        day: the day for all rules, or the days of the petition: each rule is then looked up on the day that
            governs it.

    Raises:
        UnknownName: the place has no such kind.
        LawNotYetInForce: a rule without which nothing can be decided begins after its day.
        LawRepealed: such a rule ended before its day.
    """
    found = law.kind(kind)
    days = day if isinstance(day, Days) else Days(day)
    values: dict[str, Cited[Any] | None] = {}
    silence: dict[str, LawSilent] = {}
    for name, shape in RULES.items():
        lines = found.rules.get(name, ())
        governs = lines[0].governs if lines else None
        what = f"law of {law.place} {kind} ({name})" if shape.required else f"{name} of {law.place} {kind}"
        by = f" (which goes by the day of {governs})" if governs else ""
        try:
            values[name] = value_on(lines, days.of(governs), what + by)
        except LawSilent as error:
            values[name] = None
            silence[name] = error
    if required := [name for name, shape in RULES.items() if shape.required and name in silence]:
        raise _with_all(required[0], silence)
    return Rules(
        place=law.place,
        place_name=law.name,
        kind=kind,
        title=found.title,
        days=days,
        reasons=_reasons(found, days),
        strata=law.strata,
        silence=MappingProxyType(silence),
        assumed=MappingProxyType(_assumed(found, days)),
        own=law.own,
        **values,  # type: ignore[arg-type]  # the reader checked each value against its shape
    )


def _with_all(first: str, silence: Mapping[str, LawSilent]) -> LawSilent:
    """Give the error of a rule without which nothing can be decided, naming all others held for other days only."""
    error = silence[first]
    others = [name for name, each in silence.items() if name != first and not isinstance(each, LawAbsent)]
    more = f" Held for other days only as well: {', '.join(others)}." if others else ""
    return type(error)(f"{error}{more}")


def _assumed(kind: Kind, days: Days) -> dict[str, Assumed]:
    """Give the numbers that were another at some time in the year before the day on which they were looked up."""
    found = {}
    for name in NUMBERS:
        lines = kind.rules.get(name, ())
        act = lines[0].governs if lines else None
        if act is None or getattr(days, act) is not None:
            continue
        for earlier, later in pairwise(lines):
            if later.holds_on(days.on) and earlier.until and days.on - earlier.until <= A_YEAR:
                found[name] = Assumed(act, earlier.until, earlier.value)
    return found


def _reasons(kind: Kind, days: Days) -> Mapping[str, Reason]:
    return MappingProxyType(
        {
            key: line.value
            for key, lines in kind.reasons.items()
            for line in lines
            if line.holds_on(days.of(line.governs))
        }
    )
