"""The numbers of a form's rows: from one, consecutively, and no more of them than the law allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ballotworthy.scan.form_type import Found, Objection, Unmeasured
from ballotworthy.scan.reading_order import Placed, words_of
from ballotworthy.sheets.labels import fields_of

APART = 0.5
"""How far numbers of one column may be out of line, in points times their size."""
ROW = 80.0
"""Points above the first caption for a signature up to which the first row may begin: what is higher is no row."""


def numbered(rule: Mapping[str, Any], pages: Sequence[int], lines: Sequence[Sequence[Placed]]) -> Iterator[Found]:
    """Give where the numbers of the rows on `pages` do not run from one, or are more or fewer than is asked for.

    `most` and `least` of the rule are rows; `lines` are the parts of lines without the prescribed texts.
    """
    run: list[tuple[int, float, int]] = []
    for page in pages:
        run += _column(page, lines)
    if not run:
        yield Unmeasured("whether the rows are numbered from 1 on: no column of numbers was found", rule["section"])
        return
    each_page = [[number for number, _, there in run if there == page] for page in pages]
    numbers = [number for number, _, _ in run]
    starts = all(some[:1] == [1] for some in each_page if some)
    again = numbers[0] == 1 and all(b - a == 1 for a, b in pairwise(numbers))
    afresh = starts and all(b - a == 1 for some in each_page for a, b in pairwise(some))
    if afresh and not again and rule.get("through"):
        said = "whether each page is a section of its own, since the numbers of the rows begin anew on each"
        yield Unmeasured(said, rule["section"])
    elif not again and not afresh:
        said = ", ".join(map(str, numbers))
        yield Objection(
            f"the rows are numbered {said}, where consecutive numbers from 1 are asked for", rule["section"]
        )
        return
    for some, page in zip(each_page, pages, strict=True):
        if len(some) > rule.get("most", len(some)):
            said = f"page {page} has {len(some)} rows, where at most {rule['most']} are asked for"
            yield Objection(said, rule["section"], page)
        if some and len(some) < rule.get("least", 0):
            said = f"page {page} has {len(some)} rows, where at least {rule['least']} are asked for"
            yield Objection(said, rule["section"], page)


def _column(page: int, lines: Sequence[Sequence[Placed]]) -> list[tuple[int, float, int]]:
    """Give the numbers of a page that stand under each other, furthest left: number, how far down, page."""
    found = []
    here = [line for line in lines if line[0].letter.page == page]
    signs = [line[0].base for line in here if fields_of(words_of(line)) == {"signature"}]
    for line in here:
        if signs and line[0].base < min(signs) - ROW:
            continue
        text = _first_word(line)
        if text.isdigit() and len(text) <= 2:
            found.append((int(text), line[0].base, page, line[0].left, line[0].letter.size))
    found.sort(key=lambda one: one[3])
    columns = [[each for each in found if abs(each[3] - left) <= APART * size + 6] for *_, left, size in found]
    best = next((each for each in columns if len(each) > 2 and len({one[0] for one in each}) > 2), [])
    run = [(number, down, there) for number, down, there, _, _ in sorted(best, key=lambda one: one[1])]
    numbers = [number for number, _, _ in run]
    first = numbers.index(1) if 1 in numbers else 0
    return run[first:] if numbers[first:] == list(range(1, len(run) - first + 1)) else run  # a number above is no row


def _first_word(line: Sequence[Placed]) -> str:
    """Give the first word of a part of a line: a number that stands apart from a caption by a space."""
    text = line[0].letter.text
    for before, each in pairwise(line):
        if each.left - before.right > 0.24 * before.letter.size:
            break
        text += each.letter.text
    return text
