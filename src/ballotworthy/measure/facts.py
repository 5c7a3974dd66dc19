"""What a fact of a measure may say: the signatures required are a number, all else is words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def fact_faults(name: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with what a fact says, each with its remedy."""
    said = entry.get("unknown", entry.get("is"))
    if name == "requirement" and "is" in entry:
        if not isinstance(said, int) or isinstance(said, bool) or said < 1:
            yield "it is no number of signatures", "Write 1234, without commas or quotes"
    elif isinstance(said, str):
        if not said.strip():
            yield "it says nothing", "Write what it is, or unknown = and why it is not known"
    elif "unknown" in entry or not isinstance(said, int) or isinstance(said, bool):
        yield "it is no text", 'Write it in quotes, { is = "...", source = "..." } or { unknown = "why" }'
