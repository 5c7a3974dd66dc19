"""Simulated checks: the risk where it is greatest, ALPHA's published sample sizes, and the cost as first found.

The long form of the first table is `python benchmarks/risk.py risk`.
"""

from __future__ import annotations

import sys
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from ballotworthy.risk_check.expected import Expected, kinds_of, right_on
from ballotworthy.stats.pairs import pair_interval, repeats_estimate
from ballotworthy.stats.risk.bets import SHRUNK, Bet
from ballotworthy.stats.risk.martingale import Side
from ballotworthy.stats.risk.sides import Question, Sides
from ballotworthy.stats.risk.simulate import SUFFICIENT, machine_total, simulate_checks, simulate_sides

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import risk as benchmark

RUNS = 600
SHORT = {each.title: each for each in benchmark.settings(60_000, 42_000)}


@pytest.mark.parametrize("name", [name for name, each in SHORT.items() if not each.breaks])
def test_a_wrong_answer_is_as_rare_as_the_limit_says(name: str) -> None:
    """One signature on the wrong side, looked at after every line."""
    share = benchmark.wrongly(SHORT[name], RUNS, 1500, 1)
    assert share <= benchmark.LIMIT + 3 * sqrt(benchmark.LIMIT * (1 - benchmark.LIMIT) / RUNS)


@pytest.mark.parametrize("name", [name for name, each in SHORT.items() if each.breaks])
def test_duplicates_that_nobody_sees_break_the_limit(name: str) -> None:
    assert benchmark.wrongly(SHORT[name], RUNS, 6000, 1) > 1.5 * benchmark.LIMIT


@pytest.mark.parametrize(
    "setting", [each for each in benchmark.settings(1_000, 700) if not each.breaks][:16:3], ids=str
)
def test_the_limit_holds_when_every_line_is_looked_at(setting: benchmark.Setting) -> None:
    share = benchmark.wrongly(setting, 2000, 1_000, 2)
    assert share <= benchmark.LIMIT + 3 * sqrt(benchmark.LIMIT * (1 - benchmark.LIMIT) / 2000)


@pytest.mark.parametrize(
    ("guess", "worth", "theta", "published"),
    [
        (0.55, 100, 0.52, 3726), (0.55, 100, 0.55, 676), (0.55, 100, 0.60, 184), (0.55, 100, 0.70, 62),
        (0.70, 10, 0.60, 196), (0.70, 10, 0.70, 43),
        (0.55, 1e12, 0.55, 578), (0.55, 1e12, 0.60, 199),
    ],
)  # fmt: skip
def test_sample_sizes_are_those_of_the_alpha_paper(guess: float, worth: float, theta: float, published: int) -> None:
    """Stark 2023, without replacement: N = 20,000, null 1/2, risk limit 5%; d = 10^12 is the SPRT."""
    side = Side(20_000, 10_000, (Bet(SHRUNK, 1.0, guess, worth, (guess - 0.5) / 2),))
    counts = np.array([round(20_000 * theta), 20_000 - round(20_000 * theta)])
    checks = simulate_sides(
        Sides(side, side),
        np.array([[1.0, 0.0], [1.0, 0.0]]),
        counts,
        alphas=(0.05, 0.0),
        runs=2000,
        most=20_000,
        seed=4,
    )
    error = checks.looked.std() / sqrt(2000)
    assert checks.looked.mean() == pytest.approx(published, abs=4 * error + 0.01 * published)


@pytest.mark.parametrize(("margin", "first_found"), [(0.02, 515), (0.05, 153), (0.10, 68)])
def test_a_good_machine_costs_no_more_than_first_found(margin: float, first_found: int) -> None:
    kinds = kinds_of(Expected(900_000, round(623_212 * (1 + margin)), 0.025, right_on(0.99)))
    question = Question(900_000, 623_212, machine_total(kinds))
    checks = simulate_checks(question, kinds, alphas=(0.05, 0.05), runs=1000, most=20_000, seed=5)
    assert 0.7 * first_found < checks.looked.mean() <= 1.05 * first_found
    assert checks.share(SUFFICIENT) > 0.99


@pytest.mark.parametrize(("margin", "known", "unknown"), [(0.05, 1099, 1354), (0.10, 255, 326)])
def test_without_a_machine_it_costs_what_was_first_found(margin: float, known: int, unknown: int) -> None:
    valid = round(623_212 * (1 + margin))
    kinds = kinds_of(Expected(900_000, valid, 0.025, right_on(1.0)))
    for guess, wanted in ((valid, known), (None, unknown)):
        question = Question(900_000, 623_212, guess=guess)
        checks = simulate_checks(question, kinds, alphas=(0.05, 0.0), runs=1000, most=60_000, seed=6)
        error = checks.looked.std() / sqrt(1000)
        assert checks.looked.mean() <= wanted + 4 * error


def test_the_same_seed_gives_the_same_checks() -> None:
    setting = SHORT["sufficient: machine right on 99%, 2.5% duplicates"]
    question = Question(setting.number, 41_000, machine_total(setting.lines))
    once, twice = (
        simulate_checks(question, setting.lines, alphas=(0.05, 0.05), runs=50, most=900, seed=7) for _ in range(2)
    )
    assert (once.looked == twice.looked).all()
    assert (once.ended == twice.ended).all()


def rows_under(heading: str) -> list[list[str]]:
    """Give the cells of the first table under a heading of the page."""
    page = (Path(__file__).resolve().parent.parent / "docs/why/risk.md").read_text("utf-8")
    section = page.split(f"# {heading}\n")[1].split("\n#")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip("* |") for cell in row] for row in rows[2:]]


def test_the_page_has_every_setting_and_no_share_over_the_limit_but_where_it_is_broken() -> None:
    rows = rows_under("Simulations")
    assert [row[0] for row in rows] == list(dict.fromkeys(each.name for each in benchmark.settings()))
    broken = {each.name for each in benchmark.settings() if each.breaks}
    for name, *shares in rows:
        told = [float(share) for share in shares if share]
        assert all((share > benchmark.LIMIT) == (name in broken) for share in told)


def test_the_page_tells_referendum_71_as_it_comes_out() -> None:
    invalid = {
        23_457: (2_985, 68),
        65_531: (6_731, 470),
        79_195: (8_505, 703),
        117_069: (12_338, 1_477),
        125_631: (13_054, 1_730),
    }
    rows = rows_under("What a real petition teaches")
    assert len(rows) == len(invalid)
    for checked, repeats, covers, valid, covered in rows:
        n = int(checked.replace(",", ""))
        bad, again = invalid[n]
        found = repeats_estimate(137_689, n, again)
        error = found.standard_error or 0.0
        interval = pair_interval([(137_689, n, n - bad - again, again)])
        assert interval is not None
        assert repeats == f"{found.estimate:,.0f}, {error:,.0f}"
        assert valid == f"{interval.low:,.0f} to {interval.high:,.0f}"
        assert (covers == "yes") == (abs(found.estimate - 2_093) <= 1.96 * error)
        assert (covered == "yes") == (interval.low <= 122_007 <= interval.high)
