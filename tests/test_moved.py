"""What `match` says of voters who write another home than the roll has: no less probable than they are."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from ballotworthy.simulate import Rates
from checked import run
from simulated import make


@pytest.fixture(scope="module")
def best(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Give the best voter of each line of a petition of which a tenth moved, with `right`: that voter signed."""
    folder = tmp_path_factory.mktemp("moved")
    made = make("moved", rates=replace(Rates(), different_address=0.1), voters=8_000, lines=2_000)
    made.roll.write_csv(folder / "roll.csv")
    made.lines.write_csv(folder / "lines.csv")
    asked = [folder / "roll.csv", "--taken-on", made.taken_on, "-o", folder / "x.roll"]
    assert run("roll", "build", *asked)[0] == 0
    assert run("match", folder / "lines.csv", "--roll", folder / "x.roll", "-o", folder / "found.csv")[0] == 0
    found = pl.read_csv(folder / "found.csv", infer_schema=False).filter(pl.col("rank") == "1")
    right = (found["voter_id"] == made.truth["voter_id"].cast(pl.String)).fill_null(value=False)
    return found.with_columns(pl.col("probability", "weight").cast(pl.Float64), right.alias("right"))


def test_a_line_said_to_be_nobodys_is_seldom_its_best_voters(best: pl.DataFrame) -> None:
    some = best.filter(pl.col("probability") < 0.01)
    assert some.height > 100
    assert some["right"].mean() < 0.02


def test_a_line_said_to_be_as_good_as_sure_nearly_always_is(best: pl.DataFrame) -> None:
    some = best.filter(pl.col("probability") >= 0.99)
    assert some.height > 1_000
    assert some["right"].mean() > 0.99


def test_a_move_is_told_and_the_weights_add_up(best: pl.DataFrame) -> None:
    some = best.filter(pl.col("evidence").str.contains("may have moved"))
    assert some.height > 50
    for weight, evidence in some.select("weight", "evidence").iter_rows():
        assert weight == pytest.approx(sum(map(float, re.findall(r"\(([+-]?[\d.]+)\)", evidence))), abs=0.6)


HEAD = "voter_id,last_name,first_name,birth_date,address,city,zip\n"
TIM = "V1,ZEBROWSKI,TIM,1970-01-15,66 Maple St,Fairview,50001\n"
FILL = "".join(
    f"F{at},{last},{first},1950-01-02,{at + 10} {street},Fairview,50001\n"
    for at, (first, last, street) in enumerate(
        (first, last, street)
        for first in ("ANN", "BEN", "CARL", "DORA", "EVE")
        for last in ("ABBOT", "BLOOM", "CRANE", "DORSEY", "EKMAN", "FOWLER")
        for street in ("Oak St", "Elm St", "Pine Rd")
    )
)


def probability(folder: Path, born: str) -> float:
    """Give what is said of Tim Zebrowski of 901 Juniper Ct, who is on the roll at 66 Maple St."""
    (folder / "roll.csv").write_text(HEAD + TIM + FILL, "utf-8")
    lines = f"sheet,line,name,birth_date,address,city,zip\n1,1,Tim Zebrowski,{born},901 Juniper Ct,Fairview,50001\n"
    (folder / "lines.csv").write_text(lines, "utf-8")
    assert run("roll", "build", folder / "roll.csv", "--taken-on", "2026-05-01", "-o", folder / "x.roll")[0] == 0
    assert run("match", folder / "lines.csv", "--roll", folder / "x.roll", "-o", folder / "found.csv")[0] == 0
    return float(pl.read_csv(folder / "found.csv")["probability"][0])


def test_a_rare_name_elsewhere_is_open_and_a_birth_date_decides(tmp_path: Path) -> None:
    assert 0.1 < probability(tmp_path, "") < 0.97
    (tmp_path / "born").mkdir()
    assert probability(tmp_path / "born", "1970-01-15") > 0.99
