"""The numbers of a form's rows: from one, consecutively, and no more of them than the law allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ballotworthy.scan.form_type import Found, Objection, Unmeasured
from ballotworthy.scan.reading_order import SPACE, Placed, words_of
from ballotworthy.sheets.labels import fields_of

APART = 0.5
"""How far numbers of one column may be out of line, in points times their size."""
DIGITS = 0.42
"""The gap within a number, in sizes of its type: between two ones it is wide in some faces."""
ROW = 80.0
"""Points above the first caption for a signature up to which the first row may begin: what is higher is no row."""


def numbered(rule: Mapping[str, Any], pages: Sequence[int], lines: Sequence[Sequence[Placed]]) -> Iterator[Found]:
    """Give where the numbers of the rows on `pages` do not run from one, or are more or fewer than is asked for.

    `most` and `least` of the rule are rows; one that is `counted` asks for no numbers, which only tell how many rows
    there are. `lines` are the parts of lines without the prescribed texts.
    """
    each_page = [_run(page, lines) for page in pages]
    numbers = [number for some in each_page for number in some]
    if not numbers:
        what = (
            f"how many rows there are, of which {rule['most']}"
            if rule.get("counted")
            else "whether the rows are numbered"
        )
        said = f"{what} count: " if rule.get("counted") else f"{what} from 1 on: "
        yield Unmeasured(f"{said}no column of numbers was found", rule["section"])
        return
    read = any(line[0].letter.off for line in lines)
    if rule.get("counted") and read and not all(map(_one_by_one, each_page)):
        said = f"how many rows there are, of which {rule['most']} count: not every number could be read on the picture"
        yield Unmeasured(said, rule["section"])
    if not rule.get("counted"):
        wrong = list(_not_consecutive(rule, each_page, read=read))
        yield from wrong
        if any(isinstance(each, Objection) for each in wrong):
            return
    for some, page in zip(each_page, pages, strict=True):
        if len(some) > rule.get("most", len(some)):
            said = f"page {page} has {len(some)} rows, where at most {rule['most']} are asked for"
            yield Objection(said, rule["section"], page)
        if some and len(some) < rule.get("least", 0):
            said = f"page {page} has {len(some)} rows, where at least {rule['least']} are asked for"
            yield Objection(said, rule["section"], page)


def _not_consecutive(rule: Mapping[str, Any], each_page: Sequence[Sequence[int]], *, read: bool) -> Iterator[Found]:
    """Give how numbers fail to run from one; where they were `read` off a picture one may have been missed."""
    numbers = [number for some in each_page for number in some]
    again = numbers[0] == 1 and _one_by_one(numbers)
    afresh = all(some[0] == 1 and _one_by_one(some) for some in each_page if some)
    if afresh and not again and rule.get("through"):
        said = "whether each page is a section of its own, since the numbers of the rows begin anew on each"
        yield Unmeasured(said, rule["section"])
    elif not again and not afresh:
        said = f"the rows are numbered {', '.join(map(str, numbers))}, where consecutive numbers from 1 are asked for"
        yield Unmeasured(f"whether {said}", rule["section"]) if read else Objection(said, rule["section"])


def _one_by_one(numbers: Sequence[int]) -> bool:
    return all(b - a == 1 for a, b in pairwise(numbers))


def _run(page: int, lines: Sequence[Sequence[Placed]]) -> list[int]:
    """Give the numbers of a page that stand under each other: the column furthest left, and those that go on."""
    found = []
    here = [line for line in lines if line[0].letter.page == page]
    signs = [line[0].base for line in here if fields_of(words_of(line)) == {"signature"}]
    for line in here:
        if signs and line[0].base < min(signs) - ROW:
            continue
        text = _first_word(line)
        if text.isdigit() and len(text) <= 2:
            found.append((int(text), line[0].base, line[0].left, line[0].letter.size))
    found.sort(key=lambda one: one[2])
    columns: list[list[int]] = []
    for *_, left, size in found:
        column = [each for each in found if abs(each[2] - left) <= APART * size + 6]
        numbers = [number for number, *_ in sorted(column, key=lambda one: one[1])]
        if len(set(numbers)) > 2 and numbers not in columns:
            columns.append(numbers)
    run = columns[0] if columns else []
    first = run.index(1) if 1 in run else 0
    if _one_by_one(run[first:]):  # a number above is no row
        run = run[first:]
    for more in columns[1:]:
        if run and more[0] == run[-1] + 1:
            run = run + more
    return run


def _first_word(line: Sequence[Placed]) -> str:
    """Give the first word of a part of a line: a number that stands apart from a caption by a space."""
    text = line[0].letter.text
    for before, each in pairwise(line):
        digits = before.letter.text.isdigit() and each.letter.text.isdigit()
        if each.left - before.right > (DIGITS if digits else SPACE) * before.letter.size:
            break
        text += each.letter.text
    return text
