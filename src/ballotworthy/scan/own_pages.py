"""Pages of our own sheets, one by one: what is to be told of each, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ballotworthy.scan.covered import told_of_covered, with_covered
from ballotworthy.scan.declared import declaration_of, law_of, read_declaration, told_of_declaration
from ballotworthy.scan.one_edge import laid_by_print, unread_rows
from ballotworthy.scan.own_print import COARSE_DPI, blank_print, print_on
from ballotworthy.scan.pages import Page
from ballotworthy.scan.posteriors import Reader, Reading
from ballotworthy.scan.registered import CutOff, Lost, Straight, lay_straight
from ballotworthy.scan.rows import Row, rows_of
from ballotworthy.scan.streaks import streaks_of
from ballotworthy.sheets.form import Form
from ballotworthy.sheets.measure_text import MeasureText

Told = tuple[dict[str, Any], list[Row]]
CUT_OFF = "cut_off"
"""Under it stands, of a page with an edge past the picture, which."""


def about(number: int, page: Page) -> dict[str, Any]:
    """Give what identifies a page of a scan; `number` counts the pages of all files, from 1."""
    return {"page": number, "file": page.file, "page_of_file": page.number, "sha256": page.sha256}


def _told_of_edge(found: CutOff) -> dict[str, Any]:
    return {CUT_OFF: found.lacks, "remarks": [found.why]}


def _rows(found: Straight, blank: np.ndarray, form: Form, reader: Reader, past: Collection[int] = ()) -> list[Row]:
    """Read the rows of a page of signers that was laid straight."""
    printed = print_on(found.picture, blank, form, found.dpi)
    rows = rows_of(found.picture, printed.mask, form, reader, coarse=found.dpi < COARSE_DPI)
    return with_covered(rows, printed.darker, past=past)


def own_pages(
    pages: Iterator[Page], form: Form, measure: MeasureText | None = None, before: Sequence[Mapping[str, Any]] = (),
    keep: Callable[[int, Mapping[str, Reading]], None] | None = None,
) -> Iterator[Told]:  # fmt: skip
    """Give what is to be told of each page, and its rows; those of one side of signers are as many as the form has.

    Args:
        pages: in the order in which they were scanned.
        form: whose sheets they are.
        measure: whose sheets are read; that of the first page whose code names one if absent.
        before: what was told of the pages before these, which an earlier run read.
        keep: called with a sheet and what was seen of the days of its declaration, by their names.
    """
    reader, blank, declaration = Reader(), blank_print(form), declaration_of(form, measure)
    incomplete = law_of(form).get("incomplete", "")
    read: dict[tuple[int, int], int] = {}
    cut: dict[tuple[int, int], int] = {}  # with an edge past the picture; the whole sheet is read where it comes
    wanted, by = measure.code if measure else "", "the measure that was named"
    for each in before:
        if "sheet" in each:
            (cut if CUT_OFF in each else read).setdefault((each["sheet"], each["side"]), each["page"])
        if not wanted and each.get("measure"):
            wanted, by = each["measure"], f"page {each['page']}"
    for number, page in enumerate(pages, len(before) + 1):
        told, rows = about(number, page), []
        found = lay_straight(page.picture, form) if page.picture is not None else Lost(page.fault)
        if isinstance(found, Straight | CutOff) and found.measure:
            told["measure"] = found.measure
            wanted, by = (wanted, by) if wanted else (found.measure, f"page {number}")
        if isinstance(found, Lost) and not isinstance(found, CutOff):
            told["not_read"] = found.why
        elif found.measure not in ("", wanted):
            told["not_read"] = (
                f"it is a sheet of another measure than {by}, by its code ({found.measure}, not {wanted}). Read the "
                "sheets of each measure by themselves, and name it with --measure"
            )
        elif found.sheet is None:
            told["not_read"] = "its number is legible neither in marks nor in its code; scan it at 200 dpi or more"
        else:
            told |= {"sheet": found.sheet, "side": found.side}
            told |= _told_of_edge(found) if isinstance(found, CutOff) else {"remarks": list(found.remarks)}
            if wanted and not found.measure:
                told["remarks"].append(
                    "its code does not say, or cannot be read, of which measure it is; see that its title is right"
                )
            told["remarks"] += streaks_of(page.picture) if page.picture is not None else []
            key = found.sheet, found.side
            if isinstance(found, CutOff):
                earlier = read.get(key) or cut.setdefault(key, number)
            else:
                earlier = read.setdefault(key, number)
            if earlier != number:
                told["not_read"] = (
                    f"it is the sheet of page {earlier} again; if these are two sheets, one bears a wrong number"
                )
            elif isinstance(found, CutOff) and page.picture is not None:
                laid = laid_by_print(page.picture, found, blank, form)
                past = (*laid.gone, *laid.cut)
                rows = laid.told_of(_rows(laid.page, blank, form, reader, past) if laid.page else unread_rows(form))
                told["remarks"] += [*laid.remarks(), *told_of_covered(rows, laid.cut)]
            elif isinstance(found, Straight) and found.side == 1:
                rows = _rows(found, blank, form, reader)
                told["remarks"] += told_of_covered(rows)
            declared = declaration if found.side == (declaration and declaration.side) else None
            if declared is not None and isinstance(found, Straight) and "not_read" not in told:
                told["declaration"], days = read_declaration(found.picture, declared, form, found.dpi, reader)
                if keep is not None:
                    keep(found.sheet, days)
                told["remarks"] += told_of_declaration(told["declaration"], incomplete)
        yield told, rows
