"""The paper of a form: its size, what is left free of print, and the smallest type on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2

from ballotworthy.scan.drawn_type import Drawn
from ballotworthy.scan.form_type import SLACK, Found, Objection, Unmeasured
from ballotworthy.scan.form_words import around
from ballotworthy.scan.picture_form import Source
from ballotworthy.scan.seen_type import luminance_of
from ballotworthy.sheets.form import Form

ALLOWED = 2.0
"""Points by which a page or a margin may measure otherwise: programs and cutters round."""
SCALE, PRINTED, DIRT = 2.0, 0.3, 0.0005
"""Pixels a point at which a corner is looked at; how far darker than the paper print is, of 1; the share of it that the
dirt of a scan may cover."""


def paper_of(form: Form, drawn: Drawn, pages: Sequence[int], sized: bool) -> Iterator[Found]:
    """Give where the pages with signatures are of another size, margin or type than the law asks for.

    `sized` says whether the file tells how large it is printed.
    """
    if not sized or drawn.scaled:
        for name in ("paper", "margins", "least_type"):
            if name in form.data:
                yield Unmeasured(
                    "the size of the page, since the file does not say how large it is printed",
                    form.data[name]["section"],
                )
        return
    for page in pages:
        if "paper" in form.data:
            yield from _size(form, page, *drawn.pages[page - 1])
        if "margins" in form.data:
            yield from _margins(form, page, drawn)
        if "least_type" in form.data:
            yield from _type(form, page, drawn)


def blank_corner(form: Form, source: Source, pages: Sequence[int]) -> Iterator[Found]:
    """Give the pages with signatures whose bottom left corner bears print, where the law keeps it blank."""
    rule = form.data.get("blank_corner")
    if not rule:
        return
    if not source.sized:
        yield Unmeasured(f"{rule['what']}, since the file does not say how large it is printed", rule["section"])
        return
    document = pypdfium2.PdfDocument(source.pdf)
    for page in pages:
        drawn = luminance_of(document[page - 1], SCALE)
        side = round((rule["side"] - ALLOWED) * SCALE)
        corner = drawn[-side:, :side]
        paper = float(np.median(corner))
        if (corner < paper - PRINTED).mean() > DIRT:
            height = len(drawn) / SCALE
            said = f"print stands in {rule['what']} of page {page}"
            yield Objection(said, rule["section"], page, (0, height - rule["side"], rule["side"], height))
    document.close()


def _size(form: Form, page: int, width: float, height: float) -> Iterator[Found]:
    rule = form.data["paper"]
    sides = sorted((width, height)) if rule.get("either_way") else (width, height)
    asked = sorted((rule["width"], rule["height"])) if rule.get("either_way") else (rule["width"], rule["height"])
    off = [got - each for got, each in zip(sides, asked, strict=True)]
    if min(off) < -ALLOWED or (not rule.get("at_least") and max(off) > ALLOWED):
        least = " at least" if rule.get("at_least") else ""
        said = f"page {page} is {_inches(width)} by {_inches(height)} inches, where {_inches(rule['width'])} by "
        yield Objection(f"{said}{_inches(rule['height'])}{least} is asked for", rule["section"], page)


def _margins(form: Form, page: int, drawn: Drawn) -> Iterator[Found]:
    rule, free = form.data["margins"], drawn.margins[page - 1]
    if page in drawn.pictures:
        yield Unmeasured("the margins, where the form is a picture, whose specks reach its edges", rule["section"])
        return
    for at, side in enumerate(("left", "top", "right", "bottom")):
        if free and side in rule and free[at] < rule[side] - ALLOWED:
            said = f"{_inches(free[at])} inches are free of print at the {side} of page {page}, where "
            yield Objection(f"{said}{_inches(rule[side])} are asked for", rule["section"], page)


def _type(form: Form, page: int, drawn: Drawn) -> Iterator[Found]:
    rule = form.data["least_type"]
    here = [each for each in drawn.letters if each.page == page and each.seen.contrast]
    small = [each for each in here if each.size + each.off < rule["points"] - SLACK]
    if small:
        size = min(each.size for each in small)
        said = f"page {page} has {size:.1f}-point type, where at least {rule['points']:g}-point is asked for"
        yield Objection(said, rule["section"], page, around(small))


def _inches(points: float) -> str:
    return f"{points / 72:.2f}".rstrip("0").rstrip(".")
