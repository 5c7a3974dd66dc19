"""A clerk's look-up: the directory against all records read one by one, and what is typed against who should answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotworthy.errors import InputError
from ballotworthy.roll import Roll, build_roll, look_up, lookup, open_roll, read_voters
from ballotworthy.roll import directory as facts
from simulated import ON, make

NAMED = (facts.LAST, facts.FIRST, facts.MIDDLE, facts.STREET)


@pytest.fixture(scope="module")
def roll(tmp_path_factory: pytest.TempPathFactory) -> Roll:
    folder = tmp_path_factory.mktemp("lookup")
    made = make("lookup", voters=4_000, lines=100)
    made.roll.write_csv(folder / "roll.csv")
    build_roll(read_voters(folder / "roll.csv", taken_on=ON + datetime.timedelta(days=60)), folder / "x.roll")
    return open_roll(folder / "x.roll")


def texts(record: np.void, fact: int) -> list[str]:
    """Give the names a record is listed under, as the record holds them."""
    text = bytes(record[facts.FACTS[fact]]).rstrip(b"\0").decode()
    return [part for part in (text.split(" ", 1) if fact == facts.LAST else [text]) if part]


def beginnings(roll: Roll) -> Iterator[tuple[int, str]]:
    rng = np.random.default_rng(3)
    for fact in NAMED:
        for at in rng.integers(0, len(roll.records), 40):
            for text in texts(roll.records[at], fact):
                yield from ((fact, text[:size]) for size in range(1, 8) if len(text) >= size)
        yield from ((fact, word) for word in ("Q", "ZZZ", "ZZZZZZ", "SMITHX", "9"))


def test_the_directory_lists_all_who_begin_so_and_nobody_else_up_to_six_letters(roll: Roll) -> None:
    held = {fact: [texts(record, fact) for record in roll.records] for fact in NAMED}
    for fact, word in beginnings(roll):
        listed = roll.directory.with_beginning(fact, word, roll.records)
        begins = [at for at, own in enumerate(held[fact]) if any(text.startswith(word[:6]) for text in own)]
        assert sorted(set(listed)) == begins, (facts.FACTS[fact], word)


def test_the_directory_lists_all_with_a_number(roll: Roll) -> None:
    for fact in (facts.NUMBER, facts.ZIP):
        numbers = roll.records[facts.FACTS[fact]]
        for low, high in ((1, 9), (100, 199), (94_000, 94_999), (704, 704), (5, 5)):
            listed = roll.directory.with_numbers(fact, low, high)
            assert sorted(listed) == np.flatnonzero((numbers >= low) & (numbers <= high)).tolist()


WAYS = (
    "{number} {last:.3}", "{number}{last:.4}", "{last} {first}", "{first:.3} {last}", "{street:.4} {number}",
    "{first} {middle} {last:.2}", "{last:.5} {zip}", "{last}", "{number} {street:.3} {first:.1}",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3_999), st.sampled_from(WAYS))
def test_a_look_up_gives_whom_reading_every_record_gives(roll: Roll, at: int, way: str) -> None:
    record = roll.records[at]
    said = {
        name: (texts(record, fact) or [""])[0]
        for name, fact in zip(("last", "first", "middle", "street"), NAMED, strict=True)
    }
    typed = way.format(number=record["number"] or "", zip=record["zip"] or "", **said)
    keys = lookup._keys(typed)
    if not keys:
        return
    everybody = np.arange(len(roll.records), dtype=np.uint32)
    slowly = lookup._weighed(roll, everybody, keys, widely=False, most=5_000)
    if slowly:
        assert look_up(roll, typed, most=5_000) == slowly
        assert look_up(roll, typed, most=3) == slowly[:3]


def test_two_words_of_a_street_are_found_as_one(small_roll) -> None:
    roll = small_roll([{"last_name": "Lee", "house_number": "653", "street_name": "Alta Loma"}])
    assert [one.row for one in look_up(roll, "alta loma 653")] == [0]
    assert [one.row for one in look_up(roll, "653 alta lo")] == [0]


@pytest.mark.parametrize("typed", ["loma 653", "653 lomax", "cruz ana", "dela ana", "johnsin mark", "mark johnsen"])
def test_where_nobody_fits_ends_and_slips_do(small_roll, typed: str) -> None:
    roll = small_roll(
        [
            {"last_name": "Lee", "house_number": "653", "street_name": "Alta Loma"},
            {"last_name": "Lomay", "house_number": "653", "street_name": "Oak"},
            {"last_name": "De la Cruz", "first_name": "Ana"},
            {"last_name": "Johnson", "first_name": "Mark"},
        ]
    )
    expected = {"loma 653": 1, "653 lomax": 1, "cruz ana": 2, "dela ana": 2}.get(typed, 3)
    assert look_up(roll, typed)[0].row == expected


@pytest.mark.parametrize("typed", ["", "   ", "!?", "aa bb cc dd ff gg hh"])
def test_nothing_typed_or_too_much_is_said(small_roll, typed: str) -> None:
    with pytest.raises(InputError, match="one to 6 keys"):
        look_up(small_roll([{"last_name": "Lee"}]), typed)
