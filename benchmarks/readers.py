"""How often a risk-limiting check is wrong when people accept lines that are not valid: the risk that no limit bears.

    python benchmarks/readers.py --runs 2000 --seed 1

A million lines, 700,000 required, 2% too few valid signers, so that "sufficient" is wrong. A share of all lines is not
valid and is accepted by whoever rules; all other rulings are right. The limit is 5%; each check looks at up to 20,000
lines, with a machine committed beforehand that is right on 99% of the lines, and without one.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from ballotworthy.risk_check.expected import Expected, kinds_of, right_on
from ballotworthy.stats.risk.sides import Question
from ballotworthy.stats.risk.simulate import SUFFICIENT, Lines, machine_total, simulate_checks

LIMIT = 0.05
LINES, REQUIRED, SHORT, MOST = 1_000_000, 700_000, 0.02, 20_000


def accepted(lines: Sequence[Lines], number: int) -> list[Lines]:
    """Give the lines as ruled where `number` of those that are worth nothing are accepted."""
    worthless = max((each for each in lines if each.weight == 0), key=lambda each: each.number)
    rest = [each for each in lines if each is not worthless]
    return [*rest, replace(worthless, number=worthless.number - number), Lines(number, 1.0, worthless.proposed)]


def wrong(share: float, runs: int, seed: int, *, machine: bool) -> float:
    """Give the share of checks that say "sufficient" of a petition that is 2% short."""
    valid = round(REQUIRED * (1 - SHORT))
    lines = kinds_of(Expected(LINES, valid, 0.025, right_on(0.99)))
    question = Question(LINES, REQUIRED, machine_total(lines) if machine else None)
    ruled = accepted(lines, round(share * LINES)) if share else list(lines)
    return simulate_checks(question, ruled, alphas=(LIMIT, LIMIT), runs=runs, most=MOST, seed=seed).share(SUFFICIENT)


def main() -> None:
    """Print the table of docs/why/risk.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{asked.runs:,} checks of each, seed {asked.seed}, limit {LIMIT:.0%}, 2% too few valid signers.\n")
    print("| lines wrongly accepted | with a machine | without |\n|---|---|---|")
    for share in (0.0, 0.005, 0.01, 0.015, 0.02, 0.03):
        found = [wrong(share, asked.runs, asked.seed, machine=machine) for machine in (True, False)]
        print(f"| {share:.1%} | {found[0]:.3f} | {found[1]:.3f} |", flush=True)


if __name__ == "__main__":
    main()
