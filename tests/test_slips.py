"""The distance in half slips, against the textbook's table and against RapidFuzz."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from ballotworthy.match.comparisons.slips import ALIKE, MOST, PAIRS, SIGNS, half_slips, same, seek

LETTERS = "ABFGHJX"
alike = st.text("MRNDCLOWVUIBHKE017", max_size=12)
near = st.text("MRNOLCDI01", max_size=6)


def distance(one: str, two: str) -> int:
    return half_slips(sought(array(one), 0, len(one)), len(one), array(two), 0, len(two))


def sought(letters: np.ndarray, begin: int, end: int) -> np.ndarray:
    tables = np.full((3, SIGNS), 0xFFFF, np.uint64)
    seek(letters, begin, end, tables)
    return tables


def counted(halves: int) -> int:
    """Give a distance as far as it is told."""
    return min(halves, MOST + 1)


def array(text: str) -> np.ndarray:
    return np.array(list(text.encode()), np.uint8)


def textbook(one: str, two: str) -> int:
    """Give the distance by its definition, cell by cell."""

    @cache
    def cell(row: int, column: int) -> int:
        if row == 0 or column == 0:
            return 2 * (row + column)
        a, b = one[row - 1], two[column - 1]
        costs = [cell(row - 1, column) + 2, cell(row, column - 1) + 2, cell(row - 1, column - 1) + exchange(a, b)]
        if row > 1 and column > 1 and a == two[column - 2] and b == one[row - 2]:
            costs.append(cell(row - 2, column - 2) + 2)
        if row > 1 and b + one[row - 2] + a in PAIRS:
            costs.append(cell(row - 2, column - 1) + 1)
        if column > 1 and a + two[column - 2] + b in PAIRS:
            costs.append(cell(row - 1, column - 2) + 1)
        return min(costs)

    return cell(len(one), len(two))


def exchange(a: str, b: str) -> int:
    return 0 if a == b else 1 if a + b in ALIKE or b + a in ALIKE else 2


@pytest.mark.parametrize(
    ("one", "two", "halves"),
    [
        ("SMITH", "SMITH", 0),
        ("SMITH", "SMYTH", 1),
        ("SMITH", "SMITT", 2),
        ("SMITH", "SMTH", 2),
        ("SMITH", "SMITHE", 2),
        ("SMITH", "SMIHT", 2),
        ("SMITH", "JONES", 10),
        ("BURNS", "BUMS", 1),
        ("BUMS", "BURNS", 1),
        ("CLARK", "DARK", 1),
        ("WEST", "VVEST", 1),
        ("O0", "OO", 1),
        ("O", "0", 1),
        ("", "", 0),
        ("", "AB", 4),
        ("RN", "M", 1),
        ("M", "RN", 1),
        ("CA", "ABC", 6),
    ],
)
def test_slips_are_counted_in_halves(one: str, two: str, halves: int) -> None:
    assert distance(one, two) == counted(halves)


@settings(max_examples=2_000)
@given(st.one_of(alike, near), st.one_of(alike, near))
@example("ERN", "FM")
@example("XXCL", "XYD")
@example("RNRN", "MM")
@example("ORN", "0M")
@example("MMMM", "RNRNRNRN")
@example("ABCDEFGHIJKLMNOP", "BACDEFGHIJKLMNPO")
def test_the_distance_is_that_of_the_textbook(one: str, two: str) -> None:
    assert distance(one, two) == counted(textbook(one, two))


@settings(max_examples=500)
@given(alike, st.data())
def test_one_slip_is_never_more_than_two_halves(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    slips = [name[:at] + "X" + name[at:], name[:at] + name[at + 1 :], name[:at] + "X" + name[at + 1 :]]
    slips.append(name[:at] + name[at : at + 2][::-1] + name[at + 2 :])
    assert all(distance(name, slip) <= 2 for slip in slips)


def test_letters_that_rapidfuzz_can_judge_have_no_look_alikes() -> None:
    assert [exchange(a, b) for a, b in product(LETTERS, LETTERS) if a != b] == [2] * (len(LETTERS) * (len(LETTERS) - 1))
    assert not any(set(pair) <= set(LETTERS) for pair in PAIRS)


@given(st.text(LETTERS, max_size=14), st.text(LETTERS, max_size=14))
def test_without_look_alikes_it_is_twice_the_distance_of_rapidfuzz(one: str, two: str) -> None:
    assert distance(one, two) == counted(2 * OSA.distance(one, two))


@given(alike, alike)
def test_it_is_the_same_both_ways_and_nothing_only_for_the_same(one: str, two: str) -> None:
    assert distance(one, two) == distance(two, one)
    assert (distance(one, two) == 0) == (one == two)


@given(alike, alike, st.text("AZ", max_size=2), st.text("AZ", max_size=2))
def test_only_the_letters_between_the_ends_count(one: str, two: str, before: str, behind: str) -> None:
    begin, start = len(before), len(behind)
    first, second = array(before + one + behind), array(behind + two + before)
    tables = sought(first, begin, begin + len(one))
    assert half_slips(tables, len(one), second, start, start + len(two)) == distance(one, two)


@given(alike, alike, st.integers(0, 12))
def test_the_beginning_of_what_is_sought_may_be_compared_alone(one: str, two: str, cut: int) -> None:
    tables, size = sought(array(one), 0, len(one)), min(cut, len(one))
    assert half_slips(tables, size, array(two), 0, len(two)) == distance(one[:size], two)


@given(st.integers(1, 16), st.data())
def test_texts_of_one_width_are_the_same_letter_for_letter(width: int, data: st.DataObject) -> None:
    one = data.draw(st.text("AB", max_size=width))
    two = data.draw(st.one_of(st.just(one), st.text("AB", max_size=width)))
    assert same(array(one.ljust(width, "\0")), array(two.ljust(width, "\0"))) == (one == two)


@given(st.integers(2, 16), st.data())
def test_one_letter_anywhere_makes_two_texts_differ(width: int, data: st.DataObject) -> None:
    one = array(data.draw(st.text("AB", min_size=width, max_size=width)))
    two = one.copy()
    two[data.draw(st.integers(0, width - 1))] = ord("C")
    assert not same(one, two)
