"""Speed and memory at the size of a state: this project beside Splink 4 on DuckDB and Polars, in one run.

    python benchmarks/scale.py WORK                   10 million voters; 50 minutes, 20 GB of disk
    python benchmarks/scale.py WORK --share 0.02      all sizes a fiftieth; some five minutes
    python benchmarks/scale.py WORK --only match --only build

Inputs are made once by `ballotworthy simulate` and found again in the folder WORK. Every step runs in a process of
its own, timed from its start to its end; its peak memory is what the system says of that process when it ends, pages
of mapped files included. Compiled code is cached at first use, so a small petition is matched before anything is timed;
and as machines that share their memory hand it out slowly the first time, it is touched once before each timed process,
for the peers too. Splink is spared the cleaning of names and addresses: it reads Parquet in plain form, made
beforehand, and gets a lean blocking (the table says how many signers it finds).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from curves import recalls

STEPS = Path(__file__).with_name("scale_steps.py")
PARTS = ("match", "small", "build", "lookup", "floor", "doubling")
STATE, COUNTY = (10_000_000, 500_000), (1_000_000, 100_000)
DOUBLING = (1_000_000, 2_000_000, 4_000_000, 8_000_000)
DOUBLING_LINES = 100_000
SEED = "scale"
PRECISION = 0.99
PAIRS = 3
"""How often the whole command and the peer are run, in turn; told is the run in the middle."""
KIND = ("--place", "us-ca", "--kind", "amendment", "--on", "2018-04-20")
"""The law that `simulate` has in mind where nothing else is asked."""
TOUCH = """
import os
import numpy
free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
numpy.empty(min(free * 3 // 4, 14 << 30), numpy.uint8)[::4096] = 1
"""
"""Program that touches most of the memory that is free."""


@dataclass(frozen=True)
class Ran:
    """A finished process: seconds, peak memory in GiB, and the JSON it printed (empty if it printed words)."""

    seconds: float
    memory: float
    said: dict[str, Any]


def main() -> None:
    """Run what is asked and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path, help="folder of inputs and results; what is there is used again")
    parser.add_argument("--share", type=float, default=1.0, help="share of the full sizes")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; repeatable")
    parser.add_argument("--no-splink", action="store_true", help="leave Splink out")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    parts = asked.only or PARTS
    compile_all(asked.work)
    print("| work | measure | Ballotworthy | peer | ratio | must reach |")
    print("|---|---|---|---|---|---|")
    for part in PARTS:
        if part in parts:
            _part(part, asked.work, asked.share, splink=not asked.no_splink)


def _part(part: str, work: Path, share: float, *, splink: bool) -> None:
    voters, lines = (int(size * share) for size in (COUNTY if part == "small" else STATE))
    if part in ("match", "small"):
        _match(inputs(work, voters, lines), voters, lines, state=part == "match", splink=splink)
    elif part == "build":
        _build(inputs(work, voters, lines), voters)
    elif part == "lookup":
        _lookup(snapshot(inputs(work, voters, lines)), voters)
    elif part == "floor":
        _floor(inputs(work, voters, lines), voters, lines)
    else:
        _doubling(work, share)


def compile_all(work: Path) -> None:
    """Use everything once, so that compiled code is at hand."""
    folder = inputs(work, 2_000, 200)
    roll = snapshot(folder)
    ballotworthy("match", folder / "lines.csv", "--roll", roll, "-o", folder / "candidates.parquet")
    ballotworthy("check", folder / "lines.csv", "--roll", roll, *KIND, "--out", folder / "checked")
    ballotworthy("roll", "find", roll, "704 smi smith")


def inputs(work: Path, voters: int, lines: int) -> Path:
    """Give the folder with an invented roll and petition of these sizes, made if it is not there."""
    folder = work / f"{voters}-{lines}"
    if not (folder / "simulation.json").is_file():
        ran = ballotworthy("simulate", "--voters", voters, "--lines", lines, "--seed", SEED, "-o", folder)
        _note(f"invented {voters:,} voters and {lines:,} lines in {ran.seconds:,.0f} s, {ran.memory:.1f} GiB")
    return folder


def snapshot(folder: Path) -> Path:
    """Give the snapshot of a folder's roll, built if it is not there."""
    path = folder / "voters.roll"
    if not path.is_dir():
        ballotworthy("roll", "build", folder / "roll.csv", "-o", path)
    return path


def _match(folder: Path, voters: int, lines: int, *, state: bool, splink: bool) -> None:
    roll = snapshot(folder)
    work = f"{lines:,} lines, {voters:,} voters"
    ran = step("match", folder / "lines.csv", roll, folder / "ours.parquet")
    out = folder / "candidates.parquet"
    whole = ("match", folder / "lines.csv", "--roll", roll, "-o", out)
    checked = ballotworthy("check", folder / "lines.csv", "--roll", roll, *KIND, "--out", folder / "checked")
    truth = pl.read_csv(folder / "truth.csv", infer_schema=False)["voter_id"]
    found = recalls(pl.read_parquet(folder / "ours.parquet"), truth, (PRECISION,))[0]
    commands, peers = list[Ran](), list[Ran]()
    theirs = float("nan")
    if splink:
        for name in ("lines", "roll"):
            if not (folder / f"{name}.plain.parquet").is_file():
                step("clean", folder / f"{name}.csv", folder / f"{name}.plain.parquet")
        plain = [folder / f"{name}.plain.parquet" for name in ("lines", "roll")]
        for _ in range(PAIRS):
            commands.append(ballotworthy(*whole))
            peers.append(step("splink", *plain, folder / "splink.parquet"))
        best = pl.read_parquet(folder / "splink.parquet")
        own = pl.DataFrame({"unique_id": pl.Series(range(len(truth))).cast(pl.String)})
        theirs = recalls(own.join(best, on="unique_id", how="left", maintain_order="left"), truth, (PRECISION,))[0]
    else:
        commands.append(ballotworthy(*whole))
    command, peer = _median(commands), _median(peers) if peers else None
    said, other = ran.said, peer.said if peer else {}
    _note("seconds, ours and the peer's in turn: " + ", ".join(f"{each.seconds:.1f}" for each in (*commands, *peers)))
    goal = ("10 times faster", "5 times faster") if state else ("under 6 s with a cold start", "under 2 s")
    _row(work, "lines on disk to results on disk with all evidence, s", command.seconds, peer and peer.seconds, goal[0])
    _row(work, "its peak memory, GiB", command.memory, peer and peer.memory, "under 4 GiB" if state else "")
    _row(work, "`check`, lines on disk to the verdict and its papers on disk, s", checked.seconds, None, "")
    _row(work, "its peak memory, GiB", checked.memory, None, "")
    _row(work, "matching without evidence, the best voter alone, s", said["all"], peer and peer.seconds, "")
    _row(work, "matching for the first time in a process, s", said["find"], None, "")
    _row(work, "matching alone, warm, against `predict` alone, s", said["warm"], other.get("predict"), goal[1])
    _row(work, f"signers found at a precision of {PRECISION:.0%}, share", found, theirs if splink else None, "more")


def _median(runs: Sequence[Ran]) -> Ran:
    """Give the run whose time is in the middle."""
    return sorted(runs, key=lambda ran: ran.seconds)[len(runs) // 2]


def _build(folder: Path, voters: int) -> None:
    peer = step("polars", folder / "roll.csv", folder / "polars.parquet")
    (folder / "polars.parquet").unlink()
    fresh = folder / "fresh.roll"
    shutil.rmtree(fresh, ignore_errors=True)
    ran = ballotworthy("roll", "build", folder / "roll.csv", "-o", fresh)
    if (folder / "voters.roll").is_dir():
        shutil.rmtree(fresh)
    else:
        fresh.rename(folder / "voters.roll")
    work = f"build a snapshot of {voters:,} voters ({(folder / 'roll.csv').stat().st_size / 1e6:,.0f} MB)"
    _row(work, "CSV to snapshot, against Polars from CSV to Parquet, s", ran.seconds, peer.seconds, "at most 4 times")
    _row(work, "peak memory, GiB", ran.memory, peer.memory, "under 8 GiB")


def _lookup(roll: Path, voters: int) -> None:
    work = f"one look-up, {voters:,} voters"
    warm = step("lookup", roll)
    cold = [ballotworthy("roll", "find", roll, "704 smi", "-n", 5) for _ in range(5)]
    _row(work, f"warm, p50 of {warm.said['typed']}, ms", warm.said["p50"], None, "")
    _row(work, "warm, p99, ms", warm.said["p99"], None, "under 10 ms")
    _row(
        work,
        "from the command line, median of 5, s",
        statistics.median(each.seconds for each in cold),
        None,
        "under 1 s",
    )
    _row(work, "from the command line, the first, s", cold[0].seconds, None, "")


def _floor(folder: Path, voters: int, lines: int) -> None:
    said = step("floor", folder / "lines.csv", snapshot(folder)).said
    work = f"{lines:,} lines, {voters:,} voters, of 64-byte cache lines"
    _row(work, "read for a line", said["lines"], None, "")
    _row(work, "matching without estimates, against reading as many at random, µs", said["matching"], said["floor"], "")


def _doubling(work: Path, share: float) -> None:
    before = 0.0
    for size in DOUBLING:
        voters, lines = int(size * share), int(DOUBLING_LINES * share)
        folder = inputs(work, voters, lines)
        ran = step("match", folder / "lines.csv", snapshot(folder), folder / "ours.parquet")
        each = ran.said["warm"] / ran.said["lines"] * 1e6
        growth = f"{each / before - 1:+.0%}" if before else ""
        _row(
            f"{lines:,} lines, {voters:,} voters",
            "time a line, µs",
            each,
            None,
            "less than +15%" if before else "",
            growth,
        )
        before = each


def step(*words: object) -> Ran:
    """Run one step of `scale_steps.py`."""
    return measured([sys.executable, str(STEPS), *map(str, words)])


def ballotworthy(*words: object) -> Ran:
    """Run the command line of this project."""
    return measured([sys.executable, "-m", "ballotworthy", *map(str, words)])


def measured(command: Sequence[str]) -> Ran:
    """Run a process to its end; give its time, its own peak of resident memory, and what it said.

    Raises:
        SystemExit: it failed.
    """
    subprocess.run([sys.executable, "-c", TOUCH], check=True)
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, text=True)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        last = out.read().strip().rpartition("\n")[2]
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{err.read()}")
    return Ran(seconds, usage.ru_maxrss / 2**20, json.loads(last) if last.startswith("{") else {})


def _row(work: str, measure: str, ours: float, peer: float | None, goal: str, ratio: str = "") -> None:
    times = ratio or (f"{peer / ours:.1f}" if peer else "")
    print(f"| {work} | {measure} | {ours:,.3g} | {f'{peer:,.3g}' if peer else ''} | {times} | {goal} |", flush=True)


def _note(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
