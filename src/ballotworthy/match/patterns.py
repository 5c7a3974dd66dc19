"""Lines gathered by how they agree with their likeliest voter: the same levels in every comparison are one pattern."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.match.matches import Matches
from ballotworthy.match.moved import WORDS, bits_of_move
from ballotworthy.match.pairs import weigh_pairs
from ballotworthy.match.weigh import FIELDS, LEVELS
from ballotworthy.match.witness import witnessed
from ballotworthy.roll import Roll


@dataclass(frozen=True)
class Comparison:
    """One comparison of a line with a voter: the field, its result in words, and its weight in bits."""

    field: str
    words: str
    bits: float


@dataclass(frozen=True)
class Candidate:
    """A voter proposed for a line.

    Attributes:
        owner: row of the voter on the roll.
        weight: sum of the weights in bits; chance: probability after all other explanations.
        compared: the comparisons that could be made, in order.
    """

    owner: int
    weight: float
    chance: float
    compared: tuple[Comparison, ...]


@dataclass(frozen=True)
class Pattern:
    """Lines that agree with their likeliest voter in the same way.

    Attributes:
        levels: the level of each comparison, in the order of `weigh.FIELDS`; empty where nobody was found.
        weight: mean weight of their likeliest voters in bits; 0 where nobody was found.
        rows: the lines, ascending.
    """

    levels: tuple[int, ...]
    weight: float
    rows: tuple[int, ...]

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Field and result of each comparison that could be made."""
        return tuple(
            (FIELDS[field], LEVELS[field][level].words) for field, level in enumerate(self.levels) if level
        )  # fmt: skip


def patterns(matches: Matches, roll: Roll, rows: np.ndarray) -> list[Pattern]:
    """Give the patterns of these lines, the heaviest first, those of whom nobody was found last.

    Args:
        matches: what matching found of all lines.
        roll: the roll it looked through.
        rows: the lines asked for, ascending; int64.
    """
    levels, _ = weigh_pairs(matches, roll, 0)
    some = rows[matches.records[rows, 0] >= 0]
    kinds, of = np.unique(levels[some], axis=0, return_inverse=True)
    order = np.argsort(of.ravel(), kind="stable")
    ends = np.cumsum(np.bincount(of.ravel(), minlength=len(kinds)))[:-1]
    found = []
    groups = np.split(some[order], ends) if len(kinds) else []
    for kind, mine in zip(kinds, groups, strict=True):
        weight = float(matches.weights[mine, 0].mean())
        found.append(Pattern(tuple(kind.tolist()), weight, tuple(mine.tolist())))
    found.sort(key=lambda pattern: (-pattern.weight, pattern.rows))
    nobody = rows[matches.records[rows, 0] < 0]
    return [*found, Pattern((), 0.0, tuple(nobody.tolist()))] if len(nobody) else found


def candidates(matches: Matches, roll: Roll, rows: np.ndarray, most: int) -> dict[int, list[Candidate]]:
    """Give the voters proposed for each of these lines, best first, at most `most`."""
    found: dict[int, list[Candidate]] = {int(row): [] for row in rows}
    for rank in range(min(most, matches.records.shape[1])):
        levels, bits = weigh_pairs(matches, roll, rank)
        for row in rows[matches.records[rows, rank] >= 0].tolist():
            compared = tuple(
                Comparison(name, LEVELS[field][levels[row, field]].words, float(bits[row, field]))
                for field, name in enumerate(FIELDS)
                if levels[row, field]
            )
            seen = float(witnessed(matches.witness, np.array([row]), matches.records[[row], rank])[0])
            if matches.witness is not None and seen:
                compared = (*compared, Comparison(matches.witness.name, matches.witness.words, seen))
            if moved := float(bits_of_move(matches.weights[row, [rank]] - seen, bits[[row]])[0]):
                compared = (*compared, Comparison("home", WORDS, moved))
            owner = int(roll.owners[matches.records[row, rank]])
            weight, chance = float(matches.weights[row, rank]), float(matches.chances[row, rank])
            found[row].append(Candidate(owner, weight, chance, compared))
    return found
