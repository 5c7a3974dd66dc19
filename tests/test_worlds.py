"""In worlds unlike the simulator's the machine misses little, and its span holds the truth.

A short form of `benchmarks/worlds.py`, which tries every world of every maker.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from ballotworthy.check.span import span

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from unlike.every import MAKERS, make, names
from unlike.trial import Trial, tried

VOTERS, LINES = 6_000, 1_000
ONE = 1 / LINES


@cache
def trial(maker: str, kind: str, variant: int) -> Trial:
    return tried(make(maker, kind, variant, VOTERS, LINES, "tests"))


def test_three_makers_share_nothing_with_the_simulator_and_make_a_dozen_kinds() -> None:
    assert len(MAKERS) == 3
    for maker in MAKERS:
        assert len({kind for each, kind, _ in names() if each == maker}) >= 12


@pytest.mark.parametrize(("maker", "variant"), [("village", 0), ("village", 2), ("suburb", 1)])
def test_unregistered_relatives_at_3_6_and_15_percent_bend_the_expectation_little(maker: str, variant: int) -> None:
    assert abs(trial(maker, "relatives", variant).miss) < 0.005 + 2 * ONE


def test_who_moved_counts_where_no_home_is_asked_and_nowhere_else() -> None:
    asked, not_asked = (trial("moved", "moved 20%", variant) for variant in (0, 1))
    assert abs(asked.miss) < 0.015
    assert abs(not_asked.miss) < 0.05, "0.23 too low when every mover was refused"
    refused = not_asked.lines.filter(pl.col("outcome") == "invalid")
    assert refused.height > 40
    assert refused["real"].mean() < 0.15


def test_initials_in_noisy_hands_are_found_in_large_buildings() -> None:
    assert abs(trial("metro", "initials in noisy hands", 0).miss) < 0.012


@pytest.mark.parametrize(
    ("maker", "kind", "variant"),
    [
        ("village", "tidy", 0),
        ("suburb", "tidy", 0),
        ("village", "rural routes", 1),
        ("village", "careless transcribers", 1),
        ("metro", "usual", 0),
        ("suburb", "initials in noisy hands", 0),
        ("suburb", "juniors", 1),
        ("suburb", "look-alikes", 1),
        ("fresh", "park", 0),
        ("moved", "houses", 0),
        ("moved", "moved 20%", 1),
    ],
)
def test_the_span_holds_the_truth(maker: str, kind: str, variant: int) -> None:
    done = trial(maker, kind, variant)
    machine, truth = done.said["machine"], int(done.lines["real"].sum())
    assert machine["low"] <= truth <= machine["high"], machine["span"]


@pytest.mark.parametrize(("maker", "widest"), [("village", 0.02), ("suburb", 0.0215)])
def test_the_span_of_a_tidy_petition_is_narrow(maker: str, widest: float) -> None:
    machine = trial(maker, "tidy", 0).said["machine"]
    assert (machine["high"] - machine["low"]) / LINES < widest


def test_the_span_holds_where_careless_hands_slip_in_name_and_home_both() -> None:
    done = tried(make("metro", "careless transcribers", 2, 8_000, LINES, "ibex0224"))
    machine, truth = done.said["machine"], int(done.lines["real"].sum())
    assert done.miss < -0.018
    assert machine["low"] <= truth <= machine["high"], machine["span"]


def test_no_line_is_surer_than_its_kind_of_evidence_was_measured_to_be() -> None:
    lines = trial("village", "relatives", 2).lines
    sure = lines.filter(lines["probability"] > 0.998)
    hopeless = lines.filter((lines["probability"] < 0.01) & (lines["reason"] == "not-registered"))
    assert sure.height > 100
    assert (1 - sure["probability"]).min() > 0
    assert hopeless.height > 50
    assert hopeless["probability"].min() > 0


def test_a_transcriber_told_apart_is_missed_by_less_than_one_untold() -> None:
    assert abs(trial("suburb", "careless transcribers", 1).miss) < 0.01


@pytest.mark.parametrize(
    ("maker", "kind", "variant"), [("village", "tidy", 0), ("metro", "usual", 0), ("suburb", "juniors", 1)]
)
def test_spans_of_parts_of_a_petition_hold_theirs(maker: str, kind: str, variant: int) -> None:
    lines = trial(maker, kind, variant).lines
    sheet = pl.col("sheet").cast(pl.Int64)
    parts = [lines.filter(sheet % 7 == rest) for rest in (0, 1)] + [lines.filter(sheet % 7 > 1)]
    for part in parts:
        found, real = span(part), int(part["real"].sum())
        assert found.low - 1 < real < found.high + 1
