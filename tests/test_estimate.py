"""Beliefs estimated from a petition and a roll: near the truth of a simulation, steady, the same on any machine."""

from __future__ import annotations

import dataclasses
import os
from importlib import import_module
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ballotworthy.match import Beliefs, Matches, find, weigh_pairs
from ballotworthy.match.comparisons import house_number, town
from ballotworthy.match.estimate import PAIRS, SAMPLE, sample_of
from ballotworthy.match.weigh import FIELDS, FIRST, LAST, LEVELS, NUMBER, TOWN
from ballotworthy.petition import read_lines
from ballotworthy.roll import Roll, build_roll, open_roll, read_voters
from ballotworthy.simulate import Simulation
from checks import USUAL, person, signers
from conftest import SmallRoll
from simulated import ON

FIND = import_module("ballotworthy.match.find")  # the package's own `find` is the function


@dataclasses.dataclass(frozen=True)
class Found:
    """A simulated petition and what was found of it."""

    made: Simulation
    lines: pl.DataFrame
    roll: Roll
    matches: Matches


def found_of(made: Simulation, folder: Path, **cells: str) -> Found:
    """Match a simulated petition, on which and on the roll of which some cells were given one value."""
    alike = [pl.lit(value).alias(name) for name, value in cells.items()]
    made.roll.with_columns(alike).write_csv(folder / "roll.csv")
    made.lines.with_columns(alike).write_csv(folder / "lines.csv")
    build_roll(read_voters(folder / "roll.csv", taken_on=made.taken_on), folder / "x.roll")
    roll = open_roll(folder / "x.roll")
    lines = read_lines(folder / "lines.csv", latest=ON).frame
    return Found(made, lines, roll, find(lines, roll))


@pytest.fixture(scope="module")
def found(made: Simulation, tmp_path_factory: pytest.TempPathFactory) -> Found:
    return found_of(made, tmp_path_factory.mktemp("estimated"))


def known(found: Found) -> np.ndarray:
    """Tell which lines can be known for a voter's: legible, and with the address that the voter has on the roll."""
    truth = found.made.truth
    hidden = truth["reason"].fill_null("").is_in(["different-address", "illegible"])
    return np.asarray((truth["voter_id"].is_not_null() & ~hidden).to_numpy())


def test_the_share_on_the_roll_is_near_the_truth(found: Found) -> None:
    written = (found.made.truth["reason"].fill_null("") != "blank").to_numpy()
    estimated = found.matches.beliefs.prior.on_roll
    assert estimated == pytest.approx(known(found)[written].mean(), abs=0.015)
    assert abs(estimated - Beliefs().prior.on_roll) > 0.02, "else what is stated would do"


def test_how_often_a_house_number_agrees_is_near_the_truth(found: Found) -> None:
    rows = {voter: row for row, voter in enumerate(found.roll.voters.select("voter_id").collect()["voter_id"])}
    true = np.array([rows.get(str(voter), -1) for voter in found.made.truth["voter_id"]])
    levels, _ = weigh_pairs(dataclasses.replace(found.matches, records=true[:, None]), found.roll, 0)
    compared = levels[known(found) & (levels[:, NUMBER] > 0), NUMBER]
    estimated = found.matches.beliefs.levels[NUMBER][house_number.AGREES].m
    assert estimated == pytest.approx((compared == house_number.AGREES).mean(), abs=0.02)


def test_shares_stay_shares_and_only_they_are_estimated(found: Found) -> None:
    assert sum(found.matches.beliefs.prior.shares()) == pytest.approx(1)
    assert (found.matches.beliefs.prior.shares() > 0).all()
    for ordered, stated in zip(found.matches.beliefs.levels, LEVELS, strict=True):
        assert ordered[0] == stated[0]
        for level, before in zip(ordered[1:], stated[1:], strict=True):
            assert 0 < level.m < 1
            assert level.u is None or 0 < level.u < 1
            assert dataclasses.replace(level, m=before.m, u=before.u) == before
            assert level.by_name == before.by_name


def test_what_agrees_weighs_more_than_what_differs(found: Found) -> None:
    for name, ordered in zip(FIELDS, found.matches.beliefs.levels, strict=True):
        agrees, differs = ordered[1], ordered[-1]
        assert agrees.weight + agrees.by_name * USUAL > 0 > differs.weight, name


def test_the_source_says_on_how_many_lines(found: Found) -> None:
    written = (found.matches.looked >= 0).any(axis=1).sum()
    assert found.matches.beliefs.source == f"estimated on {written:,} lines, from {Beliefs().source}"


@pytest.mark.parametrize(("cores", "batch"), [(1, 5_000), (5, 333)])
def test_neither_threads_nor_batches_change_a_bit(
    found: Found, monkeypatch: pytest.MonkeyPatch, cores: int, batch: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr(FIND, "BATCH", batch)
    assert find(found.lines, found.roll).beliefs == found.matches.beliefs


def test_a_petition_of_three_lines_hardly_changes_what_is_stated(found: Found) -> None:
    beliefs = find(found.lines[100:103], found.roll).beliefs
    for estimated, stated in zip(beliefs.prior.shares(), Beliefs().prior.shares(), strict=True):
        assert estimated == pytest.approx(stated, abs=0.03)
    for ordered, stated in zip(beliefs.levels, LEVELS, strict=True):
        for level, before in zip(ordered, stated, strict=True):
            assert level.m == pytest.approx(before.m, abs=0.04)
    assert "on 3 lines" in beliefs.source


def test_a_petition_of_blank_lines_leaves_what_is_stated(found: Found) -> None:
    blank = signers([person("", "")] * 4)
    beliefs = find(blank, found.roll).beliefs
    assert beliefs.prior.shares() == pytest.approx(Beliefs().prior.shares())
    for ordered, stated in zip(beliefs.levels, LEVELS, strict=True):
        assert [level.m for level in ordered] == pytest.approx([level.m for level in stated], abs=0.04)


def test_a_petition_of_no_lines_and_a_roll_of_one_voter_have_beliefs_too(small_roll: SmallRoll) -> None:
    roll = small_roll([person("Ann Lee", "12 Oak St")])
    for lines in (signers([person("Ann Lee", "12 Oak St")]), signers([person("Ann Lee", "12 Oak St")])[:0]):
        beliefs = find(lines, roll).beliefs
        assert np.isfinite([level.weight for ordered in beliefs.levels for level in ordered]).all()
        assert sum(beliefs.prior.shares()) == pytest.approx(1)


def test_where_all_have_one_zip_code_it_says_next_to_nothing(made: Simulation, tmp_path: Path) -> None:
    one = found_of(made, tmp_path, zip="94016", city="Fresno").matches.beliefs.levels[TOWN]
    assert abs(one[town.ZIP].weight) < 0.25 < LEVELS[TOWN][town.ZIP].weight


def test_the_rarer_a_town_the_more_it_says(found: Found) -> None:
    assert found.matches.beliefs.levels[TOWN][town.ZIP].weight > 1


@pytest.mark.parametrize("lines", [0, 1, 7, SAMPLE - 1, SAMPLE, SAMPLE + 1, 3 * SAMPLE, 512_345])
def test_the_sample_is_spread_evenly_through_the_petition(lines: int) -> None:
    rows = sample_of(lines)
    assert len(rows) == min(lines, SAMPLE) == len(set(rows.tolist()))
    assert ((rows >= 0) & (rows < lines)).all()
    assert lines < 2 or set(np.diff(rows).tolist()) <= {lines // len(rows), -(-lines // len(rows))}
    assert PAIRS > SAMPLE


GIVEN = ("Agnes", "Bertha", "Clara", "Doris", "Edna", "Florence", "Gertrude", "Helen", "Irene", "Josephine")
KIN = ("Abbott", "Barnes", "Castillo", "Duncan", "Fowler", "Griffin", "Hudson", "Jensen", "Keller", "Mendoza", "Nolan")
OTHER_KIN = ("Quigley", "Ramsey", "Sutton", "Tanaka", "Upton", "Vargas", "Whitaker")


def homes_of(count: int) -> list[dict[str, str]]:
    """Give so many voters, each of a home of their own in one of ten streets."""
    return [
        person(f"{GIVEN[at % 10]} {KIN[at % 11]}", f"{100 + 7 * at} {KIN[at // 7 % 10]} St", voter_id=str(at))
        for at in range(count)
    ]


def differing(roll: Roll, people: list[dict[str, str]], name: int) -> float:
    """Give how often a voter is believed to write another name of that kind, as estimated from these lines."""
    return find(signers(people), roll).beliefs.levels[name][-1].m


def test_who_married_is_learnt_from_the_petition_and_who_is_a_stranger_at_home_is_not(small_roll: SmallRoll) -> None:
    voters = homes_of(500)
    roll = small_roll(voters)
    own = [person(each["name"], each["address"]) for each in voters[:300]]
    other = [OTHER_KIN[at % 7] for at in range(50)]
    married = [
        person(f"{each['name'].split()[0]} {kin}", each["address"])
        for each, kin in zip(voters[300:350], other, strict=True)
    ]
    strangers = [
        person(f"{GIVEN[(at + 3) % 10]} {kin}", each["address"])
        for at, (each, kin) in enumerate(zip(voters[300:350], other, strict=True))
    ]
    stated = LEVELS[LAST][-1].m
    assert differing(roll, [*own, *married], LAST) > 15 * stated  # 50 of 350, that is 36 times
    assert differing(roll, [*own, *strangers], LAST) == pytest.approx(stated, rel=0.5)
    relatives = [
        person(f"{GIVEN[(at + 3) % 10]} {each['name'].split()[1]}", each["address"])
        for at, each in enumerate(voters[300:350])
    ]
    assert differing(roll, [*own, *relatives], FIRST) == LEVELS[FIRST][-1].m
