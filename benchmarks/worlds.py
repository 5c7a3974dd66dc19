"""How far the machine misses the truth in worlds unlike the simulator's, and whether its span says so.

    python benchmarks/worlds.py                                 every world, a few minutes
    python benchmarks/worlds.py --kind relatives --maker metro  only these; both repeatable
    python benchmarks/worlds.py --unfitted                      67 worlds that nothing is fitted to
    python benchmarks/worlds.py --splink                        Splink's expectation beside ours
    python benchmarks/worlds.py --fit                           what `check/measured.py` and `check/span.py` rest on

Four makers (the simulator, and three that were written before the matcher was read: a rural county, a dense city, a
planned suburb) make a dozen kinds of worlds each, with rates that vary by the printed seed. For each world: the share
of lines that count, how far the sum of the probabilities misses it, the span printed, whether it holds the truth, the
share of lines left to a person, and how far what is said of lines is off, by bins of probability; then coverage with
each world's kind left out of the fitting of the span, coverage by stratum and circulator, and how right the
probabilities are, line by line.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from importlib.util import find_spec
from itertools import pairwise
from math import ceil, floor, sqrt
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.check.measured import EDGE
from ballotworthy.check.signs import signs
from ballotworthy.check.span import span
from span_fit import fitted, left_out
from unlike.every import make, names, unfitted_names
from unlike.trial import Trial, tried
from unlike.world import World

EDGES = (0.0, 0.0001, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0001)

STRATA = (0.0, 0.03, 0.1, 0.3, 1.0)
"""Where the sheets are cut into strata of unlike sizes, as shares of their number: a stratum has hands of its own."""

BY_LAW = ("blank", "struck", "no-address", "no-date", "date-outside", "illegible", "duplicate")
"""Lines that the law itself rules out, whoever signed them: no evidence about a person is weighed."""


def main() -> None:
    """Print a row a world, the root of the mean square of the misses, coverage, and reliability."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=20_000)
    parser.add_argument("--lines", type=int, default=2_500)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--maker", action="append", help="only this maker; repeatable")
    parser.add_argument("--kind", action="append", help="only this kind; repeatable")
    parser.add_argument("--fit", action="store_true", help="print the limits and weights that these worlds give")
    parser.add_argument(
        "--unfitted",
        action="store_true",
        help="the worlds of unlike/{unfitted,fresh,six,moved,strange,corners}.py in place of others",
    )
    parser.add_argument("--splink", action="store_true", help="Splink's expectation beside ours; slow")
    asked = parser.parse_args()
    fitting = find_spec("scipy") is not None
    if asked.fit and not fitting:
        parser.error("--fit needs SciPy: pip install -e '.[bench]'")
    begin = time.perf_counter()
    print(f"{asked.voters:,} voters, {asked.lines:,} lines, seed {asked.seed}\n")
    beside = " Splink |" if asked.splink else ""
    print(f"| maker | kind | counts | miss | span | holds | to a person | off |{beside}")
    print(f"|{'---|' * (9 if asked.splink else 8)}")
    rows, lines = [], []
    for maker, kind, variant in unfitted_names() if asked.unfitted else names():
        if (asked.maker and maker not in asked.maker) or (asked.kind and kind not in asked.kind):
            continue
        world = make(maker, kind, variant, asked.voters, asked.lines, asked.seed)
        trial = tried(world)
        row = {"maker": maker, "kind": kind, **figures(trial)}
        more = f" {_by_splink(world, trial):+.2%} |" if asked.splink else ""
        span, holds = f"{row['below']:+.2%} to {row['above']:+.2%}", "yes" if row["holds"] else "NO"
        told = (
            f"{row['counts']:.1%} | {row['miss']:+.2%} | {span} | {holds} | {row['unresolved']:.1%} | {row['off']:.2%}"
        )
        print(f"| {maker} | {kind} | {told} |{more}", flush=True)
        rows.append(row)
        lines.append(trial.lines.select("probability", "real", "kind", "reason", "standing"))
    table = pl.DataFrame(rows)
    print(f"\nroot mean square of the misses: {sqrt((table['miss'] ** 2).sum() / table.height):.2%} of the lines")
    print(f"the span holds the truth in {table['holds'].sum()} of {table.height} worlds")
    print(f"the spans of strata hold theirs in {table['strata_held'].sum() / table['strata'].sum():.1%} of cases")
    print(f"the spans of circulators hold theirs in {table['held'].sum() / table['circulators'].sum():.1%} of cases")
    for by in ("maker", "kind"):
        _print_groups(table, by)
    if not fitting:
        print("\nwithout SciPy nothing is fitted, so no kind could be left out: pip install -e '.[bench]'")
    elif table["kind"].n_unique() > 2 and not asked.unfitted:
        apart = left_out(table)
        print(f"\nwith each world's kind left out of the fitting: {apart['holds'].sum()} of {apart.height} worlds held")
        for row in apart.filter(~pl.col("holds")).iter_rows(named=True):
            told = f"{row['miss']:+.2%}, span {-row['low']:+.2%} to {row['high']:+.2%}"
            print(f"  not {row['maker']}, {row['kind']}: miss {told}")
    print_reliability(pl.concat(lines))
    if asked.fit:
        _print_fit(table, pl.concat(lines))
    print(f"\n{time.perf_counter() - begin:,.0f} s")


def figures(trial: Trial) -> dict[str, float | bool]:
    """Give what a row of the table says of a world, as shares of its lines, and what the span is fitted on."""
    lines, machine = trial.lines, trial.said["machine"]
    count, truth, chances = lines.height, int(lines["real"].sum()), lines["probability"]
    valid = dict(lines.group_by("circulator").agg(pl.col("real").sum()).iter_rows())
    groups = trial.said["by_circulator"]
    held = [row["low"] - 1e-4 <= valid[row["name"]] / row["lines"] <= row["high"] + 1e-4 for row in groups]
    return {
        "counts": truth / count,
        "miss": trial.miss,
        "below": (machine["low"] - machine["expected"]) / count,
        "above": (machine["high"] - machine["expected"]) / count,
        "holds": bool(machine["low"] <= truth <= machine["high"]),
        "unresolved": machine["unresolved"] / count,
        "off": off(lines),
        "circulators": len(groups),
        "held": sum(held),
        **_strata(lines),
        "doubt": float((chances * (1 - chances)).sum()) / count**2,
        **signs(lines),
    }


def off(lines: pl.DataFrame) -> float:
    """Give how far what is said of lines is from how many count, by bins of `EDGES`, as a share of all lines."""
    bins = lines.with_columns(at=pl.lit(np.searchsorted(EDGES, lines["probability"].to_numpy(), side="right")))
    sums = bins.group_by("at").agg((pl.col("probability") - pl.col("real").cast(pl.Float64)).sum().abs().alias("far"))
    return float(sums["far"].sum()) / lines.height


def _strata(lines: pl.DataFrame) -> dict[str, int]:
    """Give how many strata the sheets are cut into, and how many of their spans hold their true number."""
    sheet = pl.col("sheet").cast(pl.Int64)
    last = lines.select(sheet.max()).item()
    parts = [lines.filter((sheet > begin * last) & (sheet <= end * last)) for begin, end in pairwise(STRATA)]
    found = [(span(part), int(part["real"].sum())) for part in parts if part.height]
    return {"strata": len(found), "strata_held": sum(floor(s.low) <= real <= ceil(s.high) for s, real in found)}


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


def _print_fit(table: pl.DataFrame, lines: pl.DataFrame) -> None:
    """Print the limits by kind of evidence, from what the model said before them, and the span's weights."""
    low, high = pl.col("probability") <= EDGE, pl.col("probability") >= 1 - EDGE
    told = lines.filter((pl.col("standing") == "") & ~pl.col("reason").is_in(BY_LAW))
    near = pl.col("kind").str.replace(", digit", ", near", literal=True)
    counted = told.group_by(near).agg(
        low.sum().alias("below"), (low & pl.col("real")).sum().alias("valid"),
        high.sum().alias("above"), (high & ~pl.col("real")).sum().alias("wrong"),
    )  # fmt: skip
    print("\ncheck/measured.py:")
    for kind, *numbers in counted.sort("kind").iter_rows():
        print(f'        "{kind}": {tuple(numbers)},')
    print("\ncheck/span.py:")
    for side in ("too low", "too high"):
        found = fitted(table, side)
        print(f"{side}: base {found.base:.4f}, weights { ({sign: round(w, 3) for sign, w in found.weights.items()}) }")


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
