"""Records straight from letters: the same, bit for bit, as plain people packed one by one, whatever is written."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ballotworthy.roll.records as own
from ballotworthy.files.letters import letters_of
from ballotworthy.roll.frequencies import Frequencies, count_names
from ballotworthy.roll.name_table import NameTable, letter_keys
from ballotworthy.roll.packed import RECORD, pack
from ballotworthy.roll.people import plain_people
from ballotworthy.roll.plain import DEGREES, PARTICLES, SHORT, SUFFIXES, TITLES, VIETNAMESE
from ballotworthy.roll.records import pack_people
from ballotworthy.roll.street_words import OTHER_UNITS, SURE_UNITS, words
from ballotworthy.roll.word_table import find_word, word_table

NOBODY = pl.DataFrame(schema={"name": pl.String, "bits": pl.UInt8})
NONE = Frequencies(NOBODY, NOBODY, NOBODY, (0, 0, 0))
CELLS = ("name", "first_name", "middle_name", "last_name", "suffix", "house_number", "pre_direction", "street_name",
         "street_type", "post_direction", "unit", "city", "zip")  # fmt: skip

special = st.one_of(
    st.sampled_from(sorted({*TITLES, *DEGREES, *SUFFIXES, *PARTICLES, *VIETNAMESE, "MC", "MAC", "O"})),
    st.sampled_from(sorted(SHORT)),
    st.sampled_from(["J.D.", "M.D", "A.B.C.", "J.R", "M.D.", "Wm.", "Sam'l"]),
)
plain_words = st.sampled_from(
    ["Ann", "smith", "GARCIA", "Lee-Ann", "D'Arcy", "J.", "J.R.", "Q", "Wolfeschlegelstein", "Núñez", "李", "4th", "-",
     "a-b-c", "_", "(Bo)", "St.Clair", "\0", "O'", "Ph.D."]
)  # fmt: skip
marks = st.sampled_from([" ", " ", " ", "  ", ", ", ",", "-", ".", ". ", "\t", "\n", "'", "/"])
name_texts = st.lists(st.tuples(st.one_of(special, plain_words, plain_words), marks), max_size=7).map(
    lambda pairs: "".join(word + mark for word, mark in pairs).strip()
)
known = words()
spoken = st.sampled_from(
    sorted({*known.types, *known.directions, *known.ordinals, *known.words, *known.routes, "BOX", "POBOX", "FLR", "#",
            *f"{SURE_UNITS}|{OTHER_UNITS}".split("|"), *known.leading, *known.tens, *known.state_codes, "AND", "AT",
            "CORNER", "COR", "OF", "BX", "POB", "PSC", "CMR", "APO", "AE", "TOWER", "WING", "MANOR", "NEW", "JERSEY",
            "VIRGINIA", "CONTRACT", "STAR", "DELIVERY", "THE", "INTERSECTION", "STS", "KK"})
)  # fmt: skip
others = st.sampled_from(
    ["Oak", "GRAND", "12", "7", "42ND", "1st", "1sf", "12A", "A12", "A", "B", "N", "94016", "94016-1234", "1/2", "½",
     "CA", "Ñuñoa", "X5Y", "0", "007", "12345678", "5S", "de", "\0", "O'Farrell", "PO", "P.O."]
)  # fmt: skip
joints = st.sampled_from([" ", " ", " ", " ", " ", " ", "  ", ". ", ", ", ".", "-", "#", " # ", " & ", "/"])
street_texts = st.lists(st.tuples(st.one_of(spoken, others, others), joints), max_size=7).map(
    lambda pairs: "".join(word + joint for word, joint in pairs).strip()
)
cells = {name: st.one_of(st.none(), name_texts if name in CELLS[:5] else street_texts) for name in CELLS}
zips = st.one_of(st.none(), st.sampled_from(["94016", "94016-1234", "9401", "CA 94016", "x", "940161234", "0"]))


full = settings(max_examples=12)
"""Few tables of many rows: a table costs nearly the same with one row as with forty."""


def packed(frame: pl.DataFrame) -> np.ndarray:
    """Pack people the long way; the measure of `pack_people`."""
    return pack(plain_people(frame), NONE)


def same(frame: pl.DataFrame) -> None:
    ours, theirs = pack_people(frame), packed(frame)
    for field in RECORD.names or ():
        if not field.endswith("_bits"):
            assert ours[field].tolist() == theirs[field].tolist(), field


def people(rows: list[dict[str, str | None]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


@full
@given(st.lists(st.one_of(name_texts, special), min_size=25, max_size=40))
def test_names_in_one_cell(texts: list[str]) -> None:
    same(people([{"name": text or None} for text in texts]))


@full
@given(st.lists(st.fixed_dictionaries({name: cells[name] for name in CELLS[:5]}), min_size=20, max_size=30))
def test_names_in_several_cells(rows: list[dict[str, str | None]]) -> None:
    same(people([{name: cell or None for name, cell in row.items()} for row in rows]))


@full
@given(st.lists(st.tuples(st.sampled_from(["", "12 ", "12A "]), street_texts, zips), min_size=25, max_size=40))
def test_addresses_in_one_cell(rows: list[tuple[str, str, str | None]]) -> None:
    same(people([{"address": (number + text).strip() or None, "zip": code} for number, text, code in rows]))


@full
@given(st.lists(st.fixed_dictionaries({name: cells[name] for name in CELLS[5:]}), min_size=20, max_size=30))
def test_addresses_in_several_cells(rows: list[dict[str, str | None]]) -> None:
    same(people([{name: cell or None for name, cell in row.items()} for row in rows]))


@full
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), min_size=25, max_size=40))
def test_any_text_at_all(rows: list[tuple[str, str]]) -> None:
    same(people([{"name": name or None, "address": address or None} for name, address in rows]))
    same(people([{"last_name": name or None, "house_number": address or None} for name, address in rows]))


@pytest.mark.parametrize(
    "text", ["X" * 300, "Ann " * 80, "a-" * 80, "李" * 300, "אברהם כהן", "\0\0", "'" * 300, "Ann\u202eLee", "de " * 30]
)
def test_names_and_addresses_beyond_measure(text: str) -> None:
    same(people([{"name": text, "address": f"12 {text}", "city": text, "unit": text, "zip": text}]))


@pytest.mark.parametrize(
    "unit",
    ["1F", "01F", "12FL", "1FLR", "1FLOOR", "1STFLOOR", "2NDF", "1ST FL", "FL 1", "1FLO", "1ST", "102F", "F", "1R"],
)
def test_floors_are_the_same_in_both(unit: str) -> None:
    same(people([{"address": "12 Oak St", "unit": unit}, {"address": f"12 Oak St {unit}", "unit": None}]))


def test_usual_people_are_not_left_to_be_packed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[int] = []
    monkeypatch.setattr(own, "_pack_left", lambda _frame, _columns, rows, *_: left.append(int(rows.sum())))
    pack_people(
        people(
            [
                {"name": name, "address": address, "unit": unit}
                for name in ("Ann Lee", "LEE, ANN B. JR", "Ann de la Cruz-Lee III", "Dr. Ian Mc Donald")
                for address in ("12 Oak St", "12 N OAK ST APT 4", "12a 42nd ave. #4b", None)
                for unit in (None, "4", "Apt 4")
                if address or not unit
            ]
        )
    )
    assert left == [0, 0]


def test_no_number_of_rows_and_threads_changes_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = people([{"name": f"Ann Lee {at % 7}", "address": f"{at} Oak St"} for at in range(50)])
    whole = pack_people(frame)
    monkeypatch.setattr(own, "ROWS", 7)
    assert pack_people(frame).tobytes() == whole.tobytes()


def test_births_and_tables_without_names_or_rows() -> None:
    days = pl.DataFrame({"birth_date": [dt.date(1950, 4, 5), None], "birth_year": [None, 1960]})
    assert pack_people(days)["birth"].tolist() == [1950 * 512 + 4 * 32 + 5, 1960 * 512]
    assert len(pack_people(days.clear())) == 0
    assert pack_people(pl.DataFrame({"sheet": ["1"]})).tobytes() == bytes(RECORD.itemsize)


def test_names_weigh_the_same_from_letters_and_from_texts() -> None:
    frame = people([{"name": name} for name in ("Ann Lee", "Bo Garcia-Hernandez Wolfeschlegel", "Ann Zzyzx", "")] * 3)
    frequencies = count_names(pack_people(frame))
    theirs = pack(plain_people(frame), frequencies)
    ours = pack_people(frame, frequencies)
    assert ours[["last_bits", "first_bits"]].tolist() == theirs[["last_bits", "first_bits"]].tolist()


@given(st.lists(st.text("ABC ", min_size=0, max_size=3), max_size=200))
def test_names_are_counted(names: list[str]) -> None:
    letters = np.array([name.strip() for name in names], "S16").view(np.uint8).reshape(-1, 16)
    table = NameTable.counted(letters)
    counts = dict(zip(table.texts().to_list(), table.values().tolist(), strict=True))
    assert counts == {name: [n.strip() for n in names].count(name) for name in {n.strip() for n in names} - {""}}


def test_a_table_of_names_grows() -> None:
    names = np.array([f"N{at}" for at in range(20_000)] * 2, "S16")
    table = NameTable.counted(names.view(np.uint8).reshape(-1, 16))
    assert sorted(table.texts()) == sorted({name.decode() for name in names})
    assert set(table.values().tolist()) == {2}
    assert table.look(letter_keys(np.array([b"N7", b"", b"X"], "S16").view(np.uint8).reshape(-1, 16)), 9).tolist() == [
        2,
        0,
        9,
    ]


def test_a_word_is_found_and_another_is_not() -> None:
    table = word_table({"ST": (1, 5), "NORTHEASTERNMOST": (2, 7)})
    for text, mark in (("ST", 1), ("NORTHEASTERNMOST", 2), ("NORTHEASTERNMOSTS", 0), ("S", 0), ("", 0)):
        letters = np.array(list(f"x{text}y".encode()), np.uint8)
        assert table.marks[find_word(table.keys, letters, 1, len(text) + 1)] == mark


def test_letters_of_a_column() -> None:
    letters = letters_of(pl.Series(["a", None, "é\0b", ""]))
    assert bytes(letters.text) == "aé\0b".encode()
    assert letters.starts.tolist() == [0, 1, 1, 5, 5]
    assert letters_of(pl.Series([None], dtype=pl.String)).starts.tolist() == [0, 0]
