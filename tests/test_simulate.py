"""The invented roll and petition: reproducible, of the shape asked for, and refused with a remedy."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ballotworthy.errors import InputError
from ballotworthy.simulate import Rates, Simulation, rates_from, simulate
from simulated import COUNTIES, ON, PERFECT, make

# Reproducible


def test_the_same_seed_gives_the_same_bytes(made: Simulation) -> None:
    again = make()
    for name in ("roll", "lines", "truth"):
        assert getattr(again, name).write_csv() == getattr(made, name).write_csv()


def test_another_seed_gives_another_petition(made: Simulation) -> None:
    other = make("another seed")
    assert not other.roll["last_name"].equals(made.roll["last_name"])
    assert not other.lines["name"].equals(made.lines["name"])


def test_how_people_write_does_not_change_who_signs(made: Simulation) -> None:
    tidy = make(rates=replace(Rates(), name_slip=0.0, street_slip=0.0, nickname=0.0))
    assert_frame_equal(tidy.truth, made.truth)
    assert_frame_equal(tidy.roll, made.roll)


# Shape


def test_roll_and_petition_have_the_size_asked_for(made: Simulation) -> None:
    assert (made.roll.height, made.lines.height, made.truth.height) == (12_000, 4_000, 4_000)


def test_voter_numbers_are_unique(made: Simulation) -> None:
    assert made.roll["voter_id"].is_unique().all()


def test_truth_stands_line_by_line_beside_the_petition(made: Simulation) -> None:
    assert_frame_equal(made.truth.select("sheet", "line"), made.lines.select("sheet", "line"))


def test_a_sheet_has_ten_lines_one_county_and_one_circulator(made: Simulation) -> None:
    sheets = made.lines.drop_nulls("name").group_by("sheet").agg(pl.col("county", "circulator").n_unique())
    assert (sheets["county"] == 1).all()
    assert (sheets["circulator"] == 1).all()
    assert made.lines.group_by("sheet").len()["len"].unique().to_list() == [10]


def test_every_county_has_voters_and_sheets(made: Simulation) -> None:
    names = {name for name, _ in COUNTIES}
    assert set(made.roll["county"]) == names
    assert set(made.lines["county"].drop_nulls()) == names


def test_a_blank_line_holds_nothing_but_its_numbers(joined: pl.DataFrame, made: Simulation) -> None:
    blank = made.lines.filter((joined["reason"] == "blank").fill_null(value=False)).drop("sheet", "line")
    assert blank.height > 0
    assert blank.null_count().row(0) == (blank.height,) * blank.width


def test_blank_lines_stand_at_the_ends_of_sheets(joined: pl.DataFrame) -> None:
    blank = joined.select("sheet", "line", blank=pl.col("reason").eq_missing("blank"))
    after = blank.with_columns(before=pl.col("blank").shift(1, fill_value=False).over("sheet"))
    assert after.filter(pl.col("before") & ~pl.col("blank")).is_empty()


def test_a_struck_line_keeps_its_text(joined: pl.DataFrame) -> None:
    struck = joined.filter(pl.col("struck") == "x")
    assert struck.height == 40
    assert struck["name"].null_count() == 0
    assert set(struck["reason"]) == {"struck"}


def follow_from_their_home(made: Simulation) -> float:
    """Give the share of lines whose signer lives where that of the line before does."""
    home = pl.concat_str("house_number", "street_name", "zip", separator=" ").alias("home")
    homes = made.truth.join(made.roll.select("voter_id", home), on="voter_id", how="left", maintain_order="left")[
        "home"
    ]
    return float((homes == homes.shift()).fill_null(value=False).mean() or 0.0)  # type: ignore[arg-type]


def test_signers_follow_each_other_from_their_homes_or_come_alone(made: Simulation) -> None:
    assert follow_from_their_home(made) > 0.2
    assert follow_from_their_home(make(rates=replace(Rates(), signs_alone=1.0))) < 0.02


def test_the_roll_is_in_capitals(made: Simulation) -> None:
    text = made.roll.select("first_name", "middle_name", "last_name", "street_name", "city")
    assert_frame_equal(text, text.with_columns(pl.all().str.to_uppercase()))


@pytest.mark.parametrize(("birth", "column"), [("year", "birth_year"), ("date", "birth_date")])
def test_the_sheet_can_ask_for_the_birth(birth: str, column: str) -> None:
    lines = make(voters=400, lines=100, birth=birth, rates=PERFECT).lines
    assert lines[column].null_count() == 0


def test_a_sheet_does_not_ask_for_the_birth_by_default(made: Simulation) -> None:
    assert not [column for column in made.lines.columns if column.startswith("birth")]


def test_half_of_the_voters_may_sign_however_few_they_are() -> None:
    for voters in (1, 2, 21, 60, 199):
        small = make(voters=voters, lines=voters // 2)
        assert (small.roll.height, small.lines.height) == (voters, voters // 2)


# Bad input


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"voters": 0, "lines": 0}, "at least one voter"),
        ({"voters": -5}, "at least one voter"),
        ({"lines": -1}, "cannot have -1 lines"),
        ({"voters": 99, "lines": 50}, "at most 49 lines, or for at least 100 voters"),
        ({"window": 0}, "at least one day"),
    ],
)
def test_numbers_out_of_range_are_refused_with_a_remedy(numbers: dict[str, int], words: str) -> None:
    with pytest.raises(InputError, match=words):
        make(**numbers)


def test_no_stratum_is_refused() -> None:
    with pytest.raises(InputError, match="no stratum"):
        simulate("us-ca", 10, 1, "seed", ON, strata=[])


def test_rates_are_read_from_settings() -> None:
    assert rates_from(["not_registered=0.2", "no-date = 0"]) == replace(Rates(), not_registered=0.2, no_date=0.0)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("nicknames=0.1", "no rate 'nicknames'"),
        ("nickname=1.5", "nickname needs a share from 0 to 1, not '1.5'"),
        ("nickname=nan", "nickname needs a share"),
        ("nickname", "nickname needs a share from 0 to 1, not ''"),
        ("", "no rate ''"),
    ],
)
def test_a_bad_setting_is_refused_with_the_known_names(setting: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        rates_from([setting])
    assert "Known: blank, struck" in str(caught.value)


def test_all_bad_settings_are_told_at_once() -> None:
    with pytest.raises(InputError, match=r"no rate 'a'.*twins needs.*twins is given twice"):
        rates_from(["a=1", "twins=2", "twins=0", "twins=1"])


def test_fates_that_add_up_to_more_than_all_lines_are_refused() -> None:
    with pytest.raises(InputError, match="add up to"):
        Rates(not_registered=0.6, duplicate=0.6)
