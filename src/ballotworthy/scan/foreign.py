"""Pages of a form that somebody else drew: laid by their ruling, the way up that its print says."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ballotworthy.scan.cells import cells_of_row, ink_of
from ballotworthy.scan.common_print import common_print, page_print, row_ink
from ballotworthy.scan.covered import with_covered
from ballotworthy.scan.covered_foreign import FADED, shown_print, shown_shading
from ballotworthy.scan.fitted import Fit, Laid, fits, layings
from ballotworthy.scan.past_edge import told_of_edge
from ballotworthy.scan.photographed import laid_flat
from ballotworthy.scan.photographed_cut import laid_flat_cut
from ballotworthy.scan.posteriors import Reader
from ballotworthy.scan.registered import Lost, is_blank
from ballotworthy.scan.rows import Row, RowState, rows_of
from ballotworthy.scan.ruling import paper_of
from ballotworthy.sheets.foreign import ForeignForm

CLOSE = 0.45
"""How much less of a form's lines than the best one a way up may show and still be asked for its print."""
SAME = 0.55
"""How like its words on the form a printed line must read, on average."""
ASKED = 4
OTHER, SURE = 0.5, 0.75
"""How unlike its words on the form a line of print is that reads otherwise, and how surely it must have been read."""
LONG_ENOUGH = 8
"""Letters of a title at least."""
SMALL, LARGE = 0.975, 1.04
SURELY = 0.6
"""The share of its rows' lines that must be found of a form of which no print tells where the rows begin."""
BESIDE = 0.01
"""How much worse, in shares of its lines, a form must fit one line higher or lower where no print tells which."""
AGAIN = 0.8
"""The share of ink in common from which two scans show the same sheet: others share up to 0.72, the same over 0.9."""
BLANK = "it seems to be a blank back"


@dataclass(frozen=True)
class Found:
    """A page of the form, upright, and what is to be told of it."""

    laid: Laid
    remarks: tuple[str, ...]


def find_page(grey: np.ndarray, foreign: ForeignForm, reader: Reader) -> Found | Lost:
    """Give the page as its form has it, upright; or why it is not to be read."""
    sides = foreign.form.width, foreign.form.height
    ratio = max(sides) / min(sides)
    flat, seen = laid_flat_cut(grey, ratio) or (laid_flat(grey, ratio), None)
    page = grey if flat is None else flat
    fitting = fits(page, foreign.form, seen)
    ways = layings(fitting, foreign.form)
    if not ways:
        if is_blank(page):
            return Lost(BLANK)
        return Lost("the lines of the form were not found on it; it is of another form, cut or folded. Scan it whole")
    ways = [each for each in ways if each.whole >= ways[0].whole - CLOSE]
    told = _by_print if foreign.prints else _by_fit
    found = told(ways, fitting, foreign, reader)
    if isinstance(found, Lost):
        return found
    laid, other = found
    remarks = []
    if not SMALL <= laid.size <= LARGE:
        remarks.append(f"its form has {laid.size:.0%} of its size on the page; printed or scanned at that scale")
    for each in other:
        remarks.append(f'where the form says "{each.words}" it says "{each.read}"; see that it is of this petition')
    return Found(laid, (*remarks, *told_of_edge(laid.outside, laid.cut)))


def _by_print(
    ways: Sequence[Laid], fitting: Sequence[Fit], foreign: ForeignForm, reader: Reader
) -> tuple[Laid, Sequence[_Line]] | Lost:
    """Give the way up that the form's print tells, and the lines of print that read otherwise."""
    laid, lines = _best_read(ways, foreign, reader)
    if _like(lines) < SAME:  # broken lines may fit one line off
        laid, lines = _best_read([laid, *layings(fitting, foreign.form, (-1, 1))], foreign, reader)
    if _like(lines) < SAME:
        return Lost(
            "it is ruled like the form, but its print reads otherwise; it is of another form. Read it with that one"
        )
    other = [each for each in lines if each.like < OTHER and each.sure >= SURE]
    if title := next((each for each in other if each.words == _title(foreign)), None):
        return Lost(
            f'where the form says "{title.words}" it says "{title.read}"; it is of another petition. Read the '
            "sheets of each by themselves"
        )
    return laid, other


def _by_fit(
    ways: Sequence[Laid], fitting: Sequence[Fit], foreign: ForeignForm, reader: Reader
) -> tuple[Laid, Sequence[_Line]] | Lost:
    """Give the way up in which the writing is legible, of a form of which no print is known."""
    laid = max(ways, key=lambda each: _legible(each, foreign, reader)) if len(ways) > 1 else ways[0]
    if laid.share < SURELY:
        return Lost(
            f"only {laid.share:.0%} of the lines of its rows were found, and its form.toml has no [[print]] that tells "
            "where they begin. Scan it whole and flat, or take [[print]] from what `ballotworthy sheets learn` writes"
        )
    beside = layings([each for each in fitting if each.turns == laid.turns], foreign.form, (-1, 1))
    if any(each.share - each.off > laid.share - laid.off - BESIDE for each in beside):
        return Lost(
            "its rows fit as well one line higher or lower, and its form.toml has no [[print]] that tells which. "
            "Take [[print]] from what `ballotworthy sheets learn` writes of a blank page, and read it again"
        )
    return laid, ()


def rows_on(found: Found, common: np.ndarray, foreign: ForeignForm, reader: Reader) -> list[Row]:
    """Give the rows of a page, as many as the form has; those beyond the scan's edge are unreadable."""
    straight = found.laid.picture
    printed = page_print(straight, common, foreign.form)
    rows = rows_of(straight, printed, foreign.form, reader, paper_of(straight))
    past = (*found.laid.cut, *found.laid.outside)
    rows = with_covered(rows, shown_print(straight, common, foreign.form), past=past)
    shading = shown_shading(straight, foreign.form)
    rows = rows if shading is None else with_covered(rows, shading, FADED, past)
    states: dict[int, RowState] = dict.fromkeys(found.laid.cut, "covered")
    states |= dict.fromkeys(found.laid.outside, "unreadable")
    return [replace(row, state=states[number]) if number in states else row for number, row in enumerate(rows)]


def inked(found: Found, common: np.ndarray, foreign: ForeignForm) -> np.ndarray:
    """Give a small mask of what people wrote on a page, by which the same sheet is known again."""
    straight = found.laid.picture
    ink = ink_of(straight, page_print(straight, common, foreign.form), paper_of(straight))
    return np.asarray(cv2.resize(ink.mask * 255, None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA) > 25)


def same_sheet(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two masks of `inked` show the same sheet: most of the ink of each is in the other."""
    if min(one.sum(), other.sum()) < 60:
        return False
    return bool((one & other).sum() / max(one.sum(), other.sum()) > AGAIN)


def print_of(pages: Sequence[Found], foreign: ForeignForm) -> np.ndarray:
    """Give the print that the rows of these pages have in common."""
    rows = [
        (number in (*page.laid.outside, *page.laid.cut), row)
        for page in pages
        for number, row in enumerate(row_ink(page.laid.picture, foreign.form))
    ]
    whole = [row for past, row in rows if not past]
    return common_print(whole or [row for _, row in rows], foreign.form)


@dataclass(frozen=True)
class _Line:
    """A line of print: as the form has it, as it was read, how like and how sure, from 0 to 1."""

    words: str
    read: str
    like: float
    sure: float


def _best_read(ways: Sequence[Laid], foreign: ForeignForm, reader: Reader) -> tuple[Laid, list[_Line]]:
    """Give the way up in which the form's print reads best, and how it reads."""
    return max(((each, _printed_on(each, foreign, reader)) for each in ways), key=lambda way: _like(way[1]))


def _like(lines: Sequence[_Line]) -> float:
    return float(np.mean([each.like for each in lines]))


def _printed_on(laid: Laid, foreign: ForeignForm, reader: Reader) -> list[_Line]:
    """Read what stands in the places of the form's longest lines of print and of its title."""
    chosen = sorted(foreign.prints, key=lambda each: -len(each.words))[:ASKED]
    chosen += [each for each in foreign.prints if each.words == _title(foreign) and each not in chosen]
    height, width = laid.picture.shape
    lines = []
    for each in chosen:
        left, top, right, bottom = each.box
        tall, wide = 0.25 * (bottom - top) * height + 3, 8
        cut = laid.picture[
            max(0, round(top * height - tall)) : round(bottom * height + tall),
            max(0, round(left * width - wide)) : round(right * width + wide),
        ]
        reading = reader.read([cut])[0]
        like = difflib.SequenceMatcher(None, _plain(each.words), _plain(reading.text)).ratio()
        lines.append(_Line(each.words, reading.text, like, reading.confidence))
    return lines


def _title(foreign: ForeignForm) -> str:
    """Give the words in the largest type that are long enough to tell one petition from another; else nothing."""
    long = [each for each in foreign.prints if len(_plain(each.words)) >= LONG_ENOUGH]
    return max(long, key=lambda each: each.box[3] - each.box[1]).words if long else ""


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _legible(laid: Laid, foreign: ForeignForm, reader: Reader) -> float:
    """Give how sure the reader is of the first cells with ink, this way up."""
    form = foreign.form
    straight = laid.picture
    printed = page_print(straight, print_of([Found(laid, ())], foreign), form)
    ink = ink_of(straight, printed, paper_of(straight))
    cells = [cell for row in range(form.rows) for cell in cells_of_row(ink, form, row) if cell.ink > 400]
    readings = reader.read([each.picture for each in cells[:: max(1, len(cells) // 8)][:8]])
    return float(np.mean([each.confidence for each in readings])) if readings else 0.0
