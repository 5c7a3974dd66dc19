"""Whether the texts of a form stand in the order that is prescribed, as people read: down a column, then the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ballotworthy.scan.drawn_type import Box
from ballotworthy.scan.form_type import Objection
from ballotworthy.scan.form_words import Asked, Place, short


def order_of(asked: Sequence[Asked], found: Mapping[str, Sequence[Place]]) -> list[Objection]:
    """Give the texts that stand before one that must come first."""
    there = [(each, found[each.words][0]) for each in asked if found[each.words]]
    return [
        Objection(
            f'"{short(second.words)}" stands before "{short(first.words)}", which must come first',
            second.section,
            after.page,
            after.box,
        )
        for (first, before), (second, after) in pairwise(there)
        if precedes(after, before)
    ]


def precedes(one: Place, other: Place) -> bool:
    """Say whether a text is read before another: on an earlier page, above it, or in a column to its left."""
    if one.page != other.page or one.letters[0].quarter != other.letters[0].quarter:
        return one.page < other.page
    first, second = one.box, other.box
    turned = one.letters[0].quarter
    (left, top, right), (left_2, top_2, right_2) = (_upright(each, turned) for each in (first, second))
    over = min(right, right_2) - max(left, left_2)
    return top < top_2 - 1 if over > 0 else left < left_2


def _upright(box: Box, quarter: int) -> tuple[float, float, float]:
    """Give left, top and right of a box for who turns the page so that it is read."""
    left, top, right, bottom = box
    return [(left, top, right), (top, -right, bottom), (-right, -bottom, -left), (-bottom, left, -top)][quarter]
