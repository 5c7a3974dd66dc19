"""Words whose every number is a link to where it was read, or is marked as one whose source is not held."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from ballotworthy.safe_text import safe_text

NUMBER = re.compile(r"[^\s“”‘’()<>;,]*\d(?:[^\s“”‘’()<>;]*[^\s“”‘’()<>;.,:?!])?")
"""A word that has a figure in it: 546,651, 55%, 2017-10-22, 24-0001A2, but not the comma behind it."""


def linked(text: object, address: str | None) -> Markup:
    """Give a text for a page, each of its numbers a link to the address; "#..." is a place on the page itself.

    A number without an address is marked by the class `unsourced`, and says so where one points at it.
    """
    words = safe_text(str(text))
    parts: list[str] = []
    at = 0
    for found in NUMBER.finditer(words):
        parts += [escape(words[at : found.start()]), _number(found[0], address)]
        at = found.end()
    return Markup("").join([*parts, escape(words[at:])])


def _number(word: str, address: str | None) -> Markup:
    if not address:
        return Markup('<span class="unsourced" title="its source is not held">{}</span>').format(word)
    return Markup('<a class="number" href="{}">{}</a>').format(address, word)
