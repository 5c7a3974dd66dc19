"""A double majority in one plan: enough districts are confirmed that the others may be what they will."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from ballotworthy.cli.main import build_app
from ballotworthy.verbs.vote_judge import judge_vote
from ballotworthy.vote import Numbers, plan_audit

APP = build_app(["vote"])
Row = tuple[str, int, int, int, str]
SEVEN: list[Row] = [
    ("Alder", 1000, 600, 300, "1"), ("Birch", 1000, 520, 470, "1"), ("Cedar", 800, 500, 200, "1/2"),
    ("Doum", 900, 450, 400, "1/2"), ("Elder", 1000, 480, 500, "1"), ("Fir", 700, 100, 500, "1"),
    ("Gum", 600, 250, 250, "1"),
]  # fmt: skip


def table(tmp_path: Path, rows: Sequence[Row]) -> Path:
    path = tmp_path / "districts.csv"
    path.write_text("district,cards,yes,no,weight\n" + "".join(",".join(map(str, row)) + "\n" for row in rows))
    return path


def run(tmp_path: Path, rows: Sequence[Row], rule: str, *more: object) -> Result:
    cards, yes, no = (sum(row[at] for row in rows) for at in (1, 2, 3))
    words = ["--rule", rule, "--cards", cards, "--yes", yes, "--no", no, "--districts", table(tmp_path, rows), *more]
    return CliRunner().invoke(APP, ["vote", "plan", *map(str, words)])


def planned(tmp_path: Path, rows: Sequence[Row], rule: str, *more: object) -> dict[str, Any]:
    done = run(tmp_path, rows, rule, *more, "--json")
    assert done.exit_code == 0, done.exception
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_a_double_majority_is_planned_at_once(tmp_path: Path) -> None:
    told = planned(tmp_path, SEVEN, "majority=valid; districts_weighted:>5/2")
    assert (told["outcome"], told["assertion"], told["not_auditable"]) == (
        "passed", "yes is over 1/2 of the valid votes", [],
    )  # fmt: skip
    districts = told["districts"]
    # 3 of the 6 votes of districts are for it; more than 2 1/2 are needed, so none of the four can be left out
    assert {each["district"] for each in districts["confirmed"]} == {"Alder", "Birch", "Cedar", "Doum"}
    for each in districts["confirmed"]:
        _, cards, yes, no, _ = next(row for row in SEVEN if row[0] == each["district"])
        assert each["cards"] == plan_audit("majority=valid", Numbers(yes=yes, no=no), cards).cards
    assert districts["cards"] == sum(each["cards"] for each in districts["confirmed"])
    text = run(tmp_path, SEVEN, "majority=valid; districts_weighted:>5/2").stdout
    assert "in 4 of 7 districts, each confirmed at the same limit, to confirm that enough are for it" in text


def test_districts_that_fail_it_are_confirmed_alone(tmp_path: Path) -> None:
    told = planned(tmp_path, SEVEN, "majority=valid; districts_weighted:>4")
    assert (told["outcome"], told["assertion"], told["districts"]["holds"]) == ("failed", None, False)
    # Elder and Fir against it leave at most 4 of 6, which is not more than 4
    assert {each["district"] for each in told["districts"]["confirmed"]} == {"Elder", "Fir"}
    assert all(each["assertion"] == "yes is under 1/2 of the valid votes" for each in told["districts"]["confirmed"])


def test_districts_with_as_many_yes_as_no_are_named(tmp_path: Path) -> None:
    tied: list[Row] = [*SEVEN, ("Holm", 600, 250, 250, "1/2")]
    rule = "majority=valid; districts_weighted:>5/2"
    assert planned(tmp_path, tied, rule)["ties"] == ["Gum", "Holm"]
    assert "ties" not in planned(tmp_path, SEVEN[:6], "majority=valid; districts_weighted:>2")
    text = run(tmp_path, tied, rule).stdout
    assert "As many yes as no, neither for nor against: Gum, Holm." in text


def test_what_fails_by_all_votes_needs_no_district(tmp_path: Path) -> None:
    told = planned(tmp_path, SEVEN, "yes_of_valid:>3/5; districts:>1/3")
    assert told["outcome"] == "failed"
    assert "districts" not in told


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 90), st.integers(0, 90), st.sampled_from(["1", "1/2"])), min_size=2, max_size=6
    ),
    need=st.integers(1, 6),
    strict=st.booleans(),
)  # fmt: skip
def test_whatever_the_other_districts_hold_the_outcome_stands(
    tmp_path: Path, rows: list[tuple[int, int, str]], need: int, strict: bool
) -> None:
    named: list[Row] = [(f"D{at}", 200, yes, no, weight) for at, (yes, no, weight) in enumerate(rows)]
    condition = f"districts_weighted:{'>' if strict else '>='}{need}/2"
    done = run(tmp_path, named, condition, "--json")
    if done.exception is not None:
        assert "as many yes as no" in str(done.exception) or "nobody gave" in str(done.exception)
        return
    told = json.loads(done.stdout)["districts"]
    sure = {each["district"] for each in told["confirmed"]}
    weights = [(Fraction(row[4]), row[0] in sure) for row in named]
    for others in product((True, False), repeat=len(named) - len(sure)):
        rest = iter(others)
        for_it = sum(weight for weight, held in weights if (told["holds"] if held else next(rest)))
        numbers = Numbers(districts_for=Fraction(for_it), districts_against=sum(w for w, _ in weights) - for_it)
        assert (judge_vote(condition, numbers).outcome == "passed") == told["holds"]


@pytest.mark.parametrize(
    ("rows", "rule", "told"),
    [
        ([*SEVEN[:6], ("alder", 600, 250, 250, "1")], "districts:>1/2", "stands here again"),
        ([*SEVEN[:6], ("Gum", 400, 250, 250, "1")], "districts:>1/2", "more votes than cards"),
        ([*SEVEN[:6], ("Total", 600, 250, 250, "1")], "districts:>1/2", "this is no district"),
        ([*SEVEN[:6], ("Gum", 600, 250, 250, "0")], "districts:>1/2", "this is no weight"),
        ([*SEVEN[:6], ("Gum", 600, 250, 250, "many")], "districts:>1/2", "this is no weight"),
        (SEVEN, "majority=valid", "one condition on districts; this has 0"),
        (SEVEN, "any(majority=valid, districts:>1/2)", "one condition on districts; this has 0"),
        ([*SEVEN[:1], ("Gum", 600, 250, 250, "1")], "districts:>=3/4", "are for it (Gum): count"),
    ],
)
def test_a_table_that_cannot_be_is_refused(rows: list[Row], rule: str, told: str, tmp_path: Path) -> None:
    exception = run(tmp_path, rows, rule).exception
    faults = " ".join(fault.what for fault in getattr(exception, "faults", ()))
    assert told in f"{exception} {faults}"


def test_districts_that_do_not_add_up_are_refused_with_both_numbers(tmp_path: Path) -> None:
    words = ["--rule", "districts:>1/2", "--cards", 6000, "--yes", 2901, "--no", 2620]
    exception = CliRunner().invoke(
        APP, ["vote", "plan", *map(str, words), "--districts", str(table(tmp_path, SEVEN))]
    ).exception  # fmt: skip
    assert "yes 2,901, in the districts 2,900" in str(exception)
