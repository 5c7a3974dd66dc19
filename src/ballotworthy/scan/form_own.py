"""Whether title, summary, identifier and text on a form are the measure's own, passage by passage, and what is added.

A passage is a sentence, or several that are short: a word alone stands in many places. The end of a page may part it
once. Capitals, stops and spaces are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ballotworthy.files.quantities import quantity
from ballotworthy.scan.drawn_type import Letter
from ballotworthy.scan.form_look import READ, Look
from ballotworthy.scan.form_rest import other_text
from ballotworthy.scan.form_type import Found, Objection, Unmeasured
from ballotworthy.scan.form_words import nearest_in, plain, short, stream_of

NAMES = {"title": "title", "summary": "summary", "identifier": "identifier", "text": "full text"}
SENTENCE = re.compile(r"(?<=[.;:?!])\s+|\n+")
LONG = 40
"""Letters from which a sentence is a passage of its own."""
ADDED = 40
"""Letters of a run beside the measure's text from which it is told: a heading has fewer."""
PART = 5
"""Letters that each part of a sentence has at least, where the end of a page parts it."""


def own_words(look: Look, words: Mapping[str, str]) -> Iterator[Found]:
    """Give what on the form is not as the measure has it; what it says besides, on the pages of its text, is open.

    Args:
        look: at the form.
        words: of the measure by name, as `MeasureText.words` has them; empty ones are not looked for.
    """
    section = str(look.form.data.get("own") or look.form.data.get("full_text", {}).get("section", ""))
    pictured = bool(look.drawn.pictures or look.pictured)
    streams = [(each, stream_of(each)) for each in [*look.orders, look.letters]]
    for key, name in NAMES.items():
        passages = _passages(words.get(key, ""))
        lacking = [each for each in passages if not any(_spans(plain(each), *some) for some in streams)]
        if not lacking:
            continue
        of_all = f"{len(lacking)} of {quantity(len(passages), 'passage')}"
        first = f'beginning with "{short(lacking[0])}"'
        if pictured:
            near = sum(_likeness(look.letters, each) >= READ for each in lacking)
            said = f"whether the measure's {name} stands there to the letter: {of_all} read otherwise on the picture, "
            yield Unmeasured(f"{said}{near} of these nearly so, {first}", section)
        else:
            yield Objection(f"the measure's {name} is not on it to the letter: {of_all}, {first}", section)
    if words.get("text"):
        yield from _added(look, words, section)


def _spans(wanted: str, letters: Sequence[Letter], stream: str) -> list[tuple[int, int]]:
    """Give where words first stand among letters: in one piece, or in two on two pages; nothing where they do not."""
    whole = stream.find(wanted)
    if whole >= 0:
        return [(whole, whole + len(wanted))]
    low, high = 0, len(wanted)
    while low < high:  # the longest beginning that stands there
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in stream else (low, middle - 1)
    start = stream.find(wanted[:low])
    goes_on = stream.find(wanted[low:], start + low)
    if min(low, len(wanted) - low) < PART or goes_on < 0 or letters[goes_on].page == letters[start + low - 1].page:
        return []
    return [(start, start + low), (goes_on, goes_on + len(wanted) - low)]


def _likeness(letters: Sequence[Letter], words: str) -> float:
    place = nearest_in(letters, stream_of(letters), words)
    return place.share if place else 0.0


def _passages(said: str) -> list[str]:
    """Give the passages of a text; what is left at its end belongs to the last."""
    passages: list[str] = []
    for sentence in (each.strip() for each in SENTENCE.split(said) if plain(each)):
        if passages and len(plain(passages[-1])) < LONG:
            passages[-1] += f" {sentence}"
        else:
            passages.append(sentence)
    if len(passages) > 1 and len(plain(passages[-1])) < LONG:
        passages[-2:] = [" ".join(passages[-2:])]
    return passages


def _added(look: Look, words: Mapping[str, str], section: str) -> Iterator[Found]:
    """Give the first long run on each page of the text of letters that no sentence of the measure has."""
    own = [plain(each) for said in words.values() for each in SENTENCE.split(said) if plain(each)]
    own += [plain(each.words) for each in look.asked]
    letters = [each for each in other_text(look) if each.page not in look.drawn.pictures]
    stream = stream_of(letters)
    beside = bytearray(b"1" * len(stream))
    for each in own:
        for start, end in _spans(each, letters, stream):
            beside[start:end] = b"0" * (end - start)
    for page in sorted({each.page for each in letters}):
        here = [at for at, each in enumerate(letters) if each.page == page]
        run = re.search(rb"1{%d,}" % ADDED, bytes(beside[at] for at in here))
        if run:
            said = "".join(letters[at].text for at in here[run.start() : run.end()])
            what = f"what page {page} says beside the measure's own words: {quantity(len(said), 'letter')} in one run"
            yield Unmeasured(f'{what}, "{short(said)}" (spaces and stops left out)', section)
    for page in look.drawn.pictures:
        if page not in look.pages:  # a letter that was misread cannot be told from one that was added
            said = "it is a picture; compare it with the measure from its first word to its last"
            yield Unmeasured(f"whether page {page} says anything beside the measure's own words: {said}", section)
