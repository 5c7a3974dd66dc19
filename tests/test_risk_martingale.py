"""The martingale: SHANGRLA's p-values, an exact textbook version, its compiled twin, and what the interval promises."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations
from math import exp, isqrt, log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotworthy.files.compiled import ELSEWHERE
from ballotworthy.stats.risk import bets
from ballotworthy.stats.risk.bets import FIXED, SHRUNK, WRONG, Bet, guessed_bets, machine_bets, plain_bets, wrong
from ballotworthy.stats.risk.martingale import Side, capital, greatest_capital, measured_risk, p_values, seen_on
from ballotworthy.stats.risk.sequence import confidence_sequence
from ballotworthy.stats.risk.sides import Question, Sides, nulls_at, numbers_of, sides_of
from ballotworthy.stats.risk.simulate import SUFFICIENT, simulate_sides

TEN = [1, 1, 0, 1, 1, 1, 0, 1, 1, 1]
SIXTY = ([1] * 7 + [0] + [1] * 4 + [0.5] + [1] * 3 + [0] + [1] * 3) * 3
T = 623_211 / 900_000
FEW = Side(12, 7.0, plain_bets())


def alpha(n: int, null: float, guess: float, worth: float, above: float) -> Side:
    return Side(n, null, (Bet(SHRUNK, 1.0, guess, worth, above),))


@pytest.mark.parametrize(
    ("side", "xs", "published"),
    [
        (alpha(20, 10, 0.6, 10, 0.05), TEN, ".833333 .620301 1 .790579 .538033 .32282 .664087 .394737 .197368 .078671"),
        (
            alpha(20, 10, 0.55, 100, 0.025),
            TEN,
            ".909091 .776658 .978013 .831664 .652426 .464439 .688005 .471901 .278499 .133532",
        ),
        (alpha(900_000, 623_211, 0.7617, 500, (0.7617 - T) / 2), SIXTY, ".0352940"),
        (alpha(900_000, 623_211, 0.78, 100, (0.78 - T) / 2), SIXTY, ".0130047"),
        (alpha(900_000, 623_211, T + 0.01, 20, 0.005), SIXTY, ".0224880"),
    ],
)
def test_p_values_are_those_of_shangrla(side: Side, xs: list[float], published: str) -> None:
    """Printed by SHANGRLA's alpha_mart with shrink_trunc to six or seven digits."""
    wanted = [float(each) for each in published.split()]
    assert p_values(side, xs)[-len(wanted) :] == pytest.approx(wanted, abs=6e-7)


def root_of(number: Fraction) -> Fraction:
    """Give the square root to 40 digits."""
    scale = 10**40
    return Fraction(isqrt(number.numerator * scale * scale // number.denominator), scale)


def textbook(side: Side, xs: list[float]) -> list[Fraction]:
    """Give T as the paper writes it (Stark 2023, equation 2), in fractions; only the root is rounded."""
    bet, n, null = side.bets[0], side.lines, Fraction(side.null)
    total, seen, found = Fraction(1), Fraction(0), []
    for j, x in enumerate(map(Fraction, xs), 1):
        mu = (null - seen) / (n - j + 1)
        worth = Fraction(bet.second) + j - 1
        eta = max(
            (Fraction(bet.second) * Fraction(bet.first) + seen) / worth, mu + Fraction(bet.third) / root_of(worth)
        )
        total *= x / mu * (eta - mu) / (1 - mu) + (1 - eta) / (1 - mu)
        seen += x
        found.append(total)
    return found


@pytest.mark.parametrize("xs", [TEN, [0, 1, 1, 0, 1, 1, 0.5, 1]])
@pytest.mark.parametrize(("guess", "worth"), [(0.6, 10), (0.55, 100), (0.75, 3)])
def test_alpha_agrees_with_the_paper_in_fractions_to_twelve_digits(xs: list[float], guess: float, worth: float) -> None:
    side = alpha(20, 10, guess, worth, (guess - 0.5) / 2)
    exact = [min(1.0, float(1 / each)) for each in textbook(side, xs) if each]
    assert p_values(side, xs) == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize(("mean", "lines"), [(1.0, 8), (0.75, 14)])
def test_a_fixed_alternative_needs_as_many_lines_as_shangrla_says(mean: float, lines: int) -> None:
    """Its tests: eta 3/4 against 1/2 at 5% needs 8 ones, or 14 of 3/4, when N hardly matters."""
    side = Side(10**9, 5 * 10**8, (Bet(FIXED, 1.0, 0.5),))
    assert int((p_values(side, [mean] * 30) <= 0.05).argmax()) + 1 == lines


def test_a_full_count_is_certain_either_way() -> None:
    """SHANGRLA's own test: seven lines, null 3/7; the last line decides."""
    side = alpha(7, 3, 0.6, 10, 0.05)
    assert p_values(side, [1, 0, 1, 1, 0, 0, 1])[-1] == 0
    assert measured_risk(side, [1, 0, 1, 1, 0, 0, 0]) > 0.05


@pytest.mark.parametrize("bets", [plain_bets(), machine_bets(), guessed_bets(0.8, 0.5, 5), (Bet(WRONG, 1.0, 0.05),)])
def test_capital_does_not_grow_on_average_over_all_orders(bets: tuple[Bet, ...]) -> None:
    """The hypothesis just true: the mean of T over all orders of the lines is at most 1 after every line."""
    lines = [1.0, 1.0, 0.5, 0.5, 0.0, 0.0, 0.0]
    side = Side(7, 3.0, bets)
    orders = sorted(set(permutations(lines)))
    runs = np.exp([capital(seen_on(side, order)) for order in orders])
    assert runs.mean(axis=0) == pytest.approx(np.ones(7), rel=1e-9) or (runs.mean(axis=0) <= 1 + 1e-9).all()
    assert (runs.max(axis=1) >= 20).mean() <= 0.05


def test_the_mixtures_begin_with_one() -> None:
    for mixture in (plain_bets(), machine_bets(), guessed_bets(0.8, 0.7), guessed_bets(0.6, 0.7)):
        assert sum(bet.share for bet in mixture) == pytest.approx(1)
    assert guessed_bets(0.6, 0.7) == plain_bets()


@given(
    st.lists(st.sampled_from([0.0, 1 / 3, 0.5, 1.0]), min_size=1, max_size=12),
    st.floats(0.2, 11.8),
    st.floats(0.2, 11.8),
    st.booleans(),
)
def test_capital_against_another_sum_falls_as_the_sum_grows(xs: list[float], one: float, two: float, m: bool) -> None:
    side = Side(12, 7.0, machine_bets() if m else guessed_bets(0.8, 7 / 12))
    seen = seen_on(side, xs)
    assert greatest_capital(seen, min(one, two)) >= greatest_capital(seen, max(one, two)) * (1 - 1e-9)
    assert greatest_capital(seen, 7.0) == pytest.approx(max(1.0, *np.exp(capital(seen))), rel=1e-9)


@pytest.mark.parametrize("bets", [plain_bets(), machine_bets(), guessed_bets(0.8, 0.6)])
def test_the_compiled_twin_bets_alike(bets: tuple[Bet, ...]) -> None:
    """All lines alike, so that there is one order: both reach 1 / alpha at the same line."""
    for x, null in ((0.9, 300.0), (0.55, 260.0), (0.65, 300.0)):
        side = Side(500, null, bets)
        history = p_values(side, np.full(500, x))
        wanted = int((history <= 0.05).argmax()) + 1 if (history <= 0.05).any() else 500
        never = Side(500, 500.0, bets)
        checks = simulate_sides(
            Sides(side, never), np.array([[x], [x]]), np.array([500]), alphas=(0.05, 0.0), runs=1, most=500, seed=1
        )
        assert (int(checks.looked[0]), int(checks.ended[0])) == (wanted, SUFFICIENT if (history <= 0.05).any() else 0)


def test_the_compiled_twin_stops_as_often_as_the_long_version() -> None:
    """The same petition drawn in numpy: mean lines looked at agree within noise."""
    counts, xs = np.array([260, 100, 140]), np.array([1.0, 0.5, 0.0])
    side = Side(500, 270.0, guessed_bets(0.62, 0.54, 50))
    checks = simulate_sides(
        Sides(side, side), np.array([xs, xs]), counts, alphas=(0.05, 0.0), runs=3000, most=500, seed=3
    )
    draw = np.random.default_rng(3)
    lines = np.repeat(xs, counts)
    stops = []
    for _ in range(300):
        over = p_values(side, draw.permutation(lines)) <= 0.05
        stops.append(int(over.argmax()) + 1 if over.any() else 500)
    error = np.std(stops) / np.sqrt(len(stops))
    assert checks.looked.mean() == pytest.approx(np.mean(stops), abs=4 * error)


def interval_of(question: Question, enough: np.ndarray, short: np.ndarray) -> tuple[int, int]:
    sides = sides_of(question)
    seen = seen_on(sides.sufficient, enough), seen_on(sides.insufficient, short)
    return confidence_sequence(question, *seen, (0.05, 0.05))


@pytest.mark.parametrize("machine", [True, False])
def test_the_interval_passes_the_requirement_with_the_risk_limit(machine: bool) -> None:
    draw = np.random.default_rng(8)
    truth = np.repeat([1.0, 0.5, 0.0], [620, 60, 320])
    guess = np.where(draw.random(1000) < 0.03, 1 - truth, truth)
    order = draw.permutation(1000)
    question = Question(1000, 600, float(guess.sum()) if machine else None)
    enough, short = numbers_of(question, truth[order], guess[order], np.ones(1000, bool))
    side = sides_of(question).sufficient
    passed = False
    for looked in range(0, 1000, 60):
        low, high = interval_of(question, enough[:looked], short[:looked])
        assert low <= 650 <= high
        assert (low >= 600) == (measured_risk(side, enough[:looked]) <= 0.05)
        passed = passed or low >= 600
    assert passed
    assert interval_of(question, enough, short) == (650, 650)


def test_a_line_that_cannot_be_found_counts_against_either_side() -> None:
    question = Question(10, 5, machine=6.0)
    enough, short = numbers_of(question, np.array([1.0]), np.array([1.0]), np.array([False]))
    assert (enough[0], short[0]) == (0.0, 0.5)
    plain = Question(10, 5)
    enough, short = numbers_of(plain, np.array([1.0]), np.array([0.0]), np.array([False]))
    assert (enough[0], short[0]) == (0.0, 0.0)


def test_phantoms_and_unlinked_lines_make_either_side_harder() -> None:
    plain, harder = Question(100, 60), Question(100, 60, allowance=3, phantoms=2)
    assert nulls_at(plain, 59, 60) == (59, 40)
    assert nulls_at(harder, 59, 60) == (62, 42)
    machine = Question(100, 60, machine=65.0, allowance=3, phantoms=2)
    assert nulls_at(machine, 59, 60) == ((100 - 65 + 62) / 2, (65 + 42) / 2)


def test_the_machine_right_everywhere_needs_its_margin_only() -> None:
    """x is 1/2 on every line, so each grows the capital of a bet c by c times the margin 2 delta / (1 - 2 delta)."""
    question = Question(1000, 600, machine=660.0)
    side = sides_of(question).sufficient
    enough, _ = numbers_of(question, np.ones(1), np.ones(1), np.ones(1, bool))
    mu = (1000 - 660 + 599) / 2 / 1000
    gain = 0.5 / mu - 1
    stakes = [bet.first if bet.kind == FIXED else float(wrong(mu, bet.first)) for bet in side.bets]
    expected = sum(bet.share * (1 + stake * gain) for bet, stake in zip(side.bets, stakes, strict=True))
    assert exp(capital(seen_on(side, enough))[0]) == pytest.approx(expected)
    assert log(expected) > 0


def test_a_function_compiled_elsewhere_is_in_the_digest_of_the_compiled_code() -> None:
    """Else a change of it would go on running the old code."""
    root = Path(bets.__file__).parent.parent.parent
    texts = [path.read_text("utf-8") for path in root.glob("**/*.py")]
    wrapped = [name for text in texts for name in re.findall(r"= compiled\((?:\w+\.)?(\w+)\)", text)]
    assert len(wrapped) == 3
    for name in wrapped:
        assert sum(f"# compiled elsewhere\ndef {name}(" in text for text in texts) == 1
    text = Path(bets.__file__).read_text("utf-8")
    assert ELSEWHERE in text.encode()
