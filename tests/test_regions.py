"""A roll split by region: where a line is at home, where else it is looked for, and that batches change nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ballotworthy.errors import InputError
from ballotworthy.match import Beliefs, Prior, find, ranked
from ballotworthy.match.batch import Job, ThisMachine, beliefs_heard, beliefs_told, estimate_batch, match_batch
from ballotworthy.match.elsewhere import ELSEWHERE
from ballotworthy.match.moved import with_moved
from ballotworthy.match.regions import AT_HOME, homes, match_regions, match_roll, regions_in
from ballotworthy.roll import open_roll
from regional import Regional, build


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Regional:
    return build(tmp_path_factory.mktemp("regions"))


@pytest.fixture(scope="module")
def answer(split: Regional) -> pl.DataFrame:
    return match_regions(split.frame, regions_in(split.rolls), ThisMachine())


@pytest.mark.parametrize("size", [60, 250, 100_000])
def test_one_roll_in_batches_of_any_size_gives_what_find_gives(split: Regional, size: int) -> None:
    roll = open_roll(split.roll)
    whole = ranked(split.frame, roll, with_moved(find(split.frame, roll), roll))
    assert_frame_equal(match_roll(split.frame, split.roll, ThisMachine(size)).drop("chance"), whole, check_exact=True)


def test_batches_of_any_size_give_the_same_in_regions(split: Regional, answer: pl.DataFrame) -> None:
    small = match_regions(split.frame, regions_in(split.rolls), ThisMachine(90))
    assert_frame_equal(small, answer, check_exact=True)


def test_a_petition_without_lines_has_no_candidates(split: Regional) -> None:
    assert match_roll(split.frame.clear(), split.roll, ThisMachine()).height == 0
    assert match_regions(split.frame.clear(), regions_in(split.rolls), ThisMachine()).height == 0


def test_each_line_is_answered_once_in_its_order_and_each_voter_stands_in_his_region(
    split: Regional, answer: pl.DataFrame
) -> None:
    best = answer.filter(pl.col("rank") == 1)
    assert best.select("sheet", "line").equals(split.frame.select("sheet", "line"))
    named = answer.drop_nulls("voter_id")
    assert [split.county_of[voter] for voter in named["voter_id"]] == named["region"].to_list()
    assert answer.group_by("sheet", "line").agg(pl.col("chance").sum())["chance"].max() <= 1 + 1e-9
    nobody = answer.filter(pl.col("voter_id").is_null())
    assert nobody.select("region", "weight", "probability", "evidence").null_count().row(0) == (nobody.height,) * 4


def test_who_is_found_at_home_has_what_a_petition_of_that_region_alone_gives(
    split: Regional, answer: pl.DataFrame
) -> None:
    at_home = split.frame.filter(pl.col("county") == "Kern")
    roll = open_roll(split.rolls / "Kern.roll")
    matches = with_moved(find(at_home, roll), roll)
    alone = ranked(at_home, roll, matches)
    settled = at_home.filter(pl.Series(matches.on_roll >= AT_HOME)).select("sheet", "line")
    assert settled.height > 5
    expected = alone.join(settled, on=["sheet", "line"], how="semi", maintain_order="left")
    got = answer.join(settled, on=["sheet", "line"], how="semi", maintain_order="left")
    assert_frame_equal(got.drop("region", "chance"), expected, check_exact=True)
    assert not got["searches"].str.contains("regions").any()


@pytest.mark.parametrize("county", ["Inyo", None])
def test_a_line_that_nobody_at_home_fits_is_found_in_its_region(split: Regional, county: str | None) -> None:
    """Signers of Kern say they are of Inyo, or nothing; the voters found are those found before."""
    kern = split.frame.filter(pl.col("county") == "Kern")
    regions = regions_in(split.rolls)
    sure = (pl.col("rank") == 1) & (pl.col("chance") > 0.99) & (pl.col("region") == "Kern")
    right = match_regions(kern, regions, ThisMachine()).filter(sure)
    moved = kern.with_columns(pl.lit(county, pl.String).alias("county"))
    found = match_regions(moved, regions, ThisMachine()).filter(pl.col("rank") == 1)
    both = right.join(found, on=["sheet", "line"], suffix="_moved", maintain_order="left")
    assert both.height > 5
    assert both["voter_id"].to_list() == both["voter_id_moved"].to_list()
    assert set(both["region_moved"]) == {"Kern"}
    words = "; then in 3 other regions: " if county else "in 4 regions: "
    assert both["searches_moved"].str.contains(words, literal=True).all()


def test_the_probability_of_a_voter_elsewhere_is_that_of_the_formula(split: Regional) -> None:
    """Region by region and line by line, as the module's text has it."""
    regions = regions_in(split.rolls)
    lines = split.frame.filter(pl.col("county") == "Kern").head(12).with_columns(pl.lit("Inyo").alias("county"))
    told = {
        name: estimate_batch(Job(path, lines if name == "Inyo" else lines.clear(), Beliefs(), name))
        for name, path in regions.items()
    }
    beliefs = {name: beliefs_heard(one["beliefs"].item()) for name, one in told.items()}
    size = {name: one["size"].item() for name, one in told.items()}
    numbered = lines.with_row_index("at")
    found = {name: match_batch(Job(path, numbered, beliefs[name], name)) for name, path in regions.items()}
    shares = beliefs["Inyo"].prior.shares()
    others = sum(size.values()) - size["Inyo"]
    expected = []
    for at in range(lines.height):
        whole, likely = shares[-1] * (1 - ELSEWHERE), []
        for name, all_found in found.items():
            some = all_found.filter(pl.col("at") == at)
            away = ELSEWHERE * shares[-1] * shares[:-1] / shares[:-1].sum() * size[name] / others
            share = shares[:-1] if name == "Inyo" else away
            whole += float((some["sums"][0].to_numpy() * share).sum())
            likely += [one * share[0] for one in some["likelihood"]]
        expected.append(max(likely) / whole)
    best = match_regions(lines, regions, ThisMachine()).filter(pl.col("rank") == 1)["chance"].fill_null(0).to_list()
    assert max(expected) > 0.9
    assert best == pytest.approx(expected, abs=0.01)


def test_beliefs_come_back_to_the_bit() -> None:
    odd = Beliefs(
        Prior(1 / 3, 0.1, 0.2), tuple(tuple(replace(x, m=x.m / 3) for x in each) for each in Beliefs().levels)
    )
    assert beliefs_heard(beliefs_told(odd)) == odd


def test_a_county_names_its_region_in_any_spelling() -> None:
    given = ["Los Angeles", "LOS ANGELES COUNTY", "los-angeles", "Doña Ana", "Orange", "", None]
    regions = {"Los Angeles": Path("a"), "Dona Ana": Path("b")}
    expected = ["Los Angeles"] * 3 + ["Dona Ana"] + [None] * 3
    assert homes(pl.DataFrame({"county": given}), regions).to_list() == expected


def test_lines_without_counties_have_no_home() -> None:
    assert homes(pl.DataFrame({"name": ["A", "B"]}), {"Kern": Path("a")}).to_list() == [None, None]


def test_a_folder_without_snapshots_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no roll snapshot"):
        regions_in(tmp_path)


def test_two_snapshots_of_one_region_are_refused(tmp_path: Path) -> None:
    for name in ("Kern", "KERN county"):
        (tmp_path / f"{name}.roll").mkdir()
    with pytest.raises(InputError, match="name one region"):
        regions_in(tmp_path)
