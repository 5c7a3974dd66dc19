"""A middle initial in a picture: what it adds to a name, beside the initials of people at random."""

from __future__ import annotations

import numpy as np

from ballotworthy.match.written.initials import AGREES, LEAST, SHOWN, initials_seen, with_initials
from ballotworthy.match.written.seen import Seen, seen_of
from ballotworthy.roll.packed import RECORD
from pictured import picture

SOME = np.array([*b"AABCDEFGHJJKLMMNPRSTW", *[0] * 7], np.uint8)


def signers(initials: bytes) -> np.ndarray:
    """Give people named James Smith, one an initial; a space stands for none."""
    people = np.zeros(len(initials), RECORD)
    for field, word in (("first", b"JAMES"), ("last", b"SMITH")):
        people[field][:, : len(word)] = np.frombuffer(word, np.uint8)
    people["middle"][:, 0] = [0 if each == ord(" ") else each for each in initials]
    return people


def bits(seen: Seen, initials: bytes) -> np.ndarray:
    people = signers(initials)
    return initials_seen(seen, (people["first"], people["last"]), people["middle"][:, 0], SOME)


def test_the_initial_that_is_shown_gains_and_another_loses() -> None:
    shown, other, none = bits(seen_of(picture("James D. Smith")), b"DP ")
    assert shown > 2
    assert LEAST <= other < -1
    assert LEAST <= none < -1


def test_where_no_initial_stands_nobody_gains_much() -> None:
    found = bits(seen_of(picture("James Smith")), b"DP ")
    assert (np.abs(found) < 1).all()


def test_in_noise_an_initial_is_worth_nothing_on_average() -> None:
    """Some initial always fits noise better than none; it was given what a read one weighs, 4 bits."""
    rng = np.random.default_rng(1)
    every = bytes(SOME).replace(b"\0", b" ")
    for _ in range(5):
        noise = rng.dirichlet(np.full(40, 0.05), 30)
        each = np.exp2(bits(seen_of(noise), every))
        assert 0.6 < each.mean() < 1.5


def test_a_reading_bears_the_initial_where_it_is_shown_alone() -> None:
    voters = signers(b"DP ")
    filled = voters.copy()
    some = signers(bytes(SOME).replace(b"\0", b" "))
    doubt = with_initials(filled, voters, seen_of(picture("James D. Smith")), some)
    assert bytes(filled["middle"][:, 0]) == b"D\0\0"
    assert doubt[0] < AGREES - SHOWN
    assert 0 < doubt[1] <= -LEAST


def test_nobody_is_no_trouble() -> None:
    assert not len(bits(seen_of(picture("James Smith")), b""))
