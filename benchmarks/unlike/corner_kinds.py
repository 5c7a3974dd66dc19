"""The ten corners of `corners.py`: what their homes are, who lives in them, and how they write."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from unlike.spoilt import slip

Rng = np.random.Generator
STOCK = tomllib.loads(Path(__file__).with_name("corners.toml").read_text(encoding="utf-8"))
WORDS = {name: [one.replace("~", " ") for one in text.split()] for name, text in STOCK.items() if isinstance(text, str)}
TYPES = ("St", "Ave", "Rd", "Ln")


@dataclass(frozen=True)
class Person:
    """A person's names and birth date; `suffix` as they bear it, `known_suffix` as the roll has it."""

    first: str
    middle: str
    last: str
    born: str
    suffix: str = ""
    known_suffix: str = ""


@dataclass(frozen=True)
class Home:
    """A home as the roll has it, and the ways its people write it, the usual one first."""

    roll: str
    written: tuple[str, ...]
    town: int


@dataclass(frozen=True)
class Kind:
    """A corner: its homes, its households, its hands (who keys a line is a number), and what else is its own.

    Shares: `movers` and `boxes` of the lines; `together` that the next line is another's of the household; `namesakes`
    of the unregistered who bear the voter's own name.
    """

    home: Callable[[Rng], Home]
    people: Callable[[Rng], list[Person]]
    name: Callable[[Person, int, Rng], str]
    birth: str = "none"
    movers: float = 0.05
    boxes: float = 0.0
    together: float = 0.25
    namesakes: float = 0.0
    dates: str = "usual"


def one_of(words: Sequence[str], rng: Rng, steep: float = 0.0) -> str:
    """Give a word; the steeper, the more often one of the first."""
    while steep:
        if (at := int(rng.exponential(len(words) / steep))) < len(words):
            return words[at]
    return words[int(rng.integers(len(words)))]


def _born(rng: Rng, oldest: int = 1930, youngest: int = 1999, new_year: float = 0.0) -> str:
    year = int(rng.integers(oldest, youngest + 1))
    if rng.random() < new_year:
        return f"{year}-01-01"
    return f"{year}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02}"


def _person(firsts: str, lasts: str, rng: Rng, steep: float = 2.5, middles: float = 0.7) -> Person:
    first, last = one_of(WORDS[firsts], rng, steep), one_of(WORDS[lasts], rng, steep)
    middle = one_of(WORDS[firsts], rng).split()[0] if rng.random() < middles else ""
    return Person(first, middle, last, _born(rng))


def _family(person: Callable[[Rng], Person], more: float, same: float = 0.85) -> Callable[[Rng], list[Person]]:
    """Give households of one and more, most of whom bear the first one's last name."""

    def household(rng: Rng) -> list[Person]:
        head = person(rng)
        rest = [person(rng) for _ in range(int(rng.poisson(more)))]
        return [head, *(replace(one, last=head.last) if rng.random() < same else one for one in rest)]

    return household


def _generations(rng: Rng) -> list[Person]:
    """Give a house of wife and daughters, and of father, son and son's son who may bear one name."""
    head = _person("plain_first", "plain_last", rng)
    own = [_person("plain_first", "plain_last", rng) for _ in range(1 + int(rng.poisson(0.6)))]
    people = [head, *(replace(one, last=head.last) for one in own)]
    if rng.random() < 0.4:
        for suffix in ("Jr", "III")[: 1 + int(rng.random() < 0.3)]:
            middle = head.middle if rng.random() < 0.7 else one_of(WORDS["plain_first"], rng)
            known = suffix if rng.random() < 0.5 else ""
            people.append(Person(head.first, middle, head.last, _born(rng, 1960), suffix, known))
        people[0] = replace(
            head, suffix="Sr", known_suffix="Sr" if rng.random() < 0.15 else "", born=_born(rng, 1930, 1955)
        )
    return people


def _hmong(rng: Rng) -> Person:
    one = _person("hmong_first", "hmong_last", rng, steep=2, middles=0.25)
    return replace(one, born=_born(rng, 1940, 1999, new_year=0.35))


def _plain_home(rng: Rng) -> Home:
    number, way = int(rng.integers(1, 400)) * 2 + 1, f"{one_of(WORDS['streets'], rng)} {one_of(TYPES, rng)}"
    return Home(f"{number} {way}", (f"{number} {way}", f"{number} {way.split()[0]}"), int(rng.integers(4)))


def _reservation(rng: Rng) -> Home:
    town, luck, number = int(rng.integers(4)), rng.random(), int(rng.integers(1, 220))
    if luck < 0.4:
        name = one_of(WORDS["rez_housing"], rng)
        ways = (f"{number} {name} Housing", f"{name} Housing #{number}", f"Hse {number} {name}", f"{name} {number}")
        return Home(f"{number} {name} HOUSING", ways, town)
    if luck < 0.7:
        miles, side, mark = f"{rng.integers(1, 24) / 2:g}", one_of("NSEW", rng), one_of(WORDS["landmarks"], rng)
        word = {"N": "north", "S": "south", "E": "east", "W": "west"}[side]
        ways = (
            f"{miles} mi {side} of {mark}",
            f"{miles} miles {word} of {mark}",
            f"{miles}mi {side} {mark}",
            f"near {mark}",
        )
        return Home(f"{miles} MI {side} OF {mark}", ways, town)
    road, number = int(rng.integers(2, 60)), number * 41
    ways = (f"{number} BIA Rd {road}", f"{number} BIA {road}", f"{number} Route {road}", f"BIA {road} #{number}")
    return Home(f"{number} BIA ROAD {road}", ways, town)


def _college(rng: Rng) -> Home:
    if rng.random() < 0.45:
        home = _plain_home(rng)
        unit = int(rng.integers(1, 12))
        ways = (f"{home.roll} Apt {unit}", f"{home.roll} #{unit}", home.roll)
        return Home(f"{home.roll} APT {unit}", ways, 0)
    hall, room = one_of(WORDS["halls"], rng), f"{rng.integers(1, 9)}{rng.integers(1, 40):02}"
    ways = (f"{room} {hall} Hall", f"{hall} Hall {room}", f"{hall} Hall Rm {room}", f"{hall} Hall", f"{hall} {room}")
    return Home(f"{room} {hall} HALL", ways, 0)


def _park(rng: Rng) -> Home:
    which = int(rng.integers(len(WORDS["parks"])))
    park, number, lot = WORDS["parks"][which], 1500 + 310 * which, int(rng.integers(1, 800))
    letter = one_of(("", "A", "B", "C"), rng)
    street = f"{number} {park.split()[0]} Dr"
    ways = (f"{street} #{lot}{letter}", f"{street} Spc {lot}{letter}", f"{street} Lot {lot}-{letter}".rstrip("-"),
            f"{street} {lot}{letter}", f"{park} {lot}{letter}", street)  # fmt: skip
    return Home(f"{street} SPC {lot}{letter}", ways, which % 4)


def _tower(rng: Rng) -> Home:
    home = _plain_home(rng)
    if rng.random() < 0.5:
        return home
    number, unit = 10 * int(rng.integers(10, 60)), f"{rng.integers(1, 20)}{one_of('ABCDEF', rng)}"
    street = f"{number} {WORDS['streets'][number // 20 % 30]} St"
    return Home(f"{street} APT {unit}", (f"{street} #{unit}", f"{street} Apt {unit}", street), home.town)


def _calle(rng: Rng) -> Home:
    number, name = int(rng.integers(100, 2200)), one_of(WORDS["spanish_streets"], rng)
    kind, spanish = (("ST", "Calle"), ("AVE", "Avenida"), ("BLVD", "Bulevar"))[int(rng.integers(3))]
    unit = str(rng.integers(1, 30)) if rng.random() < 0.35 else ""
    ways = (
        f"{number} {name} {kind.title()}" + (f" Apt {unit}" if unit else ""),
        f"{spanish} {name} {number}" + (f" Depto {unit}" if unit else ""),
        f"{spanish} {name} No. {number}" + (f" Apto. {unit}" if unit else ""),
        f"{number} {name}" + (f" #{unit}" if unit else ""),
    )
    return Home(f"{number} {name} {kind}".upper() + (f" APT {unit}" if unit else ""), ways, int(rng.integers(2)))


def _row(rng: Rng) -> Home:
    home = _plain_home(rng)
    luck = rng.random()
    if luck > 0.25:
        return home
    unit, other = (("1ST FL", "1F"), ("2ND FL", "2F"), ("REAR", "Rear"))[int(luck * 12)]
    return Home(f"{home.roll} {unit}", (home.roll, f"{home.roll} {other}", f"{home.roll} {unit.title()}"), home.town)


def _grid(rng: Rng) -> Home:
    number, road = int(rng.integers(10, 2400)), 100 * int(rng.integers(1, 30))
    side, way = (("S", "E"), ("N", "W"), ("E", "S"), ("W", "N"))[int(rng.integers(4))]
    words = {"N": "North", "S": "South", "E": "East", "W": "West"}
    ways = (
        f"{number} {side} {road} {way}",
        f"{number} {side}. {road} {way}.",
        f"{number} {road} {way}",
        f"{number} {side} {road}",
        f"{number} {words[side]} {road} {words[way]}",
    )
    return Home(f"{number} {side} {road} {way}", ways, int(rng.integers(2)))


def _plain_name(one: Person, _clerk: int, rng: Rng, short: float = 0.08, suffix: float = 0.4) -> str:
    luck = rng.random()
    first = STOCK["short"].get(one.first, one.first) if luck < short else one.first
    first = first[0] if luck > 0.985 else first
    middle = one.middle[:1] if rng.random() < 0.3 else one.middle if rng.random() < 0.1 else ""
    return " ".join(filter(None, (first, middle, one.last, one.suffix if rng.random() < suffix else "")))


def _old_name(one: Person, clerk: int, rng: Rng) -> str:
    return _plain_name(one, clerk, rng, short=0.25)


def _tribal_name(one: Person, clerk: int, rng: Rng) -> str:
    luck, parts = rng.random(), one.last.split()
    last = one.last.replace(" ", "") if luck < 0.15 else one.last.replace(" ", "-") if luck < 0.2 else one.last
    return _plain_name(replace(one, last=parts[0] if luck > 0.97 else last), clerk, rng)


def _hmong_name(one: Person, _clerk: int, rng: Rng) -> str:
    first = one.first.replace(" ", "").capitalize() if rng.random() < 0.3 else one.first
    if rng.random() < 0.15:
        first = first.split()[0]
    return f"{one.last} {first}" if rng.random() < 0.25 else f"{first} {one.last}"


def _clerk_name(one: Person, clerk: int, rng: Rng) -> str:
    if clerk % 2:
        middle = one.middle[:1] if rng.random() < 0.35 else ""
        return f"{one.last} {one.first} {middle}".strip()
    return _plain_name(one, clerk, rng)


def _spanish_name(one: Person, clerk: int, rng: Rng) -> str:
    """Give the given names, often short for María and José, and one of two surnames or both."""
    luck, surnames = rng.random(), [one.last, one.middle]
    first = one.first.replace("María ", "Ma. ").replace("José ", "J. ") if luck < 0.4 else one.first
    first = first.split()[-1] if luck > 0.9 else STOCK["short"].get(first, first) if luck > 0.85 else first
    last = " ".join(filter(None, surnames)) if rng.random() < 0.5 else one.last
    return f"{last} {first}" if clerk % 5 == 4 else f"{first} {last}"


def _spanish(rng: Rng) -> Person:
    """Give a person whose second surname stands, on the roll, behind the first, or nowhere."""
    one = _person("spanish_first", "spanish_last", rng, middles=0.0)
    return replace(one, middle=one_of(WORDS["spanish_last"], rng, 2.5))


def _keyed(one: Person, rng: Rng, share: float) -> Person:
    """Give the person with names as a hand that slips so often writes them."""
    first, last = (slip(name, rng) if rng.random() < share else name for name in (one.first, one.last))
    return replace(one, first=first, last=last)


def written(kind: Kind, one: Person, clerk: int, slips: float, rng: Rng) -> str:
    """Give a name as it stands on a line."""
    return kind.name(_keyed(one, rng, slips), clerk, rng)


def _common(rng: Rng) -> Person:
    return _person("plain_first", "plain_last", rng)


def _student(rng: Rng) -> Person:
    return replace(_person("plain_first", "plain_last", rng, steep=1.2), born=_born(rng, 1993, 1999))


def _swapped(rng: Rng) -> Person:
    return _person("plain_first", "swapped_last" if rng.random() < 0.4 else "plain_last", rng)


def _aged(rng: Rng) -> Person:
    return replace(_person("old_first", "plain_last", rng), born=_born(rng, 1922, 1955))


def _tribal(rng: Rng) -> Person:
    return _person("tribal_first", "tribal_last", rng, steep=2, middles=0.5)


KINDS = {
    "reservation": Kind(_reservation, _family(_tribal, 2.2), _tribal_name, boxes=0.15),
    "college": Kind(_college, _family(_student, 2.0, same=0.0), _plain_name, movers=0.25, together=0.1),
    "retirement park": Kind(_park, _family(_aged, 0.6, same=0.95), _old_name, together=0.5),
    "few names": Kind(_tower, _family(_hmong, 3.0, same=0.8), _hmong_name, birth="date"),
    "few names, no birth": Kind(_tower, _family(_hmong, 3.0, same=0.8), _hmong_name),
    "in Spanish": Kind(_calle, _family(_spanish, 1.5), _spanish_name, dates="Spanish"),
    "row houses": Kind(_row, _generations, _plain_name, together=0.5, namesakes=0.1),
    "boxes": Kind(_plain_home, _family(_common, 0.9), _plain_name, boxes=0.35),
    "last name first": Kind(_plain_home, _family(_swapped, 0.9), _clerk_name),
    "grid": Kind(_grid, _family(_common, 1.5), _plain_name),
}
