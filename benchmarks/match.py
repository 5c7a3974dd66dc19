"""Match a petition against a roll, beside the full scan that living open-source tools do, in one run.

    python benchmarks/match.py                        1,000,000 voters, 100,000 lines
    python benchmarks/match.py --voters 10000000 --lines 500000

The peer is RapidFuzz, used as VoteCatcher and Ballot-Initiative use it: for each line `fuzz.ratio` of "name
address" against every voter, the best one kept. It runs on a sample of lines, since the whole would take days.
Both sides are given the same roll in memory; accuracy is measured against the simulation's truth.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from ballotworthy.law import read_law
from ballotworthy.match import find
from ballotworthy.petition import read_lines
from ballotworthy.roll import Roll, build_roll, open_roll, read_voters
from ballotworthy.simulate import simulate

ON = dt.date(2018, 4, 20)
LIKELY = 0.8
PEER_THRESHOLD = 85.0


def main() -> None:
    """Print seconds, ratios and accuracy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--peer-lines", type=int, default=40, help="lines the peer is given")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", default="benchmark")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), asked.voters, asked.lines, asked.peer_lines, asked.rounds, asked.seed)


def run(folder: Path, voters: int, lines: int, peer_lines: int, rounds: int, seed: str) -> None:
    """Make the files, time each step, print one figure a row."""
    law = read_law("us-ca")
    made = simulate("us-ca", voters, lines, seed, ON, strata=[(each.name, each.weight) for each in law.strata])
    made.roll.write_csv(folder / "roll.csv")
    made.lines.write_csv(folder / "lines.csv")
    begin = time.perf_counter()
    read = read_voters(folder / "roll.csv", taken_on=made.taken_on)
    build_roll(read, folder / "x.roll")
    print(f"roll build            {time.perf_counter() - begin:8.2f} s for {voters:,} voters from CSV")
    opening = [_timed(lambda: open_roll(folder / "x.roll")) for _ in range(rounds)]
    print(f"roll open             {statistics.median(opening):8.4f} s median of {rounds}")
    roll = open_roll(folder / "x.roll")
    petition = read_lines(folder / "lines.csv", latest=ON)
    find(petition.frame.head(100), roll)  # compiles, or loads what is compiled
    taken = [_timed(lambda: find(petition.frame, roll)) for _ in range(rounds)]
    ours = statistics.median(taken) / lines
    print(
        f"match                 {statistics.median(taken):8.2f} s median of {rounds} for {lines:,} lines, "
        f"{ours * 1e6:,.0f} µs a line"
    )
    print(
        f"peak memory           {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:8.2f} GiB, "
        "simulation included"
    )
    _accuracy(petition.frame, roll, made.truth)
    _peer(made.roll, made.lines, made.truth, peer_lines, ours)


def _timed(work: object) -> float:
    begin = time.perf_counter()
    work()  # type: ignore[operator]  # a function without arguments
    return time.perf_counter() - begin


def _accuracy(frame: pl.DataFrame, roll: Roll, truth: pl.DataFrame) -> None:
    matches = find(frame, roll)
    ids = roll.voter_ids
    best = ids[roll.owners[np.maximum(matches.records[:, 0], 0)]]
    taken = pl.Series((matches.records[:, 0] >= 0) & (matches.chances[:, 0] >= LIKELY))
    answer = truth.with_columns(best.alias("best"), taken.alias("taken"))
    valid = answer.filter(pl.col("outcome") == "valid")
    strangers = answer.filter(pl.col("reason") == "not-registered")
    right = valid.filter(pl.col("taken") & (pl.col("best") == pl.col("voter_id").cast(pl.String))).height
    print(f"valid signers found   {right / valid.height:8.2%} as the right voter with probability >= {LIKELY}")
    print(f"strangers taken       {strangers['taken'].mean():8.2%} for a voter with probability >= {LIKELY}")


def _peer(voters: pl.DataFrame, lines: pl.DataFrame, truth: pl.DataFrame, count: int, ours: float) -> None:
    name = pl.concat_str("first_name", "last_name", separator=" ")
    address = pl.concat_str(
        "house_number", "pre_direction", "street_name", "street_type", separator=" ", ignore_nulls=True
    )
    choices = voters.select(pl.concat_str(name, address, separator=" ", ignore_nulls=True)).to_series().to_list()
    readable = lines.with_row_index("row").filter(pl.col("name").is_not_null() & pl.col("address").is_not_null())
    some = readable.sample(count, seed=1)
    queries = some.select(pl.concat_str("name", "address", separator=" ").str.to_uppercase()).to_series().to_list()
    begin = time.perf_counter()
    found = [process.extractOne(query, choices, scorer=fuzz.ratio) for query in queries]
    theirs = (time.perf_counter() - begin) / count
    ids = voters["voter_id"].cast(pl.String).to_list()
    real = truth[some["row"]]
    right = sum(
        answer[1] >= PEER_THRESHOLD and ids[answer[2]] == str(voter)
        for answer, voter, outcome in zip(found, real["voter_id"], real["outcome"], strict=True)
        if outcome == "valid"
    )
    print(f"RapidFuzz full scan   {theirs * 1e3:8.0f} ms a line on one core, over {count} lines; "
          f"found {right} of {(real['outcome'] == 'valid').sum()} valid ones at {PEER_THRESHOLD:.0f}")  # fmt: skip
    print(f"ratio                 {theirs / ours:8,.0f} times the time of ours, line for line (ours uses all cores)")


if __name__ == "__main__":
    main()
