"""Every voter looked at word by word: whom a line points to though no pair of words does."""

from __future__ import annotations

import numpy as np
import pytest

from ballotworthy.match.written import everybody as module
from ballotworthy.match.written.everybody import everybody_of, likeliest_of_all
from ballotworthy.match.written.lexicon import FIGURES, Lexicon, lexicon_of
from ballotworthy.match.written.seen import Seen, seen_of
from ballotworthy.match.written.sought import Parts
from ballotworthy.match.written.strangers import strangers_of
from ballotworthy.match.written.towns import TownSeen
from ballotworthy.match.written.weighed import LineSeen, usual_of
from ballotworthy.petition.pictures import class_of
from ballotworthy.roll import Roll
from conftest import SmallRoll
from pictured import picture
from test_roll_reads import OTHERS, SMITH, roll_of

ELSEWHERE = {**SMITH, "zip": "94999"}


def blot(text: str, *lost: int) -> Seen:
    """Give a cell in which letters at some places cannot be read."""
    steps = picture(text).astype(np.float64)
    for at in lost:
        steps[2 * at + 1] = 1 / 40
        steps[2 * at + 1, class_of("x")] = 0.2
    return seen_of(steps)


def first_of(roll: Roll, lexicon: Lexicon, name: Seen, address: Seen, rare: np.ndarray) -> int:
    """Give the voter whom the pictures of a line show best."""
    parts = Parts(
        lexicon.firsts.best(name), lexicon.lasts.best(name),
        lexicon.numbers.best(address, FIGURES), lexicon.streets.best(address),
    )  # fmt: skip
    everybody = everybody_of(roll, lexicon)
    assert everybody is not None
    seen = LineSeen(
        name, None, address, TownSeen(None, rare), usual_of(name, None, address, strangers_of(lexicon.some))
    )
    (found,) = likeliest_of_all(everybody, seen, parts, lexicon)
    return int(roll.owners[found])


def test_words_that_are_all_half_legible_point_to_one_voter(
    small_roll: SmallRoll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOKED_AT", 1)
    roll = roll_of(small_roll, *OTHERS, SMITH)
    lexicon = lexicon_of(roll)
    name, address = blot("James Smith", 1, 3, 7, 9), blot("567 Pine Ave", 1, 5)
    assert first_of(roll, lexicon, name, address, lexicon.towns.bits) == len(OTHERS)


def test_of_two_alike_the_zip_code_of_the_sheet_decides_and_a_large_roll_is_left_to_its_index(
    small_roll: SmallRoll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOKED_AT", 1)
    roll = roll_of(small_roll, SMITH, ELSEWHERE, *OTHERS)
    lexicon = lexicon_of(roll)
    for place, voter in enumerate((SMITH, ELSEWHERE)):
        rare = np.where(lexicon.towns.keys >> 16 == int(voter["zip"]), 0.1, 8.0)
        assert first_of(roll, lexicon, blot("James Smith"), blot("567 Pine Ave"), rare) == place
    monkeypatch.setattr(module, "WHOLE", 2)
    assert everybody_of(roll, lexicon) is None
