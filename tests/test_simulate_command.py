"""`ballotworthy simulate`: whole or not at all, the same for the same seed, faults with a remedy."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import polars as pl
import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from ballotworthy.cli.days import today
from ballotworthy.cli.simulate import simulate
from ballotworthy.errors import InputError

FILES = ("lines.csv", "roll.csv", "simulation.json", "truth.csv")

app = typer.Typer()
app.command()(simulate)


def run(out: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["--voters", "600", "--lines", "200", "-o", str(out), *options])


def test_it_writes_roll_lines_truth_and_how_they_were_made(tmp_path: Path) -> None:
    result = run(tmp_path / "out", "--seed", "printed")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(FILES)
    assert "Seed printed: 600 voters, 200 lines" in result.output
    assert pl.read_csv(tmp_path / "out/roll.csv").height == 600
    assert pl.read_csv(tmp_path / "out/truth.csv").columns == [
        "sheet",
        "line",
        "voter_id",
        "outcome",
        "reason",
    ]


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    run(tmp_path / "one", "--seed", "s")
    run(tmp_path / "two", "--seed", "s")
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_seed_is_made_and_printed_where_none_is_given(tmp_path: Path) -> None:
    result = run(tmp_path / "out", "--json")
    seed = json.loads(result.stdout)["seed"]
    run(tmp_path / "again", "--seed", seed)
    assert len(seed) == 16
    assert (tmp_path / "out/lines.csv").read_bytes() == (tmp_path / "again/lines.csv").read_bytes()


def test_json_is_what_the_folder_says_of_itself(tmp_path: Path) -> None:
    result = run(tmp_path / "out", "--json", "--rate", "duplicate=0.1", "--rate", "no_date=0")
    about = json.loads(result.stdout)
    assert about == json.loads((tmp_path / "out/simulation.json").read_text("utf-8"))
    assert (about["rates"]["duplicate"], about["rates"]["no_date"]) == (0.1, 0.0)
    assert about["valid"] + about["invalid"] == about["lines"] == 200
    assert sum(about["reasons"].values()) == about["invalid"]


def test_an_earlier_output_is_replaced_and_anything_else_is_not(tmp_path: Path) -> None:
    run(tmp_path / "out", "--seed", "one")
    assert run(tmp_path / "out", "--seed", "two").exit_code == 0
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine", "utf-8")
    result = run(other)
    assert isinstance(result.exception, InputError)
    assert [path.name for path in other.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--lines", "301"), "at most 300 lines"),
        (("--voters", "-1"), "at least one voter"),
        (("--rate", "duplicate=2"), "from 0 to 1"),
        (("--rate", "dupes=0.2"), "no rate 'dupes'"),
        (("--on", "2018-02-30"), "YYYY-MM-DD"),
        (("--place", "us-zz"), "no place 'us-zz'"),
    ],
)
def test_bad_input_leaves_nothing_behind(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    result = run(tmp_path / "out", *options)
    assert isinstance(result.exception, InputError)
    assert words in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_both_files_name_what_the_law_divides_by_where_it_is_no_county(tmp_path: Path) -> None:
    for place, heading in (("zz-example", "district"), ("us-dc", "ward"), ("us-ca", "")):
        run(tmp_path / "out", "--place", place, "--on", "2024-05-03")
        lines, roll = (pl.read_csv(tmp_path / f"out/{name}.csv", infer_schema=False) for name in ("lines", "roll"))
        beside = [name for name in lines.columns if name in ("district", "ward")]
        assert beside == ([heading] if heading else [])
        assert ("district" in roll.columns) == bool(heading)
        if heading:
            assert lines[heading].equals(lines["county"].rename(heading))
            assert lines[heading].n_unique() > 2


def test_a_roll_of_a_day_to_come_is_told_with_the_filing_day_that_would_do(tmp_path: Path) -> None:
    filed = today() - dt.timedelta(days=3)
    said = run(tmp_path / "out", "--on", filed.isoformat()).output
    told = re.search(r"give --on (\S+)\.\n", said)
    assert told is not None
    assert "to come" not in run(tmp_path / "out", "--on", told[1]).output


@pytest.mark.parametrize(("place", "lost"), [("zz-example", True), ("us-ca", False)])
def test_an_undated_line_is_lost_in_the_truth_where_it_is_by_law(tmp_path: Path, place: str, lost: bool) -> None:
    assert run(tmp_path / "out", "--place", place, "--on", "2026-06-30", "--rate", "no_date=0.2").exit_code == 0
    lines, truth = (pl.read_csv(tmp_path / f"out/{name}.csv", infer_schema=False) for name in ("lines", "truth"))
    undated = truth.filter(lines["signed_on"].is_null())
    assert (undated["reason"].eq("no-date").any(), undated["outcome"].eq("valid").any()) == (lost, not lost)
