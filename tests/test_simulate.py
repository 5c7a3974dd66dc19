"""The invented roll and petition: reproducible, true to itself, and near the rates it was asked for."""

from __future__ import annotations

import datetime
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from ballotworthy.errors import InputError
from ballotworthy.simulate import RATE_NAMES, Rates, Simulation, rates_from, simulate
from ballotworthy.simulate.rates import FATES
from ballotworthy.simulate.truth import REASONS

ON = datetime.date(2018, 4, 20)
OPENS = ON - datetime.timedelta(days=180)
COUNTIES = (("Los Angeles", 2_000), ("Alpine", None), ("Kern", 300), ("Inyo", 40))
PERFECT = Rates(**dict.fromkeys(RATE_NAMES, 0.0))


def make(seed: str = "seed", *, rates: Rates | None = None, **options: object) -> Simulation:
    numbers = {"voters": 12_000, "lines": 4_000} | options
    return simulate("us-ca", seed=seed, on=ON, rates=rates or Rates(), strata=COUNTIES, **numbers)


@pytest.fixture(scope="module")
def made() -> Simulation:
    return make()


@pytest.fixture(scope="module")
def joined(made: Simulation) -> pl.DataFrame:
    """Each line with its truth and its voter, if any; columns of the same name end in `_roll`."""
    lines = made.lines.join(made.truth, on=["sheet", "line"], maintain_order="left")
    return lines.join(made.roll, on="voter_id", how="left", suffix="_roll", maintain_order="left")


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


# The truth


def test_valid_lines_have_no_reason_and_invalid_lines_have_one(made: Simulation) -> None:
    valid = made.truth["outcome"] == "valid"
    assert (made.truth["reason"].is_null() == valid).all()
    assert set(made.truth["reason"].drop_nulls()) <= set(REASONS)


def test_a_voter_is_valid_once(made: Simulation) -> None:
    valid = made.truth.filter(pl.col("outcome") == "valid")["voter_id"]
    assert valid.null_count() == 0
    assert valid.is_unique().all()


def test_every_signer_who_is_not_a_stranger_is_on_the_roll(made: Simulation) -> None:
    unknown = made.truth["reason"].is_in(["blank", "not-registered"]).fill_null(value=False)
    assert (made.truth["voter_id"].is_null() == unknown).all()
    assert set(made.truth["voter_id"].drop_nulls()) <= set(made.roll["voter_id"])


def test_a_duplicate_follows_the_valid_line_of_the_same_voter(made: Simulation) -> None:
    order = made.truth.with_row_index("at")
    first = order.filter(pl.col("outcome") == "valid").select("voter_id", first="at")
    again = order.filter(reason="duplicate").join(first, on="voter_id", how="left")
    assert again["first"].null_count() == 0
    assert (again["at"] > again["first"]).all()


def test_valid_signers_are_on_the_roll_on_both_days_the_law_may_read(joined: pl.DataFrame) -> None:
    valid = joined.filter(pl.col("outcome") == "valid", pl.col("signed_on") >= OPENS)
    assert (valid["registration_date"] <= valid["signed_on"]).all()
    cancelled = valid.filter(status="cancelled")
    assert cancelled.height > 0
    assert (cancelled["status_date"] > ON).all()


def test_some_valid_signers_registered_at_the_circulators_table(joined: pl.DataFrame) -> None:
    table = joined.filter(pl.col("outcome") == "valid", pl.col("registration_date") == pl.col("signed_on"))
    assert table.height > 0


def test_late_voters_register_after_the_filing_day(joined: pl.DataFrame, made: Simulation) -> None:
    late = joined.filter(reason="registered-late")
    assert late.height == 24
    assert late["registration_date"].is_between(ON, made.taken_on, closed="right").all()


def test_where_dates_are_required_late_voters_register_after_signing() -> None:
    made = make(dates_required=True)
    late = made.truth.filter(reason="registered-late").join(made.lines, on=["sheet", "line"])
    late = late.join(made.roll, on="voter_id")
    assert late.height == 24
    assert (late["registration_date"] > late["signed_on"]).all()


def test_cancelled_voters_were_cancelled_by_the_signing_day(joined: pl.DataFrame) -> None:
    gone = joined.filter(reason="cancelled")
    assert (gone["status"] == "cancelled").all()
    assert (gone["status_date"] <= gone["signed_on"]).all()
    assert (gone["registration_date"] < gone["status_date"]).all()


def test_voters_from_elsewhere_are_registered_in_another_county(joined: pl.DataFrame) -> None:
    away = joined.filter(reason="out-of-jurisdiction")
    assert away.height == 80
    assert (away["county"] != away["county_roll"]).all()


def test_everybody_else_signs_in_the_own_county(joined: pl.DataFrame) -> None:
    rest = joined.filter(pl.col("reason").ne_missing("out-of-jurisdiction")).drop_nulls(
        ["county", "county_roll"]
    )
    assert (rest["county"] == rest["county_roll"]).all()


def test_one_county_has_nobody_from_elsewhere() -> None:
    alone = simulate("us-dc", 500, 200, "s", ON, strata=[("District of Columbia", None)])
    assert "out-of-jurisdiction" not in set(alone.truth["reason"])


def test_strangers_and_movers_never_write_the_address_of_a_voter_of_their_name() -> None:
    """Where nobody shortens or slips, the written line must not be a row of the roll."""
    made = make(rates=replace(PERFECT, not_registered=0.5, different_address=0.3, stranger_in_household=0.5))
    roll = made.roll.with_columns(
        name=pl.concat_str(
            "first_name", "middle_name", "last_name", pl.col("suffix"), separator=" ", ignore_nulls=True
        ).str.replace_all(".", "", literal=True),
        number="house_number",
    )
    lines = made.lines.with_columns(
        pl.col("name").str.to_uppercase().str.replace_all(r"[.']", ""),
        number=pl.col("address").str.extract(r"^(\d+)"),
    ).join(made.truth, on=["sheet", "line"])
    wrong = lines.filter(pl.col("reason").is_in(["not-registered", "different-address"]))
    same = wrong.join(roll.select("name", "number", "zip", "street_name"), on=["name", "number", "zip"])
    said = same.filter(pl.col("address").str.to_uppercase().str.contains(pl.col("street_name"), literal=True))
    assert wrong.height == 3_200
    assert said.is_empty()


def test_a_line_written_perfectly_says_what_the_roll_says() -> None:
    made = make(rates=PERFECT)
    both = made.lines.join(made.truth, on=["sheet", "line"]).join(made.roll, on="voter_id")
    assert (made.truth["outcome"] == "valid").all()
    assert (both["zip"] == both["zip_right"]).all()
    assert (both["city"].str.to_uppercase() == both["city_right"]).all()
    assert (both["address"].str.extract(r"^(\d+)") == both["house_number"]).all()


def test_signing_days_are_inside_circulation_but_for_those_asked_for(made: Simulation) -> None:
    outside = ~made.lines["signed_on"].drop_nulls().is_between(OPENS, ON, closed="left")
    assert outside.sum() == 12
    assert made.lines["signed_on"].drop_nulls().max() < ON


@pytest.mark.parametrize("required", [False, True])
def test_a_missing_or_wrong_date_loses_the_line_only_where_dates_are_required(*, required: bool) -> None:
    made = make(rates=replace(PERFECT, no_date=0.1, date_outside=0.05), dates_required=required)
    reasons = dict(made.truth.drop_nulls("reason").group_by("reason").len().iter_rows())
    assert made.lines["signed_on"].null_count() == 400
    assert reasons == ({"no-date": 400, "date-outside": 200} if required else {})


# The shares


def test_the_defaults_make_a_quarter_of_the_signatures_invalid() -> None:
    """Los Angeles 2022: 27.4 % invalid, of these 45 % not registered, 16 % at a different address."""
    truth = make().truth.filter(~pl.col("reason").is_in(["blank", "struck"]).fill_null(value=False))
    invalid = truth.drop_nulls("reason")
    assert invalid.height / truth.height == pytest.approx(0.25, abs=0.02)
    share = {reason: count / invalid.height for reason, count in invalid.group_by("reason").len().iter_rows()}
    assert share["not-registered"] == pytest.approx(0.45, abs=0.05)
    assert share["different-address"] == pytest.approx(0.16, abs=0.05)
    assert share["duplicate"] == pytest.approx(0.11, abs=0.03)


def test_each_fate_has_its_share_of_the_lines(made: Simulation) -> None:
    """Quotas are exact; only a duplicate may coincide with another reason, which the defaults never do."""
    rates, count = Rates(), dict(made.truth.drop_nulls("reason").group_by("reason").len().iter_rows())
    expected = {name.replace("_", "-"): round(getattr(rates, name) * 4_000) for name in FATES}
    expected["no-address"] += expected.pop("po-box")
    expected["duplicate"] += expected.pop("saboteur")
    for dateless in ("no-date", "date-outside"):
        del expected[dateless]
    assert count == expected


def test_a_fate_without_an_ordinary_signature_to_repeat_is_a_first_signature() -> None:
    made = make(rates=replace(PERFECT, saboteur=0.5, duplicate=0.5))
    assert (made.truth["outcome"] == "valid").all()


@pytest.mark.parametrize("fate", FATES)
def test_a_rate_of_nought_switches_the_fate_off(fate: str) -> None:
    others = replace(Rates(), **{fate: 0.0})
    made = make(rates=others, voters=4_000, lines=1_000, dates_required=True)
    reason = {"po_box": None, "saboteur": None, "no_address": None, "duplicate": None}.get(fate, fate)
    if reason:
        assert reason.replace("_", "-") not in set(made.truth["reason"])
    if fate == "po_box":
        assert not made.lines["address"].str.to_uppercase().str.starts_with("PO BOX").any()
    if fate == "no_address":
        assert made.lines.drop_nulls("name")["address"].null_count() == 0


def test_without_duplicates_and_saboteur_everybody_signs_once() -> None:
    made = make(rates=replace(Rates(), duplicate=0.0, saboteur=0.0))
    assert made.truth["voter_id"].drop_nulls().is_unique().all()


def test_the_saboteur_is_one_voter_who_signs_fifty_times() -> None:
    made = make(rates=replace(PERFECT, saboteur=0.0125))
    times = made.truth.group_by("voter_id").len().sort("len", descending=True)["len"]
    assert times[0] == 51
    assert times[1] == 1


def test_bad_circulators_bring_many_strangers(joined: pl.DataFrame) -> None:
    share = (
        joined.drop_nulls("circulator")
        .group_by("circulator")
        .agg(pl.col("reason").eq_missing("not-registered").mean(), pl.len())
    )
    rates = share.filter(pl.col("len") >= 50)["reason"].sort()
    assert rates[-1] > 0.3
    assert rates.median() < 0.15


def test_without_bad_circulators_nobody_stands_out() -> None:
    made = make(rates=replace(Rates(), bad_circulators=0.0))
    both = made.lines.join(made.truth, on=["sheet", "line"]).drop_nulls("circulator")
    share = both.group_by("circulator").agg(pl.col("reason").eq_missing("not-registered").mean(), pl.len())
    assert share.filter(pl.col("len") >= 100)["reason"].max() < 0.25


def test_names_are_as_frequent_as_in_the_census(made: Simulation) -> None:
    """1990: Smith 1.006 % of all, and the table holds 90.483 %; families make the count a little uneven."""
    smiths = (made.roll["last_name"] == "SMITH").mean()
    assert smiths == pytest.approx(0.01006 / 0.90483, abs=0.005)


def test_fathers_and_sons_share_a_name_and_a_home(made: Simulation) -> None:
    key = ["first_name", "last_name", "house_number", "street_name", "zip", "unit"]
    juniors = made.roll.filter(pl.col("suffix").is_in(["JR", "III"]))
    seniors = made.roll.filter(pl.col("suffix").ne_missing("III"))
    pairs = juniors.join(seniors, on=key, nulls_equal=True).filter(
        pl.col("voter_id") != pl.col("voter_id_right")
    )
    assert pairs.height > 10
    assert (pairs["birth_date"] > pairs["birth_date_right"]).all()


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
    assert rates_from(["not_registered=0.2", "no-date = 0"]) == replace(
        Rates(), not_registered=0.2, no_date=0.0
    )


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


# Any rates at all


@settings(deadline=None, max_examples=15)
@given(
    shares=st.lists(st.floats(0, 1), min_size=len(FATES), max_size=len(FATES)),
    rest=st.sampled_from([0.0, 0.3, 1.0]),
    voters=st.integers(1, 400),
    required=st.booleans(),
)
def test_any_rates_give_a_petition_true_to_itself(
    shares: list[float], rest: float, voters: int, *, required: bool
) -> None:
    total = max(sum(shares), 1)
    rates = Rates(
        **dict.fromkeys(RATE_NAMES, rest) | {f: s / total for f, s in zip(FATES, shares, strict=True)}
    )
    made = make(voters=voters, lines=voters // 2, rates=rates, dates_required=required, birth="date")
    valid = made.truth.filter(pl.col("outcome") == "valid")["voter_id"]
    assert made.roll.height == voters
    assert made.lines.height == made.truth.height == voters // 2
    assert valid.null_count() == 0
    assert valid.is_unique().all()
