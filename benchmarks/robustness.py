"""How far the expected number of valid lines misses the truth, when petitions differ from what the weights expect.

    python benchmarks/robustness.py --voters 150000 --lines 12000

Twelve simulated petitions: as by default, sloppier, cleaner, with many strangers, few, with relatives who are not
registered, namesakes, movers, initials, duplicates, birth years. The root of the mean square, as a share of the
lines, is what `check` states as the machine's own error (`check.result.MODEL_ERROR`).
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
from dataclasses import replace
from math import sqrt
from pathlib import Path

import polars as pl

from ballotworthy.check import check
from ballotworthy.law import read_law, rules_on
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.simulate import Rates, simulate

ON = dt.date(2018, 4, 20)
USUAL = Rates()
VARIANTS = {
    "as by default": USUAL,
    "as by default, again": USUAL,
    "sloppy writing": replace(USUAL, name_slip=0.18, street_slip=0.12, number_slip=0.05),
    "clean writing": replace(USUAL, name_slip=0.02, street_slip=0.01, number_slip=0.005),
    "many strangers": replace(USUAL, not_registered=0.30),
    "few strangers": replace(USUAL, not_registered=0.03, different_address=0.02),
    "unregistered relatives": replace(USUAL, stranger_in_household=0.60),
    "namesakes": replace(USUAL, stranger_namesake=0.30),
    "movers": replace(USUAL, different_address=0.15),
    "initials and nicknames": replace(USUAL, initial_only=0.10, nickname=0.15),
    "duplicates": replace(USUAL, duplicate=0.10),
    "birth years": USUAL,
}


def main() -> None:
    """Print truth, expectation and the miss of each variant, and the root of the mean square."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=150_000)
    parser.add_argument("--lines", type=int, default=12_000)
    asked = parser.parse_args()
    misses = []
    print(f"{'petition':24} {'truth':>8} {'expected':>9} {'miss':>7} {'valid refused':>14} {'invalid counted':>16}")
    for at, (name, rates) in enumerate(VARIANTS.items()):
        lines, truth = checked(asked.voters, asked.lines, f"robustness {at}", rates, birth_years=name == "birth years")
        real = truth["outcome"] == "valid"
        miss = (float(lines["probability"].sum()) - float(real.sum())) / lines.height
        misses.append(miss)
        refused = ((lines["outcome"] == "invalid") & real).sum() / real.sum()
        counted = ((lines["outcome"] == "valid") & ~real).sum() / (~real).sum()
        expected = lines["probability"].sum()
        print(f"{name:24} {real.sum():8,} {expected:9,.0f} {miss:7.2%} {refused:14.2%} {counted:16.2%}", flush=True)
    print(f"root mean square of the misses: {sqrt(sum(miss * miss for miss in misses) / len(misses)):.2%} of the lines")


def checked(
    voters: int, lines: int, seed: str, rates: Rates, *, birth_years: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the checked lines of an invented petition, and the truth."""
    law = read_law("us-ca")
    strata = [(each.name, each.weight) for each in law.strata]
    birth = "year" if birth_years else "none"
    made = simulate("us-ca", voters, lines, seed, ON, rates, strata=strata, birth=birth)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made.roll.write_csv(folder / "roll.csv")
        made.lines.write_csv(folder / "lines.csv")
        build_roll(read_voters(folder / "roll.csv", taken_on=made.taken_on), folder / "x.roll")
        petition = read_lines(folder / "lines.csv", latest=ON)
        done = check(petition, open_roll(folder / "x.roll"), rules_on(law, "amendment", ON), required=lines)
    return done.lines, made.truth


if __name__ == "__main__":
    main()
