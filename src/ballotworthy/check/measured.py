"""How extreme a probability may be: no more than has been measured for its kind of evidence.

Of each kind, in the worlds of `benchmarks/worlds.py`: how many lines the model put within `EDGE` of 0 and how many of
them counted all the same, how many it put within `EDGE` of 1 and how many of those did not. `--fit` counts anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from ballotworthy.check.kinds import NOT_ASKED

EDGE = 0.04
"""The widest limit, for a kind of which too few lines were seen; less than what leaves a line open."""
OPEN, MANY = 0.10, 50
"""The widest limit where the law asks for no home and so many lines were seen: one that leaves a line open. Of those at
another voter's home to whom no search found a voter of their name, a quarter had moved there in these worlds."""
MEASURED: Mapping[str, tuple[int, int, int, int]] = MappingProxyType(
    {
        "initial, near": (2, 0, 154, 2),
        "initial, other": (97, 0, 0, 0),
        "initial, own": (0, 0, 4226, 25),
        "near, near": (17, 0, 719, 19),
        "near, other": (1798, 7, 0, 0),
        "near, own": (115, 1, 17404, 38),
        "none, near": (1145, 4, 0, 0),
        "none, other": (5255, 71, 0, 0),
        "none, own": (10749, 8, 0, 0),
        "none, unread": (318, 27, 0, 0),
        "one, near": (1474, 5, 0, 0),
        "one, other": (14298, 18, 0, 0),
        "one, own": (6929, 65, 120, 11),
        "one, unread": (11, 0, 0, 0),
        "whole, near": (52, 2, 4237, 193),
        "whole, other": (17211, 10, 0, 0),
        "whole, own": (37, 0, 176814, 212),
        "whole, unread": (0, 0, 1, 0),
        "initial, near not asked": (0, 0, 4, 0),
        "initial, other not asked": (8, 4, 1, 0),
        "initial, own not asked": (0, 0, 246, 0),
        "near, near not asked": (0, 0, 86, 2),
        "near, other not asked": (354, 22, 74, 8),
        "near, own not asked": (3, 1, 1972, 2),
        "none, near not asked": (15, 0, 0, 0),
        "none, other not asked": (240, 5, 0, 0),
        "none, own not asked": (145, 36, 0, 0),
        "none, unread not asked": (2, 0, 0, 0),
        "one, near not asked": (27, 2, 0, 0),
        "one, other not asked": (1189, 14, 0, 0),
        "one, own not asked": (170, 15, 27, 0),
        "whole, near not asked": (0, 0, 476, 3),
        "whole, other not asked": (440, 0, 1176, 145),
        "whole, own not asked": (2, 0, 23673, 41),
    }
)
"""Of each kind: lines near 0, of them valid; lines near 1, of them not valid. Where the law asks for no home, from 15
worlds of three makers, with 4 to 25% movers and up to 3% namesakes, whose rates vary by the seed (f1). Of near names
with another home also from the worlds of `unlike/moved.py` and `strange.py` (s1): 21 of 202 such lines counted."""


def within_measured(probabilities: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Give the probabilities of lines, none more extreme than measured for its kind; float64, both (lines,)."""
    names, places = np.unique(kinds, return_inverse=True)
    limits = np.array([limits_of(str(name)) for name in names]).reshape(-1, 2)[places]
    return np.asarray(np.clip(probabilities, limits[:, 0], limits[:, 1]))


def limits_of(kind: str) -> tuple[float, float]:
    """Give the least and the greatest probability of a kind: its share seen, with half a line more (Jeffreys).

    A number a digit away was counted together with other homes that are near.
    """
    below, valid, above, wrong = MEASURED.get(kind.replace(", digit", ", near"), (0, 0, 0, 0))
    least, most = (OPEN if kind.endswith(NOT_ASKED) and seen >= MANY else EDGE for seen in (below, above))
    return min((valid + 0.5) / (below + 1), least), 1 - min((wrong + 0.5) / (above + 1), most)
