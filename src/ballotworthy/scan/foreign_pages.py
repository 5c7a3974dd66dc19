"""Pages of a form of others, one by one: what is to be told of each, and its rows; sheets are numbered as they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from ballotworthy.scan.foreign import Found, find_page, inked, print_of, rows_on, same_sheet
from ballotworthy.scan.own_pages import Told, about
from ballotworthy.scan.pages import Page
from ballotworthy.scan.posteriors import Reader
from ballotworthy.scan.registered import Lost
from ballotworthy.scan.rows import Row
from ballotworthy.scan.streaks import streaks_of
from ballotworthy.sheets.foreign import ForeignForm

TOGETHER = 8
"""Pages from which the form's print is learned."""


def foreign_pages(pages: Iterator[Page], foreign: ForeignForm) -> Iterator[Told]:
    """Give what is to be told of each page of a form of others, and its rows; sheets are numbered as they come.

    The first pages are all found before any is read: together they show what is print and what is writing.
    """
    reader = Reader()

    def found_one_by_one() -> Iterator[tuple[dict[str, Any], Found | Lost]]:
        digests: dict[str, int] = {}
        for number, page in enumerate(pages, 1):
            told = about(number, page)
            if page.picture is None:
                yield told, Lost(page.fault)
            elif (before := digests.setdefault(page.sha256, number)) != number:
                yield told, Lost(f"it is the very scan of page {before} again")
            else:
                laid = find_page(page.picture, foreign, reader)
                if isinstance(laid, Found):
                    laid = replace(laid, remarks=(*laid.remarks, *streaks_of(page.picture)))
                yield told, laid

    waiting = found_one_by_one()
    first = list(islice(waiting, TOGETHER))
    found = [page for _, page in first if isinstance(page, Found)]
    common = print_of(found, foreign) if found else None
    seen: list[tuple[int, Any]] = []
    for told, page in chain(first, waiting):
        rows: list[Row] = []
        if isinstance(page, Lost):
            told["not_read"] = page.why
        else:
            common = print_of([page], foreign) if common is None else common
            writing = inked(page, common, foreign)
            before = next((number for number, other in seen if same_sheet(writing, other)), None)
            if before:
                told["not_read"] = f"it shows the writing of page {before} again; it was scanned twice"
            else:
                seen.append((told["page"], writing))
                told |= {"sheet": len(seen), "side": 1, "remarks": list(page.remarks)}
                rows = rows_on(page, common, foreign, reader)
        yield told, rows
