"""Others of a voter's household and surname: what a picture says of every first name before it.

Of a voter at whose home the signer lives, and whose surname he bears, the picture may allow the first name; it may
allow others as well. A brother who is on no roll bears any of these. A reading is made of voters' own names, so the
brother's would not be among them, and the voter took his probability. So for each likely home and surname there is a
reading for all other first names f together, as probable as they are,

    sum over f of P(f, surname | picture),

under the likeliest of them.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match.written.cells import Pairs

HOUSEHOLDS = 4
"""Likely homes with a surname for which it is made."""
LEAST = 2.0**-31
"""Probability of all other first names under which none is made."""


def other_first_names(
    names: Pairs, doubts: np.ndarray, named: np.ndarray, housed: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give readings of the households of some readings by other first names.

    Args:
        names: readings of names.
        doubts: -log2 of the probability of each; float64 (names,).
        named, housed: rows of the name and of the home of each reading of the line, likeliest first; int64 (readings,).

    Returns:
        Of each the reading whose home it shares, the row of its likeliest name, and -log2 of the probability of all.
    """
    of, row, bits = [], [], []
    seen: set[tuple[bytes, int]] = set()
    for at in range(len(named)):
        household = bytes(names.two[named[at]]), int(housed[at])
        if household in seen or len(seen) == HOUSEHOLDS:
            continue
        seen.add(household)
        others = (names.two == names.two[named[at]]).all(axis=1)
        others[named[housed == housed[at]]] = False
        rows = np.flatnonzero(others)
        share = float(np.exp2(-doubts[rows]).sum())
        if share > LEAST:
            of.append(at)
            row.append(int(rows[doubts[rows].argmin()]))
            bits.append(-np.log2(share))
    return np.array(of, np.int64), np.array(row, np.int64), np.array(bits, np.float64)
