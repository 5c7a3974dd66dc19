"""Three worlds in which a house number may differ by a digit: lots along streets, misread digits, parks of trailers.

Nothing is fitted to them; they were made to judge what the span says of such numbers. Streets have houses at numbers a
few apart, odd ones on one side, and not every house has a voter, so that somebody who moves down the street goes to a
house that is there: in "lots" many do. In "misread" nobody does, and keyers read one digit of many numbers wrongly. In
"park" half of the homes are lots of a park, whose people move from lot to lot and at times leave the lot out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from unlike.world import first_of_each

SHEET = 15
FIRSTS = (
    "Adela Aidan Amos Anita Arturo Avery Beatriz Boyd Bridget Calvin Carmen Cecil Celia Clara Clyde Cora Curtis Delia "
    "Dexter Edna Elias Eloise Emilio Ernest Esther Eva Felix Flora Gail Gideon Grace Gustavo Hattie Hector Helen Hugo "
    "Ida Inez Irene Isaac Ivan Jasper Joel Jorge Judith Karen Keith Laura Leah Leon Lorena Lucas Mabel Marcus Marisol "
    "Maya Miles Monica Naomi Nathan Noel Nora Olive Omar Opal Otto Pablo Pearl Quentin Rafael Renee Reuben Rita Roger "
    "Ruben Ruth Salvador Selma Simon Stella Thelma Tobias Ursula Vera Victor Viola Wade Walter Willa Xavier Yolanda"
)
BEGINS = "Ab Bar Ben Cal Car Dal Den Fair Gar Gran Hal Hol Kel Lar Lin Mar Mont Nor Pem Rad Red Sal Sher Thorn Wal Wyn"
ENDS = "ado berg bury dale den ell er field ford gate gren ham ier ley man mont more ner osa port row sen son ton well"
WAYS = "Acorn Beacon Cobalt Dover Ember Fulton Garnet Harbor Iris Juniper Keystone Laurel Mercer Nickel Orchard Prairie"
TYPES = ("St", "Ave", "Rd", "Dr", "Ln", "Way")
TOWNS = (("Calder", "81011"), ("Brule", "81012"), ("Winslow", "81014"), ("Tarkio", "81020"))


@dataclass(frozen=True)
class House:
    """A house and where it stands in its street; `lot` is "" but in a park."""

    street: int
    number: int
    lot: str
    voters: bool


@dataclass(frozen=True)
class Voter:
    """Somebody, and the index of the house the roll has."""

    number: str
    first: str
    middle: str
    last: str
    house: int


@dataclass(frozen=True)
class Shares:
    """Of all lines: who signs beside voters at home, and how often a part of name or street and a number slip."""

    relatives: float = 0.03
    strangers: float = 0.09
    movers: float = 0.05
    near: float = 0.0
    repeats: float = 0.02
    slips: float = 0.02
    digits: float = 0.015
    parks: float = 0.0


SHARES = {
    "lots": Shares(movers=0.04, near=0.03),
    "misread": Shares(digits=0.07),
    "park": replace(Shares(), movers=0.04, near=0.02, parks=0.5),
}
HOUSES_ON = 8
"""How far down the street somebody moves at most, in houses."""


def fresh(name: str, voters: int, lines: int, rng: np.random.Generator) -> tuple[pl.DataFrame, ...]:
    """Give the roll, the lines, and a table of `signer` and `valid`, of the world "lots", "misread" or "park"."""
    shares = SHARES[name]
    houses = _houses(voters, shares, rng)
    people = _people(voters, houses, rng)
    walk, rows, signers, good = rng.permutation(len(people)), [], [], []
    for at in range(lines):
        person, house, known, home = people[walk[at]], people[walk[at]].house, True, True
        luck = rng.random()
        if (luck := luck - shares.relatives) < 0:
            person, known = replace(_named(rng, person.last), house=house), False
        elif (luck := luck - shares.strangers) < 0:
            person, house, known = _named(rng), int(rng.integers(len(houses))), False
        elif (luck := luck - shares.movers) < 0:
            house, home = int(rng.integers(len(houses))), False
        elif (luck := luck - shares.near) < 0:
            house, home = _down_the_street(house, houses, rng), False
        elif luck < shares.repeats and at > 100:
            person = people[walk[int(rng.integers(at))]]
            house = person.house
        signers.append(person.number if known else None)
        good.append(known and (home or house == person.house))
        words = _written(person, houses[house], shares, rng)
        rows.append(words | {"sheet": str(at // SHEET + 1), "line": str(at % SHEET + 1)})
    truth = {"signer": signers, "valid": first_of_each(signers, good)}
    roll = [
        {"voter_id": one.number, "first_name": one.first, "middle_name": one.middle, "last_name": one.last}
        | _address(houses[one.house])
        for one in people
    ]
    types = {"signer": pl.String, "valid": pl.Boolean}
    return pl.DataFrame(roll), pl.DataFrame(rows), pl.DataFrame(truth, schema=types)


def _houses(voters: int, shares: Shares, rng: np.random.Generator) -> list[House]:
    """Give houses street by street, in the order in which they stand; three in four have voters."""
    houses: list[House] = []
    street = 0
    while sum(house.voters for house in houses[-voters:]) * 1.8 < voters * 1.3:
        number, park = int(rng.integers(1, 30)) * 100, rng.random() < shares.parks
        for at in range(int(rng.integers(20, 90))):
            if not park:
                number += int(rng.choice((1, 2, 3, 4, 6, 9)))
            houses.append(House(street, number, str(at + 1) if park else "", bool(rng.random() < 0.75)))
        street += 1
    return houses


def _people(voters: int, houses: list[House], rng: np.random.Generator) -> list[Voter]:
    people: list[Voter] = []
    for at, house in enumerate(houses):
        last = _named(rng).last
        for _ in range(1 + int(rng.poisson(0.9)) if house.voters else 0):
            one = _named(rng, last if rng.random() < 0.85 else "")
            people.append(replace(one, number=f"{500_000 + len(people)}", house=at))
    return people[:voters]


def _named(rng: np.random.Generator, last: str = "") -> Voter:
    firsts = FIRSTS.split()
    first = firsts[min(int(rng.exponential(25)), len(firsts) - 1)]
    middle = str(rng.choice(firsts)) if rng.random() < 0.6 else ""
    return Voter("", first, middle, last or f"{rng.choice(BEGINS.split())}{rng.choice(ENDS.split())}", -1)


def _down_the_street(at: int, houses: list[House], rng: np.random.Generator) -> int:
    """Give another house of that street, a few houses up or down."""
    near = [
        there
        for there in range(max(at - HOUSES_ON, 0), min(at + HOUSES_ON + 1, len(houses)))
        if there != at and houses[there].street == houses[at].street
    ]
    return int(rng.choice(near))


def _address(house: House) -> dict[str, str]:
    ways = WAYS.split()
    town, code = TOWNS[house.street // (len(ways) * len(TYPES)) % len(TOWNS)]
    way = f"{ways[house.street % len(ways)]} {TYPES[house.street // len(ways) % len(TYPES)]}"
    lot = f" Lot {house.lot}" if house.lot else ""
    return {"address": f"{house.number} {way}{lot}", "city": town, "zip": code}


def _written(person: Voter, house: House, shares: Shares, rng: np.random.Generator) -> dict[str, str]:
    number, rest = _address(house)["address"].split(" ", 1)
    if house.lot and rng.random() < 0.1:
        rest = rest.split(" Lot ")[0]
    if rng.random() < shares.digits:
        number = _misread(number, rng)
    way, kind = rest.split(" ", 1)
    first, last, way = (_miswritten(word, rng) if rng.random() < shares.slips else word
                        for word in (person.first, person.last, way))  # fmt: skip
    middle = person.middle[:1] if rng.random() < 0.3 else ""
    there = _address(house) | {"address": f"{number} {way} {kind}", "signed_on": "2018-03-09"}
    return {"name": " ".join(filter(None, (first, middle, last)))} | there


def _misread(number: str, rng: np.random.Generator) -> str:
    """Give the number with one digit read as another, left out, or changed about with the next."""
    at, how = int(rng.integers(len(number))), rng.random()
    if how < 0.7 or len(number) < 3:
        return number[:at] + str(rng.choice([each for each in "123456789" if each != number[at]])) + number[at + 1 :]
    if how < 0.85:
        return number[: max(at, 1)] + number[max(at, 1) + 1 :]
    at = min(at, len(number) - 2)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _miswritten(word: str, rng: np.random.Generator) -> str:
    at = int(rng.integers(1, len(word)))
    return word[:at] + str(rng.choice(list("aceimnorstu"))) + word[at + 1 :]
