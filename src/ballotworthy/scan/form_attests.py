"""The circulator's declaration of a form: where it stands, and what of it the law asks for and nothing says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ballotworthy.scan.drawn_type import Letter
from ballotworthy.scan.form_words import plain, stream_of
from ballotworthy.scan.reading_order import LEVEL, placed
from ballotworthy.sheets.form import Form

WITHIN = 2_500
"""Letters within which all of a declaration stands; the same words elsewhere, as in the measure's text, are not it."""
ABOVE = 90.0
"""Points above the first words of a declaration that are known up to which its heading and its blanks may stand."""
HEADS = ("declaration", "affidavit", "certificate")


def attested(form: Form, letters: Sequence[Letter]) -> tuple[Sequence[Letter], set[str]]:
    """Give the letters of the declaration, none where it is not there, and what the law asks of it and it says."""
    stream = stream_of(letters)
    spots = sorted(
        (at, each["what"])
        for each in form.data.get("attests", ())
        for words in each["words"]
        for at in _all(stream, words)
    )
    first, last, said = _shortest(spots)
    if len(said) < min(2, len(form.data.get("attests", ()))) or not said:
        return (), set()
    return letters[first : last + 1], said


def _shortest(spots: Sequence[tuple[int, str]]) -> tuple[int, int, set[str]]:
    """Give where most of what is asked for stands together, where that is shortest: first, last, and what it is."""
    best: tuple[int, int, set[str]] = (0, 0, set())
    for at, (first, _) in enumerate(spots):
        said: set[str] = set()
        for last, what in spots[at:]:
            if last > first + WITHIN:
                break
            if what in said:
                continue
            said = said | {what}
            if (-len(said), last - first) < (-len(best[2]), best[1] - best[0]):
                best = first, last, said
    return best


def without_declaration(
    letters: Sequence[Letter], declared: Sequence[Letter], pages: Sequence[tuple[float, float]]
) -> list[Letter]:
    """Give letters without the declaration, whose blanks ask the circulator and no signer, and what is under it."""
    if not declared:
        return list(letters)
    page, last = declared[0].page, declared[-1].page
    down = {id(each): placed(each, pages).base for each in letters if page <= each.page <= last}
    top = min(placed(each, pages).base for each in declared if each.page == page)
    here = [each for each in letters if each.page == page and top - ABOVE <= down[id(each)] <= top]
    stream = stream_of(here)
    top = min([top, *(down[id(here[at])] for head in HEADS for at in _all(stream, head))])
    return [
        each
        for each in letters
        if not page <= each.page <= last or (each.page == page and down[id(each)] < top - LEVEL * each.size)
    ]


def _all(stream: str, words: str) -> Iterator[int]:
    wanted = plain(words)
    at = stream.find(wanted)
    while at >= 0:
        yield at
        at = stream.find(wanted, at + 1)
