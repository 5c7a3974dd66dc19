"""What a form must bear besides prescribed texts: a declaration, the full text, a serial number, and what it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from ballotworthy.scan.drawn_type import Letter
from ballotworthy.scan.form_look import Look
from ballotworthy.scan.form_type import SLACK, Found, Objection, Unmeasured
from ballotworthy.scan.form_words import places_in, plain, stream_of

SENTENCE = re.compile(r"_{2,}|[.;:,] |\{\w+\}")
"""What parts the sentences of a declaration and its blanks."""
SOME, WORDS = 30, 12
"""Letters of another page from which they may be the full text, and of a part of a declaration that is told from it."""
CORNER = (0.6, 0.8)
"""The shares of a page's width and height beyond which its lower right corner is."""


def not_attested(look: Look) -> Iterator[Found]:
    """Give what the declaration lacks; where the section prints its words, or its place, that is an objection."""
    asked, said = look.form.data.get("attests", ()), look.said
    whole = look.form.data.get("attested", {})
    if asked and not said:
        yield Unmeasured(f"{whole['what']}, which does not stand in this file: it must be attached", whole["section"])
        return
    if whole.get("overleaf") and look.declared[0].page in look.pages:
        page = look.declared[0].page
        yield Objection(f"{whole['what']} stands on page {page}, beside the signatures", whole["section"], page)
    for each in asked:
        if each["what"] in said:
            continue
        sought = " or ".join(f'"{words}"' for words in each["words"])
        if each.get("printed"):
            yield Objection(f"{whole['what']} does not say {sought}", each["section"])
        else:
            lacks = f"whether {whole['what']} says {each['what']}: nothing in it reads {sought}"
            yield Unmeasured(lacks, each["section"])


def full_text(look: Look) -> Iterator[Found]:
    """Give whether the full text stands on another page than the signatures, and in type that is large enough."""
    rule = look.form.data.get("full_text")
    if not rule or not look.pages:
        return
    text = other_text(look)
    if len(text) < SOME:
        yield Unmeasured(f"{rule['what']}: no page here has it but that with the signatures", rule["section"])
        return
    size = median(each.size for each in text)
    if rule.get("points") and not any(each.off for each in text) and size < rule["points"] - SLACK:
        said = f"the text on page {text[0].page} is set in {size:.1f}-point type, where {rule['points']:g}-point is "
        said += "asked for"
        yield Objection(said, rule["section"], text[0].page)


def other_text(look: Look) -> list[Letter]:
    """Give the letters of the pages without signatures, but for the declaration, as found and as our form has it."""
    letters = [each for each in look.letters if each.page not in look.pages]
    stream = stream_of(letters)
    gone = {id(each) for each in look.declared}
    parts = (part for each in look.form.data.get("declaration", ()) for part in SENTENCE.split(each["text"]))
    for words in parts:
        if len(plain(words)) >= WORDS:
            gone |= {id(letter) for place in places_in(letters, stream, words) for letter in place.letters}
    return [each for each in letters if id(each) not in gone]


def serial_number(look: Look) -> Iterator[Found]:
    """Give the sides of a sheet in whose lower right corner no number stands, where the law asks for one there."""
    rule = look.form.data.get("serial")
    sides = {side for page in look.pages for side in (page, page + 1)} if rule else set()
    for page in sorted(sides & set(range(1, len(look.drawn.pages) + 1))):
        width, height = look.drawn.pages[page - 1]
        there = [
            each
            for each in look.letters
            if each.page == page and each.box[0] > CORNER[0] * width and each.box[1] > CORNER[1] * height
        ]
        if rule and not any(each.text.isdigit() for each in there):
            said = f"no number stands in the lower right corner of page {page}, where the serial number must"
            yield Objection(said, rule["section"], page)


def says(look: Look) -> Iterator[Found]:
    """Give what the form must tell in words of its own and no word of it speaks of."""
    stream = stream_of(look.letters)
    for rule in look.form.data.get("says", ()):
        if not any(plain(words) in stream for words in rule["words"]):
            sought = " or ".join(f'"{words}"' for words in rule["words"])
            yield Unmeasured(f"{rule['what']}: nothing on it reads {sought}", rule["section"])
