"""Whether the texts of a form stand in the order that is prescribed, as people read: down a column, then the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ballotworthy.scan.drawn_type import Box
from ballotworthy.scan.form_type import Objection
from ballotworthy.scan.form_words import Asked, Place, around, short
from ballotworthy.scan.reading_order import Placed

Spot = tuple[float, float, float, float]
"""Left, top, right and bottom for who reads."""


def order_of(
    asked: Sequence[Asked], found: Mapping[str, Sequence[Place]], lines: Sequence[Sequence[Placed]]
) -> list[Objection]:
    """Give the texts that stand before one that must come first; `lines` are the parts of lines in which they stand."""
    there = [(each, found[each.words][0]) for each in asked if found[each.words] and not each.anywhere]
    wide: dict[int, dict[int, Box]] = {}
    for line in lines:
        box = around([each.letter for each in line])
        wide.setdefault(line[0].letter.page, {}).update({id(one.letter): box for one in line})
    return [
        Objection(
            f'"{short(second.words)}" stands before "{short(first.words)}", which must come first',
            second.section,
            after.page,
            after.box,
        )
        for (first, before), (second, after) in pairwise(there)
        if precedes(after, before, wide.get(before.page, {}))
    ]


def precedes(one: Place, other: Place, wide: Mapping[int, Box] | None = None) -> bool:
    """Say whether a text is read before another: on an earlier page, above it, or in a column to its left.

    `wide` gives the box of the part of a line in which each letter of the page stands, by the letter's id: the end of a
    paragraph is no column of its own, and neither is a line over which nothing stands beside the other text.
    """
    if one.page != other.page or one.letters[0].quarter != other.letters[0].quarter:
        return one.page < other.page
    turned = one.letters[0].quarter
    (left, top, right), (left_2, top_2, right_2) = (_upright(each.box, turned)[:3] for each in (one, other))
    if min(right, right_2) > max(left, left_2):
        return top < top_2 - 1
    near, near_2 = (_upright(_widened(each, wide or {}), turned) for each in (one, other))
    if abs(top - top_2) > 1 and (
        min(near[2], near_2[2]) > max(near[0], near_2[0]) or not _columns(near, near_2, wide, turned)
    ):
        return top < top_2
    return left < left_2


def _columns(one: Spot, other: Spot, wide: Mapping[int, Box] | None, turned: int) -> bool:
    """Say whether two texts stand in columns: from the upper one down to the lower one lines of both stand abreast.

    One such line alone is a line with a blank in it.
    """
    if wide is None or _meet(one, other, 1):
        return True
    upper, lower = sorted((one, other), key=lambda each: each[1])
    spots = [
        spot
        for spot in {_upright(each, turned) for each in wide.values()}
        if upper[1] - 1 <= spot[1] <= lower[3] and _meet(spot, upper, 0) != _meet(spot, lower, 0)
    ]
    beside = [each for each in spots if _meet(each, upper, 0)]
    return sum(any(_meet(each, one, 1) for one in beside) for each in spots if _meet(each, lower, 0)) > 1


def _meet(one: Spot, other: Spot, way: int) -> bool:
    """Say whether two places share some of the page's width (0) or height (1)."""
    return min(one[way + 2], other[way + 2]) > max(one[way], other[way])


def _widened(place: Place, wide: Mapping[int, Box]) -> Box:
    boxes = [wide.get(id(each), each.box) for each in place.letters if each.page == place.page]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _upright(box: Box, quarter: int) -> Spot:
    """Give left, top, right and bottom of a box for who turns the page so that it is read."""
    left, top, right, bottom = box
    return [
        (left, top, right, bottom),
        (top, -right, bottom, -left),
        (-right, -bottom, -left, -top),
        (-bottom, left, -top, right),
    ][quarter]
