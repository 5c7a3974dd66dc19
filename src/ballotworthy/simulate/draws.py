"""Random numbers from a printed seed: a stream per topic, so that one part never moves another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Dates = NDArray[np.datetime64]
Spans = NDArray[np.timedelta64]

Option = TypeVar("Option")

Draw = Callable[[], float]
"""Gives the next uniform number in [0, 1)."""

CHUNK = 65_536


def stream(seed: str, topic: str) -> np.random.Generator:
    """Give the generator of a topic: PCG64 started from SHA-256 of "seed/topic" in UTF-8."""
    return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(f"{seed}/{topic}".encode()).digest())))


def uniforms(rng: np.random.Generator) -> Draw:
    """Give a fast source of single uniform numbers, for work that goes line by line."""

    def numbers() -> Iterator[float]:
        while True:
            yield from rng.random(CHUNK).tolist()

    return numbers().__next__


def weighted(rng: np.random.Generator, weights: Sequence[float] | Floats, size: int) -> Ints:
    """Give `size` positions into `weights`, drawn with replacement in proportion to them."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    found: Ints = np.searchsorted(edges, rng.random(size) * edges[-1], side="right").astype(np.int64)
    return found


def chosen(rng: np.random.Generator, weights: Floats, size: int) -> Ints:
    """Give `size` distinct positions, heavier ones more likely (Efraimidis and Spirakis 2006, A-Res)."""
    keys = np.log(rng.random(len(weights))) / weights
    return np.sort(np.argsort(-keys, kind="stable")[:size]).astype(np.int64)


def ranks_within(groups: Ints) -> Ints:
    """Give each position's rank, from 0, among the positions of its own group, in the order they stand."""
    order = np.argsort(groups, kind="stable")
    sorted_groups = groups[order]
    first = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]]) if len(groups) else order
    lengths = np.diff(np.r_[first, len(groups)])
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[order] = np.arange(len(groups)) - np.repeat(first, lengths)
    return ranks


def one_of(options: Sequence[Option], draw: Draw) -> Option:
    """Give one of `options`, all equally likely."""
    return options[int(draw() * len(options))]
