"""Worlds of people who moved and of flats left out, each by a law that asks the address and by one that does not.

Written before the matcher was read; nothing is fitted to them. Signers write where they live now and the roll holds
where they lived: in another home of the roll's area, which has voters or has none, or outside of it, at times a couple
together. Others live now where they did, and are not registered. On the old roll people married too, go by their
middle names, and streets were renamed. In the houses half of the homes are flats, which two lines in five leave out,
and who moves often takes another flat of the house. By California's law (variant 0) a line counts where the home is
the one on the roll, by Washington's (variant 1) where its signer is on the roll.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl

from unlike.world import first_of_each

SHEET = 20
STOCK = tomllib.loads(Path(__file__).with_name("moved.toml").read_text(encoding="utf-8"))
FIRSTS, COMMON, BEGINS, MIDDLES, ENDS, WAYS, NEW_WAYS = (
    STOCK[part].split() for part in ("firsts", "common", "begins", "middles", "ends", "ways", "new_ways")
)
TYPES = ("St", "Ave", "Pl", "Way", "Rd", "Ct")
NEAR_KEYS = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "r": "t", "s": "d", "t": "y", "l": "k", "u": "y"}
Home = dict[str, str]
Person = dict[str, str]


@dataclass(frozen=True)
class Shares:
    """Shares of the lines, from `out_of_area` on of those whom they may befall."""

    movers: float
    relatives: float = 0.015
    newcomers: float = 0.02
    strangers: float = 0.1
    repeats: float = 0.015
    out_of_area: float = 0.35
    couples: float = 0.25
    married: float = 0.004
    middles: float = 0.01
    renamed: float = 0.0
    slips: float = 0.025
    flats: float = 0.15
    same_house: float = 0.0
    left_out: float = 0.15
    birth_year: bool = False


KINDS = {
    "moved 4%": Shares(0.04),
    "moved 10%": Shares(0.10),
    "moved 20%": Shares(0.20),
    "moved away": Shares(0.12, out_of_area=1.0),
    "moved, birth year": Shares(0.12, birth_year=True),
    "old roll": Shares(0.15, newcomers=0.06, married=0.03, middles=0.05, renamed=0.04),
    "houses": Shares(0.06, newcomers=0.04, flats=0.6, same_house=0.5, left_out=0.4),
}


def moved(kind: str, variant: int, voters: int, lines: int, rng: np.random.Generator) -> tuple[pl.DataFrame, ...]:
    """Give the roll, the lines, and a table of `signer` and `valid`."""
    shares = KINDS[kind]
    homes = _homes(shares, voters, rng)
    people = _people(shares, homes, voters, rng)
    rows, signers, good = [], [], []
    for at, (person, home, known, there) in enumerate(islice(_signed(shares, people, homes, lines, rng), lines)):
        row = _written(person, home, shares, rng) | {"sheet": str(at // SHEET + 1), "line": str(at % SHEET + 1)}
        rows.append(row | ({"signed_on": "2018-03-05"} if variant == 0 else {}))
        signers.append(person["id"] if known else None)
        good.append(known and (there or variant == 1))
    truth = {"signer": signers, "valid": first_of_each(signers, good)}
    roll = [
        {"voter_id": one["id"], "last_name": one["last"], "first_name": one["first"], "middle_name": one["middle"]}
        | {"address": _street(homes[int(one["home"])], "Apt"), "birth_date": one["born"]}
        | {name: homes[int(one["home"])][name] for name in ("city", "zip")}
        for one in people
    ]
    return (
        pl.DataFrame(roll),
        pl.DataFrame(rows),
        pl.DataFrame(truth, schema={"signer": pl.String, "valid": pl.Boolean}),
    )


def _homes(shares: Shares, voters: int, rng: np.random.Generator) -> list[Home]:
    """Give homes, some of them flats of one house; enough that a quarter of them need have no voter."""
    homes: list[Home] = []
    while len(homes) < voters:
        town, code = STOCK["towns"][int(rng.integers(len(STOCK["towns"])))]
        way = f"{rng.choice(WAYS)} {rng.choice(TYPES)}"
        if rng.random() < 0.3:
            way = f"{rng.integers(2, 90)}th {rng.choice(('Ave', 'St'))} {rng.choice(('NE', 'NW', 'SE', 'S'))}"
        house = {"number": str(int(rng.exponential(2_500)) + 10), "way": way, "city": town, "zip": code, "unit": ""}
        size = int(rng.integers(3, 16))
        if rng.random() < shares.flats / (size - shares.flats * (size - 1)):
            homes += [house | {"unit": str(100 * (1 + flat // 4) + flat % 4 + 1)} for flat in range(size)]
        else:
            homes.append(house)
    return homes


def _people(shares: Shares, homes: list[Home], voters: int, rng: np.random.Generator) -> list[Person]:
    people: list[Person] = []
    for at in rng.permutation(len(homes)):
        if rng.random() < 0.25:
            continue
        last = _last(rng)
        for _ in range(1 + int(rng.poisson(0.8))):
            one = _named(rng, last if rng.random() < 0.8 else "")
            one["now"] = _last(rng) if rng.random() < shares.married else one["last"]
            goes_by_middle = one["middle"] and rng.random() < shares.middles / 0.6
            one["called"] = one["middle"] if goes_by_middle else one["first"]
            people.append(one | {"id": f"WA{len(people) + 300_001}", "home": str(at)})
        if len(people) >= voters:
            break
    return people[:voters]


def _last(rng: np.random.Generator) -> str:
    if rng.random() < 0.25:
        return COMMON[min(int(rng.exponential(9)), len(COMMON) - 1)]
    middle = str(rng.choice(MIDDLES)) if rng.random() < 0.5 else ""
    return f"{rng.choice(BEGINS)}{middle}{rng.choice(ENDS)}"


def _named(rng: np.random.Generator, last: str = "") -> Person:
    first = FIRSTS[min(int(rng.exponential(22)), len(FIRSTS) - 1)]
    middle = str(rng.choice(FIRSTS)) if rng.random() < 0.6 else ""
    last = last or _last(rng)
    born = f"{rng.integers(1930, 2000)}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02}"
    return {"first": first, "middle": middle, "last": last, "now": last, "called": first, "born": born}


def _signed(
    shares: Shares, people: list[Person], homes: list[Home], lines: int, rng: np.random.Generator
) -> Iterator[tuple[Person, Home, bool, bool]]:
    """Give for each line who signs, which home is written, whether the signer is on the roll and the home theirs."""
    walk = [people[at] for at in rng.permutation(len(people))]
    together: dict[str, list[Person]] = {}
    for person in people:
        together.setdefault(person["home"], []).append(person)
    made, signed, at = 0, set[str](), 0
    while made < lines:
        person, at = walk[at], at + 1
        if person["id"] in signed:
            continue
        home, luck, made = homes[int(person["home"])], rng.random(), made + 1
        if (luck := luck - shares.relatives) < 0:
            yield person | _named(rng, person["last"]), home, False, False
        elif (luck := luck - shares.newcomers) < 0:
            yield person | _named(rng), home, False, False
        elif (luck := luck - shares.strangers) < 0:
            yield person | _named(rng), _new_home(shares, home, homes, rng), False, False
        elif (luck := luck - shares.repeats) < 0 and at > 100:
            before = walk[int(rng.integers(at - 1))]
            yield before, homes[int(before["home"])], True, True
        elif luck < shares.movers:
            new = _new_home(shares, home, homes, rng)
            others = [one for one in together[person["home"]] if one["id"] not in signed | {person["id"]}]
            couple = [person, *others[: int(rng.random() < shares.couples)]]
            made += len(couple) - 1
            for one in couple:
                signed.add(one["id"])
                yield one, new, True, new == home
        else:
            signed.add(person["id"])
            yield person, home, True, True


def _new_home(shares: Shares, home: Home, homes: list[Home], rng: np.random.Generator) -> Home:
    """Give another home: a flat of the same house, one outside of the roll's area, or one within."""
    if home["unit"] and rng.random() < shares.same_house:
        return home | {"unit": str(100 * int(rng.integers(1, 5)) + int(rng.integers(1, 5)))}
    if rng.random() < shares.out_of_area:
        town, code = STOCK["away"][int(rng.integers(len(STOCK["away"])))]
        way = f"{rng.choice(NEW_WAYS + WAYS)} {rng.choice(TYPES)}"
        return {"number": str(rng.integers(10, 9_000)), "way": way, "city": town, "zip": code, "unit": ""}
    return homes[int(rng.integers(len(homes)))]


def _street(home: Home, word: str) -> str:
    return f"{home['number']} {home['way']}" + (f" {word} {home['unit']}" if home["unit"] else "")


def _written(person: Person, home: Home, shares: Shares, rng: np.random.Generator) -> dict[str, str | None]:
    def keyed(text: str) -> str:
        return _slip(text, rng) if rng.random() < shares.slips else text

    first = person["called"]
    first = (
        STOCK["short"].get(first, first) if rng.random() < 0.05 else first[0] if rng.random() < 0.01 else keyed(first)
    )
    initial = person["middle"][:1] if person["middle"] != person["called"] and rng.random() < 0.35 else ""
    way = home["way"]
    way = way.replace(way.split()[0], "Founders", 1) if rng.random() < shares.renamed else keyed(way)
    unit = "" if rng.random() < shares.left_out else home["unit"]
    address = _street({"number": keyed(home["number"]), "way": way, "unit": unit}, "#")
    row: dict[str, str | None] = {"name": " ".join(filter(None, (first, initial, keyed(person["now"]))))}
    row |= {"address": address, "city": home["city"] if rng.random() < 0.95 else None}
    row |= {"zip": home["zip"] if rng.random() < 0.85 else None}
    return row | ({"birth_year": person["born"][:4]} if shares.birth_year else {})


def _slip(text: str, rng: np.random.Generator) -> str:
    """Give the text with a neighbouring key or digit, a letter left out, or two changed about."""
    at, luck = int(rng.integers(len(text))), rng.random()
    if text[at].isdigit() and luck < 0.7:
        return text[:at] + str((int(text[at]) + int(rng.choice((1, 2, 5, 8, 9)))) % 10) + text[at + 1 :]
    if luck < 0.5 and text[at] in NEAR_KEYS:
        return text[:at] + NEAR_KEYS[text[at]] + text[at + 1 :]
    if luck < 0.8 and len(text) > 2:
        return text[:at] + text[at + 1 :]
    return text[: max(at - 1, 0)] + text[max(at - 1, 0) : at + 1][::-1] + text[at + 1 :]
