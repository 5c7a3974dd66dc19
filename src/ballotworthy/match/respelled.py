"""Lines whose words nobody of the roll bears, spelled as people and streets of the roll are, to be looked up again.

A key joins two or three facts as written; where a careless hand slipped in each of them ("Ckyde Lagnford, 1366 Stat
Highway 431"), no key leads to the voter. So a street, a first or a last name that the roll does not know is put beside
those it knows that become the same word when each loses one letter: one letter wrong, left out or put in, or two
changed about (deletion neighbourhoods: Mor & Fraenkel, "A hash code method for detecting and correcting spelling
errors", CACM 25 (1982) 935-938). Such spellings are looked up only, and in the last search: a voter found by them is
compared with the line as it was written.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl

from ballotworthy.files.compiled import allocating, compiled
from ballotworthy.match.comparisons.slips import SOUGHT, SPARE, half_slips, seek
from ballotworthy.roll.frequencies import EIGHTHS, PSEUDO_VOTERS, Frequencies
from ballotworthy.roll.keys import length
from ballotworthy.roll.packed import letters

NEAR = 3
"""Spellings kept of a word: the nearest and commonest."""
MOST = 8
"""Spellings kept of a line."""
SHORTEST = 3
"""Letters of the shortest word that is spelled anew: a shorter one is near to all."""
HALF_SLIP = 3 * EIGHTHS
"""What half a slip counts beside how rare the word is, in eighths of a bit."""
PARTS = ("last", "first", "street")
CHOICES = np.array(sorted(product(range(NEAR), repeat=len(PARTS)), key=sum))
"""Which of the words near to each part a spelling takes, the nearest first."""
POWERS = np.cumprod(np.full(32, 0x9E3779B97F4A7C15, np.uint64))


def respelled(packed: np.ndarray, frequencies: Frequencies, voters: int) -> tuple[np.ndarray, np.ndarray]:
    """Give other spellings of lines, to be looked up beside them.

    Args:
        packed: lines as `pack_lines` packs them, `packed.LINE` (lines,).
        frequencies: the words of the roll.
        voters: how many the roll has.

    Returns:
        The signers so spelled, `packed.RECORD` (spellings,), and the line of each, ascending; int64.
    """
    bits = (packed["who"]["last_bits"], packed["who"]["first_bits"], packed["street_bits"])
    strange = np.stack([mine == unseen for mine, unseen in zip(bits, frequencies.unseen, strict=True)], axis=1)
    lines = np.flatnonzero(strange.any(axis=1))
    who, strange = packed["who"][lines], strange[lines]
    rare = round(EIGHTHS * np.log2(voters + PSEUDO_VOTERS))
    near = np.full((len(lines), len(PARTS), NEAR), -1, np.int64)
    known = []
    for at, part in enumerate(PARTS):
        rows = np.flatnonzero(strange[:, at] & (who[part][:, SHORTEST - 1] != 0))
        table: pl.DataFrame = getattr(frequencies, part)
        if part != "street":
            table = table.filter(pl.col("bits") <= rare)  # of the census's names those that the roll has too
        known.append(letters(table["name"] if len(rows) else table["name"].clear(), who[part].shape[1]))
        near[rows, at] = _nearest(who[part][rows], known[-1], table["bits"].to_numpy())
    each = (near >= 0).sum(axis=2)
    count = np.where(each.any(axis=1), np.minimum(np.maximum(each, 1).prod(axis=1), MOST), 0)
    of = np.repeat(np.arange(len(lines)), count)
    found = who[of]
    _spell(near[of], np.arange(len(of)) - np.searchsorted(of, of), known[0], known[1], known[2], found)
    return found, lines[of]


def _nearest(words: np.ndarray, known: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """Give the rows of the known words nearest to each, the nearest first, -1 for none or a word that is known itself.

    Words are uint8 (words, letters); the rows int64 (words, NEAR).
    """
    near, cost = np.full((len(words), NEAR), -1, np.int64), np.full((len(words), NEAR), np.iinfo(np.int64).max)
    if len(words):
        size = 1 << int(np.ceil(np.log2(2 * len(words) * (words.shape[1] + 1))))
        _near(words, known, bits, size, near, cost)
    near[cost[:, 0] < 0] = -1
    return near


@compiled
def _spell(
    near: np.ndarray, nth: np.ndarray, lasts: np.ndarray, firsts: np.ndarray, streets: np.ndarray, found: np.ndarray
) -> None:
    """Write the nth spelling into each record found, of those with the nearest words first.

    `near` holds the rows of the known words for each part; int64 (spellings, 3, NEAR).
    """
    for at in range(found.shape[0]):
        left = nth[at]
        for choice in range(CHOICES.shape[0]):
            there = True
            for part in range(CHOICES.shape[1]):
                there = there and (CHOICES[choice, part] == 0 or near[at, part, CHOICES[choice, part]] >= 0)
            if there and left == 0:
                last, first, street = near[at, 0], near[at, 1], near[at, 2]
                _put(lasts, last[CHOICES[choice, 0]], found[at]["last"])
                _put(firsts, first[CHOICES[choice, 1]], found[at]["first"])
                _put(streets, street[CHOICES[choice, 2]], found[at]["street"])
                break
            left -= int(there)


@compiled
def _put(known: np.ndarray, number: int, word: np.ndarray) -> None:
    if number >= 0:
        for at in range(word.shape[0]):
            word[at] = known[number, at]


@compiled
def _hashes(word: np.ndarray, size: int, hashes: np.ndarray) -> None:
    """Write a hash of a word of `size` letters without each of them, then one of the whole word.

    The letters are the digits of a number; those behind the one left out move up by a place.
    """
    whole = np.uint64(0)
    for at in range(size):
        hashes[at] = whole
        whole += np.uint64(word[at]) * POWERS[at]
    hashes[size] = _mixed(whole)
    behind = np.uint64(0)
    for at in range(size - 1, -1, -1):
        hashes[at] = _mixed(hashes[at] + behind)
        if at:
            behind += np.uint64(word[at]) * POWERS[at - 1]


@compiled
def _mixed(value: np.uint64) -> np.uint64:
    value = (value ^ (value >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(32))


@allocating
def _near(
    words: np.ndarray, known: np.ndarray, bits: np.ndarray, size: int, near: np.ndarray, cost: np.ndarray
) -> None:
    """Write the nearest known words of each word into `near` and `cost`; a word that is known itself costs -1.

    All words with a letter less are laid out in a table of `size` places, and all known ones looked up in it.
    """
    keys, whose = np.zeros(size, np.uint64), np.full(size, -1, np.int64)
    hashes, sought = np.zeros(words.shape[1] + 1, np.uint64), np.zeros(SOUGHT, np.uint64)
    mask = np.uint64(size - 1)
    for at in range(words.shape[0]):
        letters_here = length(words[at])
        _hashes(words[at], letters_here, hashes)
        for each in range(letters_here + 1):
            place = np.int64(hashes[each] & mask)
            while whose[place] >= 0:
                place = (place + 1) & (size - 1)
            keys[place], whose[place] = hashes[each], at
    for number in range(known.shape[0]):
        letters_there = length(known[number])
        _hashes(known[number], letters_there, hashes)
        for each in range(letters_there + 1):
            place = np.int64(hashes[each] & mask)
            while whose[place] >= 0:
                at = whose[place]
                if keys[place] == hashes[each]:
                    _take(words[at], known[number], number, bits, sought[SPARE], near[at], cost[at])
                place = (place + 1) & (size - 1)


@compiled
def _take(
    word: np.ndarray, known: np.ndarray, number: int, bits: np.ndarray, sought: np.ndarray,
    near: np.ndarray, cost: np.ndarray,
) -> None:  # fmt: skip
    """Put a known word among the nearest of a word, each once."""
    seek(word, 0, length(word), sought)
    halves = half_slips(sought, length(word), known, 0, length(known))
    mine = -1 if halves == 0 else halves * HALF_SLIP + np.int64(bits[number])
    for at in range(near.shape[0]):
        if near[at] == number:
            return
    place = near.shape[0] - 1
    if cost[place] <= mine:
        return
    while place > 0 and cost[place - 1] > mine:
        near[place], cost[place] = near[place - 1], cost[place - 1]
        place -= 1
    near[place], cost[place] = number, mine
