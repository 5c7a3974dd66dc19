"""Measure the levels and the probabilities on simulated truth: what `m` and `u` are, and how right 0.95 is.

    python benchmarks/calibrate.py --voters 200000 --lines 40000

The simulation was not fitted to the weights nor the weights to the simulation's rates; still, both were
written by the same people, so this shows that the arithmetic holds, not how real signers write.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.law import read_law
from ballotworthy.match import find, weigh_pairs
from ballotworthy.match.weigh import FIELDS, LEVELS
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.simulate import simulate

ON = dt.date(2018, 4, 20)
EDGES = (0.0, 0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0001)


def main() -> None:
    """Print the levels of each field, and a reliability table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=200_000)
    parser.add_argument("--lines", type=int, default=40_000)
    parser.add_argument("--seed", default="calibrate")
    parser.add_argument("--birth", choices=("none", "year", "date"), default="none")
    asked = parser.parse_args()
    law = read_law("us-ca")
    strata = [(each.name, each.weight) for each in law.strata]
    made = simulate("us-ca", asked.voters, asked.lines, asked.seed, ON, strata=strata, birth=asked.birth)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made.roll.write_csv(folder / "roll.csv")
        made.lines.write_csv(folder / "lines.csv")
        build_roll(read_voters(folder / "roll.csv", taken_on=made.taken_on), folder / "x.roll")
        roll = open_roll(folder / "x.roll")
        matches = find(read_lines(folder / "lines.csv", latest=ON).frame, roll)
        ids = roll.voters.select("voter_id").collect()["voter_id"].to_list()
        rows = {voter: row for row, voter in enumerate(ids)}
        true = np.array([rows.get(str(voter), -1) for voter in made.truth["voter_id"]])
        pairs, _ = weigh_pairs(dataclasses.replace(matches, records=true[:, None]), roll, 0)
        chance = np.random.default_rng(1).integers(0, roll.size, (len(true), 1))
        others, _ = weigh_pairs(dataclasses.replace(matches, records=chance), roll, 0)
        owners = np.where(matches.records[:, 0] >= 0, roll.owners[np.maximum(matches.records[:, 0], 0)].astype(int), -1)
    _levels(pairs[(true >= 0) & (made.truth["outcome"] == "valid").to_numpy()], others)
    _reliability(matches.chances[:, 0], (owners == true) & (true >= 0))


def _levels(pairs: np.ndarray, others: np.ndarray) -> None:
    print(f"{'level':58} {'m stated':>9} {'measured':>9} {'u stated':>10} {'measured':>10}")
    for field, (name, levels) in enumerate(zip(FIELDS, LEVELS, strict=True)):
        there, apart = pairs[pairs[:, field] > 0, field], others[others[:, field] > 0, field]
        for at, level in enumerate(levels):
            if at and len(there) and len(apart):
                stated = "by name" if level.u is None else f"{level.u:.5f}"
                m, u = (there == at).mean(), (apart == at).mean()
                print(f"{name + ' ' + level.words:58} {level.m:9.4f} {m:9.4f} {stated:>10} {u:10.5f}")


def _reliability(chances: np.ndarray, right: np.ndarray) -> None:
    table = pl.DataFrame({"chance": chances, "right": right})
    print(f"\n{'probability given':>18} {'lines':>8} {'mean':>8} {'right':>8}")
    for low, high in pairwise(EDGES):
        part = table.filter(pl.col("chance").is_between(low, high, closed="left"))
        if part.height:
            mean, share = part["chance"].mean(), part["right"].mean()
            print(f"{low:8.3f} to {min(high, 1):.3f} {part.height:8,} {mean:8.4f} {share:8.4f}")


if __name__ == "__main__":
    main()
