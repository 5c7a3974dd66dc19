"""Backs of a form of others, known by lines that are printed on them, wherever these stand."""

from __future__ import annotations

import difflib

import numpy as np

from ballotworthy.scan.page_text import Finder, cut, upright
from ballotworthy.scan.posteriors import Reader
from ballotworthy.scan.ruling import quarter, ruled
from ballotworthy.sheets.foreign import ForeignForm

READ = 0.8
"""The share of a line's letters that must be read in one line of a page, in their order, on the average of lines."""


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
        page = ruled(grey)
        turns, boxes = upright(page.picture, self._finder, self._reader)
        picture = quarter(page, turns).picture
        read = [_plain(each.text) for each in self._reader.read([cut(picture, box) for box in boxes])]
        shares = [max((_shared(line, each) for each in read), default=0.0) for line in self._lines]
        return float(np.mean(shares)) >= READ


def _shared(line: str, read: str) -> float:
    found = difflib.SequenceMatcher(None, line, read, autojunk=False).get_matching_blocks()
    return sum(each.size for each in found if each.size > 1) / len(line)


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
