"""Pages of a form of others, one by one: what is told of each, and its rows; sheets are counted or have numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

import numpy as np

from ballotworthy.files.arrays import array
from ballotworthy.scan.covered import told_of_covered
from ballotworthy.scan.foreign import BLANK, Found, find_page, inked, print_of, rows_on, same_sheet
from ballotworthy.scan.foreign_back import Backs
from ballotworthy.scan.foreign_number import number_on
from ballotworthy.scan.own_pages import Told, about
from ballotworthy.scan.pages import Page
from ballotworthy.scan.posteriors import Reader
from ballotworthy.scan.registered import Lost
from ballotworthy.scan.rows import Row
from ballotworthy.scan.streaks import streaks_of
from ballotworthy.sheets.foreign import ForeignForm

PRINT, WRITING = "print.npy", "writing-{}.npy"
TOGETHER = 8
"""Pages from which the form's print is learned."""
AGAIN = "it is the very scan of page {} again"
TWICE = "it shows the writing of page {} again; it was scanned twice"
KNOWN = (BLANK, AGAIN[: AGAIN.index("{")], TWICE[: TWICE.index("{")])
"""How it begins why a page is not read that keeps no sheet from being counted."""
MOVED = (
    "page {} before it was not read, and sheets are counted as they come: once it is read, this sheet and all behind "
    "it have other numbers. Scan it anew before anybody goes by their numbers"
)
ALONE = (
    "it is a back, and the page before it is no front that was read; scan both sides of each sheet one behind the other"
)


def foreign_pages(
    pages: Iterator[Page], foreign: ForeignForm, kept: Path, before: Sequence[Mapping[str, Any]] = ()
) -> Iterator[Told]:
    """Give what is to be told of each page of a form of others, and its rows.

    Sheets are counted where no number of theirs is read.

    The first pages are all found before any is read: together they show what is print and what is writing.

    Args:
        pages: in the order in which they were scanned.
        foreign: the form.
        kept: a folder for what later pages are compared with, where an earlier run left it.
        before: what was told of the pages before these, which an earlier run read.
    """
    reader = Reader()
    waiting = _found_one_by_one(pages, foreign, reader, before)
    common = array(kept / PRINT) if before and (kept / PRINT).is_file() else None
    first = list(islice(waiting, TOGETHER - len(before))) if len(before) < TOGETHER else []
    found = [page for _, page in first if isinstance(page, Found)]
    if common is None and found:
        common = print_of(found, foreign)
        np.save(kept / PRINT, common)
    seen = [(each["page"], array(kept / WRITING.format(each["page"]))) for each in before if each.get("side") == 1]
    front = before[-1] if before else {}
    taken = {each["sheet"]: each["page"] for each in before if each.get("side") == 1}
    unread = _unread(before)
    for told, page in chain(first, waiting):
        rows: list[Row] = []
        if page is None:
            if front.get("side") == 1 and front["file"] == told["file"]:
                told |= {"sheet": front["sheet"], "side": 2, "remarks": []}
            else:
                told["not_read"] = ALONE
        elif isinstance(page, Lost):
            told["not_read"] = page.why
        else:
            if common is None:
                common = print_of([page], foreign)
                np.save(kept / PRINT, common)
            writing = inked(page, common, foreign)
            earlier = next((number for number, other in seen if same_sheet(writing, other)), None)
            if earlier:
                told["not_read"] = TWICE.format(earlier)
            else:
                seen.append((told["page"], writing))
                np.save(kept / WRITING.format(told["page"]), writing)
                rows = rows_on(page, common, foreign, reader)
                sheet, said = _numbered(number_on(page.laid.picture, foreign, reader), len(seen), taken, foreign)
                taken[sheet] = told["page"]
                told |= {
                    "sheet": sheet,
                    "side": 1,
                    "remarks": [*page.remarks, *told_of_covered(rows, page.laid.cut), *said],
                }
                if unread and foreign.number is None:
                    told["remarks"].append(MOVED.format(unread))
                unread = 0
        front = told
        unread = _unread([told]) or unread
        yield told, rows


def _unread(pages: Sequence[Mapping[str, Any]]) -> int:
    """Give the last page behind the last sheet that may be a sheet and was not read; 0 for none."""
    found = 0
    for each in pages:
        why = each.get("not_read", "")
        if each.get("side") == 1 and not why:
            found = 0
        elif why and why != ALONE and not why.startswith(KNOWN):
            found = each["page"]
    return found


def _numbered(
    number: int | None, counted: int, taken: Mapping[int, int], foreign: ForeignForm
) -> tuple[int, list[str]]:
    """Give the number of a sheet, and what is to be told of it; `taken` has the page of each number before it."""
    if foreign.number is None:
        return counted, []
    if number is not None and number not in taken:
        return number, []
    free = next(each for each in count(counted) if each not in taken)
    if number is None:
        return free, [f"its number could not be read: it is sheet {free} here, as it came. See that it is right"]
    return free, [
        f"its number was read as {number}, as that of page {taken[number]}: it is sheet {free} here. See which is right"
    ]


def _found_one_by_one(
    pages: Iterator[Page], foreign: ForeignForm, reader: Reader, before: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[dict[str, Any], Found | Lost | None]]:
    """Give each page as it was found; None for a back."""
    backs, digests = Backs(foreign, reader), dict[str, int]()
    for each in before:
        digests.setdefault(each["sha256"], each["page"])
    for number, page in enumerate(pages, len(before) + 1):
        told = about(number, page)
        if page.picture is None:
            yield told, Lost(page.fault)
        elif (earlier := digests.setdefault(page.sha256, number)) != number:
            yield told, Lost(AGAIN.format(earlier))
        else:
            laid = find_page(page.picture, foreign, reader)
            if isinstance(laid, Lost) and backs.is_one(page.picture):
                yield told, None
                continue
            if isinstance(laid, Found):
                laid = replace(laid, remarks=(*laid.remarks, *streaks_of(page.picture)))
            yield told, laid
