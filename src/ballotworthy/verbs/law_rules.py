"""Look up the rules of a place that are in force on a day, of one kind of petition or of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ballotworthy.errors import LawSilent
from ballotworthy.files.notebook import as_table
from ballotworthy.law import RULES, Days, Law, Rules, read_law, rules_on
from ballotworthy.law.plain import law_values
from ballotworthy.law.rules_data import rules_data
from ballotworthy.law.words import in_words


@dataclass(frozen=True)
class RulesOnDay:
    """The rules of each kind in force, and why the others are not."""

    law: Law
    kinds: tuple[Rules, ...]
    ended: tuple[LawSilent, ...]

    def __repr__(self) -> str:
        """Give the place, the day and the kinds."""
        kinds = ", ".join(rules.kind for rules in self.kinds)
        return f"RulesOnDay({self.law.place} on {self.kinds[0].on}: {kinds})"

    def _repr_html_(self) -> str:
        """Give the rules of each kind as a table for a notebook, each with its source."""
        return "".join(map(self._table, self.kinds))

    def _table(self, rules: Rules) -> str:
        rows = [
            (RULES[name].meaning, in_words(name, each.value), each.source.cite)
            for name, each in law_values(rules).items()
        ]
        title = f"{self.law.name}: {rules.title} ({rules.kind}) on {rules.on}"
        return as_table(title, rows, ("rule", "value", "source"))

    def to_dict(self) -> dict[str, Any]:
        """Give the rules as `law PLACE --json` prints them."""
        return {
            "place": self.law.place,
            "name": self.law.name,
            "read_on": self.law.read_on.isoformat(),
            "on": self.kinds[0].on.isoformat(),
            "kinds": [rules_data(rules) for rules in self.kinds],
            "not_in_force": [str(error) for error in self.ended],
            "missing": [{"what": entry.what, "why": entry.why} for entry in self.law.missing],
        }


def look_up_rules(place: str, days: date | Days, kind: str | None = None) -> RulesOnDay:
    """Give the rules of a kind, or of every kind that is in force.

    Raises:
        UnknownName: there is no such place or kind.
        FileFaults: the place's file cannot be used.
        LawSilent: the kind asked for is not in force, or none is.
    """
    found = read_law(place)
    if kind:
        return RulesOnDay(found, (rules_on(found, kind, days),), ())
    rules, ended = [], []
    for name in found.kinds:
        try:
            rules.append(rules_on(found, name, days))
        except LawSilent as error:
            ended.append(error)
    if not rules:
        raise ended[0]
    return RulesOnDay(found, tuple(rules), tuple(ended))
