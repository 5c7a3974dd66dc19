"""Head a counts file: the columns that the formula of a kind of petition wants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ballotworthy.law import Days, read_law, rules_on
from ballotworthy.sufficiency import HEADER, counts_header


@dataclass(frozen=True)
class Heading:
    """The columns of a counts file, in their order."""

    columns: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the columns as `law counts-header --json` prints them."""
        return {"columns": list(self.columns)}


def head_counts(place: str, days: date | Days, kind: str | None = None) -> Heading:
    """Give the columns for a kind of petition; those that every place has if no kind is named.

    Raises:
        UnknownName: there is no such place or kind.
        LawSilent: the kind is not in force.
    """
    found = read_law(place)
    return Heading(tuple(counts_header(rules_on(found, kind, days)) if kind else HEADER))
