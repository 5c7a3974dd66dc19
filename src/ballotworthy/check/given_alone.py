"""Lines whose whole name is one word that a voter of their home bears as a given name: "Rhoda, 65 Ash St".

One word is read as a last name, and Rhoda Dillingham's home then seems a stranger's. A clerk who looks the address up
finds her and wonders: the signature may have the rest. So such a line is for a person.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match import Matches
from ballotworthy.roll import Roll


def given_alone(matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which lines have one word, or one initial, as their name, that fits a given name at their home; (lines,).

    The home is that of a ranked voter, by number and street; of an initial the first letter alone is asked.
    """
    mine = matches.lines["who"]
    one_word = (mine["first"][:, 0] == 0) & (mine["middle"][:, 0] == 0) & (mine["last"][:, 0] != 0)
    found = np.zeros(len(mine), np.bool_)
    rows = np.flatnonzero(one_word)
    who, theirs = mine[rows, None], roll.records[np.maximum(matches.records[rows], 0)]
    here = (who["street"] == theirs["street"]).all(axis=2) & (who["number"] == theirs["number"])
    here &= (matches.records[rows] >= 0) & ((who["number"] != 0) | (who["street"][..., 0] != 0))
    fits = _fits(who["last"], theirs["first"]) | _fits(who["last"], theirs["middle"])
    found[rows] = (here & fits).any(axis=1)
    return found


def _fits(word: np.ndarray, name: np.ndarray) -> np.ndarray:
    """Tell whether words are such names, as far as both fields reach, or their initials; uint8 (..., letters)."""
    letters = min(word.shape[-1], name.shape[-1])
    whole = (word[..., :letters] == name[..., :letters]).all(axis=-1)
    initial = (word[..., 0] == name[..., 0]) & (word[..., 1] == 0)
    return np.asarray((whole | initial) & (name[..., 0] != 0))
