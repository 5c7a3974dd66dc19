"""What a check was asked, as result.json holds it: read again, the same law can be asked of its counts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.law import Days, Rules
from ballotworthy.law.given import GIVABLE
from ballotworthy.sufficiency import BY_USER


@dataclass(frozen=True)
class Asked:
    """Whose law a check was asked for.

    Attributes:
        place, kind: their codes.
        days: the governing day, and those of acts that were given a day of their own.
        required: signatures required, where they were given in place of the law's number.
        rules: rules that were given, as "insufficient_below=0.95".
        raw, estimate: the signatures filed and the estimate that the check found.
    """

    place: str
    kind: str
    days: Days
    required: int | None
    rules: Sequence[str]
    raw: int
    estimate: int | None


def asked_data(rules: Rules, required: int | None) -> dict[str, Any]:
    """Give what was asked beside place, kind and governing day, as plain data."""
    held = ((name, getattr(rules, name)) for name in GIVABLE)
    given = [f"{name}={_written(rule.value)}" for name, rule in held if rule and rule.source.cite == BY_USER.cite]
    return {"days": {act: str(day) for act, day in rules.days.named()}, "required": required, "rules": given}


def read_asked(result: Path) -> Asked:
    """Read what the check was asked that wrote this result.json.

    Raises:
        InputError: it cannot be read, or does not say what was asked.
    """
    try:
        told: Mapping[str, Any] = json.loads(result.read_text("utf-8"))
        also = told["asked"]
        acts = {act: dt.date.fromisoformat(day) for act, day in also["days"].items()}
        days = Days(dt.date.fromisoformat(told["on"]), **acts)
        found = (told["raw"], told["estimate"])
        return Asked(told["place"], told["kind"], days, also["required"], tuple(also["rules"]), *found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{result} does not say whose law was asked; give --place, --kind and --on, or check the lines again."
        ) from error


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
