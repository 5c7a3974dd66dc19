"""The title and summary of a form: what stands between its heading and its notices, on each page with signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ballotworthy.scan.drawn_type import Letter
from ballotworthy.scan.form_order import precedes
from ballotworthy.scan.form_type import Found, Measured, Objection, Unmeasured, judge_type, measured_of
from ballotworthy.scan.form_words import Asked, Place
from ballotworthy.sheets.form import Form

SUMMARY = 60
"""Letters from which what follows the heading is a title and summary."""
WORDS = "the title and summary"


def title_and_summary(
    form: Form, asked: Sequence[Asked], found: Mapping[str, Sequence[Place]], orders: Sequence[Sequence[Letter]]
) -> Iterator[Found | Measured]:
    """Give what is found of the title and summary, on the first page and on each other that bears the heading.

    `asked` are the prescribed texts, those of the heading first; `orders` the letters as they may be read.
    """
    count = len(form.data["heading"])
    last, notices = asked[count - 1], asked[count : count + len(form.data["notices"])]
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
        yield Objection("no title and summary stand between the heading and the notices", last.section)
        return
    place = Place(tuple(longest), pictured=next(each[0].pictured for each in found.values() if each))
    what = Asked(WORDS, last.section, float(form.data["title_points"]), roman=last.roman)
    yield measured_of(what, [place])
    yield from judge_type(f"{WORDS} are set", what, place)
    if form.data.get("each_page") and notices:
        yield from _on_others(form.data["each_page"], asked, count, found, orders)


def _on_others(
    section: str,
    asked: Sequence[Asked],
    count: int,
    found: Mapping[str, Sequence[Place]],
    orders: Sequence[Sequence[Letter]],
) -> Iterator[Objection]:
    """Give the further pages that bear the heading and, before the notices, no title and summary."""
    headings = [each for each in found[asked[count - 1].words] if not each.pictured]
    for page in sorted({each.page for each in headings[1:]} - {headings[0].page} if headings else ()):
        here = {words: [each for each in places if each.page == page] for words, places in found.items()}
        between = [each for letters in orders if (each := _between(letters, asked, count, here)) is not None]
        if between and max(map(len, between)) < SUMMARY:
            box = here[asked[count - 1].words][0].box
            said = f"no title and summary stand between the heading and the notices of page {page}"
            yield Objection(said, section, page, box)


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
