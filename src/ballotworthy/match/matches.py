"""What matching found: ranked voters for each line, and the probabilities that follow from beliefs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ballotworthy.match.levels import Level
from ballotworthy.match.weigh import LEVELS, Beliefs
from ballotworthy.match.witness import Witness


@dataclass(frozen=True)
class Matches:
    """Ranked voters for each line.

    Attributes:
        lines: the packed lines, each in its usual reading; `packed.LINE` (lines,).
        readings: other readings of them; `packed.LINE` (readings,).
        of: the line that each is a reading of; int64 (readings,).
        read: which of `readings` each ranked voter fits, -1 for the usual one; int32 (lines, RANKS).
        records: record numbers of the roll, best first, -1 where there are no more; int64 (lines, RANKS).
        weights: their weights in bits; float64 (lines, RANKS).
        sums: likelihood that the signer is one of the voters, a relative, a tenant, a namesake or a neighbour of one,
            over that of being nobody the roll knows of; float64 (lines, 5).
        looked: voters looked at by each kind of key, -1 where that search was not made; int32 (lines, KINDS).
        voters: number of voters of the roll.
        beliefs: what the weights and probabilities rest on.
        careless: which lines careless hands keyed (`transcribers.py`), None where there are none; bool (lines,).
        careless_levels: how often each level is seen on those lines, with the petition's prior.
        written: which lines were read from pictures, None where none was; bool (lines,).
        unread: share of what such a line may say that was not looked for; float64 (lines,).
        witness: what the lines say beside the fields and is in the weights, None for nothing.
    """

    lines: np.ndarray
    readings: np.ndarray
    of: np.ndarray
    read: np.ndarray
    records: np.ndarray
    weights: np.ndarray
    sums: np.ndarray
    looked: np.ndarray
    voters: int
    beliefs: Beliefs
    careless: np.ndarray | None = None
    careless_levels: tuple[tuple[Level, ...], ...] = LEVELS
    written: np.ndarray | None = None
    unread: np.ndarray | None = None
    witness: Witness | None = None

    def line_of(self, rows: np.ndarray, ranks: np.ndarray) -> np.ndarray:
        """Give lines as they are read for the voter of that rank; `packed.LINE` (rows,)."""
        lines, read = np.asarray(self.lines[rows]), self.read[rows, ranks]
        lines[read >= 0] = self.readings[read[read >= 0]]
        return lines

    @cached_property
    def on_roll(self) -> np.ndarray:
        """Probability that the signer is on the roll at all; float64 (lines,)."""
        shares = self.beliefs.prior.shares()
        return np.asarray(self.sums[:, 0] * shares[0] / self._whole)

    @cached_property
    def chances(self) -> np.ndarray:
        """Probability that this voter signed; float64 (lines, RANKS), 0 where there is none."""
        shares = self.beliefs.prior.shares()
        there = np.where(self.records >= 0, 2.0**self.weights, 0.0) * (shares[0] / self.voters)
        return np.asarray(there / self._whole[:, None])

    @cached_property
    def _whole(self) -> np.ndarray:
        """All that may be true of a line; summed row by row, since a matrix product's last bit hangs on its size."""
        shares = self.beliefs.prior.shares()
        return np.asarray((self.sums * shares[:-1]).sum(axis=1) + shares[-1])
