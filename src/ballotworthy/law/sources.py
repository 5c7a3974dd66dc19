"""The [sources] of a law file: what a source must have, and whether two are of one publisher."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ballotworthy.law.dated import Source
from ballotworthy.law.lines import Path as At

Blame = Callable[[At, str, str], None]
"""Notes a fault: where it stands, what is wrong, what to do."""

KEYS = ("cite", "url", "says")
SHARED_ENDINGS = ("gov", "edu")
"""Endings whose next part is often a state's or a people's: sos.ca.gov and leginfo.ca.gov are two publishers."""


def publisher(url: str) -> str:
    """Give the part of an address that is one publisher's: "ballotpedia.org" for news.ballotpedia.org.

    Under a country's ending, "gov" and "edu", one part more is taken where the second is short: "sos.wa.gov",
    "scoop.co.nz", "state.me.us".
    """
    parts = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    shared = len(parts[-1]) == 2 or parts[-1] in SHARED_ENDINGS
    return ".".join(parts[-3:] if shared and len(parts) > 2 and len(parts[-2]) <= 3 else parts[-2:])


def read_source(key: str, entry: Any, blame: Blame) -> Source | None:
    """Give a source of the [sources] table, or note what is wrong with it."""
    at: At = ("sources", key)
    if not isinstance(entry, dict):
        blame(at, f"source {key} is not a table", 'Write { cite = "...", url = "https://..." }')
        return None
    for unknown in sorted(set(entry) - set(KEYS)):
        blame(at, f"unknown key {unknown!r} in source {key}", f"Use {', '.join(KEYS)}")
    for part in KEYS:
        words = entry.get(part, "" if part != "says" else "-")
        if not (isinstance(words, str) and words.strip()):
            blame((*at, part), f"{part} is missing or not text", f'Write {part} = "..."')
            return None
    if not re.match(r"https?://[^\s]+\.[^\s]+$", entry["url"]):
        blame(at, f"source {key} has no web address", "Give the address of the public page that was read.")
    return Source(entry["cite"], entry["url"], entry.get("says", ""))


def checked_by(names: Any, cited: Source, sources: Mapping[str, Source], at: At, blame: Blame) -> tuple[Source, ...]:
    """Give the sources that a value was checked by, or note why one of them is no second source.

    Args:
        names: what stands beside `checked`.
        cited: the value's own source.
        sources: the [sources] table.
        at: where it stands.
        blame: takes the faults.
    """
    if not (isinstance(names, list) and names and all(isinstance(name, str) for name in names)):
        blame(at, f"checked is {str(names)!r}", 'Write checked = ["source-id"], or leave it out: one source only.')
        return ()
    found = []
    for name in names:
        source = sources.get(name)
        if source is None:
            blame(at, f"checked {name!r} is not in [sources]", "Name a source of the [sources] table")
        elif not source.says:
            blame(at, f"source {name} checks a value and is not quoted", f'Add says = "..." to {name}: its words.')
        elif cited.url and publisher(source.url) == publisher(cited.url):
            blame(
                at,
                f"{name} stands at {publisher(source.url)}, as the value's own source does",
                "A second source is another publisher's. Name one, or leave checked out.",
            )
        else:
            found.append(source)
    return tuple(found)
