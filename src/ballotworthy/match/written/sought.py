"""The voters whom the likely readings of a line point to, and those who live with the likeliest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ballotworthy.match.written.cells import Pairs
from ballotworthy.match.written.lexicon import Some, figures_of, top
from ballotworthy.match.written.voters import records_under
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

    def seen(self, voters: np.ndarray) -> np.ndarray:
        """Give what the pictures say of the words of voters, `packed.RECORD`, each word by itself; bits."""
        parts = (voters["first"], voters["last"], figures_of(voters), voters["street"])
        words = (self.firsts, self.lasts, self.numbers, self.streets)
        return np.asarray(sum(each.seen_of(part) for each, part in zip(words, parts, strict=True)))


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
    first, last = _paired(parts.firsts, parts.lasts, PAIRED)
    number, street = _paired(parts.numbers, parts.streets, PAIRED)
    number_of_first, first_of_number = _paired(parts.numbers, parts.firsts, HALF_PAIRED)
    number_of_last, last_of_number = _paired(parts.numbers, parts.lasts, HALF_PAIRED)
    street_of_last, last_of_street = _paired(parts.streets, parts.lasts, HALF_PAIRED)
    crossing = 1 << HOME_LAST | 1 << HOME_FIRST | 1 << NUMBER_NAME | 1 << STREET_NAME
    asked = (
        (crossing, _people(names.one[some], names.two[some], homes.one[others], homes.two[others])),
        (1 << LAST_FIRST, _people(names.one, names.two)),
        (1 << NUMBER_STREET, _people(number=homes.one, street=homes.two)),
        (1 << NUMBER_STREET, _people(number=number, street=street)),
        (1 << NUMBER_FIRST, _people(first=first_of_number, number=number_of_first)),
        (1 << NUMBER_LAST, _people(last=last_of_number, number=number_of_last)),
        (1 << STREET_LAST, _people(last=last_of_street, street=street_of_last)),
        (1 << LAST_FIRST, _people(first, last)),
    )
    found = _under(asked, roll, LOOKED_UP)
    return np.sort(found[top(parts.seen(roll.records[found]), RECORDS)])


def _paired(one: Some, two: Some, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the letters of the pairs of words that pictures show best, however rare they are."""
    both = (one.seen[:, None] + two.seen[None]).ravel()
    best = top(both, most)
    best = best[np.argsort(-both[best], kind="stable")]
    left, right = np.divmod(best, max(len(two.bits), 1))
    return one.letters[left], two.letters[right]


def _people(
    first: np.ndarray | None = None,
    last: np.ndarray | None = None,
    number: np.ndarray | None = None,
    street: np.ndarray | None = None,
) -> np.ndarray:
    """Give people of these names and addresses, `packed.RECORD`; each part may lack."""
    given = {"first": first, "last": last, "number": number, "street": street}
    known = {field: letters for field, letters in given.items() if letters is not None}
    people = np.zeros(len(next(iter(known.values()))), RECORD)
    for field, letters in known.items():
        people[field] = numbers_of(letters) if field == "number" else letters
    return people


def _under(asked: Sequence[tuple[int, np.ndarray]], roll: Roll, most: int) -> np.ndarray:
    """Give the numbers of the records filed under the keys of these kinds of people, each once; int64."""
    wanted = np.concatenate([np.full(len(people), kinds, np.int64) for kinds, people in asked])
    probes = np.concatenate([people for _, people in asked])
    index = roll.index
    return np.unique(records_under(probes, wanted, index.starts, index.filed, len(roll.records), most))


def numbers_of(spelled: np.ndarray) -> np.ndarray:
    """Give the numbers that figures with zeros behind them spell; uint32."""
    width = spelled.shape[1]
    texts = np.ascontiguousarray(spelled).view(f"S{width}").ravel()
    return np.where(texts == b"", b"0", texts).astype(np.uint32)


def living_with(people: np.ndarray, roll: Roll) -> np.ndarray:
    """Give the numbers of the records of all who live where some people do, these among them, each once; int64."""
    probes = np.zeros(len(people), RECORD)
    for part in ("number", "street"):
        probes[part] = people[part]
    found = _under([(1 << NUMBER_STREET, probes)], roll, LOOKED_UP)
    return np.asarray(found[at_homes(roll.records[found], people)])


def at_homes(people: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Tell which people live at the number, street and zip code of any of some others; bool (people,)."""
    homes = set(_homes(others))
    return np.array([each in homes for each in _homes(people)], np.bool_)


def _homes(people: np.ndarray) -> list[tuple[int, bytes, int]]:
    streets = np.ascontiguousarray(people["street"])
    spelled = streets.view(f"V{streets.shape[1]}").ravel().tolist() if len(people) else []
    return list(zip(people["number"].tolist(), spelled, people["zip"].tolist(), strict=True))
