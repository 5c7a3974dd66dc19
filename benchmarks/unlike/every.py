"""All worlds: each maker's kinds, each in its variants, made from one printed seed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np
import polars as pl

from unlike import simulator
from unlike.habits import KINDS, jittered
from unlike.metro import metro
from unlike.suburb import suburb
from unlike.village import village
from unlike.world import World

MAKERS = {"village": village, "metro": metro, "suburb": suburb}
"""The makers that were written without a look at the matcher."""
ONLY_IN_VILLAGES = ("rural routes",)
SHEETS_A_CIRCULATOR = 4


def names() -> Iterator[tuple[str, str, int]]:
    """Give maker, kind and variant of every world."""
    for kind, some in simulator.KINDS.items():
        yield from (("simulator", kind, variant) for variant in range(len(some)))
    for maker in MAKERS:
        for kind, habits in KINDS.items():
            if maker == "village" or kind not in ONLY_IN_VILLAGES:
                yield from ((maker, kind, variant) for variant in range(len(habits)))


def make(maker: str, kind: str, variant: int, voters: int, lines: int, seed: str) -> World:
    """Make a world; the same words, sizes and seed make the same one."""
    number = zlib.crc32(f"{seed} {maker} {kind} {variant}".encode())
    if maker == "simulator":
        rates, birth = simulator.KINDS[kind][variant]
        made = simulator.simulator(rates, birth, voters, lines, str(number))
        return World(maker, kind, variant, birth, made[0], made[1], simulator.TAKEN_ON, made[2])
    habits = jittered(KINDS[kind][variant], np.random.default_rng(number))
    roll, petition, truth = MAKERS[maker](habits, voters, lines, np.random.default_rng(number + 1))
    carried = petition.with_columns(
        pl.format("C{}", (pl.col("sheet").cast(pl.Int64) - 1) // SHEETS_A_CIRCULATOR).alias("circulator")
    )
    return World(maker, kind, variant, habits.asks, roll, carried, simulator.ON, truth)
