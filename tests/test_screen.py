"""The screen of circulators: its parts against slow textbook forms, and invented petitions with traps and forgers."""

import datetime as dt
import itertools
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ballotworthy.check import Check, check, result
from ballotworthy.check.circulators import screen_data
from ballotworthy.check.screen import RATE, TESTS, screen
from ballotworthy.cli.check import screen_words
from ballotworthy.law import read_law, rules_on
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters
from ballotworthy.simulate import simulate
from ballotworthy.simulate.rates import Rates
from ballotworthy.stats.ascents import eulerian, sorted_evidence
from ballotworthy.stats.e_values import averaged, calibrated, discoveries_by_e

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))
from screen import FORGERS, named, petition


@pytest.mark.parametrize("names", [1, 2, 3, 5, 7])
def test_ascents_are_as_frequent_as_counting_all_orders_has_them(names: int) -> None:
    orders = list(itertools.permutations(range(names)))
    counted = Counter(sum(a < b for a, b in itertools.pairwise(order)) for order in orders)
    assert eulerian(names) == pytest.approx([counted[k] / len(orders) for k in range(names)])


def test_tails_of_ten_names_are_the_published_ones() -> None:
    chances = eulerian(10)
    assert [sum(chances[7:]), sum(chances[8:]), chances[9]] == pytest.approx([0.0135, 2.79e-4, 2.76e-7], rel=5e-3)


def test_the_evidence_of_order_is_one_on_average() -> None:
    chances = eulerian(8)
    mean = sum(p * q * sorted_evidence([(j, 8), (k, 8)]) for j, p in enumerate(chances) for k, q in enumerate(chances))
    assert mean == pytest.approx(1.0)


def test_the_calibrator_gives_evidence_that_is_one_on_average() -> None:
    edges = np.logspace(-60, 0, 200_000)
    middles = np.sqrt(edges[1:] * edges[:-1])
    mean = sum(calibrated(float(p), 400) * w for p, w in zip(middles[::20], np.diff(edges[::20]), strict=False))
    assert mean == pytest.approx(1.0, abs=0.01)


def test_named_are_those_of_the_step_up_by_e_values() -> None:
    assert discoveries_by_e([100, 1, 45, 0, 0], 0.05) == [True, False, False, False, False]
    assert discoveries_by_e([100, 1, 50, 0, 0], 0.05) == [True, False, True, False, False]
    assert averaged([]) == 1.0


def test_honest_petitions_name_hardly_anybody_as_many_as_is_stated() -> None:
    innocent = [len(named(seed, 20, heavy=seed % 2 == 0)) for seed in range(24)]
    assert sum(innocent) <= 4  # at the stated 0.05 a petition more than four of 24 happen once in 130 times
    stated = screen(petition(1, 20)).expected_innocent
    assert stated == RATE


@pytest.mark.parametrize("forger", FORGERS)
def test_each_kind_of_forger_is_named(forger: str) -> None:
    count = 2 if forger == "same-signers" else 1
    right = [len(named(seed, 30, (forger,)) & set(range(count))) / count for seed in range(6)]
    assert sum(right) / len(right) >= 2 / 3


def test_a_test_that_cannot_be_asked_is_named_with_why() -> None:
    facts = replace(petition(3, 12), dated=False, marked=False)
    told = screen_data(screen(facts))
    assert {each["test"] for each in told["not_asked"]} == {"days", "cancelled"}
    assert all(each["why"] for each in told["not_asked"])
    assert set(told["asked"]) == set(TESTS) - {"days", "cancelled"}


def test_a_file_that_is_sorted_by_name_accuses_nobody_of_sorting() -> None:
    facts = petition(4, 12)
    order = np.lexsort((facts.surname, facts.sheet))
    told = screen(
        replace(
            facts,
            **{name: getattr(facts, name)[order] for name in ("surname", "name", "family", "rank", "home", "voter")},
        )
    )
    assert {"alphabetical", "neighbours"} <= set(told.not_asked)


def test_words_ask_for_a_look_and_accuse_nobody() -> None:
    found = screen(petition(5, 20, ("invented", "dead")))
    assert found.named
    for words in found.named.values():
        assert words.startswith("needs a person's look: ")
        assert not any(word in words.lower() for word in ("fraud", "forg", "fake"))
    line = screen_words({"screen": screen_data(found)})
    assert "need a person's look" in line
    assert screen_words({"screen": screen_data(screen(petition(1, 12)))}) == ""


def test_nobody_and_few_are_not_judged() -> None:
    facts = petition(6, 12)
    keep = facts.who < 4
    arrays = {name: value[keep] for name, value in vars(facts).items() if isinstance(value, np.ndarray)}
    for lines in (arrays, {name: value[:0] for name, value in arrays.items()}):
        names = facts.names[:4] if len(lines["who"]) else ()
        found = screen(replace(facts, names=names, **lines))
        assert (found.named, found.asked, found.expected_innocent) == ({}, (), 0.0)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Check a simulated petition of twelve circulators, of whom C03 wrote down the voter list in its order of names."""
    folder = tmp_path_factory.mktemp("copied")
    day, rates = dt.date(2018, 4, 20), Rates(bad_circulators=0.0)
    made = simulate("zz-example", 8_000, 2_400, "screen", day, rates, strata=[("Northmark", None)])
    made.roll.write_csv(folder / "roll.csv")
    number = (pl.int_range(pl.len()) // 200).cast(pl.String).str.zfill(2)
    lines = made.lines.with_columns(circulator=pl.format("C{}", number))
    start = made.roll.sort("last_name", "first_name").slice(3_000, 200)
    address = pl.concat_str("house_number", "street_name", "street_type", separator=" ", ignore_nulls=True)
    own = start.select(
        name=pl.concat_str("first_name", "middle_name", "last_name", separator=" ", ignore_nulls=True),
        address=address, city="city", zip="zip",
    )  # fmt: skip
    part = lines.slice(600, 200)
    written = part.with_columns(own[name].cast(part.schema[name]) for name in own.columns if name in part.columns)
    pl.concat([lines[:600], written, lines[800:]]).write_csv(folder / "lines.csv")
    build_roll(read_voters(folder / "roll.csv", taken_on=made.taken_on), folder / "x.roll")
    petition = read_lines(folder / "lines.csv", latest=dt.date(2019, 4, 20), lenient=True)
    rules = rules_on(read_law("zz-example"), "initiative", day)
    return check(petition, open_roll(folder / "x.roll"), rules, required=1_000)


def test_who_copies_the_voter_list_in_its_order_is_named_through_the_check_itself(copied: Check) -> None:
    told = result(copied)
    assert told["screen"]["named"] == ["C03"]
    row = next(each for each in told["by_circulator"] if each["name"] == "C03")
    assert "needs a person's look" in row["review"]
    assert row["tests"]["neighbours"]["p"] < 1e-6
    assert [each["name"] for each in told["by_circulator"] if each["review"]] == ["C03"]


def test_a_family_whose_name_and_street_were_miswritten_is_still_a_family() -> None:
    """Two of one household in two lines, each time with a slip: by the roll they are no neighbours of each other."""
    facts = petition(3, 12, (), heavy=False)
    pairs = np.arange(0, 40, 2)
    family, rank, surname = (getattr(facts, name).copy() for name in ("family", "rank", "surname"))
    rank[pairs + 1], family[pairs + 1] = rank[pairs] + 1, family[pairs]
    surname[pairs + 1] = surname[pairs] + np.uint64(1)
    families = replace(facts, family=family, rank=rank, surname=surname)
    assert screen(families).named == screen(facts).named
    strangers = replace(families, family=surname)
    assert set(screen(strangers).named) - set(screen(facts).named)
