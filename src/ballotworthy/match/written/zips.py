"""Zip codes read from pictures: those of the roll, believed beforehand as the roll and the rest of the sheet show them.

Who signs a sheet mostly lives near the others. Before its own picture is looked at, a line has the zip code z with

    P(z) = (share of z on the roll + sum over the sheet's other lines of P(z | their pictures)) / (1 + other lines),

so a sheet filled far and wide says little, and none rules out a zip code that only one signer has.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ballotworthy.match.written.forward import weigh_texts
from ballotworthy.match.written.lexicon import PASSED, Words
from ballotworthy.match.written.seen import Seen, labels_of
from ballotworthy.match.written.sought import numbers_of

ZIP_ERROR, STRANGE_ZIP = 0.02, 16.0
"""How often a zip code is none of the roll's, and how rare such a one is, in bits."""
NOTHING_BITS = 99.0


def shown(seen: Seen | None, words: Words) -> np.ndarray:
    """Give how probable each zip code of the roll is under one picture; float64 (words,), 0 in all without one."""
    if seen is None or not len(words.bits):
        return np.zeros(len(words.bits))
    return believed(seen, words, words.bits)


def believed(seen: Seen | None, words: Words, rare: np.ndarray) -> np.ndarray:
    """Give how probable each zip code is by its picture, if there is one, and the sheet, `rare`; float64 (words,)."""
    if seen is None or not len(words.bits):
        return np.asarray(np.exp2(-rare))
    each = np.append(_weighed(seen, words) - rare, -STRANGE_ZIP)
    return np.asarray(np.exp2(each - np.logaddexp2.reduce(each))[:-1])


def rare_beside(others: Sequence[np.ndarray], words: Words) -> np.ndarray:
    """Give how rare each zip code is on a sheet whose other lines show these, as `shown` gives them; bits (words,)."""
    told = [each for each in others if each.any()]
    share = sum(told, np.exp2(-words.bits)) / (1 + len(told))
    return np.asarray(-np.log2(share))


def zip_doubts(
    found: np.ndarray, who: np.void, seen: Seen | None, words: Words, rare: np.ndarray
) -> tuple[np.ndarray, float]:
    """Give -log2 of the probability of each voter's zip code, and of the one as read; 0 without a picture.

    Args:
        found: voters, `packed.RECORD`.
        who: the signer as read.
        seen: the cell.
        words: the roll's zip codes.
        rare: how rare each of them is on this sheet, by `rare_beside`.
    """
    if seen is None:
        return np.zeros(len(found)), 0.0
    codes = numbers_of(words.letters).astype(np.int64)
    each = _weighed(seen, words) - rare + np.log2(1 - ZIP_ERROR)
    known = codes == who["zip"]
    own = float(each[known][0]) if known.any() else -STRANGE_ZIP
    total = np.logaddexp2.reduce(np.append(each, -STRANGE_ZIP))
    order = np.argsort(codes)
    place = np.minimum(np.searchsorted(codes[order], found["zip"]), max(len(codes) - 1, 0))
    there = codes[order][place] == found["zip"] if len(codes) else np.zeros(len(found), np.bool_)
    theirs = each[order][place] if len(codes) else np.zeros(len(found))
    return np.where(there, total - theirs, NOTHING_BITS), float(total - own)


def _weighed(seen: Seen, words: Words) -> np.ndarray:
    return weigh_texts(seen.with_gap(PASSED), seen.tail(PASSED), labels_of(words.letters))
