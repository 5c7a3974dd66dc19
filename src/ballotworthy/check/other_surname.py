"""Lines with two surnames of which one is the voter's and the other contradicts the voter's other one: for a person.

Maria Ugalde Perez is not Maria Ugalde Rios unless somebody says so; Maria Ugalde may be either.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.check.other_address import texts_of, unlike
from ballotworthy.match import Matches
from ballotworthy.roll import Roll

GAP = ord(" ")


def other_surname(matches: Matches, roll: Roll) -> np.ndarray:
    """Tell which lines share one of two surnames with their best voter and contradict the other; bool (lines,).

    A line is taken as it reads for that voter.
    """
    record = matches.records[:, 0]
    held = roll.records["last"][np.maximum(record, 0)]
    found = np.zeros(len(record), np.bool_)
    rows = np.flatnonzero((held == GAP).any(axis=1) & (record >= 0))
    lines = matches.line_of(rows, np.zeros(len(rows), np.int64))
    second = _second(lines, matches.lines[rows], roll.records[record[rows]])
    texts = (texts_of(each) for each in (lines["who"]["last"], second, held[rows]))
    for at, written, before, own in zip(rows, *texts, strict=True):
        found[at] = contradicts(written if " " in written else f"{before} {written}", own)
    return found


def _second(lines: np.ndarray, usual: np.ndarray, voters: np.ndarray) -> np.ndarray:
    """Give the word that may be another surname: the one before the last name, or behind it where that stands first.

    Of "Ugalde Perez Maria" it is Perez, unless the voter's middle name begins so.
    """
    second, middle = lines["before"].copy(), lines["who"]["middle"]
    width = lines["who"]["first"].shape[1]
    given_last = (lines["who"]["first"] == usual["who"]["last"][:, :width]).all(axis=1) & (lines["turned"] != 0)
    between = given_last & (middle[:, 0] != voters["middle"][:, 0])
    second[between, : middle.shape[1]] = middle[between]
    return np.asarray(second)


def contradicts(one: str, two: str) -> bool:
    """Tell whether two names of two words have one word in common, and others that are no slips of each other."""
    mine, theirs = one.split(), two.split()
    shared = set(mine) & set(theirs)
    if len(set(mine)) != 2 or len(set(theirs)) != 2 or len(mine) != len(theirs) or len(shared) != 1:
        return False
    (rest,), (other,) = set(mine) - shared, set(theirs) - shared
    size = min(len(rest), len(other))
    return size > 1 and unlike(rest[:size], other[:size])
