"""Whether the address on a line is the voter's own: estimated from the petition, never a hard no."""

from __future__ import annotations

import numpy as np
import pytest

from ballotworthy.check.homes import at_home
from ballotworthy.match.comparisons import house_number, street, town
from ballotworthy.match.weigh import FIELDS, NUMBER, STREET, TOWN


def pairs(*lines: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Give levels and chances of lines with one certain voter each, by number, street and town."""
    levels = np.zeros((len(lines), 1, len(FIELDS)), np.uint8)
    for at, (number, way, place) in enumerate(lines):
        levels[at, 0, [NUMBER, STREET, TOWN]] = number, way, place
    return levels, np.ones((len(lines), 1))


HOME = (house_number.AGREES, street.AGREES, town.ZIP)
SLIP_AND_TWO = (house_number.SLIP, street.DIFFERENT, town.ZIP)
ALONG = (house_number.DIFFERENT, street.AGREES, town.ZIP)
AWAY = (house_number.DIFFERENT, street.DIFFERENT, town.ZIP)
USUAL = (
    [HOME] * 450
    + [(house_number.SLIP, street.AGREES, town.ZIP)] * 10
    + [(house_number.AGREES, street.SLIP, town.ZIP)] * 25
)
USUAL += [(house_number.AGREES, street.DIFFERENT, town.ZIP)] * 15


def test_one_slip_in_the_number_and_two_in_the_street_is_possible() -> None:
    assert 0.05 < at_home(*pairs(*USUAL, SLIP_AND_TWO))[-1, 0] < 0.99


def test_it_is_the_less_probable_the_more_have_moved() -> None:
    few = at_home(*pairs(*USUAL, *[AWAY] * 5, SLIP_AND_TWO))[-1, 0]
    many = at_home(*pairs(*USUAL, *[AWAY] * 250, SLIP_AND_TWO))[-1, 0]
    assert many < 0.8 * few


def test_an_address_that_agrees_is_the_voters_and_one_that_differs_in_all_is_not() -> None:
    here, away = at_home(*pairs(*USUAL, *[AWAY] * 20))[[0, -1], 0]
    assert here > 0.999
    assert away < 0.001


def test_another_number_on_the_voters_street_is_rather_a_move() -> None:
    assert at_home(*pairs(*USUAL, *[AWAY] * 20, ALONG))[-1, 0] < 0.3


@pytest.mark.parametrize("missing", [(0, street.AGREES, town.ZIP), (house_number.AGREES, 0, 0), (0, 0, 0)])
def test_what_is_missing_says_nothing_against_the_home(missing: tuple[int, int, int]) -> None:
    assert at_home(*pairs(*USUAL, missing))[-1, 0] > 0.9


@pytest.mark.parametrize("told", [True, False])
def test_the_slips_of_careless_hands_are_not_taken_for_moves(told: bool) -> None:
    rng = np.random.default_rng(3)
    numbers = rng.choice([house_number.AGREES, house_number.SLIP], 300, p=[0.85, 0.15])
    ways = rng.choice([street.AGREES, street.SLIP, street.DIFFERENT], 300, p=[0.35, 0.57, 0.08])
    towns = rng.choice([town.ZIP, town.BOTH, town.CITY, town.DIFFERENT], 300, p=[0.35, 0.45, 0.1, 0.1])
    theirs = list(zip(numbers.tolist(), ways.tolist(), towns.tolist(), strict=True))
    levels, chances = pairs(*USUAL * 3, *[AWAY] * 4, *theirs, (house_number.AGREES, street.SLIP, town.BOTH))
    careless = np.arange(len(levels)) >= 3 * len(USUAL) + 4 if told else None
    assert at_home(levels, chances, careless)[-1, 0] > 0.95
