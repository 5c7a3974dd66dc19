"""How a text of a form is set: how large, how black, in which face; and what the law would object to in that."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ballotworthy.scan.drawn_type import Box, Letter
from ballotworthy.scan.form_words import Asked, Place, plain, short

SLACK = 0.05
"""Points by which type may measure small: programs round."""
CAPITAL = (0.64, 0.74)
"""The height of capitals as a share of the type's size, in book types and in wide ones."""
ODD = (0.5, 0.82)
"""Shares outside of which the size that the PDF names is not the one that is drawn."""
THIN, THICK = 0.135, 0.15
"""The width of stems, as a share of the type's size, up to which type is plain and from which it is bold, as pdfium
draws both: 0.10 to 0.13 and 0.16 to 0.21 in ten faces."""
LEGIBLE = 4.5
"""The contrast that WCAG 2.1 asks of text (1.4.3); no petition law held here names one."""
MOSTLY = 0.9
WELL = 0.9
"""The share of a text's letters that must be read on a picture for its type to be measured there."""


@dataclass(frozen=True)
class Objection:
    """One thing that the law would object to, with its section; page and box (in points) where it stands."""

    what: str
    section: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True)
class Unmeasured:
    """One thing that the law prescribes and that could not be measured on this form: a person must look."""

    what: str
    section: str


@dataclass(frozen=True)
class Measured:
    """One text that the law prescribes, as found: its smallest type, give or take `off`; None where it was not found.

    `contrast` is by WCAG 2.1, 1 to 21; `bold` and `roman` are None where they could not be told.
    """

    words: str
    section: str
    asked: float | None
    points: float | None
    off: float = 0.0
    contrast: float | None = None
    bold: bool | None = None
    roman: bool | None = None
    pictured: bool = False


Found = Objection | Unmeasured


def measured_of(asked: Asked, places: Sequence[Place]) -> Measured:
    """Measure a text where it is set smallest."""
    if not places:
        return Measured(asked.words, asked.section, asked.points, None)
    place = min(places, key=lambda each: size_of(each.letters)[0])
    points, off = size_of(place.letters)
    bold = {_bold(each) for each in _parts(asked, place)} if asked.parts and not place.pictured else {None}
    return Measured(
        asked.words,
        asked.section,
        asked.points,
        None if math.isinf(off) else round(points, 2),
        0.0 if math.isinf(off) else round(off, 2),
        round(min(each.seen.contrast for each in place.letters), 1),
        bold.pop() if len(bold) == 1 else None,
        None if place.pictured else not _slanted(place.letters),
        place.pictured,
    )


def size_of(letters: Sequence[Letter]) -> tuple[float, float]:
    """Give the smallest size of letters in points, and how far it may be off, infinite where it is not known."""
    smallest = min(letters, key=lambda each: each.size)
    capitals = [each.seen.capital / each.size for each in letters if each.seen.capital]
    if smallest.off or len(capitals) < 3 or ODD[0] <= median(capitals) <= ODD[1]:
        return smallest.size, smallest.off
    return by_capital(median(capitals) * smallest.size, 0.15)


def by_capital(height: float, off: float) -> tuple[float, float]:
    """Give the size of type whose capitals have a height, both in points, and how far that may be off."""
    least, most = (height - off) / CAPITAL[1], (height + off) / CAPITAL[0]
    return (least + most) / 2, (most - least) / 2


def judge_type(what: str, asked: Asked, place: Place) -> Iterator[Found]:
    """Give what the law would object to in how a text is set at a place, and what could not be measured of it."""
    yield from _judge_size(what, asked, place)
    if place.pictured:
        faces = [each for each, wanted in (("boldface", asked.parts), ("roman type", asked.roman)) if wanted]
        if faces:
            yield Unmeasured(f"{' and '.join(faces)}, where the form is a picture", asked.section)
        return
    yield from _judge_face(what, asked, place)
    if asked.capitals and other_capitals(asked, place):
        yield Objection(f"{what} with other capitals than prescribed", asked.section, place.page, place.box)


def _judge_size(what: str, asked: Asked, place: Place) -> Iterator[Found]:
    if not asked.points:
        return
    points, off = size_of(place.letters)
    if math.isinf(off):
        yield Unmeasured("the size of the type, since the file does not say how large it is printed", asked.section)
    elif place.share < WELL:
        yield Unmeasured(f"{what}: its size, since its words could not be read well", asked.section)
    elif points + off < asked.points - SLACK:
        small = [each for each in place.letters if each.size < asked.points - SLACK] or list(place.letters)
        spot = Place(tuple(each for each in small if each.page == small[0].page))
        size = f"{points:.1f}-point type" if not off else f"about {points:.1f}-point type, give or take {off:.1f}"
        said = f"{what} in {size}, where {asked.points:g}-point is asked for"
        yield Objection(said, asked.section, spot.page, spot.box)
    elif points - off < asked.points - SLACK:
        said = f"{what} in about {points:.1f}-point type, give or take {off:.1f}: whether it is {asked.points:g}-point"
        yield Unmeasured(said, asked.section)


def _judge_face(what: str, asked: Asked, place: Place) -> Iterator[Found]:
    if asked.roman and _slanted(place.letters):
        yield Objection(f"{what} in italics, where roman type is asked for", asked.section, place.page, place.box)
    for (words, wanted), letters in zip(asked.parts, _parts(asked, place), strict=True):
        bold = _bold(letters)
        part = what if len(asked.parts) == 1 else f'"{short(words)}" is set'
        if bold is None:
            yield Unmeasured(f"{part} in type of which boldface could not be told", asked.section)
        elif bold != wanted:
            said = "not in boldface, where boldface is asked for" if wanted else "in boldface, where none is asked for"
            spot = Place(tuple(letters))
            yield Objection(f"{part} {said}", asked.section, spot.page, spot.box)


def other_capitals(asked: Asked, place: Place) -> bool:
    """Say whether a text has other capitals than the section prints; on a picture that is not told."""
    wanted = (each for each in asked.words if each.isalnum())
    return not place.pictured and any(got.text != each for got, each in zip(place.letters, wanted, strict=True))


def _parts(asked: Asked, place: Place) -> Iterator[tuple[Letter, ...]]:
    start = 0
    for words, _ in asked.parts:
        end = start + len(plain(words))
        yield place.letters[start:end]
        start = end


def _slanted(letters: Sequence[Letter]) -> bool:
    return sum(each.italic for each in letters) > (1 - MOSTLY) * len(letters)


def _bold(letters: Sequence[Letter]) -> bool | None:
    """Say whether letters are bold: by the width of their stems, and between by the font's name; None if not told."""
    stems = [each.seen.stem for each in letters if each.seen.stem]
    names = {each.named for each in letters} - {None}
    drawn = median(stems) if stems else None
    if drawn is None or THIN < drawn < THICK:
        return names.pop() if len(names) == 1 else None
    if drawn <= THIN:
        return None if True in names else False
    return False if max(stems) < THICK else True if min(stems) > THIN else None
