"""Share of the lines that `check` leaves to a person, beside what it left when that share was told not to rise.

    python benchmarks/unresolved.py      five simulated petitions, a minute

A question in the place of each error would be no gain: beside the program of 22 November 2026, on the same petitions,
at most one line in a hundred more may be left open. Printed are also the lines accepted or refused against the truth.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ballotworthy.check import check
from ballotworthy.law import read_law, rules_on
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.simulate import simulate
from unlike.simulator import ON

VOTERS, MORE = 20_000, 0.01
THEN = (
    ("check", 2_000, 0.0215),
    ("unresolved-c", 5_000, 0.0166),
    ("unresolved-d", 5_000, 0.0224),
    ("unresolved-e", 5_000, 0.0226),
    ("unresolved-f", 5_000, 0.0270),
)
"""Seed, lines, and the share of them left open by the program as it was then."""


@dataclass(frozen=True)
class Left:
    """Of a petition: the share of its lines left open, and how many are accepted or refused against the truth."""

    open: float
    accepted: int
    refused: int


def main() -> None:
    """Print a row a petition; exit 1 where more than `MORE` is open beyond what was then, over all petitions."""
    print(f"| seed | lines | open then | open now | accepted wrongly | refused wrongly |\n|{'---|' * 6}")
    then = now = 0.0
    for seed, lines, before in THEN:
        left = left_open(VOTERS, lines, seed)
        print(f"| {seed} | {lines:,} | {before:.2%} | {left.open:.2%} | {left.accepted} | {left.refused} |", flush=True)
        then, now = then + before * lines, now + left.open * lines
    total = sum(lines for _, lines, _ in THEN)
    print(f"\n{then / total:.2%} then, {now / total:.2%} now, {(now - then) / total:+.2%} of the lines")
    sys.exit(now - then > MORE * total)


def left_open(voters: int, lines: int, seed: str) -> Left:
    """Simulate a petition of California, check it, and tell what is left open."""
    law = read_law("us-ca")
    made = simulate("us-ca", voters, lines, seed, ON, strata=[(each.name, each.weight) for each in law.strata])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made.roll.write_csv(folder / "roll.csv")
        made.lines.write_csv(folder / "lines.csv")
        build_roll(read_voters(folder / "roll.csv", taken_on=made.taken_on), folder / "x.roll")
        petition, rules = read_lines(folder / "lines.csv", latest=ON), rules_on(law, "amendment", ON)
        outcome = check(petition, open_roll(folder / "x.roll"), rules, required=lines).lines["outcome"]
    real: pl.Series = made.truth["outcome"] == "valid"
    return Left(
        (outcome == "unresolved").sum() / lines,
        int(((outcome == "valid") & ~real).sum()),
        int(((outcome == "invalid") & real).sum()),
    )


if __name__ == "__main__":
    main()
