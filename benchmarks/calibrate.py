"""Measure the levels and the probabilities on simulated truth: what `m` and `u` are, and how right 0.95 is.

    python benchmarks/calibrate.py --voters 100000 --lines 20000 --plot docs/why/reliability.svg

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

import altair as alt
import numpy as np
import polars as pl

from ballotworthy.law import read_law
from ballotworthy.match import Beliefs, find, weigh_pairs
from ballotworthy.match.moved import with_moved
from ballotworthy.match.weigh import FIELDS, LEVELS
from ballotworthy.petition import read_lines
from ballotworthy.report.altair_svg import drawn, marks
from ballotworthy.report.svg import BLUE, QUIET
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.simulate import simulate
from ballotworthy.stats.groups import wilson

ON = dt.date(2018, 4, 20)
EDGES = (0.0, 0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0001)
WIDTH = 560


def main() -> None:
    """Print the levels of each field, and a reliability table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=100_000)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--seed", default="calibrate")
    parser.add_argument("--birth", choices=("none", "year", "date"), default="none")
    parser.add_argument("--plot", type=Path, help="write the reliability plot here, as SVG")
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
        matches = with_moved(find(read_lines(folder / "lines.csv", latest=ON).frame, roll), roll)
        ids = roll.voter_ids.to_list()
        rows = {voter: row for row, voter in enumerate(ids)}
        true = np.array([rows.get(str(voter), -1) for voter in made.truth["voter_id"]])
        pairs, _ = weigh_pairs(dataclasses.replace(matches, records=true[:, None]), roll, 0)
        chance = np.random.default_rng(1).integers(0, roll.size, (len(true), 1))
        others, _ = weigh_pairs(dataclasses.replace(matches, records=chance), roll, 0)
        owners = np.where(matches.records[:, 0] >= 0, roll.owners[np.maximum(matches.records[:, 0], 0)].astype(int), -1)
    print(matches.beliefs.source, matches.beliefs.prior)
    _levels(pairs[(true >= 0) & (made.truth["outcome"] == "valid").to_numpy()], others, matches.beliefs)
    table = _reliability(matches.chances[:, 0], (owners == true) & (true >= 0))
    _print(table)
    if asked.plot:
        about = f"{asked.lines:,} invented lines against {asked.voters:,} invented voters"
        asked.plot.write_text(_plot(table, f"How often the best voter was the signer, {about}"), "utf-8")


def _levels(pairs: np.ndarray, others: np.ndarray, beliefs: Beliefs) -> None:
    heads = ("m stated", "estimated", "measured", "u stated", "estimated", "measured")
    print(f"{'level':70} {' '.join(f'{head:>10}' for head in heads)}")
    for field, (name, levels) in enumerate(zip(FIELDS, LEVELS, strict=True)):
        there, apart = pairs[pairs[:, field] > 0, field], others[others[:, field] > 0, field]
        for at, level in enumerate(levels):
            if at and len(there) and len(apart):
                fitted = beliefs.levels[field][at]
                m, u = (there == at).mean(), (apart == at).mean()
                stated, guessed = ("by name" if each.u is None else f"{each.u:.5f}" for each in (level, fitted))
                ms = f"{level.m:10.4f} {fitted.m:10.4f} {m:10.4f}"
                print(f"{name + ' ' + level.words:70} {ms} {stated:>10} {guessed:>10} {u:10.5f}")


def _reliability(chances: np.ndarray, right: np.ndarray) -> pl.DataFrame:
    """Give `low`, `high`, `lines`, `mean` and `right` of the lines whose best voter got so much."""
    table = pl.DataFrame({"chance": chances, "right": right})
    rows = []
    for low, high in pairwise(EDGES):
        part = table.filter(pl.col("chance").is_between(low, high, closed="left"))
        if part.height:
            rows.append((low, min(high, 1.0), part.height, part["chance"].mean(), part["right"].mean()))
    return pl.DataFrame(rows, schema=["low", "high", "lines", "mean", "right"], orient="row")


def _print(table: pl.DataFrame) -> None:
    print(f"\n{'probability given':>18} {'lines':>8} {'mean':>8} {'right':>8}")
    for low, high, lines, mean, right in table.iter_rows():
        print(f"{low:8.3f} to {high:.3f} {lines:8,} {mean:8.4f} {right:8.4f}")


def _plot(table: pl.DataFrame, name: str) -> str:
    """Draw what was right over what was said, with intervals of 95% (Wilson 1927); the diagonal is perfect."""
    rows = []
    for _, _, lines, mean, right in table.iter_rows():
        low, high = wilson(right * lines, lines)
        rows.append({"x": mean, "y": right, "low": low, "high": high, "lines": f"{lines:,} lines"})
    percent = {"axis": alt.Axis(format=".0%"), "scale": alt.Scale(domain=[0, 1])}
    x = alt.X("x:Q", title="probability given to the best voter", **percent)
    y = alt.Y("y:Q", title="share that were right", **percent)
    ends = alt.Y("low:Q", title="share that were right", **percent)
    words = marks([row for row in rows if row["x"] < 0.9]).mark_text(align="left", dx=8, dy=8, fontSize=11, color=QUIET)
    chart = alt.layer(
        marks([{"x": 0, "y": 0}, {"x": 1, "y": 1}]).mark_line(color=QUIET, strokeDash=[4, 3]).encode(x, y),
        marks(rows).mark_rule(color=BLUE, strokeWidth=2).encode(x, ends, y2="high"),
        marks(rows).mark_point(filled=True, opacity=1, size=50, color=BLUE).encode(x, y),
        words.encode(x, y, text="lines:N"),
    )
    drawing = drawn(chart.properties(height=360), WIDTH, name)
    return str(drawing).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" ', 1) + "\n"


if __name__ == "__main__":
    main()
