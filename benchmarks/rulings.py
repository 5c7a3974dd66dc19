"""Measure the interval from rulings: how often it holds the truth, and how long it is, where the machine is wrong.

    python benchmarks/rulings.py coverage --runs 400     the table of docs/why/estimate.md
    python benchmarks/rulings.py stopping --runs 400     the same for somebody who looks after every ten lines

Every number comes from --seed. tests/test_difference.py runs the first table in a short form.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ballotworthy.stats.difference import difference

RULED = (50, 100, 300, 1000)
LINES = (1_500, 20_000)
Z95 = 1.959963984540054
RESULT = tuple[float, float, float, float]


@dataclass(frozen=True)
class World:
    """A petition as it is: what the machine says of each line (p), and whether it counts (v, 0 or 1)."""

    expected: np.ndarray
    truth: np.ndarray


def said(lines: int, rng: np.random.Generator) -> np.ndarray:
    """Give the probabilities of a usual machine: seven lines in ten nearly sure, two nearly refused, one between."""
    kind = rng.random(lines)
    unsure = np.where(kind < 0.9, rng.beta(0.3, 20, lines), rng.random(lines))
    return np.where(kind < 0.7, rng.beta(30, 0.6, lines), unsure)


def drawn(expected: np.ndarray, chances: np.ndarray, rng: np.random.Generator) -> World:
    """Give a petition whose lines are valid with these chances."""
    return World(expected, (rng.random(len(expected)) < chances).astype(float))


def right(lines: int, rng: np.random.Generator) -> World:
    """The machine is right about every chance."""
    expected = said(lines, rng)
    return drawn(expected, expected, rng)


def too_kind(lines: int, rng: np.random.Generator) -> World:
    """One accepted line in twenty does not hold."""
    expected = said(lines, rng)
    return drawn(expected, np.where(expected > 0.5, 0.95, 1.0) * expected, rng)


def one_kind(lines: int, rng: np.random.Generator) -> World:
    """A tenth of the lines, such as rural routes, are refused though seven in ten are valid."""
    expected = said(lines, rng)
    rural = rng.random(lines) < 0.1
    return drawn(np.where(rural, 0.03, expected), np.where(rural, 0.7, expected), rng)


def certain(lines: int, rng: np.random.Generator) -> World:
    """The machine says 0 or 1 of every line, and is wrong on one in fifty."""
    expected = (rng.random(lines) < 0.75).astype(float)
    return drawn(expected, np.abs(expected - 0.02), rng)


def hardly_wrong(lines: int, rng: np.random.Generator) -> World:
    """The machine says 1 of every line, and is wrong on one in two hundred; most samples see no error."""
    return drawn(np.ones(lines), np.full(lines, 0.995), rng)


def upside_down(lines: int, rng: np.random.Generator) -> World:
    """The machine says of every line the contrary of what is true."""
    expected = said(lines, rng)
    return drawn(expected, 1 - expected, rng)


WORLDS: Mapping[str, Callable[[int, np.random.Generator], World]] = {
    "right": right, "too kind": too_kind, "one kind refused": one_kind,
    "certain": certain, "hardly wrong": hardly_wrong, "upside down": upside_down,
}  # fmt: skip


def coverage(world: World, ruled: int, runs: int, rng: np.random.Generator) -> RESULT:
    """Give the share of draws whose interval holds the truth and its mean length, then the same of a normal interval.

    Lengths are shares of the lines.
    """
    lines, total = len(world.truth), float(world.expected.sum())
    valid = world.truth.sum()
    held = np.zeros(2)
    length = np.zeros(2)
    for _ in range(runs):
        rows = rng.permutation(lines)[:ruled]
        v, p = world.truth[rows], world.expected[rows]
        found = difference(v, p, total, lines)
        half = Z95 * lines * float((v - p).std(ddof=1)) * ((1 - ruled / lines) / ruled) ** 0.5
        plain = total + lines / ruled * float((v - p).sum())
        held += (found.low <= valid <= found.high, abs(plain - valid) <= half)
        length += (found.high - found.low, 2 * half)
    return (*(held / runs), *(length / runs / lines))  # type: ignore[return-value]  # four numbers


def stopping(world: World, runs: int, rng: np.random.Generator) -> float:
    """Give the share of draws whose interval holds the truth at each of the looks after 30, 40, ... 400 lines."""
    lines, total = len(world.truth), float(world.expected.sum())
    held = 0
    for _ in range(runs):
        rows = rng.permutation(lines)[:400]
        v, p = world.truth[rows], world.expected[rows]
        looks = (difference(v[:n], p[:n], total, lines) for n in range(30, 401, 10))
        held += all(found.low <= world.truth.sum() <= found.high for found in looks)
    return held / runs


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", choices=("coverage", "stopping"))
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.runs} draws each, 95% asked")
    for lines in LINES:
        for name, make in WORLDS.items():
            rng = np.random.default_rng([asked.seed, lines])
            world = make(lines, rng)
            miss = abs(float(world.expected.sum() - world.truth.sum())) / lines
            start = f"{lines:>6,} lines, {name:<17} machine off by {miss:5.1%}"
            if asked.table == "stopping":
                print(f"{start}   holds at every look {stopping(world, asked.runs, rng):6.1%}")
                continue
            for ruled in RULED:
                ours, normal, long, short = coverage(world, ruled, asked.runs, rng)
                print(
                    f"{start}  {ruled:>5,} ruled  holds {ours:6.1%}, {long:5.1%} of the lines long; "
                    f"normal {normal:6.1%}, {short:5.1%}"
                )


if __name__ == "__main__":
    main()
