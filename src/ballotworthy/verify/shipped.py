"""The texts of law that this program ships, by their digest, to be compared with the text that a record pins (R1)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from .rules import VALUES, in_force, parsed


def is_shipped(place: str, digest: str) -> bool:
    """Whether the law of a place that this program ships has a digest."""
    text = _text(place)
    return text is not None and hashlib.sha256(text).hexdigest() == digest


def shipped_before(place: str, digest: str) -> tuple[str, str] | None:
    """Give from which day to which this program had another text of a place's law; None where it never had it."""
    rows = [row.split() for row in texts().get(place, ())]
    had = [at for at, (_, known) in enumerate(rows[:-1]) if digest.startswith(known)]
    return (rows[had[0]][0], rows[had[-1] + 1][0]) if had else None


@lru_cache(maxsize=1)
def texts() -> dict[str, list[str]]:
    """Give the texts of each place's law that this program has had, the oldest first: a day and 32 digits of each."""
    path = files("ballotworthy") / "places" / "texts.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def told_apart(place: str, kind: str, on: str, values: Mapping[str, Any], reasons: list[str]) -> str:
    """Say in which rules in force some pinned values differ from the law that is shipped of a place."""
    text = _text(place)
    if text is None:
        return f"No law of “{place}” is shipped."
    law = parsed(text.decode())
    if kind not in law.get("kinds", {}):
        return f"The law of “{place}” that is shipped knows no “{kind}”."
    own, grounds = in_force(law, kind, dt.date.fromisoformat(on))
    other = [name for name in sorted(VALUES) if own.get(name) != values.get(name)]
    other += ["the grounds of refusal"] if grounds != reasons else []
    if not other:
        return f"The rules in force on {on} are those of the law that is shipped."
    return f"It differs from the law that is shipped in {', '.join(other)}."


def changed_between(place: str, kind: str, on: str, filed: str) -> str:
    """Say that by the law that is shipped of a place other rules were in force on the day of filing; "" where not."""
    law = parsed((_text(place) or b"").decode())
    if kind not in law.get("kinds", {}):
        return ""
    if len({json.dumps(in_force(law, kind, dt.date.fromisoformat(day)), sort_keys=True) for day in (on, filed)}) == 1:
        return ""
    return f"The law pinned is that of {on}; on the day of filing, {filed}, it had other rules or grounds."


@lru_cache(maxsize=64)
def _text(place: str) -> bytes | None:
    for folder in (files("ballotworthy") / "places").iterdir():
        if folder.name == place and (folder / "law.toml").is_file():
            return (folder / "law.toml").read_bytes()
    return None
