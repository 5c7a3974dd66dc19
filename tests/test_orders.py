"""Other orders of a name in one cell, in Python and compiled alike."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotworthy.roll.orders import (
    FAMILY_FIRST,
    FAMILY_FIRST_GIVEN_LAST,
    INITIAL_LAST,
    ORDERS,
    Orders,
    orders_of_text,
)
from ballotworthy.roll.plain import DEGREES, PARTICLES, SHORT, SUFFIXES, TITLES, VIETNAMESE, Name
from ballotworthy.roll.quick_orders import read_orders
from ballotworthy.roll.records import words_of_names

special = st.sampled_from(sorted({*TITLES, *DEGREES, *SUFFIXES, *PARTICLES, *VIETNAMESE, *SHORT, "MC", "MAC", "O"}))
words = st.sampled_from(
    [
        "Ann",
        "GARCIA",
        "Lee-Ann",
        "D'Arcy",
        "J.",
        "J.R.",
        "Q",
        "Wolfeschlegelstein",
        "Núñez",
        "李",
        "a-b-c",
        "St.Clair",
        "-",
    ]
)
blanks = st.sampled_from([" ", " ", " ", " ", "  ", ", ", "-", ". "])
texts = st.lists(st.tuples(st.one_of(words, words, special), blanks), max_size=6).map(
    lambda pairs: "".join(word + blank for word, blank in pairs).strip()
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thambi Jun Hoe", {FAMILY_FIRST: Name("JUN", "HOE", "THAMBI"),
                            FAMILY_FIRST_GIVEN_LAST: Name("HOE", "JUN", "THAMBI")}),
        ("Nguyen Van Anh", {FAMILY_FIRST: Name("VAN", "ANH", "NGUYEN"),
                            FAMILY_FIRST_GIVEN_LAST: Name("ANH", "VAN", "NGUYEN")}),
        ("Wong Kar-Wai", {FAMILY_FIRST: Name("KAR", "WAI", "WONG"),
                          FAMILY_FIRST_GIVEN_LAST: Name("WAI", "KAR", "WONG")}),
        ("Wong Karwai", {FAMILY_FIRST: Name("KARWAI", "", "WONG")}),
        ("Maria Galindez R.", {INITIAL_LAST: Name("MARIA", "", "GALINDEZ")}),
        ("Maria Luz Galindez R.", {INITIAL_LAST: Name("MARIA", "LUZ", "GALINDEZ")}),
        ("Pedro De La Cruz T.", {INITIAL_LAST: Name("PEDRO", "", "DELACRUZ")}),
        ("John Q. Smith Jr.", {FAMILY_FIRST_GIVEN_LAST: Name("SMITH", "Q", "JOHN", "JR")}),
        ("Thambi, Jun Hoe", {}),
        ("Smith", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_name_may_be_written_in_another_order(text: str, expected: dict[int, Name]) -> None:
    assert orders_of_text(text).names == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria Gomez Rodriguez", "GOMEZ"),
        ("Maria Isabel Gomez Rodriguez", "GOMEZ"),
        ("Maria Gomez de la Cruz", "GOMEZ"),
        ("Maria de la Cruz Gomez", "DELACRUZ"),
        ("Maria G. Rodriguez", ""),
        ("Maria Rodriguez", ""),
        ("Rodriguez, Maria Gomez", ""),
    ],
)
def test_the_word_before_the_last_name_is_told(text: str, expected: str) -> None:
    assert orders_of_text(text).before == expected


@settings(max_examples=200)
@given(st.lists(texts, min_size=1, max_size=10))
def test_orders_are_the_same_compiled_and_one_by_one(names: list[str]) -> None:
    column = pl.Series(names, dtype=pl.String)
    found = read_orders(column, words_of_names())
    for row, text in enumerate(names):
        alone = orders_of_text(text)
        assert {order for order in range(ORDERS) if found.there[row, order]} == set(alone.names), text
        assert _letters(found.before[row]) == alone.before[:16], text
        for order, name in alone.names.items():
            assert _letters(found.first[row, order]) == name.first[:10], text
            assert _letters(found.middle[row, order]) == name.middle[:7], text
            assert _letters(found.last[row, order]) == _last(name.last), text


def _letters(cell: object) -> str:
    return bytes(cell).rstrip(b"\0").decode()  # type: ignore[call-overload, no-any-return]  # letters of a record


def _last(name: str) -> str:
    first, gap, second = name.partition(" ")
    return (f"{first[:8]} {second}" if gap and len(name) > 16 and len(first) > 8 else name)[:16]


def test_a_name_without_words_has_no_other_order() -> None:
    assert orders_of_text("-") == Orders({})
