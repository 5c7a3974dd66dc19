"""The cells of a line weighed: what they say of names and addresses, beside what they say of people at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ballotworthy.match.written.beside import Beside
from ballotworthy.match.written.cells import (
    Pairs,
    addresses_seen,
    either_seen,
    homes_seen,
    strange_bits,
)
from ballotworthy.match.written.forward import NOTHING
from ballotworthy.match.written.lexicon import NUMBER_BITS, figures_of
from ballotworthy.match.written.seen import Seen
from ballotworthy.match.written.signed import signed, usual_ways, ways_of
from ballotworthy.match.written.strangers import Strangers
from ballotworthy.match.written.towns import TownSeen
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import EIGHTHS

UNREAD_NAME, UNREAD_HOME, UNREAD_LEAST = (4.0, 0.30), (1.0, 0.09), 1e-4
"""How probable it is that a cell says nothing of what was written: log-odds where no letter is clear, what each bit of
`strange_bits`, some 3 a clear letter, takes from them, and the least: another spelling, a blot. Fitted on drawn hands
at hard noise (287 names and 286 addresses), by the likelihood of who was written."""
NUMBERS = 40
"""House numbers that a picture likes best, with which the number of an address is compared."""
CLEARLY = 6.0
"""Bits by which a picture must show another middle name than the voter's initial or none."""


@dataclass(frozen=True)
class Usual:
    """What the cells of a line say of people at random, in bits: of their names, ways to sign and addresses."""

    name: float
    signature: np.ndarray
    home: float


@dataclass(frozen=True)
class LineSeen:
    """The cells of a line that a picture speaks for, None where none does.

    Attributes:
        town: what they say of towns.
        usual: what they say of people at random.
        beside: what the lines beside it say of its home, None where they say nothing.
    """

    name: Seen | None
    signature: Seen | None
    address: Seen | None
    town: TownSeen
    usual: Usual
    beside: Beside | None = None

    def weighed_names(self, pairs: Pairs) -> Pairs:
        """Weigh names by the cell of the name, and by the signature as far as it can be read."""
        bits = np.zeros(len(pairs.bits))
        ways = ways_of(pairs.one, pairs.two)
        if self.name is not None:
            bits = either_seen(self.name, ways.usual, ways.turned)
        if self.signature is not None:
            bits = bits + signed(self.signature, ways, self.usual.signature)
        return Pairs(pairs.one, pairs.two, pairs.bits, bits)

    def weighed_homes(self, pairs: Pairs) -> Pairs:
        """Weigh addresses by their cell."""
        bits = np.zeros(len(pairs.bits))
        if self.address is not None:
            bits = addresses_seen(self.address, pairs.one, pairs.two)
        return Pairs(pairs.one, pairs.two, pairs.bits, bits)

    def name_doubts(self, names: Pairs) -> np.ndarray:
        """Give -log2 of the probability of each name; 0 without a picture."""
        if self.name is None:
            return np.zeros(len(names.bits))
        return _doubts(names, self.name, self.usual.name, UNREAD_NAME)

    def home_doubts(self, homes: Pairs) -> np.ndarray:
        """Give the same of addresses, by the lines beside it too."""
        if self.address is None:
            return np.zeros(len(homes.bits))
        rest = 0.0 if self.beside is None else float(np.log2(self.beside.rest))
        return _doubts(replace(homes, bits=self.rare(homes)), self.address, self.usual.home, UNREAD_HOME, rest)

    def rare(self, homes: Pairs) -> np.ndarray:
        """Give how rare addresses are on this line, in bits."""
        return homes.bits if self.beside is None else self.beside.rare(homes)

    def numbers_off(self, homes: Pairs, rows: np.ndarray) -> np.ndarray:
        """Give the bits by which the picture rather shows another number on the street of each of some addresses."""
        if self.address is None or not len(rows):
            return np.zeros(len(rows))
        by_sight = np.argsort(-homes.seen, kind="stable")
        _, first = np.unique(homes.one[by_sight], axis=0, return_index=True)
        numbers = homes.one[by_sight[np.sort(first)[:NUMBERS]]]
        streets, of = np.unique(homes.two[rows], axis=0, return_inverse=True)
        one, two = np.tile(numbers, (len(streets), 1)), np.repeat(streets, len(numbers), axis=0)
        best = addresses_seen(self.address, one, two).reshape(len(streets), -1).max(axis=1, initial=NOTHING)
        own = addresses_seen(self.address, homes.one[rows], homes.two[rows])
        return np.asarray(np.maximum(best[of.ravel()] - own, 0.0))


def usual_of(name: Seen | None, signature: Seen | None, address: Seen | None, some: Strangers) -> Usual:
    """Give what cells say of people at random."""
    return Usual(
        usual(either_seen(name, some.names.usual, some.names.turned)) if name else 0.0,
        usual_ways(signature, some.names) if signature else np.zeros(0),
        usual(homes_seen(address, some.homes)) if address else 0.0,
    )


def usual(bits: np.ndarray) -> float:
    """Give log2 of the mean probability of a picture under people at random; `bits` are theirs, float64 (people,).

    Whom it fits best is left out: that may be the signer, and counts among the readings.
    """
    others = bits[bits < bits.max(initial=NOTHING)]
    return float(np.logaddexp2.reduce(others, initial=NOTHING) - np.log2(max(len(bits), 1)))


def unread(seen: Seen, odds: tuple[float, float]) -> float:
    """Give how probable it is that a cell says nothing of what was written, by the letters that are clear in it."""
    at_none, a_bit = odds
    return max(UNREAD_LEAST, float(1 / (1 + np.exp(a_bit * strange_bits(seen) - at_none))))


def or_unread(bits: np.ndarray, share: float) -> np.ndarray:
    """Give what a picture adds to readings, in bits, where it says nothing with a probability of `share`."""
    return np.asarray(np.logaddexp2(np.log2(1 - share) + bits, np.log2(share)))


def without_unread(bits: np.ndarray, share: float) -> np.ndarray:
    """Give what a picture would add if it did say something; `bits` as `or_unread` gives them."""
    return np.asarray(np.log2(np.maximum(np.exp2(bits) - share, 1e-60)) - np.log2(1 - share))


def _doubts(pairs: Pairs, seen: Seen, usual_bits: float, odds: tuple[float, float], rest: float = 0.0) -> np.ndarray:
    """Give -log2 of each reading's probability; all others are as probable as people at random, or as no one's.

    Where a cell says nothing, a reading is as probable as it was before. `rest` is log2 of the share of all others.
    """
    added = pairs.bits - pairs.doubts(-float(np.logaddexp2(-strange_bits(seen), usual_bits)) - rest)
    return np.asarray(pairs.bits - or_unread(added, unread(seen, odds)))


def bits_of(records: np.ndarray) -> np.ndarray:
    """Give how rare the names of voters are; float64 (records,)."""
    return np.asarray((records["first_bits"].astype(float) + records["last_bits"]) / EIGHTHS)


def with_theirs(
    names: Pairs, homes: Pairs, found: np.ndarray, seen: LineSeen, roll: Roll
) -> tuple[Pairs, Pairs, np.ndarray, np.ndarray]:
    """Give the readings with names and addresses of voters, and the rows of each voter's own."""
    theirs = Pairs(found["first"], found["last"], bits_of(found), np.zeros(len(found)))
    names, name_rows = _with_voters(names, theirs, seen.weighed_names if seen.name else None)
    street_bits = roll.frequencies.street_bits(found) / EIGHTHS
    theirs = Pairs(figures_of(found), found["street"], street_bits + NUMBER_BITS, np.zeros(len(found)))
    homes, home_rows = _with_voters(homes, theirs, seen.weighed_homes if seen.address else None)
    return names, homes, name_rows, home_rows


def _with_voters(pairs: Pairs, voters: Pairs, weighed: Callable[[Pairs], Pairs] | None) -> tuple[Pairs, np.ndarray]:
    """Give the readings with those of voters' own, and the row of each voter's; without a picture nothing is added."""
    if weighed is None or not len(voters.bits):
        return pairs, np.zeros(len(voters.bits), np.int64)
    both = np.hstack([voters.one, voters.two])
    wide = np.ascontiguousarray(both).view(f"V{both.shape[1]}").ravel()
    _, first = np.unique(wide, return_index=True)
    whole = pairs.with_more(weighed(voters.some(first)))
    return whole, whole.rows_of(voters.one, voters.two)
