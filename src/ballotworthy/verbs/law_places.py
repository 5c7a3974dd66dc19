"""List the places and what the data holds of each kind of petition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.files.places import place_codes
from ballotworthy.law import read_law
from ballotworthy.law.coverage import Coverage, Span, coverage
from ballotworthy.law.zones import zone_of


@dataclass(frozen=True)
class Places:
    """What is held, an entry for each kind of petition, place by place."""

    held: tuple[Coverage, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the coverage as `law --json` prints it."""
        places: dict[str, dict[str, Any]] = {}
        for each in self.held:
            zone = zone_of(each.place)
            about: dict[str, Any] = {
                "name": each.name,
                "zone": zone.key if zone else None,
                "read_on": each.read_on.isoformat(),
                "missing": each.missing,
                "kinds": [],
            }
            places.setdefault(each.place, {"place": each.place, **about})["kinds"].append(
                {
                    "kind": each.kind,
                    "title": each.title,
                    "formula": each.formula,
                    "held": _days(each.held),
                    "requirement": _days(each.requirement),
                    "rules": each.rules,
                    "values": each.values,
                    "deciding": each.deciding,
                    "checked": each.checked,
                    "days": each.days,
                    "days_told": each.told,
                }
            )
        return {"places": list(places.values())}


def list_places() -> Places:
    """Give what is held of every place.

    Raises:
        FileFaults: a place's file cannot be used.
    """
    return Places(tuple(each for place in place_codes() for each in coverage(read_law(place))))


def _days(held: Sequence[Span]) -> list[dict[str, str | None]]:
    return [{"from": span.since.isoformat(), "until": span.until.isoformat() if span.until else None} for span in held]
