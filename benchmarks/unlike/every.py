"""All worlds: each maker's kinds, each in its variants, made from one printed seed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from unlike import corner_kinds, corners, fresh, moved, simulator, six, strange
from unlike.habits import KINDS, NO_HOME, jittered
from unlike.metro import metro
from unlike.suburb import suburb
from unlike.unfitted import SHARES, unfitted
from unlike.village import village
from unlike.world import CALIFORNIA, NO_HOME_LAW, World, first_of_each

MAKERS = {"village": village, "metro": metro, "suburb": suburb}
"""The makers that were written without a look at the matcher."""
UNFITTED = {"unfitted": unfitted, "fresh": fresh.fresh}
"""The makers that nothing is fitted to."""
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


def unfitted_names() -> Iterator[tuple[str, str, int]]:
    """Give maker, kind and variant of the worlds that nothing is fitted to; two draws of each."""
    yield from (("unfitted", kind, variant) for kind in SHARES for variant in range(2))
    yield from (("fresh", kind, variant) for kind in fresh.SHARES for variant in range(2))
    yield from (("six", place, variant) for place in six.PLACES for variant in range(2))
    yield from (("moved", kind, variant) for kind in moved.KINDS for variant in range(2))
    yield from (("strange", kind, 0) for kind in strange.KINDS)
    yield from (("corners", kind, variant) for kind in corner_kinds.KINDS for variant in range(2))


def make(maker: str, kind: str, variant: int, voters: int, lines: int, seed: str) -> World:
    """Make a world; the same words, sizes and seed make the same one."""
    number = zlib.crc32(f"{seed} {maker} {kind} {variant}".encode())
    if maker == "simulator":
        rates, birth = simulator.KINDS[kind][variant]
        made = simulator.simulator(rates, birth, voters, lines, str(number))
        return World(maker, kind, variant, birth, made[0], made[1], simulator.TAKEN_ON, made[2])
    if maker == "six":
        roll, petition, truth = six.six(kind, voters, lines, np.random.default_rng(number), 0.1 * variant)
        return World(maker, kind, variant, "none", roll, _carried(petition), simulator.ON, truth)
    if maker == "moved":
        roll, petition, truth = moved.moved(kind, variant, voters, lines, np.random.default_rng(number))
        birth = "year" if moved.KINDS[kind].birth_year else "none"
        law = NO_HOME_LAW if variant else CALIFORNIA
        return World(maker, kind, variant, birth, roll, _carried(petition), simulator.ON, truth, law)
    if maker == "corners":
        roll, petition, truth = corners.corners(kind, variant, voters, lines, np.random.default_rng(number))
        law = NO_HOME_LAW if variant else CALIFORNIA
        birth = corner_kinds.KINDS[kind].birth
        return World(maker, kind, variant, birth, roll, _carried(petition), simulator.ON, truth, law)
    if maker == "strange":
        roll, petition, truth = strange.strange(kind, voters, lines, np.random.default_rng(number))
        law = CALIFORNIA if strange.KINDS[kind].home_asked else NO_HOME_LAW
        return World(maker, kind, variant, "none", roll, _carried(petition), simulator.ON, truth, law)
    if maker in UNFITTED:
        roll, petition, truth = UNFITTED[maker](kind, voters, lines, np.random.default_rng(number))
        return World(maker, kind, variant, "none", roll, _carried(petition), simulator.ON, truth)
    habits = jittered(KINDS[kind][variant], np.random.default_rng(number))
    roll, petition, truth = MAKERS[maker](habits, voters, lines, np.random.default_rng(number + 1))
    made = World(maker, kind, variant, habits.asks, roll, _carried(petition), simulator.ON, truth)
    return _wherever(made) if kind == NO_HOME else made


def _wherever(world: World) -> World:
    """Give a world in which a voter counts who writes another home: the first line of each."""
    known = world.truth["signer"].to_list()
    truth = world.truth.with_columns(valid=pl.Series(first_of_each(known, [True] * len(known)), dtype=pl.Boolean))
    return replace(world, truth=truth, law=NO_HOME_LAW)


def _carried(petition: pl.DataFrame) -> pl.DataFrame:
    """Give the lines with their circulators, each of whom carried some sheets in a row."""
    number = (pl.col("sheet").cast(pl.Int64) - 1) // SHEETS_A_CIRCULATOR
    return petition.with_columns(pl.format("C{}", number).alias("circulator"))
