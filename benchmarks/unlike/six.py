"""Six places that nothing is fitted to: a boardwalk, a colonia, farm sections, a campus, a parish, a new town.

Made before the matcher was read. The boardwalk has house numbers with a hyphen, which hands leave out, and avenues,
roads and drives of one number side by side. The colonia has two surnames, accents and streets that begin with their
kind. Farm sections have grid numbers, county roads, and boxes whose digits change about. On the campus half of a house
moves each year. The roll of the parish is old: people married, go by their middle names, or are sons of their name. In
the new town given names stand in either order and streets differ in their last word alone; its lines name a ward.
Two draws of each: the first with usual hands, the second with a tenth of its hands five times as careless, untold.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from unlike.world import first_of_each

STOCK = tomllib.loads(Path(__file__).with_name("six.toml").read_text(encoding="utf-8"))
SHEET = 10
SHEETS_A_HAND = 3
FIGURES = {"0": "68", "1": "74", "2": "73", "3": "85", "4": "91", "5": "63", "6": "05", "7": "12", "8": "39", "9": "47"}
LETTERS = {"a": "ou", "e": "ic", "i": "el", "o": "au", "n": "rm", "r": "nv", "u": "va", "l": "it", "m": "n", "t": "lf"}
Person = dict[str, str]


@dataclass(frozen=True)
class Shares:
    """What happens, as shares: the first of lines, from `hyphens` on of the voters or lines they may befall."""

    relatives: float = 0.015
    newcomers: float = 0.03
    strangers: float = 0.1
    movers: float = 0.05
    repeats: float = 0.015
    hyphens: float = 0.25
    changed_about: float = 0.04
    married: float = 0.004
    middles: float = 0.01
    sons: float = 0.01
    shorts: float = 0.06
    slips: float = 0.03
    order: float = 0.0
    one_surname: float = 0.0
    near: float = 0.2
    size: float = 1.2


PLACES = {
    "boardwalk": Shares(newcomers=0.05),
    "colonia": Shares(one_surname=0.35, relatives=0.03, size=2.2),
    "section": Shares(strangers=0.06, changed_about=0.08, sons=0.03),
    "campus": Shares(movers=0.16, newcomers=0.1, near=0.4, size=2.0),
    "parish": Shares(married=0.04, middles=0.06, sons=0.04, movers=0.09),
    "newtown": Shares(order=0.08, relatives=0.03, near=0.1, size=1.8),
}


def six(place: str, voters: int, lines: int, rng: np.random.Generator, careless: float) -> tuple[pl.DataFrame, ...]:
    """Give roll, petition and truth; a share of the hands (of three sheets each) is `careless`."""
    shares = PLACES[place]
    people = _people(place, shares, voters, rng)
    walk = rng.permutation(len(people))
    rows, signers, good, at, hand = [], [], [], 0, shares
    while len(rows) < lines:
        sheet, line = divmod(len(rows), SHEET)
        if line == 0 and sheet % SHEETS_A_HAND == 0:
            hand = replace(shares, slips=shares.slips * (5 if rng.random() < careless else 1))
        person, at = people[int(walk[at])], at + 1
        known, home, luck = True, True, rng.random()
        if luck < shares.relatives:
            person, known = person | _named(place, rng, person["last"]), False
        elif (luck := luck - shares.relatives) < shares.newcomers:
            person, known = person | _named(place, rng), False
        elif (luck := luck - shares.newcomers) < shares.strangers:
            person, known = _named(place, rng) | _home(place, rng), False
        elif (luck := luck - shares.strangers) < shares.movers:
            person, home = person | _moved(place, person, shares, rng), False
        elif luck - shares.movers < shares.repeats and at > 100:
            person = people[int(walk[int(rng.integers(at - 1))])]
        signers.append(person["id"] if known else None)
        good.append(known and home)
        row = _written(place, person, hand, rng)
        rows.append(row | {"sheet": str(sheet + 1), "line": str(line + 1), "signed_on": "2018-03-01"})
    truth = {"signer": signers, "valid": first_of_each(signers, good)}
    filed = {"id": "voter_id", "first": "first_name", "middle": "middle_name", "last": "last_name", "suffix": "suffix"}
    unit = pl.when(pl.col("unit") != "").then(pl.format(" Apt {}", "unit")).otherwise(pl.lit(""))
    roll = pl.DataFrame(people).select(
        *(pl.col(name).alias(heading) for name, heading in filed.items()),
        pl.format("{} {}{}", "number", "way", unit).alias("address"),
        *("city", "zip", "ward"),
    )
    return roll, pl.DataFrame(rows), pl.DataFrame(truth, schema={"signer": pl.String, "valid": pl.Boolean})


def _of(place: str, part: str) -> list[str]:
    return [word.replace("_", " ") for word in STOCK[place][part].split()]


def _ranked(words: list[str], rng: np.random.Generator, mean: float) -> str:
    return words[int(rng.exponential(mean)) % len(words)]


def _named(place: str, rng: np.random.Generator, last: str = "") -> Person:
    """Give a name; half have a middle name, and "now" and "called" are what the person writes."""
    given, family = _of(place, "given"), _of(place, "family")
    one = last or _ranked(family, rng, 15)
    last = f"{one} {_ranked(family, rng, 15)}" if place == "colonia" and not last and rng.random() < 0.4 else one
    first = _ranked(given, rng, 14)
    middle = _ranked(given, rng, 14) if rng.random() < 0.5 and place != "newtown" else ""
    called = {"called": first, "now": last, "one": one}
    return called | {"first": first, "middle": "" if middle == first else middle, "last": last, "suffix": ""}


def _home(place: str, rng: np.random.Generator) -> Person:
    ways, towns = STOCK["ways"], _of(place, "towns")
    code = int(rng.integers(len(towns)))
    word, kind = str(rng.choice(ways["words"].split())), str(rng.choice(ways["kinds"].split()))
    number, way, unit = str(int(rng.exponential(600)) + 1), f"{word} {kind}", ""
    luck = rng.random()
    if place == "boardwalk":
        block, house = int(rng.integers(1, 160)), int(rng.integers(1, 60))
        ordinal = int(rng.integers(1, 140))
        end = "th" if ordinal % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(ordinal % 10, "th")
        way = f"{ordinal}{end} {rng.choice(['Ave', 'Rd', 'Dr', 'St'])}" if luck < 0.7 else way
        number = f"{block}-{house:02d}"
        unit = f"{rng.integers(1, 7)}{rng.choice(list('ABCDEF'))}" if rng.random() < 0.4 else ""
    elif place == "colonia":
        farm = f"FM {rng.integers(100, 999)}" if luck < 0.7 else way
        way = str(rng.choice(_of("ways", "spanish"))) if luck < 0.6 else farm
    elif place == "section":
        if luck < 0.35:
            way = f"{rng.integers(100, 400)}th {rng.choice(['St', 'Ave'])} {rng.choice(['NE', 'NW', 'SE', 'SW'])}"
            number = str(rng.integers(10_000, 45_000))
        elif luck < 0.6:
            way = f"County Road {rng.integers(1, 90)}"
        elif luck < 0.75:
            number, way = f"RR {rng.integers(1, 6)}", f"Box {rng.integers(10, 400)}"
    elif place == "campus":
        unit = str(rng.integers(1, 40)) if luck < 0.5 else ""
    elif place == "newtown":
        stem = f"{rng.choice(ways['estates'].split())} {rng.choice(ways['ends'].split())}"
        number, way = str(rng.integers(10, 130) * 100 + rng.integers(1, 60)), f"{stem} {kind}"
    return {"number": number, "way": way, "unit": unit, "city": towns[code], "zip": str(41_210 + 3 * code),
            "ward": f"{1 + (code + len(word)) % 5}"}  # fmt: skip


def _people(place: str, shares: Shares, voters: int, rng: np.random.Generator) -> list[Person]:
    people: list[Person] = []
    while len(people) < voters:
        home, head = _home(place, rng), _named(place, rng)
        for other in range(1 + int(rng.poisson(shares.size))):
            one = _named(place, rng, "" if place == "campus" else head["one"])
            if other == 1 and rng.random() < shares.sons:
                one |= {"first": people[-1]["first"], "called": people[-1]["first"], "suffix": "Jr"}
            if rng.random() < shares.married:
                one["now"] = _named(place, rng)["last"]
            if one["middle"] and rng.random() < shares.middles / 0.5:
                one["called"] = one["middle"]
            people.append(one | home | {"id": f"V{len(people) + 500_001}"})
    return people[:voters]


def _moved(place: str, person: Person, shares: Shares, rng: np.random.Generator) -> Person:
    """Give another home: of some who moved a few doors on, or to another flat of the house."""
    if rng.random() >= shares.near or person["way"].startswith("Box"):
        return _home(place, rng)
    if person["unit"] and rng.random() < 0.5:
        return {"unit": str(rng.integers(1, 60))}
    head, dash, house = person["number"].rpartition("-")
    return {"number": f"{head}{dash}{int(house) + 2 * int(rng.integers(1, 30)):02d}"}


def _written(place: str, person: Person, hand: Shares, rng: np.random.Generator) -> dict[str, str | None]:
    """Give the cells of a line: what the person writes, as a hand keyed it."""

    def happens(share: float) -> bool:
        return bool(rng.random() < share)

    short = dict(pair.split(":") for pair in STOCK["ways"]["short"].split())
    first, last, number, way = person["called"], person["now"], person["number"], person["way"]
    first = short.get(first, first) if happens(hand.shorts) else first[0] if happens(0.01) else first
    last = person["one"] if last == person["last"] and happens(hand.one_surname) else last
    if "-" in number and happens(hand.hyphens):
        number = number.replace("-", "" if happens(0.6) else " ")
    figures = way if way.startswith("Box") else number
    if happens(hand.changed_about) and place == "section":
        figures = _changed_about(figures, rng)
    figures = _slip(figures, FIGURES, rng) if happens(hand.slips) else figures
    number, way = (number, figures) if way.startswith("Box") else (figures, way)
    words = way.split()
    if len(words) > 1 and happens(0.08) and place not in ("boardwalk", "section", "newtown"):
        words = words[1:] if words[0] in ("Calle", "Avenida", "Camino") else words[:-1]
    way = " ".join(words)
    way = _slip(way, LETTERS, rng) if happens(hand.slips) and not way.startswith("Box") else way
    first, last = (_slip(text, LETTERS, rng) if happens(hand.slips) else text for text in (first, last))
    middle = person["middle"][:1] if person["called"] != person["middle"] and happens(0.3) else ""
    name = [first, middle, last, person["suffix"] if happens(0.5) else ""]
    if happens(hand.order):
        name = [last, first]
    unit = f" #{person['unit']}" if person["unit"] and not happens(0.25) else ""
    row: dict[str, str | None] = {"name": " ".join(filter(None, name)), "address": f"{number} {way}{unit}"}
    row |= {"city": person["city"] if happens(0.9) else None, "zip": person["zip"] if happens(0.8) else None}
    return row | ({"ward": person["ward"] if happens(0.9) else None} if place == "newtown" else {})


def _changed_about(text: str, rng: np.random.Generator) -> str:
    pairs = [at for at in range(len(text) - 1) if text[at : at + 2].isdigit() and text[at] != text[at + 1]]
    at = int(rng.choice(pairs)) if pairs else 0
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if pairs else text


def _slip(text: str, alike: dict[str, str], rng: np.random.Generator) -> str:
    """Give the text with one letter or figure mistaken for a like one, left out or written twice."""
    at = int(rng.integers(len(text)))
    luck, like = rng.random(), alike.get(text[at].lower(), "")
    if luck < 0.6 and like:
        return text[:at] + str(rng.choice(list(like))) + text[at + 1 :]
    if luck < 0.8 and len(text) > 3 and text[at] not in " -":
        return text[:at] + text[at + 1 :]
    return text[: at + 1] + text[at:] if luck > 0.9 and text[at] not in " -" else text
