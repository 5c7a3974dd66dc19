"""Measure a risk-limiting check with Ballotworthy's own machine, on an invented petition whose truth is known.

    python benchmarks/risk_own.py --voters 400000 --lines 60000

The petition is invented, checked by `check`, and what that says of each line is committed as proposals. People are
taken to rule as the truth is. The petition is then drawn in many random orders against requirements below its truth.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from ballotworthy.check import check
from ballotworthy.law import read_law, rules_on
from ballotworthy.petition import line_ids, read_lines
from ballotworthy.risk_check.proposals import read_proposals
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.simulate import simulate
from ballotworthy.stats.risk.martingale import Side, p_values
from ballotworthy.stats.risk.sides import Question, numbers_of, sides_of
from ballotworthy.verbs.check import Checked

ON = dt.date(2018, 4, 20)
LIMIT = 0.05
ORDERS, MOST = 300, 20_000


def main() -> None:
    """Print how near the machine's weights come to the truth, and the lines to look at by margin."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=400_000)
    parser.add_argument("--lines", type=int, default=60_000)
    parser.add_argument("--seed", default="own")
    asked = parser.parse_args()
    truth, weights = _weights(asked.voters, asked.lines, asked.seed)
    number, valid = len(truth), float(truth.sum())
    near, apart = float((abs(weights - truth) < 0.1).mean()), float(np.sqrt(((weights - truth) ** 2).mean()))
    print(f"{number:,} lines, {valid:,.0f} valid signers; the machine's weights add up to {weights.sum():,.0f}.")
    print(f"{near:.1%} of them are within a tenth of the truth; root mean square {apart:.3f}.\n")
    print("| valid | with the machine: mean [nine in ten at most] | no machine, validity known |\n|---|---|---|")
    draw = np.random.default_rng(1)
    for margin in (0.02, 0.05, 0.10):
        required = round(valid / (1 + margin))
        with_machine = sides_of(Question(number, required, float(weights.sum()))).sufficient
        without = sides_of(Question(number, required, guess=round(valid))).sufficient
        looked, plain = [], []
        for _ in range(ORDERS):
            order = draw.permutation(number)[:MOST]
            looked.append(_stop(with_machine, (1 - weights[order] + truth[order]) / 2, number))
            plain.append(_stop(without, truth[order], number))
        told = f"{np.mean(looked):,.0f} [{np.quantile(looked, 0.9):,.0f}]"
        print(f"| R+{margin:.0%} | {told} | {np.mean(plain):,.0f} [{np.quantile(plain, 0.9):,.0f}] |", flush=True)
    question = Question(number, round(valid) + 1, float(weights.sum()))
    wrong = 0
    for _ in range(ORDERS):
        order = draw.permutation(number)[:MOST]
        enough, _ = numbers_of(question, truth[order], weights[order], np.ones(len(order), bool))
        wrong += _stop(sides_of(question).sufficient, enough, number) < number
    print(f"\nOne signature short: {wrong} of {ORDERS} orders said sufficient.")


def _weights(voters: int, lines: int, seed: str) -> tuple[np.ndarray, np.ndarray]:
    """Give the true weight of each line of an invented petition, and the machine's."""
    law = read_law("us-ca")
    strata = [(each.name, each.weight) for each in law.strata]
    made = simulate("us-ca", voters, lines, seed, ON, strata=strata)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made.roll.write_csv(folder / "roll.csv")
        made.lines.write_csv(folder / "lines.csv")
        build_roll(read_voters(folder / "roll.csv", taken_on=made.taken_on), folder / "x.roll")
        petition = read_lines(folder / "lines.csv", latest=ON + dt.timedelta(days=366))
        rules = rules_on(law, "amendment", ON)
        Checked(check(petition, open_roll(folder / "x.roll"), rules, required=1)).lines.write_parquet(
            folder / "lines.parquet"
        )
        ids = line_ids(petition.frame).to_list()
        weights = np.array(read_proposals(folder, ids).weights)
    counted = (pl.col("outcome") == "valid") | (pl.col("reason") == "duplicate")
    times = pl.len().over("voter_id", counted)
    return made.truth.select(pl.when(counted).then(1 / times).otherwise(0.0)).to_series().to_numpy(), weights


def _stop(side: Side, xs: np.ndarray, number: int) -> int:
    """Give the line at which the check stops; all lines if it does not before the last that was drawn."""
    over = p_values(side, xs) <= LIMIT
    return int(over.argmax()) + 1 if over.any() else number


if __name__ == "__main__":
    main()
