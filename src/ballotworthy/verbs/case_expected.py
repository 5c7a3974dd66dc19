"""What the machine expects of a petition, put right by rulings on the lines drawn: a number beside the law's own.

People rule each line by itself, so repeats are left out on both sides: the number is of lines that a voter entitled
to it signed. Each stratum is estimated from the lines ruled there in the order drawn; the ends of its interval share
the error, so that the whole lies between their sums with 95%.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np

from ballotworthy.casework.case import Case
from ballotworthy.casework.outlook import LEAST
from ballotworthy.casework.rulings import DUPLICATE
from ballotworthy.errors import LawSilent
from ballotworthy.law import Rules
from ballotworthy.stats.difference import ERROR, difference

if TYPE_CHECKING:
    from ballotworthy.casework.bench import Bench

EVEN = 0.5


@dataclass(frozen=True)
class Expected:
    """Lines that a voter entitled to it signed, with repeats: the machine's number, the one put right, its interval.

    `ruled` lines in the order drawn were used, of `lines` from which the sample was drawn.
    """

    machine: float
    estimate: float
    low: int
    high: int
    ruled: int
    lines: int


@dataclass(frozen=True)
class Weighed:
    """What the machine makes of each line by itself: how probably it is valid, and which are left to a person.

    `repeats` are those that it finds to be a voter's who stands on another line too, or perhaps; none where the law's
    data does not say which of several counts.
    """

    chances: Mapping[str, float]
    left: frozenset[str]
    repeats: frozenset[str] = frozenset()

    def is_against(self, line: str, outcome: str) -> bool:
        """Tell whether a ruling goes against the machine: it finds the other outcome likelier."""
        chance = self.chances.get(line)
        return chance is not None and (chance < EVEN if outcome == "valid" else chance > EVEN)


def weighed_of(bench: Bench, rules: Rules) -> Weighed:
    """Give what the machine makes of all lines; for a million lines this takes as long as the check does."""
    from ballotworthy.check.check import judged_alone, judged_together  # here: an office opens before Numba is loaded
    from ballotworthy.check.which_counts import PERHAPS

    table = judged_alone(bench.petition, bench.roll, bench.matches, rules)
    repeats: list[str] = []
    with suppress(LawSilent):
        several = judged_together(table, bench.petition, bench.roll, bench.matches, rules)
        repeats = several.filter(several["reason"].is_in([DUPLICATE, PERHAPS]))["id"].to_list()
    chances = dict(zip(bench.rows, table["probability"].to_list(), strict=True))
    left = [line for line, said in zip(bench.rows, table["outcome"].to_list(), strict=True) if said == "unresolved"]
    return Weighed(chances, frozenset(left), frozenset(repeats))


def expected_of(case: Case, chances: Mapping[str, float]) -> Expected | None:
    """Put the machine's expectation right by the rulings so far.

    Returns:
        None where every line is examined, so that none is drawn by lot, or too few are ruled in a stratum.
    """
    if case.sample is None or case.sample.body["scope"] != "sample":
        return None
    parts = [(case.frame.drawable[name], ruled) for name, ruled in _ruled(case)]
    if not parts or any(len(ruled) < min(LEAST, len(lines)) for lines, ruled in parts):
        return None
    machine, estimate, low, high = 0.0, 0.0, 0, 0
    for lines, ruled in parts:
        total = sum(chances.get(line, 0.0) for line in lines)
        said = np.array([_counts(case, line) for line in ruled], float)
        thought = np.array([chances.get(line, 0.0) for line in ruled], float)
        found = difference(said, thought, total, len(lines), ERROR / len(parts))
        machine, estimate = machine + total, estimate + found.estimate
        low, high = low + found.low, high + found.high
    ruled_lines = sum(len(ruled) for _, ruled in parts)
    return Expected(machine, estimate, low, high, ruled_lines, sum(len(lines) for lines, _ in parts))


def _ruled(case: Case) -> Iterator[tuple[str, list[str]]]:
    """Give, by stratum, the lines ruled in the order drawn, up to the first that has no ruling."""
    for stratum in case.sample.body["strata"] if case.sample else ():
        yield stratum["stratum"], list(takewhile(lambda line: case.ruling(line) is not None, stratum["ids"]))


def _counts(case: Case, line: str) -> bool:
    ruling = case.ruling(line)
    return ruling is not None and (ruling.outcome == "valid" or ruling.reason == DUPLICATE)
