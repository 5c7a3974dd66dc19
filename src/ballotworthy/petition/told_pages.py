"""What `sheets read` said of its pages, told again to who uses its folder: pages not read, remarks, what is lacking."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ballotworthy.files.quantities import in_runs, quantity
from ballotworthy.petition.pictures import MARKER

NAMED = 5
"""Remarks that are told of each kind, and files that are named with each; the rest are counted."""
Remark = tuple[Mapping[str, Any], str]
"""A page, as sheets.json has it, and what is said of it."""


def told_of_pages(folder: Path) -> tuple[str, ...]:
    """Give, in words, what a person must know of the scans of a folder; nothing where its sheets.json does not say."""
    pages, lacking = pages_and_lacking(folder)
    lost = [(page, page["not_read"]) for page in pages if "not_read" in page]
    doubtful = [(page, remark) for page in pages if "not_read" not in page for remark in page.get("remarks", ())]
    told = [f"Of the scans something is missing: {each}." for each in lacking]
    told += [f"Not looked at: {each}." for each in strings_of(about_of(folder).get("not_looked_at"))]
    if lost:
        told.append(
            f"{quantity(len(lost), 'page')} of the scans not read, so their lines are not here: {_named(lost)}."
        )
    if doubtful:
        told.append(f"Look at the scans again: {_named(doubtful)}.")
    return tuple(told)


def pages_and_lacking(folder: Path) -> tuple[list[Mapping[str, Any]], list[str]]:
    """Give the pages of a folder as its sheets.json has them, and in words what is lacking; nothing if it is none."""
    about = about_of(folder)
    pages = about.get("pages")
    named = [each for each in pages if isinstance(each, Mapping)] if isinstance(pages, list) else []
    return named, strings_of(about.get("lacking"))


def about_of(folder: Path) -> Mapping[str, Any]:
    """Give what a folder's sheets.json says; nothing where it is damaged, which is told where that matters."""
    try:
        about = json.loads((folder / MARKER).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return about if isinstance(about, dict) else {}


def strings_of(given: object) -> list[str]:
    """Give the items of a list as text; nothing if it is none."""
    return [str(each) for each in given] if isinstance(given, list) else []


def by_remark(remarks: Sequence[Remark]) -> list[str]:
    """Give each remark once, behind all pages that it is said of: `pages 1, 3 to 5 of a.pdf, page 1 of b.pdf: why`."""
    pages_of: dict[str, list[Mapping[str, Any]]] = {}
    for page, why in remarks:
        pages_of.setdefault(str(why), []).append(page)
    return [f"{_which(pages)}: {why}" for why, pages in pages_of.items()]


def _which(pages: Sequence[Mapping[str, Any]]) -> str:
    numbers_in: dict[str, set[int]] = {}
    for page in pages:
        number = page.get("page_of_file")
        numbers_in.setdefault(str(page.get("file")), set()).add(number if isinstance(number, int) else 0)
    files = list(numbers_in.items())
    words = [
        f"page {in_runs(numbers)} of {file}" if len(numbers) == 1 else f"pages {in_runs(numbers)} of {file}"
        for file, numbers in files[:NAMED]
    ]
    more = sum(len(numbers) for _, numbers in files[NAMED:])
    told = ", ".join(words)
    if more == 1:
        return f"{told} and 1 page more"
    return f"{told} and {more:,} pages more" if more else told


def _named(remarks: Sequence[Remark]) -> str:
    told = by_remark(remarks)
    more = len(told) - NAMED
    return "; ".join(told[:NAMED]) + (f"; and {quantity(more, 'remark')} more, in {MARKER}" if more > 0 else "")
