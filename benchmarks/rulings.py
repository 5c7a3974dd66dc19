"""Measure the interval from rulings: how often it holds the truth, and how long it is, where the machine is wrong.

    python benchmarks/rulings.py coverage --runs 400     the table of docs/why/estimate.md
    python benchmarks/rulings.py stopping --runs 400     the same for somebody who looks after every ten lines
    python benchmarks/rulings.py worlds --runs 25        the machine itself in worlds unlike ours, repeats and all; slow

The last also cuts each world's sheets into strata of unlike sizes, and counts how often their intervals hold theirs.

Every number comes from --seed. tests/test_difference.py runs the first table in a short form.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from ballotworthy.check import Check, Ruled, correct
from ballotworthy.stats import draw
from ballotworthy.stats.difference import difference
from unlike.every import make
from unlike.trial import tried

RULED = (50, 100, 300, 1000)
LINES = (1_500, 20_000)
Z95 = 1.959963984540054
UNLIKE = (
    ("village", "rural routes", 1), ("village", "juniors", 1), ("metro", "relatives", 3), ("metro", "repeats", 0),
    ("village", "careless transcribers", 2), ("suburb", "crowded homes", 1), ("metro", "initials in noisy hands", 1),
    ("suburb", "usual", 0),
)  # fmt: skip
"""Maker, kind and variant of the worlds of benchmarks/worlds.py in which lines are ruled."""
STRATA = (0.03, 0.1, 0.3)
"""Where the sheets are cut into strata, as shares of their number."""
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


def unlike(maker: str, kind: str, variant: int, runs: int, seed: int) -> tuple[int, int]:
    """Check a world, rule its lines as the truth is, each by itself, and print how often the intervals hold it.

    Gives how many intervals of strata were told, and how many held the stratum's own number.
    """
    world = make(maker, kind, variant, 20_000, 2_500, str(seed))
    trial = tried(world)
    check = by_strata(trial.check)
    ids, truth = check.lines["id"].to_list(), world.truth
    count = set(truth.filter(pl.col("valid"))["signer"])
    rulings = {
        line: ("valid", signer) if signer in count else ("invalid", None)
        for line, signer in zip(ids, truth["signer"], strict=True)
    }
    valid, schema = int(truth["valid"].sum()), dict.fromkeys(Ruled.COLUMNS, pl.String)
    within = dict(
        check.lines.select("stratum", truth["valid"]).group_by("stratum").agg(pl.col("valid").sum()).iter_rows()
    )
    told = kept = 0
    for ruled in (100, 300, 1000):
        rows = [[(line, *rulings[line]) for line in draw(f"{seed} {run}", ids, ruled)] for run in range(runs)]
        lists = [Ruled(pl.DataFrame(each, schema=schema, orient="row"), "") for each in rows]
        done = [correct(check, each) for each in lists]
        found = [each.whole.found for each in done]
        held = sum(each.low <= valid <= each.high for each in found)
        length = sum(each.high - each.low for each in found) / runs / len(ids)
        bias = (sum(each.estimate for each in found) / runs - valid) / len(ids)
        parts = [part for each in done for part in each.strata]
        fit = sum(part.found.low <= within[part.name] <= part.found.high for part in parts)
        told, kept = told + len(parts), kept + fit
        print(
            f"| {maker}, {kind} | {trial.miss:+.2%} | {ruled:,} | {held} of {runs} | {length:.2%} | {bias:+.2%} "
            f"| {fit} of {len(parts)} |",
            flush=True,
        )
    return told, kept


def by_strata(check: Check) -> Check:
    """Give the check with its sheets cut into strata of unlike sizes."""
    sheet = check.lines["sheet"].cast(pl.Int64)
    cuts = [part * int(sheet.max() or 0) for part in STRATA]  # type: ignore[operator]  # sheets are numbers here
    return replace(check, lines=check.lines.with_columns(sheet.cut(cuts).cast(pl.String).alias("stratum")))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", choices=("coverage", "stopping", "worlds"))
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {asked.runs} draws each, 95% asked")
    if asked.table == "worlds":
        counts = [unlike(*names, asked.runs, asked.seed) for names in UNLIKE]
        told, kept = (sum(each) for each in zip(*counts, strict=True))
        print(f"intervals of strata that hold theirs: {kept:,} of {told:,}")
        return
    for lines in LINES:
        for name, drawn_world in WORLDS.items():
            rng = np.random.default_rng([asked.seed, lines])
            world = drawn_world(lines, rng)
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
