"""Every voter of a roll looked at word by word: whom the pictures of a line point to though no pair of words does.

The words of a roll are few beside its voters, so each word is weighed once a line, and a voter's four words and zip
code are added up. It finds who was not looked up because one of his words was not among the likely ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.match.written.forward import NOTHING, weigh_texts
from ballotworthy.match.written.lexicon import PASSED, Lexicon, Some, Words, figures_of, top, words_of
from ballotworthy.match.written.seen import Seen
from ballotworthy.match.written.sought import Parts
from ballotworthy.match.written.towns import believed
from ballotworthy.match.written.weighed import LineSeen
from ballotworthy.roll import Roll

WHOLE = 1_000_000
"""Records of a roll up to which all are looked at; of a larger one those are that the index points to."""
LOOKED_AT = 300
"""Voters who are weighed whole, beside those whom pairs of words point to."""
MISREAD = 15.0
"""Bits that a word counts at most against a voter beside the word that the picture likes best."""
ELSEWHERE = 1e-4
"""What a zip code counts at least, of what it would if nothing were known."""


@dataclass(frozen=True)
class Everybody:
    """The words of all records of a roll.

    Attributes:
        words: first names, last names, house numbers and streets of the roll.
        of: which of them each record has; int32 (4, records).
        towns: which of the lexicon's towns each record has, -1 for none; int64 (records,).
    """

    words: tuple[Words, ...]
    of: np.ndarray
    towns: np.ndarray


def everybody_of(roll: Roll, lexicon: Lexicon) -> Everybody | None:
    """Gather the words of a roll's records; None for a roll that is too large."""
    records = roll.records
    if not 0 < len(records) <= WHOLE:
        return None
    fields = (records["first"], records["last"], figures_of(records), records["street"])
    words, of = zip(*(_words_of(field) for field in fields), strict=True)
    return Everybody(words, np.stack(of), lexicon.towns.of(records))


def likeliest_of_all(everybody: Everybody, seen: LineSeen, parts: Parts, lexicon: Lexicon) -> np.ndarray:
    """Give the numbers of the records whose words and zip code the pictures of a line show best; int64."""
    cells = (seen.name, seen.name, seen.address, seen.address)
    likely = (parts.firsts, parts.lasts, parts.numbers, parts.streets)
    bits = np.zeros(everybody.of.shape[1])
    for words, of, cell, some in zip(everybody.words, everybody.of, cells, likely, strict=True):
        bits += _seen(words, cell, some)[of]
    share = np.exp2(-lexicon.towns.bits)
    towns = np.log2(believed(seen.town.bits, seen.town.rare) / share + ELSEWHERE)
    bits += np.append(towns, 0.0)[everybody.towns]
    return np.sort(top(bits, LOOKED_AT))


def _seen(words: Words, cell: Seen | None, some: Some) -> np.ndarray:
    """Give the bits of each word, none more than `MISREAD` behind the likeliest; by the typed text without a cell."""
    if cell is None:
        width = words.letters.shape[1]
        typed = np.zeros(width, np.uint8)
        letters = some.letters[0][:width]
        typed[: len(letters)] = letters
        return np.where((words.letters == typed).all(axis=1), 0.0, -MISREAD)
    least = float(some.seen.max(initial=NOTHING)) - MISREAD
    weighed = weigh_texts(cell.with_gap(PASSED), cell.tail(PASSED), words.labels, sort=False, least=least)
    return np.asarray(np.maximum(weighed, least))


def _words_of(letters: np.ndarray) -> tuple[Words, np.ndarray]:
    """Give the different words among some, and which of them each is; int32."""
    width = letters.shape[1]
    spelled, of = np.unique(np.ascontiguousarray(letters).view(f"S{width}").ravel(), return_inverse=True)
    each = np.ascontiguousarray(spelled).view(np.uint8).reshape(-1, width)
    words = words_of(each, np.arange(len(each), dtype=np.float64))  # in the order of their labels, numbers kept
    place = np.empty(len(each), np.int32)
    place[words.bits.astype(np.int64)] = np.arange(len(each), dtype=np.int32)
    return words, place[of]
