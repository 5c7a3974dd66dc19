"""Backs of a form of others, known by lines that are printed on them, wherever these stand; and such lines proposed."""

from __future__ import annotations

import difflib

import numpy as np

from ballotworthy.scan.page_text import Finder, cut, upright
from ballotworthy.scan.posteriors import Reader, Reading
from ballotworthy.scan.ruling import quarter, ruled
from ballotworthy.sheets.foreign import ForeignForm

READ = 0.8
"""The share of a line's letters that must be read in one line of a page, in their order, on the average of lines."""
PROPOSED, LEGIBLE, LETTERS, ALIKE = 5, 0.9, (12, 70), 0.6
"""Lines proposed at most, the mean probability of their letters and how many these are, and the share of a line's
letters from which on it is taken to stand on the front too."""


class Backs:
    """Tells backs of a form; what finds text is loaded at the first page that is asked for."""

    def __init__(self, foreign: ForeignForm, reader: Reader) -> None:
        self._lines = [_plain(each) for each in foreign.back]
        self._reader = reader
        self._finder: Finder | None = None

    def is_one(self, grey: np.ndarray) -> bool:
        """Tell whether a page is a back: whether the lines that the form has there are read on it."""
        if not self._lines:
            return False
        self._finder = self._finder or Finder()
        read = [_plain(each.text) for each in _lines(grey, self._finder, self._reader)]
        shares = [max((_shared(line, each) for each in read), default=0.0) for line in self._lines]
        return float(np.mean(shares)) >= READ


def proposed_back(front: np.ndarray, behind: np.ndarray, finder: Finder, reader: Reader) -> tuple[str, ...]:
    """Give the lines that tell the page behind a front as its back; none where hardly any are legible.

    Only print is taken that stands on the back alone, so that no front is ever held to be one.
    """
    before = [_plain(each.text) for each in _lines(front, finder, reader)]
    legible = [
        each.text.strip()
        for each in _lines(behind, finder, reader)
        if each.confidence >= LEGIBLE and LETTERS[0] <= len(_plain(each.text)) <= LETTERS[1]
    ]
    own = [text for text in legible if max((_shared(_plain(text), each) for each in before), default=0.0) < ALIKE]
    longest = sorted(dict.fromkeys(own), key=lambda text: -len(text))[:PROPOSED]
    return tuple(text for text in own if text in longest) if len(longest) > 1 else ()


def _lines(grey: np.ndarray, finder: Finder, reader: Reader) -> list[Reading]:
    """Read the lines of a page, whichever way it lies."""
    page = ruled(grey)
    turns, boxes = upright(page.picture, finder, reader)
    picture = quarter(page, turns).picture
    return reader.read([cut(picture, box) for box in boxes])


def _shared(line: str, read: str) -> float:
    found = difflib.SequenceMatcher(None, line, read, autojunk=False).get_matching_blocks()
    return sum(each.size for each in found if each.size > 1) / len(line)


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
