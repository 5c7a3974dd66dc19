"""What stands behind the name of a street: how far a picture shows the type and the unit of a voter's own home.

Of an address that is hardly legible, "Hollow, Apt 558" may be what is read best. With p the probability of the whole
address under the picture, over all ways to write its type and to leave out either, the voter's own weighs

    log2 p(own type and unit) - log2 (mean of p over the types and units of others),

both behind the number and the street of the voter: so an end that nobody can read weighs nothing.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from ballotworthy.match.comparisons.unit import AGREES, LEVELS
from ballotworthy.match.written.cells import BEHIND_STREET, BETWEEN
from ballotworthy.match.written.forward import weigh_texts
from ballotworthy.match.written.lexicon import Lexicon, figures_of
from ballotworthy.match.written.seen import Seen, joined, labels_of
from ballotworthy.roll.packed import letters
from ballotworthy.roll.street_words import type_codes, words

LEFT_OUT, WITHOUT_UNIT = 0.15, 0.3
"""How often signers write neither type nor unit, and how often the type alone; guesses."""
OTHERS = 16
"""Voters, evenly through the roll, whose types and units stand for those of others."""
LEAST = -5.0
"""Bits that an end counts against a voter at most: it may be left out, or written otherwise."""
TYPE = 10
"""Letters kept of a type."""


def ends_seen(address: Seen, voters: np.ndarray, lexicon: Lexicon) -> np.ndarray:
    """Give the bits that the ends of the addresses of voters add.

    Args:
        address: the cell.
        voters: `packed.RECORD` (voters,).
        lexicon: of the roll.
    """
    if not len(voters):
        return np.zeros(0)
    count = min(OTHERS, len(lexicon.some))
    others = lexicon.some[np.arange(count) * len(lexicon.some) // count]
    home = np.hstack([figures_of(voters), voters["street"]])
    _, first, of = np.unique(home, axis=0, return_index=True, return_inverse=True)
    crossed = np.repeat(voters[first], count)
    for part in ("type", "unit"):
        crossed[part] = np.tile(others[part], len(first))
    whole = _whole(address, np.concatenate([voters, crossed]), lexicon.units)
    own, usual = whole[: len(voters)], whole[len(voters) :].reshape(len(first), count)
    mean = np.logaddexp2.reduce(usual, axis=1) - np.log2(count)
    return np.asarray(np.maximum(own - mean[of.ravel()], LEAST))


def with_ends(filled: np.ndarray, voters: np.ndarray, bits: np.ndarray) -> np.ndarray:
    """Write type and unit of readings for voters as the picture has them: the voter's unit where it is shown, or none.

    Args:
        filled: the readings; `packed.RECORD`, written to.
        voters: whom each is for; `packed.RECORD`.
        bits: what the end of each adds, by `ends_seen`; where it is 0, what was read stays.

    Returns:
        Bits that a unit so written will weigh of itself, so that they are not counted twice; float64 (readings,).
    """
    weight = LEVELS[AGREES].weight
    shown = (bits >= weight) & (voters["unit"] != 0)
    filled["type"] = np.where(bits != 0, 0, filled["type"])
    filled["unit"] = np.where(shown, voters["unit"], np.where(bits != 0, 0, filled["unit"]))
    return np.where(shown, weight, 0.0)


@cache
def _types() -> tuple[np.ndarray, np.ndarray]:
    """Give the short and the long spelling of each type's code; uint8 (codes + 1, TYPE)."""
    longest: dict[str, str] = {}
    for table in (words().types, words().leading):
        for spelling, standard in table.items():
            longest[standard] = max(longest.get(standard, standard), spelling, key=len)
    short = ["", *type_codes()]
    return letters(pl.Series(short), TYPE), letters(pl.Series([longest.get(each, each) for each in short]), TYPE)


def _whole(address: Seen, people: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Give log2 of the probability of addresses with all that stands behind the street, in all ways of writing it."""
    number, street = figures_of(people), people["street"]
    cut = np.where(street[:, -1:] != 0, 1, 0).astype(np.uint8)
    unit = units[people["unit"]]
    types = [spelled[people["type"]] for spelled in _types()]
    texts = [joined(number, b" \x01", street)]
    texts += [joined(number, b" \x01", street, cut, b" ", kind) for kind in types]
    texts += [joined(number, b" \x01", street, cut, b" ", kind, b" \x01", unit) for kind in types]
    steps, tail = address.with_gap(BETWEEN), address.tail(BEHIND_STREET)
    bare, short, long, short_unit, long_unit = weigh_texts(steps, tail, labels_of(np.vstack(texts))).reshape(5, -1)
    kinds = np.logaddexp2(short, long) - 1
    with_unit = np.logaddexp2(short_unit, long_unit) - 1
    both = np.logaddexp2(np.log2(WITHOUT_UNIT) + kinds, np.log2(1 - WITHOUT_UNIT) + with_unit)
    ended = np.where(people["unit"] != 0, both, kinds)
    ended = np.where((people["unit"] != 0) | (people["type"] != 0), ended, bare)
    return np.asarray(np.logaddexp2(np.log2(LEFT_OUT) + bare, np.log2(1 - LEFT_OUT) + ended))
