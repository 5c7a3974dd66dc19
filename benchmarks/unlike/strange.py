"""Nine strange places, made before the matcher was read; nothing is fitted to them.

The roll of the first has slips of its own, names cut by an old computer, voters whose home it does not tell, and old
records beside the new. In the second a fifth of the voters live in fourteen institutions, and write the name of the
house for its address. In the third people bear their father's name behind their own and his father's behind that, in
several spellings. Three are faults of the file of lines: columns of six letters, cells that a spreadsheet filled down
or completed, and blanks that were lost. Where no home is asked: boxes for homes among few surnames, houses with new
numbers, and a fair that half of the signers came to from elsewhere. Of the first six a line counts by California's law.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from unlike.spoilt import filled_down, run_together, slip
from unlike.world import first_of_each

STOCK = tomllib.loads(Path(__file__).with_name("strange.toml").read_text(encoding="utf-8"))
GIVEN, LAST, HEADS, TAILS, NATION, FATHERS, WOMEN, STREETS = (
    STOCK[part].split() for part in ("given", "last", "heads", "tails", "nation", "fathers", "women", "streets")
)
TYPES = ("St", "Ave", "Rd", "Dr", "Ln", "Ct", "Way", "Blvd")
HOUSES = ("Manor", "Villa", "Terrace", "Hall", "Gardens", "Residence", "House", "Towers")
CHAPTERS = ("Red Rock", "Many Farms", "Rough Water", "Tall House", "Cottonwood", "White Cone", "Sweet Spring")
TOWNS = ("Fairhaven", "Lowell", "Ashby", "Kent", "Marlow", "Exeter")
INSTITUTIONS, OF_THE_ROLL = 14, 4
SHEET = 10


@dataclass(frozen=True)
class Shares:
    """Whether the law asks for the home of the roll; shares of lines, or of the cells that they may befall."""

    home_asked: bool
    strangers: float = 0.11
    newcomers: float = 0.02
    movers: float = 0.04
    repeats: float = 0.02
    slips: float = 0.03
    short: float = 0.06


KINDS = {
    "dirty roll": Shares(True),
    "institutions": Shares(True, newcomers=0.05, movers=0.03),
    "fathers' names": Shares(True, slips=0.02, short=0.0),
    "cut short": Shares(True),
    "filled down": Shares(True, slips=0.015),
    "run together": Shares(True),
    "box numbers": Shares(False, movers=0.08, slips=0.05),
    "readdressed": Shares(False, movers=0.06, slips=0.06),
    "fair": Shares(False, strangers=0.42, newcomers=0.01, movers=0.1, slips=0.06),
}


@dataclass(frozen=True)
class Home:
    """A home; `name` of an institution, `old` its number before it was changed."""

    number: str
    street: str
    unit: str = ""
    name: str = ""
    old: str = ""
    town: str = TOWNS[0]


@dataclass(frozen=True)
class Person:
    """Somebody and the index of the home the roll has, -1 for none; `id` is "" for who is not on the roll."""

    first: str
    middle: str
    last: str
    home: int
    id: str = ""


Signed = tuple[Person, Home, bool]


def strange(kind: str, voters: int, lines: int, rng: np.random.Generator) -> tuple[pl.DataFrame, ...]:
    """Give the roll, the lines, and a table of `signer` and `valid`."""
    place = Place(kind, voters, rng)
    signed = _signed(place, lines)
    cells = [_written(place, person, home) for person, home, _ in signed]
    addresses = [address for _, address, _ in cells]
    if kind == "filled down":
        addresses = filled_down(addresses, place.streets, place.rng)
    petition = [
        {"sheet": str(at // SHEET + 1), "line": str(at % SHEET + 1), "name": name, "address": address, "city": town}
        | {"signed_on": "2018-03-05"}
        for at, ((name, _, town), address) in enumerate(zip(cells, addresses, strict=True))
    ]
    signers = [person.id or None for person, _, _ in signed]
    good = [bool(person.id) and (there or not place.shares.home_asked) for person, _, there in signed]
    truth = {"signer": signers, "valid": first_of_each(signers, good)}
    schema = {"signer": pl.String, "valid": pl.Boolean}
    return pl.DataFrame(_roll(place)), pl.DataFrame(petition), pl.DataFrame(truth, schema=schema)


class Place:
    """What a place is made of, and the chance it is made with."""

    def __init__(self, kind: str, voters: int, rng: np.random.Generator) -> None:
        """Make streets, homes and people."""
        self.kind, self.shares, self.rng = kind, KINDS[kind], rng
        coined = [str(word) for word in rng.permutation([head + tail for head in HEADS for tail in TAILS])]
        self.last = NATION if kind == "box numbers" else LAST + coined[: 120 if kind == "fair" else 600]
        self.given = [str(name) for name in rng.permutation(GIVEN)]
        ways = [f"{street} {way}" for street in STREETS for way in rng.choice(TYPES, 3, replace=False)]
        self.streets = [str(way) for way in rng.permutation(ways)][: max(40, voters // 150)]
        self.homes = _homes(self, voters)
        self.people = _people(self, voters)

    def may(self, share: float) -> bool:
        """Tell whether what happens with this share happens now."""
        return bool(self.rng.random() < share)

    def one_of(self, items: Sequence[Any], steep: float = 0.7) -> Any:
        """Give one of these, the first ones oftener."""
        weights = 1 / (np.arange(len(items)) + 3.0) ** steep
        return items[int(self.rng.choice(len(items), p=weights / weights.sum()))]

    def number(self, most: int = 2_400) -> str:
        """Give a house number."""
        return str(int(self.rng.integers(1, most)))


def _homes(place: Place, voters: int) -> list[Home]:
    homes = []
    if place.kind == "institutions":
        for at in range(INSTITUTIONS):
            name = f"{place.one_of(HEADS, 0)}{place.one_of(TAILS, 0)} {HOUSES[at % len(HOUSES)]}"
            homes.append(Home(place.number(9_900), place.one_of(place.streets, 0), name=name))
    for _ in range(voters // 2):
        street, number, old, unit = place.one_of(place.streets, 0.3), place.number(), "", ""
        if place.kind == "readdressed" and place.may(0.7):
            old, number = number, str(int(place.rng.integers(100, 420)) * 100 + int(place.rng.integers(0, 100)))
        if place.kind == "box numbers" and place.may(0.7):
            street, number = "PO Box", place.number(4_000)
        elif place.may(0.15):
            unit = place.number(40)
        homes.append(Home(number, street, unit, "", old, _town(place, OF_THE_ROLL, 1)))
    return homes


def _town(place: Place, towns: int, steep: float) -> str:
    return str(place.one_of(CHAPTERS) if place.kind == "box numbers" else place.one_of(TOWNS[:towns], steep))


def _person(place: Place, home: int, last: str = "", known: str = "") -> Person:
    if place.kind == "fathers' names":
        first, father, grandfather = (
            place.one_of(names, steep).split(",")[0]
            for names, steep in ((place.one_of((FATHERS, WOMEN), 0), 0.6), (FATHERS, 0.6), (FATHERS, 0.6))
        )
        return Person(first, father, last or grandfather, home, known)
    middle = place.one_of(place.given) if place.may(0.6) else ""
    middle = middle[:1] if place.may(0.4) else middle
    return Person(place.one_of(place.given), middle, last or place.one_of(place.last), home, known)


def _people(place: Place, voters: int) -> list[Person]:
    """Give voters home by home, a fifth of them in the institutions, where there are any."""
    people: list[Person] = []
    crowded = INSTITUTIONS if place.kind == "institutions" else 0
    for home in range(len(place.homes)):
        size = voters // 5 // INSTITUTIONS if home < crowded else 1 + int(place.rng.choice(4, p=[0.35, 0.4, 0.15, 0.1]))
        family = ""
        for _ in range(size):
            alone = home < crowded or place.kind == "fathers' names" or place.may(0.15)
            people.append(_person(place, home, "" if alone else family, f"V{len(people):06}"))
            family = family or people[-1].last
    return people[:voters]


def _elsewhere(place: Place) -> Home:
    """Give a home where no voter is known to live."""
    town = _town(place, len(TOWNS), 0.6)
    if place.kind == "box numbers" and place.may(0.6):
        return Home(place.number(4_000), "PO Box", town=town)
    coined = f"{place.one_of(HEADS, 0)}{place.one_of(TAILS, 0)} {place.one_of(TYPES, 0)}"
    return Home(place.number(), place.one_of(place.streets, 0.2) if place.may(0.6) else coined, town=town)


def _signed(place: Place, lines: int) -> list[Signed]:
    """Give for each line who signs, which home is written, and whether it is the one on the roll."""
    shares, signed = place.shares, list[Signed]()
    while len(signed) < lines:
        voter, luck = place.people[int(place.rng.integers(len(place.people)))], place.rng.random()
        home = place.homes[voter.home]
        if (luck := luck - shares.strangers) < 0:
            signed.append((_person(place, -1), _elsewhere(place), False))
        elif (luck := luck - shares.newcomers) < 0:
            signed.append((_person(place, voter.home, voter.last if place.may(0.4) else ""), home, False))
        elif (luck := luck - shares.movers) < 0:
            another = place.homes[int(place.rng.integers(len(place.homes)))]
            signed.append((voter, another if place.may(0.4) else _elsewhere(place), False))
        elif (luck - shares.repeats) < 0 and len(signed) > 50:
            signed.append(signed[int(place.rng.integers(len(signed)))])
        else:
            signed.append((voter, home, True))
    return signed


def _spelled(place: Place, name: str) -> str:
    """Give a name of several spellings in one of them, one time in five."""
    for group in FATHERS + WOMEN:
        if group.split(",")[0] == name and place.may(0.2):
            return str(place.one_of(group.split(","), 0))
    return name


def _names(place: Place, person: Person) -> list[str]:
    first, middle, last = person.first, person.middle, person.last
    if place.kind == "fathers' names":
        if place.may(0.2):
            middle, last = "", middle
        elif place.may(0.5):
            middle = ""
        first, middle, last = (_spelled(place, name) for name in (first, middle, last))
    else:
        middle = middle if place.may(0.5) else ""
        first = STOCK["short"].get(first, first) if place.may(place.shares.short) else first
    first, last = (slip(name, place.rng) if place.may(place.shares.slips) else name for name in (first, last))
    return [first[:6], middle[:1], last[:7]] if place.kind == "cut short" else [first, middle, last]


def _written(place: Place, person: Person, home: Home) -> tuple[str, str, str]:
    """Give name, address and town as they stand on the line."""
    number, street = home.number, home.street
    if place.kind == "box numbers" and place.may(0.2):
        number, street = "", f"{place.number(6)} mi {place.one_of('NSEW', 0)} of {home.town} Chapter House"
    if home.old and place.may(0.4):
        number = home.old
    unit = "" if home.unit and place.may(0.12) else home.unit
    name = " ".join(filter(None, _names(place, person)))
    number = slip(number, place.rng) if place.may(0.7 * place.shares.slips) else number
    street = slip(street, place.rng) if place.may(place.shares.slips) else street
    street = street[:8] if place.kind == "cut short" else street
    address = f"{number} {street}".strip() + (f" Apt {unit}" if unit else "")
    room = f" Rm {place.number(300)}" if home.name and place.may(0.45) else ""
    if street == "PO Box":
        address = f"{'PO Box' if place.may(0.6) else 'Box'} {number}"
    elif home.name:
        address = (home.name if place.may(0.35) else address) + room
    if place.kind == "run together":
        name, address = (run_together(text, place.rng) for text in (name, address))
    return name, address, home.town


def _roll(place: Place) -> list[dict[str, str]]:
    rows = []
    for one in place.people:
        home = place.homes[one.home]
        first, middle, last, street, number = one.first, one.middle, one.last, home.street, home.number
        unit = f" Apt {home.unit}" if home.unit else ""
        if place.kind == "dirty roll":
            first, last, street = (slip(text, place.rng) if place.may(0.03) else text for text in (first, last, street))
            first, last, street = first[:9], last[:9], street[:14]
            first, middle = (middle, first) if middle and place.may(0.02) else (first, middle)
            number, street, unit = ("", "", "") if place.may(0.02) else (number, street, unit)
        address = f"{street} {number}" if street == "PO Box" else f"{number} {street}{unit}".strip()
        names = {"last_name": last.upper(), "first_name": first.upper(), "middle_name": middle.upper()}
        row = {"voter_id": one.id, **names, "address": address.upper(), "city": home.town.upper()}
        rows.append(row | {"registration_date": "2012-05-01"})
        if place.kind == "dirty roll" and place.may(0.03):
            old = place.homes[int(place.rng.integers(len(place.homes)))]
            former = {"voter_id": one.id.replace("V", "W"), "address": f"{old.number} {old.street}".upper()}
            rows.append(row | former | {"city": old.town.upper(), "registration_date": "2009-05-01"})
    return rows
