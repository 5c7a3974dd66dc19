"""A form proposed from one page of it: its table, rows, boxes, and what each box asks by the words printed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ballotworthy.scan.bands import bands_beyond
from ballotworthy.scan.boxes import LOW, Region, boxes_of
from ballotworthy.scan.page_text import Finder, TextBox, cut, upright
from ballotworthy.scan.photographed import laid_flat
from ballotworthy.scan.posteriors import Reader
from ballotworthy.scan.registered import Lost, is_blank
from ballotworthy.scan.ruling import Ruled, dark_on, paper_of, quarter, ruled
from ballotworthy.scan.table import Table, find_table
from ballotworthy.sheets.labels import UNKNOWN, beside, field_of

PRINTS = 5
LEGIBLE = 0.85
"""Mean probability of its letters from which a printed line is taken into the form."""
WORDS = (10, 70)
"""Letters of a printed line that is taken: fewer tell little, and longer ones are not read well."""
CLOSE = 8
"""Pixels between the lines of one heading."""
BORDER = 16
"""Pixels around the border of two columns in which their headings may part."""
SLIM = 0.07
"""The share of the table's width below which a column without words is for numbers."""


@dataclass(frozen=True)
class Column:
    """A box of a row as proposed: its region in pixels of the table, its words, and what it asks."""

    region: Region
    label: str
    field: str
    written: str
    caption: tuple[int, ...] | None


@dataclass(frozen=True)
class Words:
    """A printed line with its place on the page, in pixels."""

    text: str
    box: TextBox


@dataclass(frozen=True)
class Proposal:
    """A form as found on one upright page (`picture`); `guessed` where headings alone say how wide columns are.

    `beyond` are the bands of its table that are no rows of it (`bands.py`).
    """

    picture: np.ndarray
    table: Table
    columns: tuple[Column, ...]
    prints: tuple[Words, ...]
    guessed: bool
    beyond: int


def propose(grey: np.ndarray, finder: Finder, reader: Reader) -> Proposal | Lost:
    """Give the form that stands on a page, blank or filled; or why none was found."""
    flat = laid_flat(grey)
    grey = grey if flat is None else flat
    if is_blank(grey):
        return Lost("hardly anything stands on it; it seems to be a blank back")
    page = ruled(grey)
    turns, texts = upright(page.picture, finder, reader)
    page = quarter(page, turns)
    table = find_table(page)
    if table is None:
        return Lost("no table of even rows was found on it; scan a page flat, at 200 dpi, or write form.toml by hand")
    table = _with_first_row(table, page, texts, reader)
    above = _headings(texts, table)
    regions, guessed = boxes_of(page, table, above)
    captions = _captions(page, table, finder, reader)
    table, captions = _without_header(table, regions, captions, texts, page, reader)
    above = [part for each in _headings(texts, table) for part in _split(each, regions, table, page)]
    headings = [Words(read.text, box) for read, box in zip(_read(page, above, reader), above, strict=True)]
    columns = _columns(table, regions, captions, headings)
    prints = _prints(page, table, texts, reader)
    return Proposal(page.picture, table, columns, prints, guessed, bands_beyond(page, table))


def _read(page: Ruled, boxes: Sequence[TextBox], reader: Reader):  # type: ignore[no-untyped-def]
    return reader.read([cut(page.picture, each) for each in boxes])


def _headings(texts: Sequence[TextBox], table: Table) -> list[TextBox]:
    """Give the texts that stand as headings do: the lowest above the first row, and what stands close above those."""
    reach = max(90.0, 1.2 * table.pitch)
    near = [
        each
        for each in texts
        if table.edges[0] - reach < each.middle[1] < table.edges[0] + 4
        and table.left - 20 < each.middle[0] < table.right + 20
    ]
    kept: list[TextBox] = []
    for each in sorted(near, key=lambda box: -box.y1):
        if not kept or each.y1 > min(box.y0 for box in kept) - CLOSE:
            kept.append(each)
    return sorted(kept, key=lambda each: (each.y0, each.x0))


def _asking(boxes: Sequence[TextBox], page: Ruled, reader: Reader) -> bool:
    """Tell whether one of the texts asks for a field."""
    return any(field_of(each.text)[0] not in (UNKNOWN, "") for each in _read(page, boxes, reader))


def _with_first_row(table: Table, page: Ruled, texts: Sequence[TextBox], reader: Reader) -> Table:
    """Add the row above the first line where lines are to be written on: headings then stand a row above it."""
    first, pitch = table.edges[0], table.pitch
    sides = page.upright[round(first) + 5 : round(table.edges[1]) - 5, table.left : table.right]
    if len(sides) and (sides.mean(axis=0) > 0.7).any():
        return table
    shade = page.level[max(0, round(first - pitch) - 6) : round(first - pitch) + 6, table.left : table.right]
    near = [each for each in texts if first - 0.55 * pitch < each.middle[1] < first - 2 and each.x1 > table.left]
    higher = [each for each in texts if first - 1.9 * pitch < each.middle[1] < first - 0.85 * pitch]
    if shade.any() or first - pitch < 0 or _asking(near, page, reader) or not _asking(higher, page, reader):
        return table
    return replace(table, edges=(first - pitch, *table.edges))


def _captions(page: Ruled, table: Table, finder: Finder, reader: Reader) -> list[Words]:
    """Give what is printed in every row: what is left where the rows are laid over each other and most are light."""
    tall = round(table.pitch)
    rows = [page.picture[max(0, round(y)) :][:tall, table.left : table.right] for y in table.edges[:-1]]
    rows = [each for each in rows if len(each) == tall]
    common = np.median(np.stack([_aligned(each, rows[0]) for each in rows]), axis=0).astype(np.uint8)
    sheet = np.full((tall + 80, common.shape[1] + 80), 255, np.uint8)
    sheet[40:-40, 40:-40] = common
    boxes = finder.find(sheet, 1.0)
    read = reader.read([cut(sheet, each) for each in boxes])
    moved = [TextBox(each.x0 - 40, each.y0 - 40, each.x1 - 40, each.y1 - 40) for each in boxes]
    return [Words(each.text, box) for each, box in zip(read, moved, strict=True) if each.confidence > 0.6]


def _aligned(row: np.ndarray, model: np.ndarray) -> np.ndarray:
    found = cv2.matchTemplate(model, np.ascontiguousarray(row[3:-3, 3:-3]), cv2.TM_CCOEFF)
    y, x = np.unravel_index(int(found.argmax()), found.shape)
    matrix = np.array([[1, 0, x - 3], [0, 1, y - 3]], np.float32)
    return np.asarray(cv2.warpAffine(row, matrix, (row.shape[1], row.shape[0]), borderMode=cv2.BORDER_REPLICATE))


def _without_header(
    table: Table,
    regions: Sequence[Region],
    captions: list[Words],
    texts: Sequence[TextBox],
    page: Ruled,
    reader: Reader,
) -> tuple[Table, list[Words]]:
    """Take a first row away that holds the headings: its words ask for fields and are not those of every row."""
    asked = [each for each in captions if field_of(each.text)[0] not in (UNKNOWN, "")]
    if len(asked) >= 2 or len(table.edges) <= 4:
        return table, captions
    inside = [each for each in texts if table.edges[0] < each.middle[1] < table.edges[1] and each.x1 > table.left]
    fields = {field_of(each.text)[0] for each in _read(page, inside, reader)} - {UNKNOWN, ""}
    if len(fields) >= 2 or (len(fields) == 1 and len(regions) == 1):
        return replace(table, edges=table.edges[1:]), captions
    return table, captions


def _split(box: TextBox, regions: Sequence[Region], table: Table, page: Ruled) -> list[TextBox]:
    """Cut a heading that runs over two columns where there is white near their border."""
    borders = sorted({each.x1 + table.left for each in regions if each.y0 < 12})
    ink = np.asarray(dark_on(page.picture, paper_of(page.picture))[box.y0 : box.y1].any(axis=0))
    for border in borders:
        low, high = border - BORDER, border + BORDER
        if not box.x0 + BORDER < border < box.x1 - BORDER:
            continue
        white = [at for at in range(max(0, low), min(len(ink) - 3, high)) if not ink[at : at + 4].any()]
        if white:
            at = min(white, key=lambda each: abs(each - border)) + 2
            rest = TextBox(at, box.y0, box.x1, box.y1)
            return [TextBox(box.x0, box.y0, at, box.y1), *_split(rest, regions, table, page)]
    return [box]


def _columns(
    table: Table, regions: Sequence[Region], captions: Sequence[Words], headings: Sequence[Words]
) -> tuple[Column, ...]:
    made: list[Column] = []
    for region in (each for each in regions if each.y1 - each.y0 >= LOW):
        words = [each for each in captions if _inside(each.box.middle, region)]
        words = words or [each for each in captions if _just_above(each.box.middle, region, regions)]
        label = _joined([each for each in words if any(letter.isalpha() for letter in each.text) or each.text == "#"])
        field, written = field_of(label)
        if len({field_of(each.text)[0] for each in words} - {UNKNOWN, "", field}) and field == "signature":
            field = UNKNOWN  # "Name:" and "Signature:" in one box are two boxes whose border was not seen
        top = not any(each.y1 <= region.y0 + 2 and each.x0 < region.x1 and each.x1 > region.x0 for each in regions)
        if field == UNKNOWN and top:
            over = _joined([each for each in headings if _over(each.box, region, table)])
            field, written = field_of(over)
            label = over or label
        if field == UNKNOWN and not label and region.x1 - region.x0 < SLIM * (table.right - table.left):
            field = ""
        if field != UNKNOWN and field and field in {each.field for each in made}:
            field, written = UNKNOWN, ""
        printed = [each.box for each in words if field_of(each.text)[0] != UNKNOWN]
        unclear = not printed and any(letter.isalpha() for each in words for letter in each.text)
        caption = _around(printed) if printed else None if unclear else ()
        made.append(Column(region, label, field, written, caption))
    fields = beside([(each.field, each.written) for each in made])
    return tuple(replace(each, field=field) for each, (field, _) in zip(made, fields, strict=True))


def _around(boxes: Sequence[TextBox]) -> tuple[int, int, int, int]:
    sides = [(each.x0, each.y0, each.x1, each.y1) for each in boxes]
    return (min(s[0] for s in sides), min(s[1] for s in sides), max(s[2] for s in sides), max(s[3] for s in sides))


def _inside(middle: tuple[float, float], region: Region) -> bool:
    return region.x0 <= middle[0] < region.x1 and region.y0 <= middle[1] < region.y1


def _just_above(middle: tuple[float, float], region: Region, regions: Sequence[Region]) -> bool:
    """Tell whether words stand in a strip too low for anything but a caption, and the region is the widest below it."""
    for strip in (each for each in regions if each.y1 - each.y0 < LOW and _inside(middle, each)):
        below = [each for each in regions if each.y0 == strip.y1 and strip.x0 <= each.x0 and each.x1 <= strip.x1]
        return region == max(below, key=lambda each: each.x1 - each.x0, default=None)
    return False


def _over(box: TextBox, region: Region, table: Table) -> bool:
    """Tell whether a heading stands over a region: its beginning or its middle does."""
    x0, x1 = region.x0 + table.left, region.x1 + table.left
    return x0 <= box.middle[0] < x1


def _joined(words: Sequence[Words]) -> str:
    ordered = sorted(words, key=lambda each: (round(each.box.middle[1] / 12), each.box.x0))
    return " ".join(each.text for each in ordered).strip()


def _prints(page: Ruled, table: Table, texts: Sequence[TextBox], reader: Reader) -> tuple[Words, ...]:
    """Give printed lines outside the table, above it first, by which the form is known again."""
    above = [each for each in texts if each.y1 < table.edges[0] - 4]
    below = [each for each in texts if each.y0 > table.edges[-1] + 4]
    chosen: list[Words] = []
    for group in (above, below):
        long = sorted(group, key=lambda each: -(each.x1 - each.x0))[: 3 * PRINTS]
        for box, read in zip(long, _read(page, long, reader), strict=True):
            letters = sum(each.isalnum() for each in read.text)
            known = {each.text.casefold() for each in chosen}
            sound = read.confidence >= LEGIBLE and WORDS[0] <= letters <= WORDS[1]
            if len(chosen) < PRINTS and sound and read.text.casefold() not in known:
                chosen.append(Words(read.text, box))
        if len(chosen) >= 2:
            break  # what stands below may be in somebody's hand
    return tuple(chosen)
