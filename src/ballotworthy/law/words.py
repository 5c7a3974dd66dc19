"""A rule's value in words, and the sources that stand behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ballotworthy.law.dated import Cited, Dated, Source
from ballotworthy.law.model import Deadline, Reason
from ballotworthy.law.shapes import RULES


def in_words(name: str, value: object) -> str:
    """Give a rule's value as people write it: 585,407; 3%; yes; name, address."""
    match value:
        case Reason():
            return f"{value.code}: {value.words}" if value.code else value.words
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case tuple():
            return ("; " if name in ("deadlines", "may_not_refuse") else ", ").join(_entry(entry) for entry in value)
        case Mapping():
            return ", ".join(f"{district} {number:,}" for district, number in value.items())
        case _ if RULES[name].expected.startswith("a share"):
            return f"{float(str(value)) * 100:g}%"
        case _:
            return str(value)


def _entry(entry: Deadline | str) -> str:
    if isinstance(entry, str):
        return entry
    who = f" ({entry.who})" if entry.who else ""
    return f"{entry.what}: {entry.span}{who}"


def checks_of(cited: Cited[Any] | Dated[Any]) -> list[Source]:
    """Give the second sources of a value and of each time in it."""
    entries = cited.value if isinstance(cited.value, tuple) else ()
    each = [source for entry in entries if isinstance(entry, Deadline) for source in entry.checked]
    return [*cited.checked, *each]
