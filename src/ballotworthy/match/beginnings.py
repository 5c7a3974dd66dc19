"""First names that hardly anybody bears and that begin one that many do: "Christ" for Christopher, as a cell was cut.

A file's field may hold six letters, and a pen stops early. The nicknames' list has the forms that people go by alone.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.roll.frequencies import EIGHTHS, Frequencies
from ballotworthy.roll.packed import OTHERS

SHORTEST = 4
"""Letters of the shortest beginning: of three, most begin too many names."""
OFTENER = 3 * EIGHTHS
"""By how much the whole name is oftener borne, in eighths of a bit: Michelle is more than Michel, Victoria than Victor
is not."""

BEHIND_Z = b"["
"""The letter behind the last one of all names."""


def put_beginnings(packed: np.ndarray, frequencies: Frequencies) -> None:
    """Put the names that a first name begins among its other names, the commonest first, where it has none yet.

    Args:
        packed: lines as `pack_lines` packs them, with `other` and `others` of nicknames; `packed.LINE` (lines,).
        frequencies: the names of the roll, and how rare they are.
    """
    width = packed["who"]["first"].shape[1]
    rows = np.flatnonzero((packed["others"] == 0) & (packed["who"]["first"][:, SHORTEST - 1] != 0))
    if not len(rows):
        return
    table = frequencies.first.sort("name")
    names, bits = np.array(table["name"].to_list(), f"S{width}"), table["bits"].to_numpy().astype(np.int64)
    spelled = names.view(np.uint8).reshape(-1, width)
    firsts = np.ascontiguousarray(packed["who"]["first"][rows]).view(f"S{width}").ravel()
    distinct, place, back = np.unique(firsts, return_index=True, return_inverse=True)
    mine = packed["who"]["first_bits"][rows[place]].astype(np.int64)
    begin = np.searchsorted(names, distinct, "right")
    end = np.searchsorted(names, np.char.ljust(distinct, width, BEHIND_Z))
    other, count = np.zeros((len(distinct), OTHERS, width), np.uint8), np.zeros(len(distinct), np.uint8)
    for at in np.flatnonzero(end > begin):
        longer = begin[at] + np.flatnonzero(bits[begin[at] : end[at]] <= mine[at] - OFTENER)
        best = longer[np.argsort(bits[longer], kind="stable")][:OTHERS]
        other[at, : len(best)], count[at] = spelled[best], len(best)
    whole = count[back] > 0
    packed["other"][rows[whole]], packed["others"][rows[whole]] = other[back[whole]], count[back[whole]]
