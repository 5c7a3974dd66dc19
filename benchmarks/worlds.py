"""How far the machine misses the truth in worlds unlike the simulator's, and whether its span says so.

    python benchmarks/worlds.py                                 every world, a few minutes
    python benchmarks/worlds.py --kind relatives --maker metro  only these; both repeatable
    python benchmarks/worlds.py --splink                        Splink's expectation beside ours

Four makers (the simulator, and three that were written before the matcher was read: a rural county, a dense city, a
planned suburb) make a dozen kinds of worlds each, with rates that vary by the printed seed. For each world: the share
of lines that count, how far the sum of the probabilities misses it, the span printed, whether it holds the truth, and
the share of lines left to a person; then how right the probabilities are, line by line.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import pairwise
from math import sqrt
from pathlib import Path

import polars as pl

from unlike.every import make, names
from unlike.trial import Trial, tried
from unlike.world import World

EDGES = (0.0, 0.0001, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0001)


def main() -> None:
    """Print a row a world, the root of the mean square of the misses, coverage, and reliability."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=20_000)
    parser.add_argument("--lines", type=int, default=2_500)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--maker", action="append", help="only this maker; repeatable")
    parser.add_argument("--kind", action="append", help="only this kind; repeatable")
    parser.add_argument("--splink", action="store_true", help="Splink's expectation beside ours; slow")
    asked = parser.parse_args()
    begin = time.perf_counter()
    print(f"{asked.voters:,} voters, {asked.lines:,} lines, seed {asked.seed}\n")
    beside = " Splink |" if asked.splink else ""
    print(f"| maker | kind | counts | miss | span | holds | to a person |{beside}")
    print(f"|{'---|' * (8 if asked.splink else 7)}")
    rows, lines = [], []
    for maker, kind, variant in names():
        if (asked.maker and maker not in asked.maker) or (asked.kind and kind not in asked.kind):
            continue
        world = make(maker, kind, variant, asked.voters, asked.lines, asked.seed)
        trial = tried(world)
        row = {"maker": maker, "kind": kind, **figures(trial)}
        more = f" {_by_splink(world, trial):+.2%} |" if asked.splink else ""
        span, holds = f"{row['below']:+.2%} to {row['above']:+.2%}", "yes" if row["holds"] else "NO"
        told = f"{row['counts']:.1%} | {row['miss']:+.2%} | {span} | {holds} | {row['unresolved']:.1%}"
        print(f"| {maker} | {kind} | {told} |{more}", flush=True)
        rows.append(row)
        lines.append(trial.lines.select("probability", "real"))
    table = pl.DataFrame(rows)
    print(f"\nroot mean square of the misses: {sqrt((table['miss'] ** 2).sum() / table.height):.2%} of the lines")
    print(f"the span holds the truth in {table['holds'].sum()} of {table.height} worlds")
    _print_groups(table, "maker")
    _print_groups(table, "kind")
    print_reliability(pl.concat(lines))
    print(f"\n{time.perf_counter() - begin:,.0f} s")


def figures(trial: Trial) -> dict[str, float | bool]:
    """Give what a row of the table says of a world, as shares of its lines."""
    count, machine = trial.lines.height, trial.said["machine"]
    truth = int(trial.lines["real"].sum())
    return {
        "counts": truth / count,
        "miss": trial.miss,
        "below": (machine["low"] - machine["expected"]) / count,
        "above": (machine["high"] - machine["expected"]) / count,
        "holds": bool(machine["low"] <= truth <= machine["high"]),
        "unresolved": machine["unresolved"] / count,
    }


def _print_groups(table: pl.DataFrame, by: str) -> None:
    grouped = table.group_by(by, maintain_order=True).agg(
        pl.len().alias("worlds"),
        pl.col("miss").mean().alias("mean"),
        (pl.col("miss") ** 2).mean().sqrt().alias("rms"),
        pl.col("holds").sum(),
        (pl.col("above") - pl.col("below")).mean().alias("width"),
    )
    print(f"\n| {by} | worlds | mean miss | root mean square | span holds | its width |\n|{'---|' * 6}")
    for name, worlds, mean, rms, holds, width in grouped.iter_rows():
        print(f"| {name} | {worlds} | {mean:+.2%} | {rms:.2%} | {holds} | {width:.2%} |")


def print_reliability(lines: pl.DataFrame) -> None:
    """Print, by what was said of lines, how often they count."""
    print(f"\n| said | lines | mean said | count in truth |\n|{'---|' * 4}")
    for low, high in pairwise(EDGES):
        some = lines.filter((pl.col("probability") >= low) & (pl.col("probability") < high))
        if some.height:
            said, true = some["probability"].mean(), some["real"].mean()
            print(f"| {low} to {min(high, 1.0)} | {some.height:,} | {said:.4f} | {true:.4f} |")


def _by_splink(world: World, trial: Trial) -> float:
    """Give how far Splink misses: its shared probabilities of voters whose number and street stand on the line."""
    import splink_peer
    from accuracy import as_splink, plainly
    from ballotworthy.petition import read_lines
    from ballotworthy.roll import read_voters

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world.roll.write_csv(folder / "roll.csv")
        world.lines.write_csv(folder / "lines.csv")
        voters = read_voters(folder / "roll.csv", taken_on=world.taken_on).frame
        petition = read_lines(folder / "lines.csv", latest=world.taken_on).frame
    plain, people = plainly(petition), plainly(voters)
    numbers, ids = pl.Series(range(plain.height), dtype=pl.Int64).cast(pl.String), voters["voter_id"].cast(pl.String)
    run = splink_peer.link(as_splink(plain, numbers), as_splink(people, ids), splink_peer.petition_model(world.birth))
    best = splink_peer.in_order(run, numbers, "shared").with_columns(plain["number"], plain["street"])
    home = people.select(pl.col("number").alias("their_number"), pl.col("street").alias("their_street"), ids)
    home = home.rename({home.columns[-1]: "voter"})
    joined = best.join(home, on="voter", how="left", maintain_order="left")
    there = (pl.col("number") == pl.col("their_number")) | (pl.col("street") == pl.col("their_street"))
    nth = pl.int_range(pl.len()).over("voter")
    expected = joined.filter(there & (nth == 0))["score"].sum()
    return (float(expected) - float(trial.lines["real"].sum())) / trial.lines.height


if __name__ == "__main__":
    main()
