"""What a picture says of the middle initial of voters, beside what it says of that of people at random.

With h how often a middle name is written, y(x) what the picture shows of a name with the initial x, and y(none) of the
name without one, a voter whose initial is x gains

    log2 ((1 - h) y(none) + h y(x)) - log2 (mean of the same over people at random)

bits. So an initial that nobody can read weighs nothing: in a picture of noise some initial always fits better than
none.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match.written.cells import BEHIND_NAME, BETWEEN
from ballotworthy.match.written.forward import weigh_texts
from ballotworthy.match.written.seen import Seen, joined, labels_of
from ballotworthy.match.written.weighed import UNREAD_NAME, or_unread, unread

WRITTEN, UNKNOWN = 0.4, 0.05
"""How often signers write a middle name or its initial, and how often where the roll has none; guesses."""
LEAST = -4.0
"""Bits that an initial counts against a voter at most: he may write another than the roll has."""
AGREES = 3.9
"""Bits that the matcher gives an initial that agrees (2.8 stated, 3.9 estimated on drawn sheets)."""
SHOWN = 1.0
"""Bits from which on an initial is written into a reading, so that it is no reading of a voter of another one."""
LETTERS = np.arange(ord("A"), ord("Z") + 1, dtype=np.uint8)


def with_initials(filled: np.ndarray, voters: np.ndarray, name: Seen, some: np.ndarray) -> np.ndarray:
    """Write the initial of voters into readings for them where the picture shows it, and no middle name elsewhere.

    Args:
        filled: the readings; `packed.RECORD`, written to.
        voters: whom each is for; `packed.RECORD`.
        name: the cell of the name.
        some: people at random; `packed.RECORD`.

    Returns:
        Bits to be added to the doubt of each name, less where the picture shows the initial; float64 (readings,).
    """
    initials = voters["middle"][:, 0]
    bits = initials_seen(name, (filled["first"], filled["last"]), initials, some["middle"][:, 0])
    bits = or_unread(bits, unread(name, UNREAD_NAME))
    shown = bits >= SHOWN
    filled["middle"] = 0
    filled["middle"][shown, 0] = initials[shown]
    return np.asarray(np.where(shown, AGREES, 0.0) - bits)


def initials_seen(
    seen: Seen, names: tuple[np.ndarray, np.ndarray], initials: np.ndarray, some: np.ndarray
) -> np.ndarray:
    """Give the bits that the middle initials of voters add to what the picture says of their first and last names.

    Args:
        seen: the cell of the name.
        names: letters of the first and the last name of each; uint8 (voters, width).
        initials: of each, 0 where the roll has none; uint8 (voters,).
        some: middle initials of people at random, 0 for none; uint8 (people,).
    """
    if not len(initials):
        return np.zeros(0)
    first, last = names
    _, one, of = np.unique(np.hstack(names), axis=0, return_index=True, return_inverse=True)
    first, last = first[one], last[one]
    each_first, each_last = np.repeat(first, len(LETTERS), axis=0), np.repeat(last, len(LETTERS), axis=0)
    letter = np.tile(LETTERS, len(one))[:, None]
    texts = (
        joined(first, b" ", last),
        joined(each_first, b" ", letter, b" ", each_last),
        joined(each_first, b" ", letter, b"\x01 ", each_last),
    )
    weighed = weigh_texts(seen.with_gap(BETWEEN), seen.tail(BEHIND_NAME), labels_of(np.vstack(texts)))
    none, alone, whole = np.split(weighed, [len(one), len(one) + len(letter)])
    with_letter = np.maximum(alone, whole).reshape(len(one), -1)
    shares = np.array([(some == each).mean() for each in LETTERS]) if len(some) else np.zeros(len(LETTERS))
    any_letter = np.logaddexp2.reduce(with_letter + np.log2(np.maximum(shares, 1e-9)), axis=1)
    named = shares.sum()
    usual = np.logaddexp2(none + np.log2(1 - WRITTEN * named), any_letter + np.log2(WRITTEN))
    unknown = np.logaddexp2(none + np.log2(1 - UNKNOWN * named), any_letter + np.log2(UNKNOWN))
    place = np.clip(initials.astype(np.int64) - LETTERS[0], 0, len(LETTERS) - 1)
    row = of.ravel()
    own = np.logaddexp2(none[row] + np.log2(1 - WRITTEN), with_letter[row, place] + np.log2(WRITTEN))
    known = np.isin(initials, LETTERS)
    return np.asarray(np.maximum(np.where(known, own, unknown[row]) - usual[row], LEAST))
