"""Ten corners of the country, written before the matcher was read; nothing is fitted to them.

A reservation with homes told by miles from a store, a college town at the end of term, parks of retired people, few
family names with a birth date of 1 January and without, a petition in Spanish, row houses of three generations of one
name, boxes written for homes, clerks who key the last name first without a comma, and a town whose streets are
numbers. Households sign together, some sign twice, and how many are strangers, relatives without a registration or
movers varies by the seed. By California's law (variant 0) a line counts where the home is the one on the roll, however
it is written, by Washington's (variant 1) where its signer is on the roll.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import polars as pl

from unlike.corner_kinds import KINDS, STOCK, Home, Kind, Person, Rng, one_of, written
from unlike.spoilt import slip
from unlike.world import first_of_each

SHEET, SHEETS_A_CLERK = 10, 5
TOWNS = STOCK["towns"]
MONTHS = ("enero", "febrero", "marzo", "abril")
BOXED = 0.3
"""Share of lines with a box from which half of the voters have theirs on the roll as the address for their mail."""


@dataclass(frozen=True)
class Voter:
    """A registered person and the number of their home."""

    id: str
    person: Person
    home: int


@dataclass(frozen=True)
class Rates:
    """Shares of the lines, and of the cells that slip."""

    strangers: float
    relatives: float
    repeats: float
    slips: float

    @staticmethod
    def drawn(rng: Rng) -> Rates:
        """Draw rates between a tidy petition's and a sloppy one's."""
        low, high = (0.05, 0.005, 0.005, 0.005), (0.22, 0.04, 0.03, 0.04)
        return Rates(*(float(rng.uniform(*each)) for each in zip(low, high, strict=True)))


Signed = tuple[Voter | None, Person, Home, bool]
"""Who signs, of the roll; the person; the home written; whether it is the one on the roll."""


def corners(kind: str, variant: int, voters: int, lines: int, rng: Rng) -> tuple[pl.DataFrame, ...]:
    """Give the roll, the lines, and a table of `signer` and `valid`."""
    corner, rates = KINDS[kind], Rates.drawn(rng)
    homes, people = _settled(corner, voters, rng)
    rows, signers, good = [], list[str | None](), list[bool]()
    for at, (voter, person, home, there) in enumerate(islice(_signed(corner, rates, homes, people, rng), lines)):
        sheet = at // SHEET
        clerk = sheet // SHEETS_A_CLERK
        place = {"sheet": str(sheet + 1), "line": str(at % SHEET + 1), "transcriber": f"T{clerk % 6}"}
        rows.append(_row(corner, rates, person, home, clerk % 6, rng) | place)
        signers.append(voter.id if voter else None)
        good.append(voter is not None and (there or variant == 1))
    truth = {"signer": signers, "valid": first_of_each(signers, good)}
    return (
        pl.DataFrame([_registered(corner, one, homes[one.home]) for one in people]),
        pl.DataFrame(rows),
        pl.DataFrame(truth, schema={"signer": pl.String, "valid": pl.Boolean}),
    )


def _settled(corner: Kind, voters: int, rng: Rng) -> tuple[list[Home], list[Voter]]:
    """Give homes, no two alike, a tenth without a voter, and their voters."""
    homes, people, taken = list[Home](), list[Voter](), set[str]()
    while len(people) < voters:
        home = corner.home(rng)
        if home.roll.upper() in taken and len(taken) < voters:
            continue
        taken.add(home.roll.upper())
        homes.append(home)
        if rng.random() > 0.1:
            for one in corner.people(rng):
                people.append(Voter(f"N{400_001 + len(people)}", one, len(homes) - 1))
    return homes, people[:voters]


def _signed(corner: Kind, rates: Rates, homes: list[Home], people: list[Voter], rng: Rng) -> Iterator[Signed]:
    """Give line after line; households stand together, and who signs again does so later."""
    together: dict[int, list[Voter]] = {}
    for one in people:
        together.setdefault(one.home, []).append(one)
    before, signed = list[Signed](), set[str]()
    while True:
        head, luck = people[int(rng.integers(len(people)))], rng.random()
        home = homes[head.home]
        if (luck := luck - rates.strangers) < 0:
            yield None, corner.people(rng)[0], _elsewhere(corner, homes, rng), False
            continue
        if (luck := luck - rates.relatives) < 0:
            own = head.person
            other = replace(own, born=corner.people(rng)[0].born) if rng.random() < corner.namesakes else (
                replace(corner.people(rng)[0], last=own.last)
            )  # fmt: skip
            yield None, other, home, True
            continue
        if (luck := luck - rates.repeats) < 0:
            if len(before) > 50:
                yield before[int(rng.integers(len(before)))]
            continue
        new = _elsewhere(corner, homes, rng) if luck < corner.movers else home
        for one in [head, *(each for each in together[head.home] if rng.random() < corner.together)]:
            if one.id not in signed:
                signed.add(one.id)
                boxed = rng.random() < corner.boxes
                at = Home("", (f"PO Box {100 + one.home % 2900}", f"Box {100 + one.home % 2900}"), home.town)
                before.append((one, one.person, at if boxed else new, not boxed and new is home))
                yield before[-1]


def _elsewhere(corner: Kind, homes: list[Home], rng: Rng) -> Home:
    """Give a home of others, or one that no voter lives in."""
    return homes[int(rng.integers(len(homes)))] if rng.random() < 0.5 else corner.home(rng)


def _row(corner: Kind, rates: Rates, person: Person, home: Home, clerk: int, rng: Rng) -> dict[str, str | None]:
    usual = rng.random() < 0.6
    address = home.written[0] if usual else one_of(home.written, rng)
    words = address.split()
    address = " ".join(slip(word, rng) if rng.random() < rates.slips / 1.5 else word for word in words)
    town, code = TOWNS[home.town]
    month, day = int(rng.integers(2, 5)), int(rng.integers(1, 20))
    date = f"2018-{month:02}-{day:02}"
    if corner.dates == "Spanish" and clerk % 3:
        date = f"{day} de {MONTHS[month - 1]} de 2018" if clerk % 3 == 1 else f"{day:02}/{MONTHS[month - 1][:3]}/2018"
    row = {
        "name": written(corner, person, clerk, rates.slips, rng),
        "address": address,
        "city": town if rng.random() < 0.93 else None,
        "zip": code if rng.random() < 0.8 else None,
        "signed_on": date,
    }
    if corner.birth == "date":
        another = f"{person.born[:8]}{rng.integers(1, 29):02}"
        row["birth_date"] = another if rng.random() < rates.slips else person.born
    return row


def _registered(corner: Kind, voter: Voter, home: Home) -> dict[str, str]:
    """Give a row of the roll; of a petition in Spanish a second surname stands there in two rows of three."""
    one, (town, code) = voter.person, TOWNS[home.town]
    middle, last = one.middle, one.last
    if corner.dates == "Spanish":
        both = int(voter.id[1:]) % 3
        middle, last = "", last if both == 0 else f"{last}-{middle}" if both == 1 else f"{last} {middle}"
    box = corner.boxes > BOXED and voter.home % 2
    told = {
        "last_name": last,
        "first_name": one.first,
        "middle_name": middle,
        "suffix": one.known_suffix,
        "address": home.roll,
        "city": town,
        "mailing_address": f"PO Box {100 + voter.home % 2900}" if box else "",
    }
    row = {name: text.upper() for name, text in told.items()}
    return {"voter_id": voter.id, **row, "zip": code, "birth_date": one.born, "registration_date": "2012-05-01"}
