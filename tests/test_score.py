"""Scoring: numbers held against counting by hand, a perfect matching scores perfectly, faulty tables are refused."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from ballotworthy.cli.main import build_app
from ballotworthy.errors import FileFaults
from ballotworthy.match.score import score_of

APP = build_app(("score",))
MATCHED = (
    "sheet,line,rank,voter_id,probability\n1,1,1,a,0.99\n1,1,2,b,0.01\n1,2,1,b,0.8\n1,3,1,c,0.6\n1,4,1,,\n1,5,1,e,0.4\n"
)
TRUTH = "sheet,line,voter_id\n1,1,a\n1,2,x\n1,3,c\n1,4,d\n1,5,\n"


def run(folder: Path, matched: str, truth: str, *more: str) -> Result:
    (folder / "matched.csv").write_text(matched)
    (folder / "truth.csv").write_text(truth)
    return CliRunner().invoke(APP, ["score", str(folder / "matched.csv"), str(folder / "truth.csv"), *more])


def test_what_is_printed_is_what_is_counted_by_hand(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, MATCHED, TRUTH, "--json", "--plot", str(tmp_path / "p.html")).stdout)
    assert (told["lines"], told["on_roll"], told["first"]) == (5, 4, 2)
    assert [(point["threshold"], point["precision"], point["recall"]) for point in told["curve"]] == [
        (0.99, 1.0, 0.25),
        (0.8, 0.5, 0.25),
        (0.6, pytest.approx(2 / 3), 0.5),
        (0.4, 0.5, 0.5),
    ]
    assert told["recall_at"][0] == {"precision": 0.95, "recall": 0.25}
    assert [(band["lines"], band["true"]) for band in told["reliability"]] == [(1, 0.0), (1, 1.0), (1, 0.0), (1, 1.0)]
    assert (tmp_path / "p.html").read_text().count("<svg") == 2
    assert "25.00% of the signers are found" in run(tmp_path, MATCHED, TRUTH).stdout


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_the_curve_is_what_a_slow_count_gives(lines: list[tuple[float, bool]]) -> None:
    best = pl.DataFrame(
        {"voter_id": ["v"] * len(lines), "probability": [chance for chance, _ in lines],
         "truth": ["v" if right else "w" for _, right in lines]}
    )  # fmt: skip
    found = score_of(best)
    for point in found.curve:
        taken = [right for chance, right in lines if chance >= point.threshold]
        assert point.precision == pytest.approx(sum(taken) / len(taken))
        assert point.recall == pytest.approx(sum(taken) / len(lines))
    assert sum(band.lines for band in found.bands) == len(lines)


@pytest.mark.parametrize(
    ("matched", "truth", "what"),
    [
        (MATCHED.replace("probability", "chance"), TRUTH, "column probability: there is no such column"),
        (MATCHED.replace("0.8", "1.8"), TRUTH, "no probability in 1 cell"),
        (MATCHED.replace("0.8", "high"), TRUTH, "no probability in 1 cell"),
        (MATCHED, TRUTH + "1,1,b\n", "this line stands twice"),
        (MATCHED, TRUTH + "01,1.0,b\n", "this line stands twice"),
        ("sheet,line,voter_id,probability,outcome,reason\n1,1,a,0.99,valid,\n", TRUTH, "these are lines of a check"),
    ],
)
def test_faulty_tables_are_refused(tmp_path: Path, matched: str, truth: str, what: str) -> None:
    refused = run(tmp_path, matched, truth).exception
    assert isinstance(refused, FileFaults)
    assert what in str(refused)
