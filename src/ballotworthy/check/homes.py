"""Whether the address on a line is the home that the roll has of a voter, or another to which that voter moved.

Two kinds of lines are taken to be mixed: of people who write the home of the roll, at times with a slip, and of people
who write another. How often number, street and town then agree, and how many have moved, is estimated from the lines
whose voter is known well enough, by expectation-maximisation of a model of two classes with three independent facts
(Lazarsfeld & Henry 1968, section 2; Dempster, Laird & Rubin 1977). What is stated counts as `STATED` lines more.

Another home agrees with the voter's own by chance alone, whatever the petition; so of those who moved only the share of
the same street and of each town is estimated. Were all of it, the second class could become that of careless hands: in
one world a number that agrees on a street with a slip was then taken for a move, nine times in ten. For the same reason
the lines of careless transcribers have shares at home of their own.
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
HANDS = 2
"""The usual transcribers, and the careless."""
_SIZES = (len(house_number.LEVELS), len(street.LEVELS), len(town.LEVELS))
_KINDS = np.indices(_SIZES).reshape(len(_SIZES), -1).T
"""Every kind of line by its levels of number, street and town, in the order of `np.ravel_multi_index`."""


def at_home(levels: np.ndarray, chances: np.ndarray, careless: np.ndarray | None = None) -> np.ndarray:
    """Give how probably each voter, if the signer, wrote the home that the roll has; float64 (lines, ranks).

    Args:
        levels: of every field, between each line and each of its ranked voters; uint8 (lines, ranks, fields).
        chances: probability that this voter signed; float64 (lines, ranks).
        careless: which lines careless transcribers keyed, None where none is known; bool (lines,).
    """
    kinds = np.ravel_multi_index(tuple(levels[:, :, field] for field in (NUMBER, STREET, TOWN)), _SIZES)
    apart = np.zeros(len(levels), np.int64) if careless is None else careless.astype(np.int64)
    sure = chances[:, 0] >= KNOWN
    weight, hands, of = chances[sure, 0], apart[sure], kinds[sure, 0]
    known = _KINDS[of]
    stated = _held(_tables(AT_HOME)), _tables(ELSEWHERE)
    own, away, moved = [stated[0]] * HANDS, stated[1], MOVED
    for _ in range(ROUNDS):
        here = _home(own, away, moved)[hands, of]
        moved = float(((1 - here) * weight).sum() + STATED * MOVED) / float(weight.sum() + STATED)
        own = [
            _held(_counted(known, np.where(hands == hand, here * weight, 0.0), stated[0], STATED * (1 - MOVED)))
            for hand in range(HANDS)
        ]
        away = _by_chance(_counted(known, (1 - here) * weight, stated[1], STATED * MOVED), stated[1])
    return _home(own, away, moved)[apart[:, None], kinds]


def _tables(stated: tuple[tuple[float, ...], ...]) -> list[np.ndarray]:
    """Give how often each level is seen, "missing" with a 1, since it tells nothing."""
    return [np.array([1.0, *shares]) for shares in stated]


def _home(own: list[list[np.ndarray]], away: list[np.ndarray], moved: float) -> np.ndarray:
    """Give how probably a line of each kind was written at home; float64 (hands, kinds)."""
    here, there = np.stack([_seen(tables) for tables in own]), _seen(away)
    return np.asarray((1 - moved) * here / ((1 - moved) * here + moved * there))


def _seen(tables: list[np.ndarray]) -> np.ndarray:
    """Give how often lines of each kind are seen."""
    return np.asarray(np.prod([table[_KINDS[:, at]] for at, table in enumerate(tables)], axis=0))


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


def _by_chance(tables: list[np.ndarray], stated: list[np.ndarray]) -> list[np.ndarray]:
    """Give the tables of those elsewhere: the number as stated, and of the street whether it is the same one."""
    same, others = tables[1][street.AGREES], stated[1].copy()
    others[street.AGREES] = 0.0
    others[1:] *= (1 - same) / others[1:].sum()
    others[0], others[street.AGREES] = 1.0, same
    return [stated[0], others, tables[2]]
