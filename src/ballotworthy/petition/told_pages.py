"""What `sheets read` said of its pages, told again to who uses its folder: pages not read, remarks, what is lacking."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ballotworthy.files.quantities import quantity
from ballotworthy.petition.pictures import MARKER

NAMED = 5
"""Pages that are named of each kind; the rest are counted."""


def told_of_pages(folder: Path) -> tuple[str, ...]:
    """Give, in words, what a person must know of the scans of a folder; nothing where its sheets.json does not say."""
    try:
        about = json.loads((folder / MARKER).read_text("utf-8"))
        pages = [each for each in about.get("pages", ()) if isinstance(each, Mapping)]
        lacking = [str(each) for each in about.get("lacking", ())]
    except (OSError, ValueError, AttributeError, TypeError):  # the folder was told to be damaged where that matters
        return ()
    lost = [(page, page["not_read"]) for page in pages if "not_read" in page]
    doubtful = [(page, remark) for page in pages if "not_read" not in page for remark in page.get("remarks", ())]
    told = [f"Of the scans something is missing: {each}." for each in lacking]
    if lost:
        told.append(
            f"{quantity(len(lost), 'page')} of the scans not read, so their lines are not here: {_named(lost)}."
        )
    if doubtful:
        told.append(f"Look at the scans again: {_named(doubtful)}.")
    return tuple(told)


def _named(pages: Sequence[tuple[Mapping[str, Any], str]]) -> str:
    words = [f"page {page.get('page_of_file')} of {page.get('file')}: {why}" for page, why in pages[:NAMED]]
    more = len(pages) - NAMED
    return "; ".join(words) + (f"; and {more:,} more, in {MARKER}" if more > 0 else "")
