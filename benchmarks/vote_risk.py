"""How often an audit confirms a wrong outcome at the boundary, for each kind of rule and both methods: 20,000 audits.

    python benchmarks/vote_risk.py [RUNS] [SEED]

The truth is as near to the reported outcome as it can be while that is wrong; each audit looks at a growing sample, in
steps as of rounds, up to a third of the cards. Printed is the share that confirmed, beside the risk limit and the
chance of so many or more if the limit were exact.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np

from ballotworthy.stats.risk.martingale import Side, p_values
from ballotworthy.vote import Numbers
from ballotworthy.vote.assorters import Assorter
from ballotworthy.vote.cards import Mark
from ballotworthy.vote.evidence import comparison_side, polling_side
from ballotworthy.vote.plan import plan_audit

CARDS, RISK = 3_000, 0.05
CASES = {
    # rule: reported yes and no, true yes and no (the reported outcome is just wrong), further numbers
    "yes_of_valid:>1/2": ((1_320, 1_180), (1_250, 1_250), {}),
    "yes_of_valid:>=3/5": ((1_560, 940), (1_499, 1_001), {}),
    "yes_of_cast:>1/2": ((1_580, 900), (1_500, 980), {}),
    "yes_of_registered:>1/4": ((1_330, 1_170), (1_250, 1_250), {"registered": 5_000}),
    "any(yes_of_valid:>=3/5, yes_of_cast:>1/2)": ((1_600, 900), (1_499, 1_001), {}),
    "valid_of_registered:>1/2; majority=valid": ((1_500, 1_080), (1_420, 1_080), {"registered": 5_000}),
    # reported as failed, and in truth passed
    "yes_of_valid:>=1/2": ((1_180, 1_320), (1_250, 1_250), {}),
    "yes_of_valid:>=11/20": ((1_310, 1_190), (1_375, 1_125), {}),
    "yes_of_cast:>=1/2": ((1_420, 900), (1_500, 820), {}),
    "yes_of_registered:>=1/4": ((1_170, 1_330), (1_250, 1_250), {"registered": 5_000}),
    "any(yes_of_valid:>=3/5, yes_of_cast:>=1/2)": ((1_420, 1_080), (1_501, 999), {}),
    # reported as invalid, and in truth passed
    "valid_of_registered:>=1/2; majority=valid": ((1_400, 1_020), (1_450, 1_050), {"registered": 5_000}),
    # reported as rejected by a veto, and in truth passed
    "no_majority=valid; no_of_registered:>=1/5": ((1_400, 1_480), (1_500, 1_480), {"registered": 7_000}),
}


def sides(claim: Assorter, reported: tuple[int, int]) -> Iterator[tuple[str, Side]]:
    """Give the hypothesis under both methods."""
    yield "polling", polling_side(claim)
    marks = {Mark.YES: reported[0], Mark.NO: reported[1], Mark.BLANK: CARDS - sum(reported)}
    yield "comparison", comparison_side(claim, sum(claim.value(mark) * n for mark, n in marks.items()) / CARDS)


def values(claim: Assorter, method: str, reported: tuple[int, int], true: tuple[int, int]) -> np.ndarray:
    """Give the number of every card: records and cards agree but for those that make the outcome wrong."""

    def cards(yes: int, no: int) -> np.ndarray:
        marks = [Mark.YES] * yes + [Mark.BLANK] * (CARDS - yes - no) + [Mark.NO] * no
        return np.array([claim.value(mark) for mark in marks]) / float(claim.bound or 1)

    found = cards(*true)
    return found if method == "polling" else (1 - (cards(*reported) - found)) / 2


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rng = np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 2_026)
    print(f"{runs:,} audits of {CARDS:,} cards, up to {CARDS // 3:,} seen, risk limit {RISK}")
    for rule, (reported, true, more) in CASES.items():
        numbers = Numbers(yes=reported[0], no=reported[1], **more)
        claims = [each.claim for each in plan_audit(rule, numbers, CARDS, RISK, "polling").claims]
        for method in ("polling", "comparison"):
            tried = []
            for claim in claims:
                side = dict(sides(claim, reported))[method]
                tried.append((side, values(claim, method, reported, true)))
            wrong = 0
            for _ in range(runs):
                order = rng.permutation(CARDS)[: CARDS // 3]
                wrong += all((p_values(side, xs[order]) <= RISK).any() for side, xs in tried)
            error = (RISK * (1 - RISK) / runs) ** 0.5
            print(f"{rule:45} {method:10} confirmed {wrong / runs:.4f} (limit {RISK}, its standard error {error:.4f})")


if __name__ == "__main__":
    main()
