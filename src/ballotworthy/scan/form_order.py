"""Whether the texts of a form stand in the order that is prescribed, as people read: down a column, then the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ballotworthy.scan.drawn_type import Box
from ballotworthy.scan.form_type import Objection
from ballotworthy.scan.form_words import Asked, Place, around, short
from ballotworthy.scan.reading_order import Placed


def order_of(
    asked: Sequence[Asked], found: Mapping[str, Sequence[Place]], lines: Sequence[Sequence[Placed]]
) -> list[Objection]:
    """Give the texts that stand before one that must come first; `lines` are the parts of lines in which they stand."""
    there = [(each, found[each.words][0]) for each in asked if found[each.words] and not each.anywhere]
    wide = {id(one.letter): around([each.letter for each in line]) for line in lines for one in line}
    return [
        Objection(
            f'"{short(second.words)}" stands before "{short(first.words)}", which must come first',
            second.section,
            after.page,
            after.box,
        )
        for (first, before), (second, after) in pairwise(there)
        if precedes(after, before, wide)
    ]


def precedes(one: Place, other: Place, wide: Mapping[int, Box] | None = None) -> bool:
    """Say whether a text is read before another: on an earlier page, above it, or in a column to its left.

    `wide` gives the box of the part of a line in which each letter stands, by the letter's id: the end of a paragraph
    is no column of its own.
    """
    if one.page != other.page or one.letters[0].quarter != other.letters[0].quarter:
        return one.page < other.page
    turned = one.letters[0].quarter
    (left, top, right), (left_2, top_2, right_2) = (_upright(each.box, turned) for each in (one, other))
    if min(right, right_2) > max(left, left_2):
        return top < top_2 - 1
    (near, _, far), (near_2, _, far_2) = (_upright(_widened(each, wide or {}), turned) for each in (one, other))
    if abs(top - top_2) > 1 and min(far, far_2) > max(near, near_2):
        return top < top_2
    return left < left_2


def _widened(place: Place, wide: Mapping[int, Box]) -> Box:
    boxes = [wide.get(id(each), each.box) for each in place.letters if each.page == place.page]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _upright(box: Box, quarter: int) -> tuple[float, float, float]:
    """Give left, top and right of a box for who turns the page so that it is read."""
    left, top, right, bottom = box
    return [(left, top, right), (top, -right, bottom), (-right, -bottom, -left), (-bottom, left, -top)][quarter]
