"""What one cell may say: every reading worth thinking of, with its probability under picture and roll.

For a reading s with share P(s) of the people, and the picture D,

    P(s | D) = P(s) y(s) / sum over readings r of P(r) y(r),

where y is the text's probability under the picture over that of the best path. First and last names count as
independent, as number and street do. The text as read is among the readings, with the share of a name that nobody on
the roll bears if none does; it stands for all texts that the roll does not think of.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.match.written.forward import NOTHING, Texts, texts_of, weigh_texts
from ballotworthy.match.written.lexicon import Some, top
from ballotworthy.match.written.seen import Seen, joined, labels_of
from ballotworthy.petition.pictures import CLASSES, SPACE

BETWEEN = 0.2
"""Price of a step of ink between first and last name, where a middle name may stand; 2.3 bits."""
BEHIND_NAME, BEHIND_STREET = 0.1, 0.4
"""The same behind a name, where hardly anything stands, and behind a street, where its type and a unit do."""
TURNED = 5.6
"""Bits that the last name stands first."""
STRANGE, LETTER = 4.0, 3.3
"""Bits that a name or street is none of the roll's or the census's, and of a letter of such a one."""
CROSSED = 1500
"""Pairs of words that are weighed whole."""
FAR, MOST = 40.0, 300
"""Bits behind the likeliest reading, and number of readings, beyond which none is kept."""


@dataclass(frozen=True)
class Pairs:
    """Readings of a cell of two parts: first and last name, or number and street.

    Attributes:
        one, two: letters of the parts; uint8 (readings, width).
        bits: how rare each is; float64 (readings,).
        seen: what the picture says of each, 0 or less; float64 (readings,).
    """

    one: np.ndarray
    two: np.ndarray
    bits: np.ndarray
    seen: np.ndarray

    def likely(self) -> Pairs:
        """Give the readings that are within `FAR` bits of the likeliest, and at most `MOST`."""
        each = self.seen - self.bits
        kept = np.flatnonzero(each >= each.max(initial=NOTHING) - FAR)
        return self.some(kept[top(each[kept], MOST)])

    def some(self, rows: np.ndarray) -> Pairs:
        """Give the readings of some rows."""
        return Pairs(self.one[rows], self.two[rows], self.bits[rows], self.seen[rows])

    def with_more(self, other: Pairs) -> Pairs:
        """Give these and others, each reading once."""
        one, two = np.vstack([self.one, other.one]), np.vstack([self.two, other.two])
        keys = spelled(one, two)
        first = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))  # the first of each comes last
        kept = np.sort(np.fromiter(first.values(), np.int64, len(first)))
        bits, seen = np.append(self.bits, other.bits), np.append(self.seen, other.seen)
        return Pairs(one[kept], two[kept], bits[kept], seen[kept])

    def doubts(self, strange: float) -> np.ndarray:
        """Give -log2 of each reading's probability; `strange` are the bits of all that is not thought of."""
        each = self.seen - self.bits
        return np.asarray(np.logaddexp2.reduce(np.append(each, -strange)) - each)

    def rows_of(self, one: np.ndarray, two: np.ndarray) -> np.ndarray:
        """Give the row of each of some readings, -1 where it is not among these; int64."""
        keys = spelled(self.one, self.two)
        place = dict(zip(keys, range(len(keys)), strict=True))
        return np.array([place.get(key, -1) for key in spelled(one, two)], np.int64)

    def row_of(self, one: np.ndarray, two: np.ndarray) -> int:
        """Give the row of a reading, -1 where it is not among them."""
        return int(self.rows_of(one[None], two[None])[0])


def spelled(one: np.ndarray, two: np.ndarray) -> list[bytes]:
    """Give the letters of both parts of each reading, one behind the other."""
    both = np.hstack([one, two])
    keys: list[bytes] = np.ascontiguousarray(both).view(f"V{both.shape[1]}").ravel().tolist() if len(both) else []
    return keys


def names_seen(seen: Seen, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Give the bits of names, first name first or last name first, whichever fits better."""
    return either_seen(seen, *name_texts(first, last))


def name_texts(first: np.ndarray, last: np.ndarray) -> tuple[Texts, Texts]:
    """Give the texts of names, first name first and last name first."""
    cut_first = np.where(first[:, -1:] != 0, 1, 0).astype(np.uint8)
    cut_last = np.where(last[:, -1:] != 0, 1, 0).astype(np.uint8)
    usual = joined(first, cut_first, b" \x01", last, cut_last)
    turned = joined(last, cut_last, b" ", first, cut_first, b"\x01")
    return texts_of(labels_of(usual)), texts_of(labels_of(turned))


def either_seen(seen: Seen, usual: Texts, turned: Texts) -> np.ndarray:
    """Give the bits of names by their texts, whichever fits better."""
    steps, tail = seen.with_gap(BETWEEN), seen.tail(BEHIND_NAME)
    bits = weigh_texts(steps, tail, usual)
    least = float(bits.max(initial=NOTHING)) - FAR + TURNED  # below it no reading is kept
    return np.asarray(np.maximum(bits, weigh_texts(steps, tail, turned, least=least) - TURNED))


def addresses_seen(seen: Seen, number: np.ndarray, street: np.ndarray) -> np.ndarray:
    """Give the bits of addresses: number, perhaps a direction, street, and whatever stands behind."""
    return homes_seen(seen, home_texts(number, street))


def home_texts(number: np.ndarray, street: np.ndarray) -> Texts:
    """Give the texts of addresses."""
    return texts_of(labels_of(joined(number, b" \x01", street)))


def homes_seen(seen: Seen, homes: Texts) -> np.ndarray:
    """Give the bits of addresses by their texts."""
    return weigh_texts(seen.with_gap(BETWEEN), seen.tail(BEHIND_STREET), homes)


def strange_bits(seen: Seen) -> float:
    """Give the bits of all that the roll does not think of: every letter costs, less where the picture allows several.

    So a clear picture is hardly ever of something else, and one that nobody could read is of anything.
    """
    best = seen.steps[:, :CLASSES].argmax(axis=1)
    letter = (best >= 1) & (best < SPACE)
    first = letter & np.append(True, best[1:] != best[:-1])
    allowed = seen.steps[first][:, 1:SPACE].sum(axis=1)
    return STRANGE + float((LETTER - np.log2(np.maximum(allowed, 1.0))).sum())


def crossed(one: Some, two: Some) -> Pairs:
    """Give likely first parts with likely second ones, at most `CROSSED`; of the pairs nothing is seen yet."""
    bits = one.bits[:, None] + two.bits[None]
    kept = top((one.seen[:, None] + two.seen[None] - bits).ravel(), CROSSED)
    left, right = np.divmod(kept, max(len(two.bits), 1))
    nothing = np.full(len(kept), NOTHING)
    return Pairs(one.letters[left], two.letters[right], bits.ravel()[kept], nothing)
