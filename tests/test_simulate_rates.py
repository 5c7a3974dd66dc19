"""An invented petition has the shares asked for, and a rate of nought switches a thing off."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from ballotworthy.simulate import Rates, Simulation
from ballotworthy.simulate.rates import FATES
from simulated import PERFECT, make


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
    pairs = juniors.join(seniors, on=key, nulls_equal=True).filter(pl.col("voter_id") != pl.col("voter_id_right"))
    assert pairs.height > 10
    assert (pairs["birth_date"] > pairs["birth_date_right"]).all()
