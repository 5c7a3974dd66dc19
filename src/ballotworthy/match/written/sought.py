"""The voters whom the likely readings of a line point to, and those who live with the likeliest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ballotworthy.match.written.cells import Pairs
from ballotworthy.match.written.lexicon import Some, top
from ballotworthy.match.written.voters import records_under, shown_of
from ballotworthy.roll import Roll
from ballotworthy.roll.keys import (
    HOME_FIRST,
    HOME_LAST,
    LAST_FIRST,
    NUMBER_FIRST,
    NUMBER_LAST,
    NUMBER_NAME,
    NUMBER_STREET,
    STREET_LAST,
    STREET_NAME,
)
from ballotworthy.roll.packed import RECORD

Words = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Letters of first and last names, house numbers, letters of streets."""
PAIRED, HALF_PAIRED = 16_000, 4_000
"""Pairs of words that voters are looked up by: of names and of homes; and of a number or a street with one name."""
CROSS_NAMES, CROSS_HOMES = 45, 18
"""Likely names and addresses that voters are looked up by together."""
LOOKED_UP, RECORDS = 20_000, 600
"""Voters whose words are looked at, and those whose name and address are weighed whole, at most."""


@dataclass(frozen=True)
class Parts:
    """The words that the cells of a line may hold."""

    firsts: Some
    lasts: Some
    numbers: Some
    streets: Some

    def shown_of(self, numbers: np.ndarray, roll: Roll) -> np.ndarray:
        """Give what the pictures say of the words of records, by their numbers, each word by itself; bits."""
        one, two, three, four = self.firsts, self.lasts, self.numbers, self.streets
        words = _words(one.letters, two.letters, three.letters, four.letters)
        return shown_of(roll.records, numbers, words, (one.seen, two.seen, three.seen, four.seen))


def likeliest(pairs: Pairs, most: int) -> np.ndarray:
    """Give the rows of the likeliest readings, then of those that the picture alone likes best, each once.

    A rare name is as good as a common one where somebody of it lives there.
    """
    one = np.argsort(pairs.bits - pairs.seen, kind="stable")[: 2 * most // 3]
    two = np.argsort(-pairs.seen, kind="stable")[: most - len(one)]
    return np.concatenate([one, two[~np.isin(two, one)]])


def voters_of(names: Pairs, homes: Pairs, parts: Parts, roll: Roll) -> np.ndarray:
    """Give the numbers of the records that likely names and addresses point to, each once; int64.

    Most pairs of words are nobody's, so many more are looked up than are weighed whole; of the voters found, those are
    given whose words the pictures show best.
    """
    left, right = likeliest(names, CROSS_NAMES), likeliest(homes, CROSS_HOMES)
    some, others = np.repeat(left, len(right)), np.tile(right, len(left))
    firsts, lasts, numbers, streets = parts.firsts, parts.lasts, parts.numbers, parts.streets
    # of all words of a kind those of the whole readings stand first, then those that are likely by themselves
    words = _words(
        np.vstack([names.one, firsts.letters]), np.vstack([names.two, lasts.letters]),
        np.vstack([homes.one, numbers.letters]), np.vstack([homes.two, streets.letters]),
    )  # fmt: skip
    name, home = np.arange(len(names.bits)), np.arange(len(homes.bits))
    crossing = 1 << HOME_LAST | 1 << HOME_FIRST | 1 << NUMBER_NAME | 1 << STREET_NAME
    asked = (
        (crossing, _people(some, some, others, others)),
        (1 << LAST_FIRST, _people(name, name)),
        (1 << NUMBER_STREET, _people(number=home, street=home)),
        (1 << NUMBER_STREET, _behind(("number", numbers), ("street", streets), PAIRED, names, homes)),
        (1 << NUMBER_FIRST, _behind(("number", numbers), ("first", firsts), HALF_PAIRED, names, homes)),
        (1 << NUMBER_LAST, _behind(("number", numbers), ("last", lasts), HALF_PAIRED, names, homes)),
        (1 << STREET_LAST, _behind(("street", streets), ("last", lasts), HALF_PAIRED, names, homes)),
        (1 << LAST_FIRST, _behind(("first", firsts), ("last", lasts), PAIRED, names, homes)),
    )
    found = _under(asked, words, roll, LOOKED_UP)
    return np.sort(found[top(parts.shown_of(found, roll), RECORDS)])


def _words(first: np.ndarray, last: np.ndarray, number: np.ndarray, street: np.ndarray) -> Words:
    """Give the letters of words of each kind as compiled code takes them, house numbers as numbers."""
    first, last, street = (np.ascontiguousarray(each) for each in (first, last, street))
    return first, last, numbers_of(number), street


def _behind(one: tuple[str, Some], two: tuple[str, Some], most: int, names: Pairs, homes: Pairs) -> np.ndarray:
    """Give people who have the pairs of words that pictures show best, however rare they are."""
    both = (one[1].seen[:, None] + two[1].seen[None]).ravel()
    best = top(both, most)
    best = best[np.argsort(-both[best], kind="stable")]
    left, right = np.divmod(best, max(len(two[1].bits), 1))
    before = {"first": len(names.bits), "last": len(names.bits), "number": len(homes.bits), "street": len(homes.bits)}
    return _people(**{one[0]: before[one[0]] + left, two[0]: before[two[0]] + right})


def _people(
    first: np.ndarray | None = None,
    last: np.ndarray | None = None,
    number: np.ndarray | None = None,
    street: np.ndarray | None = None,
) -> np.ndarray:
    """Give which words people have; each part may lack. int64 (people, 4)."""
    given = (first, last, number, street)
    people = np.full((len(next(each for each in given if each is not None)), len(given)), -1, np.int64)
    for part, each in enumerate(given):
        if each is not None:
            people[:, part] = each
    return people


def _under(asked: Sequence[tuple[int, np.ndarray]], words: Words, roll: Roll, most: int) -> np.ndarray:
    """Give the numbers of the records filed under the keys of these kinds of people, each once; int64."""
    wanted = np.concatenate([np.full(len(people), kinds, np.int64) for kinds, people in asked])
    which, index = np.concatenate([people for _, people in asked]), roll.index
    probe = np.zeros(1, RECORD)
    return np.unique(records_under(words, probe, which, wanted, index.starts, index.filed, len(roll.records), most))


def numbers_of(spelled: np.ndarray) -> np.ndarray:
    """Give the numbers that figures with zeros behind them spell; uint32."""
    width = spelled.shape[1]
    texts = np.ascontiguousarray(spelled).view(f"S{width}").ravel()
    return np.where(texts == b"", b"0", texts).astype(np.uint32)


def living_with(people: np.ndarray, roll: Roll) -> np.ndarray:
    """Give the numbers of the records of all who live where some people do, these among them, each once; int64."""
    each, none = np.arange(len(people)), np.zeros((0, 1), np.uint8)
    words = (none, none, people["number"].copy(), people["street"].copy())
    found = _under([(1 << NUMBER_STREET, _people(number=each, street=each))], words, roll, LOOKED_UP)
    return np.asarray(found[at_homes(roll.records[found], people)])


def at_homes(people: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Tell which people live at the number, street and zip code of any of some others; bool (people,)."""
    homes = set(_homes(others))
    return np.array([each in homes for each in _homes(people)], np.bool_)


def _homes(people: np.ndarray) -> list[tuple[int, bytes, int]]:
    streets = np.ascontiguousarray(people["street"])
    spelled = streets.view(f"V{streets.shape[1]}").ravel().tolist() if len(people) else []
    return list(zip(people["number"].tolist(), spelled, people["zip"].tolist(), strict=True))
