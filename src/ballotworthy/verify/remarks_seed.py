"""Sentences of remarks on the seed: on what it rests that nobody chose it, and whether all could be tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .seeds import CHAINS

FEW_DIGITS = 3
"""Of seeds of so few digits somebody can look at every sample before he fixes the lines."""


def few_seeds(seed: Mapping[str, Any]) -> str:
    """Give what is said of numbers so few that every seed could be tried beforehand, or nothing (R29)."""
    if "throws" not in seed:
        return ""
    numbers = seed["seed"].split(" ") if " " in seed["seed"] or seed["throws"] == 1 else [*seed["seed"]]
    digits = max(map(len, numbers)) * len(numbers)
    if digits > FEW_DIGITS:
        return ""
    return f"The seed is one of {10**digits:,} at most: every sample could be looked at before the lines were fixed."


def rests_on(seed: Mapping[str, Any], beacon: tuple[int, str, Mapping[str, Any]] | None) -> str:
    """Give on what it rests that a seed was not chosen (R11); of the beacon named its event, time and body."""
    if beacon is None:
        present = f", in the presence of {', '.join(seed['present'])}" if seed["present"] else ""
        return f"That the seed “{seed['seed']}” was not chosen is the word of the office ({seed['source']}{present})."
    event, at, named = beacon
    says = (
        f"That the seed “{seed['seed']}” was not chosen rests on the beacon that event {event:,} named on "
        f"{at[:10]} (UTC), and on that day being true."
    )
    if named["kind"] == "chain" and named["chain"] not in CHAINS:
        says += " Nothing is known of the times of that chain: ask who runs it, and when its round came."
    if named.get("day") == at[:10]:
        says += f" The draw was of that day too: ask whether it came after {at[11:16]} UTC."
    return says
