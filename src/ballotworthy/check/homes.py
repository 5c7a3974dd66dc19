"""Whether the address on a line is the home that the roll has of a voter, or another to which that voter moved.

Two kinds of lines are taken to be mixed: of people who write the home of the roll, at times with a slip, and of people
who write another. How often number, street and town then agree, and how many have moved, is estimated from the lines
whose voter is known well enough, by expectation-maximisation of a model of two classes with three independent facts
(Lazarsfeld & Henry 1968, section 2; Dempster, Laird & Rubin 1977). What is stated counts as `STATED` lines more.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match.comparisons import house_number, street, town
from ballotworthy.match.weigh import NUMBER, STREET, TOWN

KNOWN = 0.8
"""A line tells about homes when its best voter has at least this probability."""
STATED = 200
MOVED = 0.05
ROUNDS = 20
AT_HOME = ((0.97, 0.03, 0.001), (0.865, 0.05, 0.05, 0.02, 0.005, 0.01), (0.9, 0.02, 0.05, 0.02, 0.01))
ELSEWHERE = ((0.01, 0.04, 0.95), (0.12, 0.01, 0.02, 0.02, 0.03, 0.80), (0.5, 0.02, 0.08, 0.1, 0.3))
"""Of house number, street and town: how often each level but "missing" is seen, before a line is looked at."""
WHOLLY = 0.015
"""Of numbers miswritten at home, those with more than one slip, for one with a slip: held, since somebody who moved
along the street looks the same, and no petition can tell the two apart."""
_SIZES = (len(house_number.LEVELS), len(street.LEVELS), len(town.LEVELS))


def at_home(levels: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Give how probably each voter, if the signer, wrote the home that the roll has; float64 (lines, ranks).

    Args:
        levels: of every field, between each line and each of its ranked voters; uint8 (lines, ranks, fields).
        chances: probability that this voter signed; float64 (lines, ranks).
    """
    facts = levels[:, :, [NUMBER, STREET, TOWN]].astype(np.int64)
    known = facts[chances[:, 0] >= KNOWN, 0]
    weight = chances[chances[:, 0] >= KNOWN, 0]
    stated = _held(_tables(AT_HOME)), _tables(ELSEWHERE)
    tables, moved = stated, MOVED
    for _ in range(ROUNDS):
        here = _home(known, tables, moved)
        moved = float(((1 - here) * weight).sum() + STATED * MOVED) / float(weight.sum() + STATED)
        tables = (
            _held(_counted(known, here * weight, stated[0], STATED * (1 - MOVED))),
            _counted(known, (1 - here) * weight, stated[1], STATED * MOVED),
        )
    return _home(facts, tables, moved)


def _tables(stated: tuple[tuple[float, ...], ...]) -> list[np.ndarray]:
    """Give how often each level is seen, "missing" with a 1, since it tells nothing."""
    return [np.array([1.0, *shares]) for shares in stated]


def _home(facts: np.ndarray, tables: tuple[list[np.ndarray], list[np.ndarray]], moved: float) -> np.ndarray:
    here, there = (np.prod([table[facts[..., at]] for at, table in enumerate(some)], axis=0) for some in tables)
    return np.asarray((1 - moved) * here / ((1 - moved) * here + moved * there))


def _counted(facts: np.ndarray, weight: np.ndarray, stated: list[np.ndarray], lines: float) -> list[np.ndarray]:
    """Count the levels anew, the stated ones as so many lines more."""
    tables = []
    for at, table in enumerate(stated):
        seen = np.bincount(facts[:, at], weight, _SIZES[at])[1:] + lines * table[1:]
        tables.append(np.r_[1.0, seen / seen.sum()])
    return tables


def _held(tables: list[np.ndarray]) -> list[np.ndarray]:
    """Give the tables of those at home with numbers that wholly differ in their fixed proportion to those of a slip."""
    number = tables[0].copy()
    number[house_number.DIFFERENT] = WHOLLY * number[house_number.SLIP]
    number[1:] /= number[1:].sum()
    return [number, *tables[1:]]
