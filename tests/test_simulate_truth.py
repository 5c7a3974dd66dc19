"""The truth about each invented line agrees with the roll and the petition, whatever the rates."""

from __future__ import annotations

import datetime
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotworthy.simulate import RATE_NAMES, Rates, Simulation, simulate
from ballotworthy.simulate.rates import FATES
from ballotworthy.simulate.truth import REASONS
from simulated import ON, PERFECT, make

OPENS = ON - datetime.timedelta(days=180)


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
    rest = joined.filter(pl.col("reason").ne_missing("out-of-jurisdiction")).drop_nulls(["county", "county_roll"])
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
    rates = Rates(**dict.fromkeys(RATE_NAMES, rest) | {f: s / total for f, s in zip(FATES, shares, strict=True)})
    made = make(voters=voters, lines=voters // 2, rates=rates, dates_required=required, birth="date")
    valid = made.truth.filter(pl.col("outcome") == "valid")["voter_id"]
    assert made.roll.height == voters
    assert made.lines.height == made.truth.height == voters // 2
    assert valid.null_count() == 0
    assert valid.is_unique().all()
