"""Lines matched a second and core, on this machine alone and by a Spark cluster on it, in one run.

    python benchmarks/spark.py                                 1,000,000 voters in two regions, 100,000 lines
    python benchmarks/spark.py --voters 200000 --lines 20000

Each side matches the same lines to a finished table, evidence included, and the tables are compared. A look-up is one
line looked for in one region: the lines at home, and once for every other region those whom nobody at home fits.
The last rows say what a national roll would take at these rates, by the formula of docs/how-to/national.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
import time
from pathlib import Path

import polars as pl

from ballotworthy.match.batch import Engine, ThisMachine
from ballotworthy.match.regions import match_regions, regions_in
from ballotworthy.match.spark import spark_engine
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, read_voters
from ballotworthy.simulate import simulate

ON = dt.date(2018, 4, 20)
NATION_LINES, NATION_REGIONS = 20_000_000, 50
CORES = (16, 64, 256)


def main() -> None:
    """Print seconds and rates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--master", help="a cluster; two workers of one core on this machine if absent")
    parser.add_argument("--seed", default="benchmark")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), asked.voters, asked.lines, asked.master or "local-cluster[2,1,2048]", asked.seed)


def run(folder: Path, voters: int, lines: int, master: str, seed: str) -> None:
    """Make the files, time both sides, print one figure a row."""
    made = simulate("us-ca", voters, lines, seed, ON, strata=[("North", 1), ("South", 1)])
    made.lines.write_csv(folder / "lines.csv")
    for (county,), part in made.roll.group_by("county"):
        part.write_csv(folder / "part.csv")
        build_roll(read_voters(folder / "part.csv", taken_on=made.taken_on), folder / f"{county}.roll")
    frame = read_lines(folder / "lines.csv", latest=ON).frame
    regions = regions_in(folder)
    here, rate, missed = timed("this machine", frame, regions, ThisMachine(), os.cpu_count() or 1)
    begin = time.perf_counter()
    with spark_engine(master) as engine:
        match_regions(frame.head(20_000), regions, engine)
        print(f"spark, start          {time.perf_counter() - begin:8.2f} s until its workers are warm")
        cores = engine.session.sparkContext.defaultParallelism
        there, spark_rate, _ = timed("spark", frame, regions, engine, cores)
    print(f"same results          {here.equals(there)!s:>8}")
    look_ups = NATION_LINES * (1 + missed * (NATION_REGIONS - 1))
    print(f"nation, look-ups      {look_ups / 1e6:8,.0f} million, where {missed:.1%} of the lines find nobody at home")
    for cores in CORES:
        print(
            f"nation, {cores:>3} cores     {look_ups / spark_rate / cores / 60:8.1f} minutes by Spark, "
            f"{look_ups / rate / cores / 60:.1f} at the rate of one machine"
        )


def timed(
    name: str, frame: pl.DataFrame, regions: dict[str, Path], engine: Engine, cores: int
) -> tuple[pl.DataFrame, float, float]:
    """Print and give the table, the look-ups a second and core, and the share of lines that found nobody at home."""
    totals: dict[str, int] = {}

    def count(stage: str, done: int, total: int) -> None:
        totals[stage] = max(done, total)

    match_regions(frame.head(1_000), regions, engine)  # compiles, or loads what is compiled
    begin = time.perf_counter()
    table = match_regions(frame, regions, engine, progress=count)
    taken = time.perf_counter() - begin
    rate = sum(totals.values()) / taken / cores
    missed = totals["match elsewhere"] / (len(regions) - 1) / frame.height
    print(f"{name:<22}{taken:8.2f} s for {sum(totals.values()):,} look-ups: {rate:,.0f} a second and core")
    return table, rate, missed


if __name__ == "__main__":
    main()
