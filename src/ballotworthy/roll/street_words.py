"""The words that mean something in a street line, from `street_words.toml`: each spelling to its standard form."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SURE_UNITS = "APARTMENT|APT|UNIT|SUITE|STE"
OTHER_UNITS = "SPACE|SPC|SP|LOT|ROOM|RM|FLOOR|FLR|FL|TRAILER|TRLR|BUILDING|BLDG|PENTHOUSE|PH|TOWER|TWR|WING|NO|NUM|PMB"
UNIT_WORDS = f"{SURE_UNITS}|{OTHER_UNITS}"
ENDING = frozenset({"ST", "AVE", "RD", "DR", "LN", "BLVD", "CT", "CIR", "PL", "WAY", "TER", "PKWY"})
"""Types that hardly ever stand inside the name of a street."""
QUADRANTS = frozenset({"NE", "NW", "SE", "SW"})


@dataclass(frozen=True)
class Words:
    """Each spelling to its standard form.

    Attributes:
        types: that stand behind a street's name.
        leading: that stand before it: Calle, Avenida, Rue.
        directions, ordinals, words, routes: as the tables of the file.
        tens: Twenty and the like, which an ordinal behind them completes.
        cardinals: numbers in words behind a road that has one: Route Nine.
        states: the names of the states, without directions, that stand before a road's number.
        state_codes: their abbreviations that are no other word of streets.
    """

    types: dict[str, str]
    leading: dict[str, str]
    directions: dict[str, str]
    ordinals: dict[str, str]
    words: dict[str, str]
    routes: dict[str, str]
    tens: dict[str, str]
    cardinals: dict[str, str]
    states: frozenset[str]
    state_codes: frozenset[str]


@cache
def words() -> Words:
    """Read the street words once."""
    data = tomllib.loads(files("ballotworthy.roll").joinpath("street_words.toml").read_text("utf-8"))

    def spellings(table: str) -> dict[str, str]:
        return {spelling: word for word, others in data[table].items() for spelling in (word, *others)}

    types, directions, tens = (spellings(table) for table in ("types", "directions", "tens"))
    digits = {word: number for word, number in spellings("ordinals").items() if len(number) == 1 and word.isalpha()}
    joined = {f"{ten}{digit}": f"{tens[ten][0]}{number}" for ten in tens for digit, number in digits.items()}
    names = (
        " ".join(word for word in name.upper().split() if word not in directions) for name in data["states"].values()
    )
    return Words(
        types,
        {spelling: kind for kind, others in data["leading"].items() for spelling in others},
        directions,
        {**joined, **spellings("ordinals")},
        spellings("words"),
        spellings("routes"),
        {word: number for word, number in tens.items() if word.isalpha()},
        {word: str(number) for number, word in enumerate(data["cardinals"]["from_one"], 1)},
        frozenset(names),
        frozenset(data["states"]) - types.keys() - directions.keys(),
    )


@cache
def state_names() -> dict[str, str]:
    """Give the name of each state by its abbreviation, in capitals."""
    data = tomllib.loads(files("ballotworthy.roll").joinpath("street_words.toml").read_text("utf-8"))
    return {code: name.upper() for code, name in data["states"].items()}


@cache
def type_codes() -> dict[str, int]:
    """Give the code of each type in a record, those before a name among them."""
    return _numbered({*words().types.values(), *words().leading.values()})


@cache
def direction_codes() -> dict[str, int]:
    """Give the code of each direction in a record: below 16 of one alone, else 16 times the first and the second."""
    one = _numbered(set(words().directions.values()))
    two = {f"{a}0{b}": one[a] * 16 + one[b] for a in one for b in one if a != b}
    return {**one, **two}


def _numbered(standard: set[str]) -> dict[str, int]:
    return {word: at for at, word in enumerate(sorted(standard), 1)}
