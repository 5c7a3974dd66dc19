"""A form as it is looked at: its letters, the prescribed texts among them, its declaration, the pages with rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ballotworthy.errors import InputError
from ballotworthy.scan.drawn_type import Drawn, Letter
from ballotworthy.scan.form_attests import attested, without_declaration
from ballotworthy.scan.form_fields import not_asked, signed_pages
from ballotworthy.scan.form_rows import beside_texts
from ballotworthy.scan.form_words import Asked, Place, asked_of, longest_in, nearest_in, places_in, stream_of
from ballotworthy.scan.picture_form import Source
from ballotworthy.scan.reading_order import Placed, as_placed, as_rows, lines_of, once, words_of
from ballotworthy.sheets.form import Form

PART, MISWORDED = 0.5, 0.3
"""The share of a text in one piece by which a form is known; and from which a text is misworded, not missing."""
READ, PARTLY = 0.6, 0.45
"""The share of a text's letters from which it is taken to stand on a picture, if not to the letter, and from which it
may stand there; any text of a page has some letters of another's in their order."""

Found = Mapping[str, Sequence[Place]]


@dataclass(frozen=True)
class Look:
    """A form as found: `seen` are the letters of type, `pictured` those that were read, none where type told all.

    `found` and `nearest` give for the words of each text asked where it stands, or else the nearest to it; `orders` the
    letters as they may be read. `declared` are the letters of the declaration, which says `said`. `lines` are what
    stands beside the prescribed texts and the declaration, and `pages` those that ask signers for something.
    """

    form: Form
    drawn: Drawn
    source: Source
    seen: Sequence[Letter]
    pictured: Sequence[Letter]
    asked: Sequence[Asked]
    found: Found
    nearest: Mapping[str, Place | None]
    orders: Sequence[Sequence[Letter]]
    declared: Sequence[Letter]
    said: frozenset[str]
    beside: Sequence[Letter]
    lines: Sequence[Sequence[Placed]]
    pages: Sequence[int]

    @property
    def letters(self) -> list[Letter]:
        """All letters: those of type, and of pages without any those that were read."""
        typed = {each.page for each in self.seen}
        return [*self.seen, *(each for each in self.pictured if each.page not in typed)]

    def beside_of(self, letters: Sequence[Letter]) -> list[Letter]:
        """Give letters without those of the prescribed texts and of the declaration."""
        return beside_texts(without_declaration(letters, self.declared, self.drawn.pages), self.found)


def look_at(drawn: Drawn, form: Form, source: Source, read: Callable[[], Sequence[Letter]]) -> Look:
    """Look at a form; `read` reads its pages as pictures, which is done where its type lacks something.

    Raises:
        InputError: it bears nothing of what this form must, or nothing at all.
    """
    seen = once([each for each in drawn.letters if each.seen.contrast])
    asked = list(asked_of(form.data))
    typed = [as_placed(seen, drawn.pages), seen, as_rows(seen, drawn.pages)]
    found = {each.words: _typed(typed, each) for each in asked}
    declared, said = _attested(form, typed)
    signers = beside_texts(without_declaration(seen, declared, drawn.pages), found)
    pictured: list[Letter] = []
    if not all(found.values()) or not_asked(form, [words_of(each) for each in lines_of(signers, drawn.pages)]):
        pictured = as_placed(read(), drawn.pages)
        for each in asked:
            found[each.words] = found[each.words] or _pictured(pictured, each, seen)
        if not said:
            declared, said = _attested(form, [pictured])
    nearest = {each.words: _nearest(seen, pictured, each) for each in asked}
    _require_form(form, seen or pictured, found, nearest)
    of_picture = any(each and each[0].pictured for each in found.values())
    orders = [pictured, as_rows(pictured, drawn.pages)] if of_picture else typed
    look = Look(
        form, drawn, source, seen, pictured, asked, found, nearest, orders, declared, frozenset(said), (), (), ()
    )
    return _with_rows(look)


def _with_rows(look: Look) -> Look:
    """Add what stands beside the texts, and the pages with signatures: of type, or where it parts no words as read."""
    some = look.letters, look.pictured
    for letters in some if look.pictured else some[:1]:
        beside = look.beside_of(letters)
        lines = lines_of(beside, look.drawn.pages)
        pages = signed_pages(look.form, lines)
        if pages:
            break
    return replace(look, beside=beside, lines=lines, pages=pages)


def _require_form(form: Form, letters: Sequence[Letter], found: Found, nearest: Mapping[str, Place | None]) -> None:
    if not letters:
        raise InputError("nothing on it could be read. Give the PDF that goes to the printer.")
    if not any(found.values()) and not any(each and each.share > PART for each in nearest.values()):
        raise InputError(f"nothing that a form of {form.name} must say stands in it: it is no form of that kind.")


def _attested(form: Form, orders: Sequence[Sequence[Letter]]) -> tuple[Sequence[Letter], set[str]]:
    """Give the declaration in the order of reading in which it says most, in the fewest letters."""
    return max((attested(form, letters) for letters in orders), key=lambda each: (len(each[1]), -len(each[0])))


def _nearest(seen: Sequence[Letter], pictured: Sequence[Letter], asked: Asked) -> Place | None:
    """Give what is nearest to a text that was not found: a piece of it in type, else what was read on a picture."""
    typed = longest_in(seen, stream_of(seen), asked.words)
    read = _pictured(pictured, asked, seen, PARTLY)
    return read[0] if read and (typed is None or typed.share < MISWORDED) else typed


def _typed(orders: Sequence[Sequence[Letter]], asked: Asked) -> list[Place]:
    """Give the places of a text in the order of reading in which it is found."""
    for letters in orders:
        places = places_in(letters, stream_of(letters), asked.words)
        if places:
            return places
    return []


def _pictured(letters: Sequence[Letter], asked: Asked, typed: Sequence[Letter], least: float = READ) -> list[Place]:
    """Give the place of a text on a picture, unless type stands there that says something else."""
    place = nearest_in(letters, stream_of(letters), asked.words)
    if place is None or place.share < least:
        return []
    left, top, right, bottom = place.box
    there = [
        each
        for each in typed
        if each.page == place.page
        and left <= (each.box[0] + each.box[2]) / 2 <= right
        and top <= (each.box[1] + each.box[3]) / 2 <= bottom
    ]
    said = longest_in(there, stream_of(there), asked.words)
    return [] if said and len(there) * 2 > len(place.letters) and said.share > MISWORDED else [place]
