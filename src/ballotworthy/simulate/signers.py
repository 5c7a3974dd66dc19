"""Who signs each line: voters of the county household by household, duplicates, and voters from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.simulate.draws import Bools, Ints, ranks_within
from ballotworthy.simulate.fates import CODE, ORDINARY
from ballotworthy.simulate.sheets import Lines

NOBODY = -1
"""Stands for the voter where there is none."""

AT_HOME = 0.6
"""The chance that a member of a household is there when the circulator comes."""


@dataclass(frozen=True)
class Signatures:
    """The lines, what becomes of each, and the voter (a row of the roll, or `NOBODY`) who signs it."""

    lines: Lines
    fate: Ints
    voter: Ints

    def fated(self, *fates: str) -> Bools:
        """Say of each line whether its fate is one of these."""
        return np.isin(self.fate, [CODE[fate] for fate in fates])

    @property
    def copied(self) -> Bools:
        """Say of each line whether a bad circulator copied it from a list."""
        return self.lines.bad & self.fated("not_registered")


def make_signers(
    rng: np.random.Generator, county: Ints, home: Ints, lines: Lines, fate: Ints, signs_alone: float = 0.0
) -> Ints:
    """Give the voter who signs each line, as a row of the roll, or `NOBODY` for blanks and strangers.

    Args:
        rng: the stream of the signers.
        county: the county of each voter, ascending.
        home: the home of each voter, ascending.
        lines: the lines of the petition.
        fate: what becomes of each line.
        signs_alone: share of the voters who sign apart from their household.
    """
    signer = np.full(len(fate), NOBODY)
    # Who signs again must have signed: where a county has no ordinary signature these are first ones too.
    settled = np.isin(lines.county, lines.county[fate == ORDINARY])
    again = np.isin(fate, (CODE["duplicate"], CODE["saboteur"])) & settled
    away = fate == CODE["out_of_jurisdiction"]
    fresh = ~again & ~away & ~np.isin(fate, (CODE["blank"], CODE["not_registered"]))

    queue = _queue(rng, county, home, signs_alone)
    first = np.searchsorted(county, np.arange(county[-1] + 2)) if len(county) else np.zeros(1, dtype=np.int64)
    slots = np.flatnonzero(fresh)
    signer[slots] = queue[first[lines.county[slots]] + ranks_within(lines.county[slots])]

    signer[again] = _again(rng, lines, fate, signer, np.flatnonzero(again))
    unused = np.ones(len(county), dtype=np.bool_)
    unused[signer[signer >= 0]] = False
    signer[away] = _away(rng, county, np.flatnonzero(unused), lines.county[away])
    return signer


def _queue(rng: np.random.Generator, county: Ints, home: Ints, signs_alone: float) -> Ints:
    """Give the voters of each county as they sign: household by household, absent members at the end; some alone."""
    absent = rng.random(len(home)) >= AT_HOME
    turn = rng.random(int(home[-1]) + 1 if len(home) else 0)[home]
    if signs_alone:
        alone = rng.random(len(home)) < signs_alone
        turn, absent = np.where(alone, rng.random(len(home)), turn), absent & ~alone
    return np.lexsort((home, turn, absent, county)).astype(np.int64)


def _again(rng: np.random.Generator, lines: Lines, fate: Ints, signer: Ints, slots: Ints) -> Ints:
    """Give the voters who sign once more: ordinary signers of the county, the saboteur among them."""
    found = signer[slots].copy()
    for here in np.unique(lines.county[slots]):
        mine = lines.county[slots] == here
        ordinary = np.flatnonzero((fate == ORDINARY) & (lines.county == here))
        # A power of a uniform number: most sign twice, the keenest come back again and again.
        keen = rng.permutation(ordinary)
        found[mine] = signer[keen[(rng.random(int(mine.sum())) ** 1.5 * len(keen)).astype(np.int64)]]
        one = fate[slots] == CODE["saboteur"]
        found[mine & one] = signer[keen[0]]
    return found


def _away(rng: np.random.Generator, county: Ints, unused: Ints, sheet_county: Ints) -> Ints:
    """Give voters who have not signed yet, each of another county than the sheet's where there is one."""
    pool, size = rng.permutation(unused), len(sheet_county)
    for _ in range(100):
        same = np.flatnonzero(county[pool[:size]] == sheet_county)
        for here, there in zip(same, rng.integers(0, len(pool), len(same)), strict=True):
            pool[[here, there]] = pool[[there, here]]
    return pool[:size]
