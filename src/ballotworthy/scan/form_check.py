"""What the law would object to in a form: words that it must bear, in their order, in the type that is asked for."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ballotworthy.errors import InputError
from ballotworthy.scan.drawn_type import Drawn, Letter
from ballotworthy.sheets.form import Form
from ballotworthy.sheets.labels import field_of

SLACK = 0.05
"""Points by which type may measure small: programs round."""
PART, MISWORDED = 0.5, 0.3
"""The share of a text in one piece by which a form is known; and from which a text is misworded, not missing."""
SUMMARY = 60
"""Letters from which what follows the heading is a title and summary."""
EVENLY = 0.012
"""How far the shares of the type that is asked for may differ where a form was printed at another scale."""
NOT_CHECKED = (
    "margins", "boldface", "the space for the elections official", "how the measure's text is attached", "contrast",
)  # fmt: skip


@dataclass(frozen=True)
class Objection:
    """One thing that the law would object to, with its section; page and box (in points) where it stands."""

    what: str
    section: str
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Measured:
    """One text that the law prescribes, as found: its smallest type, None where it was not found."""

    words: str
    section: str
    asked: float | None
    points: float | None


@dataclass(frozen=True)
class _Asked:
    words: str
    section: str
    points: float | None


def check_form(drawn: Drawn, form: Form) -> tuple[list[Objection], list[Measured]]:
    """Give the objections in the order of the form, and what was measured.

    Raises:
        InputError: its pages are pictures without text, or it bears nothing of what this form must.
    """
    if not drawn.letters:
        raise InputError(
            "there is no text in it, only pictures or nothing: type is measured in the PDF that was printed."
        )
    stream = "".join(each.text.casefold()[:1] for each in drawn.letters)
    asked = list(_asked(form))
    found = {each.words: _places(stream, each.words) for each in asked}
    if not any(found.values()) and not any(_longest(stream, each.words)[0] > PART for each in asked):
        raise InputError(f"nothing that a form of {form.name} must say stands in it: it is no form of that kind.")
    objections: list[Objection] = []
    measured: list[Measured] = []
    for each in asked:
        places = found[each.words]
        smallest = min((_smallest(drawn.letters, *place) for place in places), key=lambda one: one.size, default=None)
        measured.append(Measured(each.words, each.section, each.points, smallest.size if smallest else None))
        if smallest is None:
            objections.append(_missing(stream, each, drawn))
        elif each.points and smallest.size < each.points - SLACK:
            objections.append(_small(f'"{_short(each.words)}" is set', each, smallest))
    objections += _order(asked, found, drawn)
    objections += _summary(form, asked, found, drawn, measured)
    objections += _fields(form, drawn)
    return _scaled(measured) + objections, measured


def _asked(form: Form) -> Iterator[_Asked]:
    """Give the texts that the form's file prescribes, in their order on the page; blanks to be filled part a text."""
    data = form.data
    for each in data["heading"]:
        yield _Asked(each["text"], each["section"], float(data["title_points"]))
    for each in data["notices"]:
        yield _Asked(each["text"], each["section"], float(each["points"]))
    row = data.get("row_text")
    if row:
        yield _Asked(f"{row['bold']} {row['plain']}", row["section"], None)


def _places(stream: str, words: str) -> list[tuple[int, int]]:
    plain = _plain(words)
    places, at = [], stream.find(plain)
    while at >= 0:
        places.append((at, at + len(plain)))
        at = stream.find(plain, at + 1)
    return places


def _plain(words: str) -> str:
    return "".join(each.casefold()[:1] for each in words if each.isalnum())


def _smallest(letters: Sequence[Letter], start: int, end: int) -> Letter:
    return min(letters[start:end], key=lambda each: each.size)


def _longest(stream: str, words: str) -> tuple[float, int, int]:
    """Give the longest part of a text that stands in the stream, as a share of it, and where: start and end."""
    plain = _plain(words)
    match = difflib.SequenceMatcher(None, stream, plain, autojunk=False).find_longest_match()
    return match.size / max(1, len(plain)), match.a, match.a + match.size


def _missing(stream: str, asked: _Asked, drawn: Drawn) -> Objection:
    share, start, end = _longest(stream, asked.words)
    if share < MISWORDED:
        return Objection(f'the words "{asked.words}" are not on it', asked.section)
    first, last = drawn.letters[start], drawn.letters[end - 1]
    said = f'the words "{asked.words}" are not as prescribed: {share:.0%} of them stand there in one piece'
    return Objection(said, asked.section, first.page, _around([first, last]) if first.page == last.page else first.box)


def _small(what: str, asked: _Asked, smallest: Letter) -> Objection:
    said = f"{what} in {smallest.size:.1f}-point type, where {asked.points:g}-point is asked for"
    return Objection(said, asked.section, smallest.page, smallest.box)


def _around(letters: Sequence[Letter]) -> tuple[float, float, float, float]:
    boxes = [each.box for each in letters]
    return (
        min(each[0] for each in boxes),
        min(each[1] for each in boxes),
        max(each[2] for each in boxes),
        max(each[3] for each in boxes),
    )


def _order(asked: Sequence[_Asked], found: dict[str, list[tuple[int, int]]], drawn: Drawn) -> list[Objection]:
    there = [(each, found[each.words][0][0]) for each in asked if found[each.words]]
    return [
        Objection(
            f'"{_short(second.words)}" stands before "{_short(first.words)}", which must come first',
            second.section,
            drawn.letters[at].page,
            drawn.letters[at].box,
        )
        for (first, before), (second, at) in pairwise(there)
        if at < before
    ]


def _summary(
    form: Form, asked: Sequence[_Asked], found: dict[str, list[tuple[int, int]]], drawn: Drawn, measured: list[Measured]
) -> list[Objection]:
    """Look at what stands between the heading and the notices: the title and summary, in the type of the heading."""
    headings = [each for each in asked[: len(form.data["heading"])] if found[each.words]]
    after = [found[each.words][0][0] for each in asked[len(form.data["heading"]) :] if found[each.words]]
    if not headings or not after:
        return []
    start = max(found[each.words][0][1] for each in headings)
    end = min((each for each in after if each > start), default=start)
    last = headings[-1]
    what = _Asked("the title and summary", last.section, float(form.data["title_points"]))
    if end - start < SUMMARY:
        return [Objection("no title and summary stand between the heading and the notices", last.section)]
    smallest = _smallest(drawn.letters, start, end)
    measured.append(Measured(what.words, what.section, what.points, smallest.size))
    return (
        [_small("the title and summary are set", what, smallest)] if smallest.size < (what.points or 0) - SLACK else []
    )


def _fields(form: Form, drawn: Drawn) -> list[Objection]:
    """Give the fields that the law asks for and no line of text does."""
    there = {field for line in _lines(drawn.letters) for field in _asked_by(line)}
    return [
        Objection(f"nothing on it asks for the signer's {FIELD_WORDS.get(field, field)}", section)
        for field, section in form.data.get("field_sections", {}).items()
        if field not in there
    ]


FIELD_WORDS = {"name": "printed name", "address": "residence address", "signed_on": "date of signing"}


def _asked_by(line: str) -> set[str]:
    field, written = field_of(line)
    return {"address", "city", "zip"} if written == "address-city-zip" else {field}


def _lines(letters: Sequence[Letter]) -> Iterator[str]:
    """Give the words that stand together: letters near each other on one line, a wide gap parts them."""
    line = ""
    for before, each in pairwise([letters[0], *letters]):
        gap = each.box[0] - before.box[2]
        level = abs(each.box[3] - before.box[3]) < 0.6 * before.size and each.page == before.page
        if line and (not level or gap > 2.5 * before.size or gap < -before.size):
            yield line
            line = ""
        line += (" " if line and gap > 0.15 * before.size else "") + each.text
    yield line


def _scaled(measured: Sequence[Measured]) -> list[Objection]:
    """Tell a form whose type is all smaller by one share: it was printed or saved at that scale."""
    shares = [each.points / each.asked for each in measured if each.points and each.asked]
    if len(shares) < 3 or max(shares) > 0.99 or max(shares) - min(shares) > EVENLY:
        return []
    share = sum(shares) / len(shares)
    return [Objection(f"all prescribed type is {share:.0%} of its size: the form was scaled; print it at 100%", "")]


def _short(words: str) -> str:
    return words if len(words) <= 48 else words[:45].rstrip() + "..."
