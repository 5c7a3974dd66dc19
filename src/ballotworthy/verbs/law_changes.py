"""List what changed in the law of a place between two days, each change with the act that made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ballotworthy.law import Kind, Law, read_law
from ballotworthy.law.changes import Change, changes
from ballotworthy.law.plain import plain


@dataclass(frozen=True)
class Changed:
    """What changed after the first day up to the second, kind by kind."""

    law: Law
    first: date
    second: date
    kinds: tuple[tuple[Kind, tuple[Change, ...]], ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the changes as `law changes --json` prints them."""
        return {
            "place": self.law.place,
            "first": self.first.isoformat(),
            "second": self.second.isoformat(),
            "kinds": [
                {
                    "kind": kind.name,
                    "changes": [
                        {
                            "rule": change.rule,
                            "on": change.on.isoformat(),
                            "before": plain(change.before),
                            "after": plain(change.after),
                            "source": change.source.cite,
                            "url": change.source.url,
                        }
                        for change in changed
                    ],
                }
                for kind, changed in self.kinds
            ],
        }


def list_changes(place: str, first: date, second: date, kind: str | None = None) -> Changed:
    """Give what changed after `first` up to and with `second`, of one kind of petition or of every kind.

    Raises:
        UnknownName: there is no such place or kind.
        InputError: the second day lies before the first.
    """
    found = read_law(place)
    kinds = [found.kind(kind)] if kind else list(found.kinds.values())
    return Changed(found, first, second, tuple((each, changes(found, each.name, first, second)) for each in kinds))
