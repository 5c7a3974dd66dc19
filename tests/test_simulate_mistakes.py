"""Slips of hands and keyboards, and the ways people write their names and addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from ballotworthy.simulate import RATE_NAMES, Rates
from ballotworthy.simulate.draws import stream, uniforms
from ballotworthy.simulate.mistakes import digit_slip, lookalike, scrawl, slip, slips
from ballotworthy.simulate.written import titled, write_address, write_city, write_name, write_zip

PERFECT = Rates(**dict.fromkeys(RATE_NAMES, 0.0))


def draws(*numbers: float) -> Callable[[], float]:
    """Give these numbers one after the other, and then 0.99 for ever."""
    left = list(numbers)
    return lambda: left.pop(0) if left else 0.99


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("Smith", (0.65, 0.3), "Smth"),
        ("Smith", (0.8, 0.3), "Simth"),
        ("Smith", (0.9, 0.3), "Smmith"),
        ("Smith", (0.95, 0.3, 0.0), "Smuth"),
        ("Burns", (0.0, 0.99, 0.0), "Burnr"),
        ("X", (0.0,), "X"),
        ("", (), ""),
    ],
)
def test_a_slip_is_one_mistake(text: str, numbers: tuple[float, ...], expected: str) -> None:
    assert slip(text, draws(*numbers)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rn", {"m", "vn", "sn", "nn", "ru", "rh", "rr", "rri"}),
        ("cl", {"d", "el", "ci", "c1", "c7", "ct"}),
        ("Ed", {"Ecl", "Eol"}),
        ("5", {"S", "6", "3"}),
        ("1", {"7", "l", "4"}),
        ("0", {"O", "6"}),
        ("4", {"9", "1"}),
        ("XX", {"XX"}),
    ],
)
def test_look_alikes_are_what_a_reader_takes_for_each_other(text: str, expected: set[str]) -> None:
    draw = uniforms(stream("look", text))
    found = {lookalike(text, draw) for _ in range(400)}
    assert found == expected


@given(st.text("abcdefghijklmnopqrstuvwxyz1234567890 ", min_size=2, max_size=20), st.integers(0, 99))
def test_a_slip_is_within_two_edits(text: str, seed: int) -> None:
    """A look-alike may put two characters in the place of one; everything else is one edit or one swap."""
    assert OSA.distance(text, slip(text, uniforms(stream(str(seed), "slip")))) <= 2


def test_a_bad_hand_is_bad_twice() -> None:
    assert slips("Smith", draws(0.65, 0.3, 0.0, 0.9, 0.4)) == "Smmth"
    assert slips("Smith", draws(0.65, 0.3, 0.9)) == "Smth"


@given(st.from_regex(r"[1-9][0-9]{0,5}", fullmatch=True), st.integers(0, 99))
def test_a_number_stays_a_number(number: str, seed: int) -> None:
    slipped = digit_slip(number, uniforms(stream(str(seed), "digits")))
    assert slipped.isdigit()
    assert OSA.distance(number, slipped) <= 1


@pytest.mark.parametrize(
    ("number", "numbers", "expected"),
    [
        ("4128", (0.0, 0.0, 0.0), "9128"),
        ("4128", (0.0, 0.7), "1428"),
        ("4128", (0.0, 0.9), "128"),
        ("4128", (0.0, 0.99), "44128"),
        ("", (), ""),
    ],
)
def test_digits_slip(number: str, numbers: tuple[float, ...], expected: str) -> None:
    assert digit_slip(number, draws(*numbers)) == expected


def test_an_illegible_entry_keeps_its_shape() -> None:
    assert scrawl("Ann Lee", draws(0.1, 0.9, 0.9, 0.9, 0.2, 0.9)) == "A?? ?e?"


@pytest.mark.parametrize(
    ("roll", "written"),
    [("GARCIA-LOPEZ", "Garcia-Lopez"), ("5TH", "5th"), ("EL CAMINO REAL", "El Camino Real"), ("", "")],
)
def test_capitals_become_titles(roll: str, written: str) -> None:
    assert titled(roll) == written


NAMES = [
    ({}, ("JOHN", "ROBERT", "SMITH", "JR", ""), {"John Robert Smith Jr", "John R Smith Jr."}),
    ({"middle_missing": 1.0}, ("JOHN", "ROBERT", "SMITH", "", ""), {"John Smith"}),
    ({"middle_missing": 1.0, "suffix_missing": 1.0}, ("JOHN", "R", "SMITH", "SR", ""), {"John Smith"}),
    ({"initial_only": 1.0}, ("JOHN", "", "SMITH", "", ""), {"J. Smith", "J Smith"}),
    ({"middle_as_first": 1.0}, ("JOHN", "ROBERT", "SMITH", "", ""), {"Robert Smith", "J. Robert Smith"}),
    ({"names_swapped": 1.0}, ("JOHN", "", "SMITH", "", ""), {"Smith John", "Smith, John"}),
    ({"nickname": 1.0}, ("WILLIAM", "", "SMITH", "", ""), {"Bill Smith", "Will Smith", "Billy Smith"}),
    ({"former_name_used": 1.0}, ("ANN", "", "SMITH", "", "JONES"), {"Ann Jones"}),
    ({"accents": 1.0}, ("JOSE", "", "GARCIA", "", ""), {"José García"}),
    ({}, ("ANN", "", "OBRIEN", "", ""), {"Ann O'Brien", "Ann Obrien"}),
    (
        {"surnames_otherwise": 1.0},
        ("ANA", "", "GARCIA LOPEZ", "", ""),
        {"Ana Garcia", "Ana Lopez", "Ana Lopez Garcia", "Ana Garcia-Lopez", "Ana G Lopez"},
    ),
    (
        {"surnames_otherwise": 1.0},
        ("ANA", "", "GARCIA-LOPEZ", "", ""),
        {"Ana Garcia", "Ana Lopez", "Ana Lopez Garcia", "Ana Garcia Lopez"},
    ),
]


@pytest.mark.parametrize(("habits", "name", "expected"), NAMES)
def test_names_are_written_in_many_ways(habits: dict[str, float], name: tuple[str, ...], expected: set[str]) -> None:
    rates, draw = replace(PERFECT, **habits), uniforms(stream("names", str(name)))
    found = {write_name(*name, rates, draw) for _ in range(300)}
    assert found >= expected
    if "nickname" in habits:
        assert "William Smith" not in found


ADDRESSES = [
    ({}, ("12", "N", "5TH", "AVE", "", "3"), {"12 N 5th Ave Apt 3", "12 North 5th Avenue #3"}),
    ({"type_missing": 1.0}, ("12", "", "OAK", "ST", "", ""), {"12 Oak"}),
    ({"direction_missing": 1.0}, ("12", "N", "OAK", "ST", "SW", ""), {"12 Oak St", "12 Oak Street"}),
    ({"unit_missing": 1.0}, ("12", "", "OAK", "WAY", "", "B"), {"12 Oak Way", "12 Oak Wy"}),
    ({}, ("12345", "", "HIGHWAY 49", "", "", ""), {"12345 Highway 49", "12345 Hwy 49", "12345 SR 49"}),
    ({}, ("7", "", "RURAL ROUTE 3", "", "", ""), {"7 RR 3", "7 Rural Route 3"}),
]


@pytest.mark.parametrize(("habits", "parts", "expected"), ADDRESSES)
def test_addresses_are_written_in_many_ways(
    habits: dict[str, float], parts: tuple[str, ...], expected: set[str]
) -> None:
    rates, draw = replace(PERFECT, **habits), uniforms(stream("addresses", str(parts)))
    assert {write_address(*parts, rates, draw) for _ in range(1_000)} >= expected


def test_towns_and_zip_codes_may_be_left_out_and_towns_shortened() -> None:
    without = replace(PERFECT, city_missing=1.0, zip_missing=1.0)
    assert (write_city("OAKDALE", without, draws()), write_zip("90001", without, draws())) == ("", "")
    short = replace(PERFECT, city_shortened=1.0)
    assert write_city("NORTH OAKDALE", short, draws()) == "N Oakdale"
    assert write_city("NORTH OAKDALE", PERFECT, draws()) == "North Oakdale"


def test_a_wrong_zip_code_has_five_digits_at_most() -> None:
    rates, draw = replace(PERFECT, zip_wrong=1.0), uniforms(stream("zip", ""))
    found = {write_zip("90414", rates, draw) for _ in range(200)}
    assert all(len(code) in {4, 5} and code.isdigit() for code in found)
    assert len(found) > 5
