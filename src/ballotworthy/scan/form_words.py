"""Where the texts that a form must bear stand among its letters: found whole, in parts, or on a picture."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ballotworthy.scan.drawn_type import Box, Letter

ALIKE = str.maketrans("1l0", "iio")
"""Letters that a recogniser cannot tell apart in print."""


@dataclass(frozen=True)
class Asked:
    """A text that the form's file prescribes: words, section, points; its parts and whether each must be bold.

    `capitals` says that the section prescribes capitals and small letters as they stand; `unless` are words by which a
    form is known that need not bear the text; `larger` says why larger type than the points is told;
    `near` that the section asks for the text in substance, not to the letter; `anywhere` that its place among the texts
    is not prescribed; `where` its place on the page, if it is: "above" the rows, "right".
    """

    words: str
    section: str
    points: float | None
    parts: tuple[tuple[str, bool], ...] = ()
    capitals: bool = False
    roman: bool = False
    unless: str = ""
    larger: str = ""
    near: bool = False
    anywhere: bool = False
    where: str = ""


@dataclass(frozen=True)
class Place:
    """Where a text stands: its letters, and the share of them that is as prescribed; read off a picture or not."""

    letters: tuple[Letter, ...]
    share: float = 1.0
    pictured: bool = False

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.letters[0].page

    @property
    def box(self) -> Box:
        """The box around what of it stands on the page on which it begins."""
        return around([each for each in self.letters if each.page == self.page])


def asked_of(data: Any) -> Iterator[Asked]:
    """Give the texts that a form's file prescribes, in their order on the page; blanks to be filled part a text."""
    heading = data.get("title_points")
    for each in data["heading"]:
        points = each.get("points", heading)
        yield _asked(each, points, roman=data.get("roman", False))
    for each in data["notices"]:
        yield _asked(each, each.get("points"))
    row = data.get("row_text")
    if row:
        halves = ((row["bold"], True), (row["plain"], False))
        yield Asked(f"{row['bold']} {row['plain']}", row["section"], None, halves, capitals=True, unless=row["unless"])


def _asked(text: Mapping[str, Any], points: float | None, roman: bool = False) -> Asked:
    """Give one text as prescribed; without `bold` or points its section says nothing of the face or the size."""
    parts = ((text["text"], bool(text["bold"])),) if "bold" in text else ()
    size = float(points) if points else None
    return Asked(
        text["text"],
        text["section"],
        size,
        parts,
        capitals=bool(text.get("capitals")),
        roman=roman,
        larger=str(text.get("larger", "")),
        near=bool(text.get("substantially")),
        anywhere=bool(text.get("anywhere")),
        where=str(text.get("where", "")),
    )


def plain(words: str) -> str:
    """Give the letters and digits of words, without their capitals."""
    return "".join(each.casefold()[:1] for each in words if each.isalnum())


def stream_of(letters: Sequence[Letter]) -> str:
    """Give letters as one text without spaces and capitals; its places are theirs."""
    return "".join(each.text.casefold()[:1] for each in letters)


def places_in(letters: Sequence[Letter], stream: str, words: str) -> list[Place]:
    """Give each place where words stand whole."""
    wanted = plain(words)
    places, at = [], stream.find(wanted)
    while at >= 0:
        places.append(Place(tuple(letters[at : at + len(wanted)])))
        at = stream.find(wanted, at + 1)
    return places


def longest_in(letters: Sequence[Letter], stream: str, words: str) -> Place | None:
    """Give the longest part of a text that stands in one piece, with its share of the text."""
    wanted = plain(words)
    match = difflib.SequenceMatcher(None, stream, wanted, autojunk=False).find_longest_match()
    if not match.size:
        return None
    return Place(tuple(letters[match.a : match.a + match.size]), match.size / len(wanted))


def nearest_in(letters: Sequence[Letter], stream: str, words: str) -> Place | None:
    """Give the place on a picture whose letters are nearest to words, as a recogniser may spoil them."""
    wanted, read = plain(words).translate(ALIKE), stream.translate(ALIKE)
    at = read.find(wanted)
    if at >= 0:
        return Place(tuple(letters[at : at + len(wanted)]), 1.0, pictured=True)
    longest = difflib.SequenceMatcher(None, read, wanted, autojunk=False).find_longest_match()
    if not longest.size:
        return None
    start = max(0, longest.a - longest.b - 3)
    window = read[start : longest.a - longest.b + len(wanted) + 3]
    same = [
        each
        for each in difflib.SequenceMatcher(None, window, wanted, autojunk=False).get_matching_blocks()
        if each.size > 1
    ]
    if not same:
        return None
    first, last = start + same[0].a, start + same[-1].a + same[-1].size
    share = sum(each.size for each in same) / max(len(wanted), last - first)
    return Place(tuple(letters[first:last]), min(share, 1 - 1 / (len(wanted) + 1)), pictured=True)


def around(letters: Sequence[Letter]) -> Box:
    """Give the box around letters of one page."""
    boxes = [each.box for each in letters]
    return (
        min(each[0] for each in boxes),
        min(each[1] for each in boxes),
        max(each[2] for each in boxes),
        max(each[3] for each in boxes),
    )


def short(words: str) -> str:
    """Give the beginning of words, for a message."""
    return words if len(words) <= 48 else words[:45].rstrip() + "..."
