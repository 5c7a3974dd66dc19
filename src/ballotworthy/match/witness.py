"""A witness beside names and addresses: what each line says of something that every voter has, such as a ward."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Witness:
    """What lines say of the kinds that voters are of.

    Attributes:
        name, words: how it is told, such as "ward", "as the picture shows it".
        bits: weight of each kind, the last 0, of a voter who has none; float64 (lines, kinds + 1).
        records: the voters that were ranked, ascending; int64.
        kinds: the kind of each of these, -1 for none; int64.
    """

    name: str
    words: str
    bits: np.ndarray
    records: np.ndarray
    kinds: np.ndarray

    def of(self, rows: np.ndarray, records: np.ndarray) -> np.ndarray:
        """Give the bits of voters for lines, 0 where the record is -1; float64 (rows,)."""
        if not len(self.records):
            return np.zeros(len(rows))
        place = np.minimum(np.searchsorted(self.records, records), len(self.records) - 1)
        kinds = np.where(self.records[place] == records, self.kinds[place], -1)
        return np.asarray(self.bits[rows, kinds])


def witnessed(witness: Witness | None, rows: np.ndarray, records: np.ndarray) -> np.ndarray:
    """Give the bits that a witness adds to voters for lines, 0 without one; float64 (rows,)."""
    return np.zeros(len(rows)) if witness is None else witness.of(rows, records)
