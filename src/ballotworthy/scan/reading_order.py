"""The letters of a form in the order in which they are read: as the PDF has them, and as they stand on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ballotworthy.scan.drawn_type import Letter

LEVEL = 0.3
"""How far, in sizes of its type, a letter's baseline is off a line's that it belongs to."""
APART, SPACE = 1.3, 0.24
"""The gap that parts two columns of a line, and two words, in sizes of the type."""
LEADING = 2.2
"""The most that two lines of a paragraph are apart, in sizes of the type."""
SAME = 0.12
"""How far, in sizes, a letter that is printed twice to make it bold lies off itself."""


@dataclass(frozen=True)
class Placed:
    """A letter and where it stands for who turns the page so that it is read: left, right and baseline."""

    letter: Letter
    left: float
    right: float
    base: float


def placed(letter: Letter, pages: Sequence[tuple[float, float]]) -> Placed:
    """Turn a letter's place so that its line runs from left to right."""
    width, height = pages[letter.page - 1]
    left, top, right, bottom = letter.box
    x, y = letter.origin
    if letter.quarter == 1:
        return Placed(letter, top, bottom, width - x)
    if letter.quarter == 2:
        return Placed(letter, width - right, width - left, height - y)
    if letter.quarter == 3:
        return Placed(letter, height - bottom, height - top, x)
    return Placed(letter, left, right, y)


def once(letters: Sequence[Letter]) -> list[Letter]:
    """Give letters without those that are printed over themselves."""
    there: dict[tuple[int, str, int, int], list[Letter]] = {}
    kept = []
    for each in letters:
        x, y = (int(side) for side in each.box[:2])
        near = [
            other
            for across in (x - 1, x, x + 1)
            for down in (y - 1, y, y + 1)
            for other in there.get((each.page, each.text, across, down), ())
        ]
        most = SAME * each.size
        if any(max(abs(a - b) for a, b in zip(each.box, other.box, strict=True)) < most for other in near):
            continue
        there.setdefault((each.page, each.text, x, y), []).append(each)
        kept.append(each)
    return kept


def lines_of(letters: Sequence[Letter], pages: Sequence[tuple[float, float]]) -> list[list[Placed]]:
    """Give the parts of lines that stand together, each from left to right, from the top of the first page on."""
    made: list[list[Placed]] = []
    there = sorted((placed(each, pages) for each in letters), key=lambda one: (one.letter.page, one.letter.quarter))
    for _, some in groupby(there, key=lambda one: (one.letter.page, one.letter.quarter)):
        for line in _levels(sorted(some, key=lambda one: one.base)):
            part = [line[0]]
            for before, each in pairwise(line):
                if each.left - before.right > APART * max(before.letter.size, each.letter.size):
                    made.append(part)
                    part = []
                part.append(each)
            made.append(part)
    return made


def _levels(there: Sequence[Placed]) -> list[list[Placed]]:
    """Part letters, sorted by their baselines, into lines."""
    lines: list[list[Placed]] = []
    for each in there:
        if lines and each.base - lines[-1][-1].base <= LEVEL * min(each.letter.size, lines[-1][-1].letter.size):
            lines[-1].append(each)
        else:
            lines.append([each])
    return [sorted(line, key=lambda one: one.left) for line in lines]


def words_of(line: Sequence[Placed]) -> str:
    """Give the text of a line's part, with spaces where there are gaps."""
    text = line[0].letter.text
    for before, each in pairwise(line):
        text += (" " if each.left - before.right > SPACE * before.letter.size else "") + each.letter.text
    return text


def as_placed(letters: Sequence[Letter], pages: Sequence[tuple[float, float]]) -> list[Letter]:
    """Give letters paragraph by paragraph: lines that stand under each other belong together."""
    blocks: list[list[list[Placed]]] = []
    for line in lines_of(letters, pages):
        of = min((each for each in blocks if _goes_on(each[-1], line)), key=lambda one: -one[-1][0].base, default=None)
        if of is None:
            blocks.append([line])
        else:
            of.append(line)
    return [each.letter for block in blocks for line in block for each in line]


def as_rows(letters: Sequence[Letter], pages: Sequence[tuple[float, float]]) -> list[Letter]:
    """Give letters line by line across the whole page, whatever gaps there are."""
    return [each.letter for line in lines_of(letters, pages) for each in line]


def _goes_on(above: Sequence[Placed], below: Sequence[Placed]) -> bool:
    first, second = above[0], below[0]
    if (first.letter.page, first.letter.quarter) != (second.letter.page, second.letter.quarter):
        return False
    down = second.base - first.base
    size = max(first.letter.size, second.letter.size)
    over = min(above[-1].right, below[-1].right) - max(first.left, second.left)
    return LEVEL * size < down <= LEADING * size and over > 0
