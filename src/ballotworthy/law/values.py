"""What TOML gave, as law holds it and as messages show it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ballotworthy.law.dated import Source
from ballotworthy.law.model import MONTHS, Deadline, Passed


def frozen(value: Any) -> Any:
    """Give a value as it is held: lists as tuples, tables as read-only mappings."""
    if isinstance(value, dict):
        return MappingProxyType(value)
    return tuple(value) if isinstance(value, list) else value


def deadline_of(entry: Mapping[str, Any], checked: tuple[Source, ...], passed: Passed | None = None) -> Deadline:
    """Give a deadline of a law file, in which no fault was found."""
    count, unit = (entry["months"], MONTHS) if "months" in entry else (entry["days"], entry["unit"])
    before = "before" in entry
    event = entry["before" if before else "after"]
    more = {key: entry[key] for key in ("cures", "cures_districts") if key in entry}
    more |= {"before": before, "checked": checked, "passed": passed, "met_by": tuple(entry.get("met_by", ()))}
    return Deadline(entry["what"], count, unit, event, entry.get("who", ""), **more)


def shown(value: Any) -> str:
    """Give a value as a message names it, a number in quotes as such."""
    if value is None:
        return "missing"
    quoted = " in quotes" if isinstance(value, str) and re.fullmatch(r"[\d.,%]+", value) else ""
    return f"{str(value)!r}{quoted}"
