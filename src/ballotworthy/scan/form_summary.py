"""The title and summary of a form: what stands between its heading and its notices, on each page with signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ballotworthy.scan.drawn_type import Letter
from ballotworthy.scan.form_order import precedes
from ballotworthy.scan.form_type import Found, Measured, Objection, Unmeasured, judge_type, measured_of
from ballotworthy.scan.form_words import Asked, Place, stream_of
from ballotworthy.sheets.form import Form

SUMMARY = 60
"""Letters from which what follows the heading is a title and summary."""
WORDS = "the title and summary"
BEGINNING = 80
"""Letters at the beginning of title and summary among which the identifier stands."""
NUMBER = re.compile(r"(?<!\d)\d{6}(?!\d)")
TITLE = 12
"""Capitals in a row by which a title is told."""


def title_and_summary(
    form: Form,
    asked: Sequence[Asked],
    found: Mapping[str, Sequence[Place]],
    orders: Sequence[Sequence[Letter]],
    pages: Sequence[int],
) -> Iterator[Found | Measured]:
    """Give what is found of the title and summary, on each of `pages`, those with signatures, that bears the heading.

    `asked` are the prescribed texts, those of the heading first; `orders` the letters as they may be read.
    """
    count = len(form.data["heading"])
    if not form.data.get("title_points"):
        return
    headed = [each for each in pages if _on(each, found, asked[:count]) and _on(each, found, asked[count:])]
    if not headed:
        yield from _title_and_summary(form, asked, found, orders, "")
    for page in headed:
        where = f" of page {page}" if len(headed) > 1 else ""
        yield from _title_and_summary(form, asked, _of_page(found, page), orders, where)


def summary_letters(
    form: Form, asked: Sequence[Asked], found: Mapping[str, Sequence[Place]], orders: Sequence[Sequence[Letter]]
) -> set[int]:
    """Give the ids of the letters between heading and notices, on each page that has both, as people read."""
    count = len(form.data["heading"])
    letters: set[int] = set()
    for page in {each.page for some in found.values() for each in some}:
        here = _of_page(found, page)
        if _is_next_another(asked, count, here):
            continue
        between = (_between(each, asked, count, here) for each in orders)
        letters |= {id(letter) for letter in next((some for some in between if some), ())}
    return letters


def _of_page(found: Mapping[str, Sequence[Place]], page: int) -> dict[str, list[Place]]:
    return {words: [each for each in places if each.page == page] for words, places in found.items()}


def _on(page: int, found: Mapping[str, Sequence[Place]], asked: Sequence[Asked]) -> bool:
    return any(each.page == page for text in asked for each in found[text.words])


def _title_and_summary(
    form: Form,
    asked: Sequence[Asked],
    found: Mapping[str, Sequence[Place]],
    orders: Sequence[Sequence[Letter]],
    where: str,
) -> Iterator[Found | Measured]:
    count = len(form.data["heading"])
    last = asked[count - 1]
    if not any(found[each.words] for each in asked[:count]) or not any(found[each.words] for each in asked[count:]):
        return
    if _is_next_another(asked, count, found):
        said = f"{WORDS}, since what stands after the heading is not where the notices begin"
        yield Unmeasured(said, last.section)
        return
    between = [_between(letters, asked, count, found) for letters in orders]
    if all(each is None for each in between):
        yield Unmeasured(f"{WORDS}, since part of the form is type and part a picture", last.section)
        return
    longest = max((each for each in between if each is not None), key=len)
    if len(longest) < SUMMARY:
        said = f"no title and summary stand between the heading and the notices{where}"
        box = next((found[each.words][0].box for each in asked[:count] if found[each.words]), None)
        page = next((found[each.words][0].page for each in asked[:count] if found[each.words]), None)
        yield Objection(said, form.data["each_page"] if where else last.section, page, box)
        return
    place = Place(tuple(longest), pictured=next(each[0].pictured for each in found.values() if each))
    what = Asked(WORDS, last.section, float(form.data["title_points"]), roman=last.roman)
    yield measured_of(what, [place])
    yield from judge_type(f"{WORDS} are set", what, place)
    yield from identified(form, place)
    yield from in_capitals(form, place)


def identified(form: Form, place: Place) -> Iterator[Found]:
    """Tell a title and summary before which no number stands like those that the Attorney General gives: 25-0042."""
    section = form.data.get("identifier")
    if section and not NUMBER.search(stream_of(place.letters[:BEGINNING])):
        said = (
            "whether the Attorney General's unique numeric identifier stands before the title: no number like 25-0042 "
        )
        yield Unmeasured(f"{said}is there", section)


def in_capitals(form: Form, place: Place) -> Iterator[Found]:
    """Tell a title and summary without words in capitals; on a picture, or in a script without any, it is not told."""
    section = form.data.get("capitals")
    if section and not place.pictured and any(each.text.upper() != each.text.lower() for each in place.letters):
        runs = [len(list(some)) for upper, some in groupby(each.text.isupper() for each in place.letters) if upper]
        if max(runs, default=0) < TITLE:
            yield Objection("no title in capital letters stands before the summary", section, place.page, place.box)


def _is_next_another(asked: Sequence[Asked], count: int, found: Mapping[str, Sequence[Place]]) -> bool:
    """Tell a form on which what a row bears stands before the first notice, so that rows follow the heading."""
    notices = [found[each.words][0] for each in asked[count:-1] if found[each.words]]
    rows = found[asked[-1].words]
    return bool(notices and rows) and all(precedes(rows[0], each) for each in notices)


def _between(
    letters: Sequence[Letter], asked: Sequence[Asked], count: int, found: Mapping[str, Sequence[Place]]
) -> Sequence[Letter] | None:
    """Give what stands, in one order of reading, between the heading and what comes next; None where neither is."""
    index = {id(each): at for at, each in enumerate(letters)}
    spans = {
        each.words: (index[id(places[0].letters[0])], index[id(places[0].letters[-1])] + 1)
        for each in asked
        if (places := found[each.words]) and {id(places[0].letters[0]), id(places[0].letters[-1])} <= index.keys()
    }
    headings = [spans[each.words][1] for each in asked[:count] if each.words in spans]
    after = [spans[each.words][0] for each in asked[count:] if each.words in spans]
    if not headings or not after:
        return None
    start = max(headings)
    return letters[start : min((each for each in after if each > start), default=start)]
