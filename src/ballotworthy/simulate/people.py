"""The people of a roll: names by frequency, shared in families, doubled, handed from father to son."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from ballotworthy.simulate.draws import Bools, Ints, weighted
from ballotworthy.simulate.given import census
from ballotworthy.simulate.households import Households, make_births, make_households
from ballotworthy.simulate.rates import Rates
from ballotworthy.simulate.words import SPANISH_LAST, SPANISH_MEN, SPANISH_WOMEN

TAKES_NAME = 0.78  # of spouses; of the others one in five joins both names with a hyphen
JOINS_NAMES = 0.2
SHOWN = (0.55, 0.2, 0.25)  # on rolls a middle name is full, an initial, or not there at all
SUFFIXES = ("", "JR", "SR", "III")


@dataclass(frozen=True)
class Surnames:
    """Of each voter: surname, second one and former one (or -1), as positions in the census table."""

    last: Ints
    second: Ints
    hyphen: Bools
    former: Ints


def make_people(rng: np.random.Generator, voters: int, on: datetime.date, rates: Rates) -> pl.DataFrame:
    """Give one row per voter: home (from 0, ascending), parts of the name, birth date, former surname."""
    them = make_households(rng, voters)
    birth = make_births(rng, them, on, rates.twins)
    male = rng.random(voters) < 0.485
    male = np.where(them.spouse, male[them.head] == (rng.random(voters) < 0.03), male)
    surnames = _surnames(rng, them, male, rates)
    spanish = _is_spanish()[surnames.last]
    first, middle = _given(rng, male, spanish), _given(rng, male, spanish)
    shown = np.where(first == middle, len(SHOWN) - 1, weighted(rng, SHOWN, voters))

    father = _fathers(them, male)
    named = them.first_child & male & (father >= 0) & (rng.random(voters) < rates.father_and_son)
    son_of = np.where(named, father, np.arange(voters))
    names = pl.Series(_first_names(), dtype=pl.String)
    lasts = pl.Series(census("all.last").names, dtype=pl.String)
    second = surnames.second[son_of]
    frame = pl.DataFrame(
        {
            "home": them.home,
            "first_name": names.gather(first[son_of]),
            "middle_name": names.gather(middle[son_of]),
            "shown": shown[son_of],
            "last_name": lasts.gather(surnames.last[son_of]),
            "second": lasts.gather(np.maximum(second, 0)),
            "link": pl.Series((" ", "-")).gather(surnames.hyphen[son_of].astype(np.int64)),
            "doubled": (second >= 0) & (second != surnames.last[son_of]),
            "suffix": _suffixes(rng, male, np.flatnonzero(named), father),
            "birth_date": pl.Series(birth).cast(pl.Date),
            "former_last_name": lasts.gather(np.maximum(surnames.former, 0)),
            "renamed": surnames.former >= 0,
        }
    )
    initial = pl.col("middle_name").str.slice(0, 1)
    middle_name = pl.when(shown=0).then("middle_name").when(shown=1).then(initial).otherwise(pl.lit(""))
    return frame.select(
        "home",
        "first_name",
        middle_name,
        pl.when("doubled").then(pl.concat_str("last_name", "link", "second")).otherwise("last_name").alias("last_name"),
        "suffix",
        "birth_date",
        pl.when("renamed").then("former_last_name").otherwise(pl.lit("")).alias("former_last_name"),
    )


def given_names(rng: np.random.Generator, size: int) -> pl.Series:
    """Give first names alone, of women and men, by frequency."""
    male = rng.random(size) < 0.5
    return pl.Series(_first_names(), dtype=pl.String).gather(_given(rng, male, np.zeros(size, dtype=np.bool_)))


@cache
def _first_names() -> tuple[str, ...]:
    """Give all first names: men's, women's, and Spanish ones of men and women."""
    return census("male.first").names + census("female.first").names + SPANISH_MEN + SPANISH_WOMEN


@cache
def _is_spanish() -> Bools:
    """Say of each surname of the census whether it is of Spanish origin."""
    return np.array([name in SPANISH_LAST for name in census("all.last").names])


def _given(rng: np.random.Generator, male: Bools, spanish: Bools) -> Ints:
    """Give a first name for each person, as a position in `_first_names()`."""
    men, women = census("male.first"), census("female.first")
    size = len(male)
    usual = np.where(male, weighted(rng, men.weights, size), len(men.names) + weighted(rng, women.weights, size))
    base = len(men.names) + len(women.names)
    his = base + rng.integers(0, len(SPANISH_MEN), size)
    hers = base + len(SPANISH_MEN) + rng.integers(0, len(SPANISH_WOMEN), size)
    of_spanish_lists = rng.random(size) < np.where(spanish, 0.5, 0.005)
    return np.where(of_spanish_lists, np.where(male, his, hers), usual).astype(np.int64)


def _surnames(rng: np.random.Generator, them: Households, male: Bools, rates: Rates) -> Surnames:
    """Give surnames: spouses and children mostly bear the head's; many of Spanish origin bear two."""
    size = len(male)
    own = weighted(rng, census("all.last").weights, size)
    weights = census("all.last").weights * _is_spanish()
    two = _is_spanish()[own] & (rng.random(size) < rates.two_surnames)
    second = np.where(two, weighted(rng, weights, size), -1)
    hyphen = two & (rng.random(size) < 0.2)

    takes = them.spouse & (rng.random(size) < TAKES_NAME)
    joins = them.spouse & ~takes & (rng.random(size) < JOINS_NAMES)
    shares = takes | (them.child & (rng.random(size) < 0.92))
    last = np.where(shares, own[them.head], own)
    renamed = takes & ~male & (own != last) & (rng.random(size) < rates.former_name)
    return Surnames(
        last=last,
        second=np.where(joins, own[them.head], np.where(shares, second[them.head], second)),
        hyphen=np.where(shares, hyphen[them.head], hyphen | joins),
        former=np.where(renamed, own, -1),
    )


def _fathers(them: Households, male: Bools) -> Ints:
    """Give the row of the man who heads each voter's household, alone or as the spouse, or -1."""
    spouse = np.full(len(male), -1)
    spouse[them.head[them.spouse]] = np.flatnonzero(them.spouse)
    spouse = spouse[them.head]
    return np.where(male[them.head], them.head, np.where((spouse >= 0) & male[spouse], spouse, -1))


def _suffixes(rng: np.random.Generator, male: Bools, sons: Ints, father: Ints) -> pl.Series:
    """Give JR or III to sons named after their father, SR or JR to the fathers, and JR to some other men."""
    code = np.where(male & (rng.random(len(male)) < 0.012), 1, 0)
    third = rng.random(len(sons)) < 0.15
    senior = rng.random(len(sons)) < 0.45
    code[father[sons]] = np.where(third, 1, np.where(senior, 2, 0))
    code[sons] = np.where(third, 3, 1)
    return pl.Series(SUFFIXES, dtype=pl.String).gather(code)
