"""What the compiled search reads, writes and uses as memory: arrays by name."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Voters(NamedTuple):
    """The roll as the kernel takes it.

    Attributes:
        records: `packed.RECORD`, the voters' own first, then those of former names.
        owners: the voter of each record.
        starts, filed: of the roll's index; a key's bucket is its bits above `shift`.
        voters: how many there are.
        shift: see `starts`.
    """

    records: np.ndarray
    owners: np.ndarray
    starts: np.ndarray
    filed: np.ndarray
    voters: int
    shift: int


class Believed(NamedTuple):
    """What is believed: `weigh.Weights`, and `weigh.Prior` with what is left to 1; float64 (6,)."""

    bits: np.ndarray
    by_name: np.ndarray
    family: np.ndarray
    shares: np.ndarray


class Found(NamedTuple):
    """What is written of each line; of one line where a row is taken.

    Attributes:
        records: record numbers, best first, -1 where there are no more; int64 (lines, RANKS).
        weights: their weights in bits; float64 (lines, RANKS).
        sums: likelihood, over that of nobody the roll knows of, of the signer's being one of the voters looked at, a
            relative, a tenant, a namesake or a neighbour of one, each to be multiplied by its prior; float64
            (lines, 5).
        looked: voters looked at by each kind of key, -1 where none was made; int32 (lines, kinds).
    """

    records: np.ndarray
    weights: np.ndarray
    sums: np.ndarray
    looked: np.ndarray


class Space(NamedTuple):
    """Memory for one line at a time.

    Attributes:
        kinds, keys, sizes: keys of a search, each with its kind and the voters under it.
        again, skipped: kinds and keys of the second search, when the third takes up those it passed over.
        seen: records looked at already.
        sought: the names and the street of the line laid out, see `slips`.
        numbers, fetched: records to be weighed together.
        levels, weighed: of one voter, each field's.
    """

    kinds: np.ndarray
    keys: np.ndarray
    sizes: np.ndarray
    again: np.ndarray
    skipped: np.ndarray
    seen: np.ndarray
    sought: np.ndarray
    numbers: np.ndarray
    fetched: np.ndarray
    levels: np.ndarray
    weighed: np.ndarray


class Read(NamedTuple):
    """Lines of pairs, each as it is read for its voter.

    Attributes:
        lines, readings: `packed.LINE`; as in `Matches`.
        rows: the line of each pair; int64 (pairs,).
        read: its reading, -1 for the usual one; int32 (pairs,).
        hands: 1 where a careless hand keyed it, 0 elsewhere: which of `Tables` weighs it; uint8 (pairs,).
    """

    lines: np.ndarray
    readings: np.ndarray
    rows: np.ndarray
    read: np.ndarray
    hands: np.ndarray


class Tables(NamedTuple):
    """`weigh.Weights` of several hands: float64 and bool (hands, fields, levels)."""

    bits: np.ndarray
    by_name: np.ndarray
