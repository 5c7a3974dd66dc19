"""What stands between two texts of a form, such as a description: how many words it has, and how large it is set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ballotworthy.files.quantities import quantity
from ballotworthy.scan.drawn_type import Letter
from ballotworthy.scan.form_look import Look
from ballotworthy.scan.form_type import SLACK, Found, Objection, Unmeasured
from ballotworthy.scan.form_words import places_in, stream_of
from ballotworthy.scan.reading_order import lines_of, words_of

SOME = 12
"""Letters between two texts from which something stands there."""
MISCOUNTED = 1.05
"""How many times the words allowed there may be before it is sure: gaps between letters part words, and may mislead."""


def between_texts(look: Look) -> Iterator[Found]:
    """Give what is wanting in what must stand between two texts: it is not there, too long, or set too small."""
    for rule in look.form.data.get("between", ()):
        letters = _between(look, rule["after"], rule["before"])
        if letters is None:
            continue
        if len(letters) < SOME:
            yield Unmeasured(f"{rule['what']}: it does not stand where it must", rule["section"])
            continue
        small = min(letters[: 2 * SOME], key=lambda each: each.size)
        points = rule.get("points", 0)
        if small.size + small.off < points - SLACK:
            said = f"{rule['what']} is set in {small.size:.1f}-point type, where {points:g}-point is asked for"
            yield Objection(said, rule["section"], small.page, small.box)
            continue
        counted = [each for each in letters if each.size + each.off >= points - SLACK]
        words = sum(len(words_of(line).split()) for line in lines_of(counted, look.drawn.pages))
        said = f"{rule['what']} has {quantity(words, 'word')}, where at most {rule['most_words']} are asked for"
        if words > rule["most_words"] * MISCOUNTED and not small.off:
            yield Objection(said, rule["section"], letters[0].page)
        elif words > rule["most_words"] / MISCOUNTED:
            yield Unmeasured(f"whether {said}", rule["section"])


def _between(look: Look, after: str, before: str) -> Sequence[Letter] | None:
    """Give the letters between two texts in the first order of reading that has both, None where none has."""
    for letters in look.orders:
        stream = stream_of(letters)
        for first in places_in(letters, stream, after)[:1]:
            start = next(at for at, each in enumerate(letters) if each is first.letters[-1]) + 1
            rest = places_in(letters[start:], stream[start:], before)
            if rest:
                return letters[
                    start : start + next(at for at, each in enumerate(letters[start:]) if each is rest[0].letters[0])
                ]
    return None
