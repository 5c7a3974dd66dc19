"""Lines with a slip in every word lead to their voter by the roll's spellings, and to nobody where there is none."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from ballotworthy.match import Beliefs, find
from ballotworthy.match.readings import pack_lines
from ballotworthy.roll import Roll
from checks import person, signers
from conftest import SmallRoll
from test_match import STRANGERS

VOTERS = [each | {"voter_id": f"other {at}", "city": "Concord", "zip": "94521"} for at, each in enumerate(STRANGERS)]
SIGNER = person("Clyde Langford", "3166 Quarry Rd", voter_id="right", city="Concord", zip="94521")
GARBLED = person("Ckyde Lagnford", "1366 Quary Rd", city="Concord", zip="94521")


def found_ids(roll: Roll, lines: pl.DataFrame) -> list[str | None]:
    """Give the id of each line's voter, None where nobody reaches one half."""
    found, ids = find(lines, roll, beliefs=Beliefs()), roll.voter_ids
    likely = found.chances[:, 0] >= 0.5
    return [
        str(ids[int(roll.owners[record])]) if sure else None
        for record, sure in zip(found.records[:, 0], likely, strict=True)
    ]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ckyde Lagnford", "1366 Quary Rd"),  # letters wrong, changed about, left out
        ("Clydde Langfford", "3666 Quarrry Rd"),  # put in
        ("lyde Langfotd", "8166 Qaurry Rd"),
        ("Clyde Lamgford", "3661 Quarty Rd"),
    ],
)
def test_a_slip_in_every_word_leads_to_the_voter_all_the_same(name: str, address: str, small_roll: SmallRoll) -> None:
    roll = small_roll([*VOTERS, SIGNER])
    assert found_ids(roll, signers([person(name, address, city="Concord", zip="94521")])) == ["right"]


def test_whoever_is_near_no_voter_finds_nobody(small_roll: SmallRoll) -> None:
    roll = small_roll([*VOTERS, SIGNER])
    others = [
        person("Ckyde Bronwing", "77 Quary Rd"),
        person("Nadja Lagnford", "1366 Dogwod Ln"),
        person("Ivo Psarris", "9 Gatee St"),
    ]
    assert found_ids(roll, signers(others)) == [None, None, None]


def test_words_that_the_roll_knows_are_left_as_they_are(small_roll: SmallRoll) -> None:
    packed = pack_lines(signers([person("Gail Barnes", "12 Fir Ct"), GARBLED]), small_roll([*VOTERS, SIGNER]))
    assert set(packed.spelled_of.tolist()) == {1}
    assert b"LANGFORD" in {bytes(each).rstrip(b"\0") for each in packed.spelled["last"]}
    assert (packed.spelled["number"] == 1366).all()


def test_spellings_go_with_their_lines(small_roll: SmallRoll) -> None:
    known = person("Gail Barnes", "12 Fir Ct")
    packed = pack_lines(signers([GARBLED, known, GARBLED, known]), small_roll([*VOTERS, SIGNER]))
    some = packed.some(np.array([1, 2]))
    assert set(some.spelled_of.tolist()) == {1}
    assert np.array_equal(some.spelled, packed.spelled[packed.spelled_of == 2])
    assert len(packed.some(np.zeros(0, np.int64)).spelled) == 0
