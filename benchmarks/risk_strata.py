"""Measure the check by strata, and the allowance for wrong acceptances: how often they are wrong, and how far they see.

    python benchmarks/risk_strata.py risk --runs 2000      petitions on the wrong side by one signature
    python benchmarks/risk_strata.py readers --runs 2000   the same where people accept lines wrongly, measured or not
    python benchmarks/risk_strata.py power --runs 20       58 counties sampled by a statute: what margin is seen

Every number comes from --seed. tests/test_risk_strata.py runs the first two in a short form.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ballotworthy.risk_check.expected import Expected, kinds_of, right_on
from ballotworthy.stats.risk.finding import Drawn
from ballotworthy.stats.risk.martingale import greatest_capital, seen_on
from ballotworthy.stats.risk.readers import wrongly_accepted
from ballotworthy.stats.risk.sides import Question, numbers_of, sides_of
from ballotworthy.stats.risk.simulate import SUFFICIENT, Lines, machine_total, simulate_checks
from ballotworthy.stats.risk.strata import Stratum, least_capital

LIMIT = 0.05


@dataclass(frozen=True)
class Counties:
    """A petition by county.

    Attributes:
        name: what it is.
        sizes, valid: lines of each county, and valid lines among them.
        sampled: lines of each that are examined.
        accepted, refused: share of the invalid lines that the machine accepts, of the valid ones that it refuses;
            no machine where `accepted` is None.
    """

    name: str
    sizes: Sequence[int]
    valid: Sequence[int]
    sampled: Sequence[int]
    accepted: float | None = None
    refused: float = 0.0


SETTINGS = (
    Counties("three counties, no machine", (1000, 2000, 500), (700, 1500, 300), (100, 60, 200)),
    Counties("three counties, machine right on 95%", (1000, 2000, 500), (700, 1500, 300), (100, 60, 200), 0.05, 0.05),
    Counties("machine too kind in all", (1000, 2000, 500), (700, 1400, 350), (100, 200, 100), 0.3, 0.0),
    Counties("machine too harsh in all", (1000, 2000, 500), (700, 1400, 350), (100, 200, 100), 0.0, 0.1),
    Counties("a county far below the others", (1000, 2000, 500), (950, 1000, 450), (100, 100, 100)),
    Counties("two counties, one hardly sampled", (3000, 300), (2100, 200), (300, 5), 0.1, 0.1),
    Counties("one county", (2000,), (1400,), (300,), 0.2, 0.1),
)


@dataclass(frozen=True)
class Drawing:
    """One draw of a petition: w and a of the lines examined, how they were drawn, and the machine's total."""

    weights: np.ndarray
    proposed: np.ndarray
    drawn: Drawn
    machine: float | None


def drawing(counties: Counties, rng: np.random.Generator) -> Drawing:
    """Draw the machine's answers and one order of all lines; each county's first lines are its sample."""
    home = np.repeat(np.arange(len(counties.sizes)), counties.sizes)
    weights = np.concatenate(
        [np.arange(size) < valid for size, valid in zip(counties.sizes, counties.valid, strict=True)]
    ).astype(float)
    wrong = rng.random(len(home)) < np.where(weights > 0, counties.refused, counties.accepted or 0.0)
    proposed = np.where(wrong, 1 - weights, weights)
    order = rng.permutation(len(home))
    rank = np.empty(len(home), int)
    for county in range(len(counties.sizes)):
        mine = order[home[order] == county]
        rank[mine] = np.arange(len(mine))
    known = rank[order] < np.array(counties.sampled)[home[order]]
    begins = int(np.argmin(known)) if not known.all() else len(known)
    lines = order[known]
    total = None if counties.accepted is None else float(proposed.sum())
    return Drawing(weights[lines], proposed[lines], Drawn(home[lines], tuple(counties.sizes), begins), total)


def capitals(found: Drawing, required: int, side: int) -> tuple[float, float]:
    """Give the capital by strata and that of one order against the other side than `side` (0: sufficient)."""
    lines = sum(found.drawn.sizes)
    question = Question(lines, required, machine=found.machine)
    xs = numbers_of(question, found.weights, found.proposed, np.ones(len(found.weights), bool))[side]
    sides = sides_of(question)
    asked = (sides.sufficient, sides.insufficient)[side]
    strata = [Stratum(size, xs[found.drawn.home == at]) for at, size in enumerate(found.drawn.sizes)]
    return least_capital(strata, asked.null), greatest_capital(seen_on(asked, xs[: found.drawn.begins]), asked.null)


def wrongly(counties: Counties, side: int, runs: int, seed: int) -> tuple[float, float]:
    """Give how often the test by strata alone is wrong at the limit, and how often the check is."""
    rng = np.random.default_rng(seed)
    required = sum(counties.valid) + (side == 0)
    said = np.zeros(2)
    for _ in range(runs):
        apart, one = capitals(drawing(counties, rng), required, side)
        said += (apart >= 1 / LIMIT, max(apart, one) / 2 >= 1 / LIMIT)
    return float(said[0] / runs), float(said[1] / runs)


def accepting(lines: int, truth: int, share: float) -> list[Lines]:
    """Give a petition of `truth` valid signers as people rule it who accept a share of all lines wrongly.

    The machine is right on 99%, so that it disagrees with them on nearly all of these.
    """
    wrong = round(lines * share)
    rest = kinds_of(Expected(lines - wrong, truth, 0.0, right_on(0.99)))
    return [*rest, Lines(wrong, 1.0, 0.0)]


def misled(share: float, reread: int | None, runs: int, seed: int) -> float:
    """Give how often "sufficient" is said of a petition one short, its acceptances read again or taken as true."""
    lines, required = 60_000, 42_000
    rng = np.random.default_rng(seed)
    kinds = accepting(lines, required - 1, share)
    accepted = sum(each.number for each in kinds if each.weight)
    said = 0.0
    blocks = 1 if reread is None else 40
    for block in range(blocks):
        allowance, apart = 0, 0.0
        if reread is not None:
            changed = int(rng.hypergeometric(round(lines * share), accepted - round(lines * share), reread))
            apart = LIMIT / 5
            allowance = wrongly_accepted(reread, changed, lines, apart)
        question = Question(lines, required, machine=machine_total(kinds), allowance=allowance)
        checks = simulate_checks(
            question, kinds, alphas=(LIMIT - apart, 0.0), runs=runs // blocks, most=3000, seed=seed + block
        )
        said += checks.share(SUFFICIENT) / blocks
    return said


def statewide(share: float, wrong: float | None, seed: int) -> Counties:
    """Give 58 counties of which a share of the lines is examined, 500 at least; 76% of the lines are valid."""
    rng = np.random.default_rng(seed)
    sizes = (rng.lognormal(8.6, 1.5, 58).astype(int) + 100).tolist()
    sampled = [min(size, max(500, round(share * size))) for size in sizes]
    return Counties(f"{share:.0%} or 500", sizes, [round(0.76 * size) for size in sizes], sampled, wrong, wrong or 0.0)


def hardly(wrong: float | None) -> Counties:
    """Give two counties sampled alike, and a small one of which three lines are."""
    sizes, valid = (30_000, 30_000, 300), (22_500, 22_500, 225)
    return Counties("3 of a small one", sizes, valid, (900, 900, 3), wrong, wrong or 0.0)


def seen(counties: Counties, margin: float, seed: int) -> tuple[bool, bool, int, int]:
    """Tell whether each test alone settles a petition that is sufficient by a margin, at half of the limit.

    Then the lines that count by strata, and in one order.
    """
    found = drawing(counties, np.random.default_rng(seed))
    apart, one = capitals(found, round(sum(counties.valid) / (1 + margin)), 0)
    return apart >= 2 / LIMIT, one >= 2 / LIMIT, len(found.weights), found.drawn.begins


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("risk", "readers", "power"))
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20261128)
    asked = parser.parse_args()
    match asked.what:
        case "risk":
            print('| petition | "sufficient" by strata | and doubled, the better of two | "insufficient" | doubled |')
            for each in SETTINGS:
                found = [*wrongly(each, 0, asked.runs, asked.seed), *wrongly(each, 1, asked.runs, asked.seed)]
                print(f"| {each.name} | {' | '.join(f'{share:.4f}' for share in found)} |", flush=True)
        case "readers":
            for share in (0.0, 0.01, 0.02, 0.03):
                cells = [misled(share, reread, asked.runs, asked.seed) for reread in (None, 300, 1000)]
                print(f"| {share:.0%} | {' | '.join(f'{each:.4f}' for each in cells)} |", flush=True)
        case _:
            for wrong, margin in ((0.01, 0.005), (0.01, 0.01), (0.01, 0.02), (0.01, 0.05), (None, 0.02), (None, 0.05)):
                for each in (statewide(0.03, wrong, asked.seed), statewide(0.0, wrong, asked.seed), hardly(wrong)):
                    runs = [seen(each, margin, asked.seed + run) for run in range(asked.runs)]
                    apart, one, all_, begins = (float(np.mean([row[at] for row in runs])) for at in range(4))
                    machine = "no machine" if wrong is None else f"machine right on {1 - wrong:.0%}"
                    settled = f"{apart:.0%} | {one:.0%} | {all_:,.0f} | {begins:,.0f}"
                    print(f"| {each.name} | {machine} | R+{margin:.1%} | {settled} |", flush=True)


if __name__ == "__main__":
    main()
