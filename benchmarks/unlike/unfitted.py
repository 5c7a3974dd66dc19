"""Three small worlds that nothing is fitted to: a city of numbered streets, a town of few names, a roll that is old.

Each has a fault of its own that the makers in `every.py` have not. In the city movers go a few blocks and digits are
misread. In the town large homes share a surname and like given names, and a name is spelt in more than one way. On the
old roll streets were renamed since, some people married, some go by their middle names, and many have moved.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from unlike.world import first_of_each

Person = dict[str, str]
SHEET = 12
STOCK = tomllib.loads((Path(__file__).parent / "unfitted.toml").read_text())
OTHER_SPELLING = (("oo", "u"), ("ee", "i"), ("ss", "s"), ("mm", "m"), ("a", "e"), ("i", "y"))
RENAMED = {"Canal": "Liberty", "Foundry": "Founders", "Normal": "College", "Kiln": "Kimball"}


@dataclass(frozen=True)
class Shares:
    """Of all lines: signers who are not registered or do not live there any more, and how those who do write."""

    relatives: float
    strangers: float
    movers: float
    blocks: float
    repeats: float
    slips: float


SHARES = {
    "grid": Shares(0.02, 0.10, 0.03, 0.03, 0.02, 0.03),
    "town": Shares(0.10, 0.08, 0.03, 0.0, 0.03, 0.02),
    "old": Shares(0.02, 0.12, 0.14, 0.0, 0.02, 0.02),
}


def unfitted(name: str, voters: int, lines: int, rng: np.random.Generator) -> tuple[pl.DataFrame, ...]:
    """Give the roll, the lines, and a table of `signer` and `valid`, of the world "grid", "town" or "old"."""
    people = _people(name, voters, rng)
    shares, sheet = SHARES[name], 0
    rows: list[dict[str, str | None]] = []
    signers: list[str | None] = []
    good: list[bool] = []
    walk = rng.permutation(len(people))
    for at in range(lines):
        sheet += at % SHEET == 0
        person, away = people[walk[at]], people[int(rng.integers(len(people)))]
        luck, known, home = rng.random() - shares.relatives, True, True
        if luck < 0:
            person, known = person | _as_named(name, rng, person["last"]), False
        elif (luck := luck - shares.strangers) < 0:
            person = person | _as_named(name, rng) | _home(name, rng)
            known = False
        elif (luck := luck - shares.movers) < 0:
            person, home = person | {part: away[part] for part in ("number", "street", "zip", "city")}, False
        elif (luck := luck - shares.blocks) < 0:
            person, home = person | _some_blocks_on(person, rng), False
        elif luck < shares.repeats and at > 100:
            person = people[walk[int(rng.integers(at))]]
        signers.append(person["id"] if known else None)
        good.append(known and home)
        rows.append(_written(name, person, shares.slips, rng) | {"sheet": str(sheet), "line": str(at % SHEET + 1)})
    truth = {"signer": signers, "valid": first_of_each(signers, good)}
    hidden = ("home", "goes_by", "now")
    filed = [{part: text for part, text in person.items() if part not in hidden} for person in people]
    roll = pl.DataFrame(filed).rename(
        {"id": "voter_id", "first": "first_name", "middle": "middle_name", "last": "last_name"}
    )
    roll = roll.select(
        pl.exclude("number", "street"), pl.concat_str("number", "street", separator=" ").alias("address")
    )
    return roll, pl.DataFrame(rows), pl.DataFrame(truth, schema={"signer": pl.String, "valid": pl.Boolean})


def _people(name: str, voters: int, rng: np.random.Generator) -> list[Person]:
    """Give voters home by home; "goes_by" and "now" are what somebody writes in place of first and last name."""
    people: list[Person] = []
    while len(people) < voters:
        home, last, firsts = _home(name, rng), _named(name, rng)["last"], set()
        for _ in range(1 + int(rng.poisson(3.0 if name == "town" else 0.8))):
            one = _named(name, rng, last)
            if one["first"] in firsts:
                continue
            firsts.add(one["first"])
            one |= {"goes_by": one["first"], "now": last}
            if name == "old" and one["middle"] and rng.random() < 0.08:
                one["goes_by"] = one["middle"]
            if name == "old" and rng.random() < 0.03:
                one["now"] = _named(name, rng)["last"]
            people.append(one | home | {"id": f"{len(people) + 100_001}"})
    return people[:voters]


def _named(name: str, rng: np.random.Generator, last: str = "") -> Person:
    given, stems, ends = (STOCK[name][part] for part in ("given", "stems", "ends"))
    rank = min(int(rng.exponential(12)), len(given) - 1)
    middle = str(rng.choice(given)) if rng.random() < 0.5 else ""
    last = last or f"{rng.choice(stems)}{rng.choice(stems).lower() if name != 'town' else ''}{rng.choice(ends)}"
    return {"first": given[rank], "middle": middle, "last": last}


def _as_named(name: str, rng: np.random.Generator, last: str = "") -> Person:
    """Give somebody who is not on the roll."""
    one = _named(name, rng, last)
    return one | {"goes_by": one["first"], "now": one["last"]}


def _home(name: str, rng: np.random.Generator) -> Person:
    code = int(rng.integers(12))
    place = {"zip": str(70_400 + code), "city": f"{STOCK['streets'][code]}ville"}
    if name == "grid":
        ordinal = int(rng.integers(1, 140))
        ending = "th" if ordinal % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(ordinal % 10, "th")
        way = f"{rng.choice(('N', 'S', 'E', 'W'))} {ordinal}{ending} {rng.choice(('St', 'Ave'))}"
        return place | {"number": str(int(rng.integers(1, 80)) * 100 + int(rng.integers(1, 60))), "street": way}
    way = f"{rng.choice(STOCK['streets'])} {rng.choice(('St', 'Rd', 'Ln', 'Ct'))}"
    return place | {"number": str(rng.integers(10, 2_000)), "street": way}


def _some_blocks_on(person: Person, rng: np.random.Generator) -> Person:
    """Give a home a block or two away: the next numbered street, or the next hundred."""
    direction, ordinal, kind = person["street"].split()
    if rng.random() < 0.5:
        return {"number": str(int(person["number"]) + int(rng.choice((-100, 100, 200))) % 7_900)}
    near = max(int(ordinal[:-2]) + int(rng.choice((-2, -1, 1, 2))), 1)
    return {"street": f"{direction} {near}th {kind}"}


def _written(name: str, person: Person, slips: float, rng: np.random.Generator) -> dict[str, str | None]:
    def slipped(text: str, hand: Callable[[str, np.random.Generator], str]) -> str:
        return hand(text, rng) if rng.random() < slips and len(text) > 2 else text

    first, last, street = person["goes_by"], person["now"], person["street"]
    if name == "town" and rng.random() < 0.1:
        pairs = [pair for pair in OTHER_SPELLING if pair[0] in first]
        first = first.replace(*pairs[int(rng.integers(len(pairs)))], 1) if pairs else first
    if name == "old":
        word = street.split()[0]
        street = street.replace(word, RENAMED[word]) if word in RENAMED and rng.random() < 0.2 else street
    middle = person["middle"][:1] if rng.random() < 0.4 and person["goes_by"] != person["middle"] else ""
    words = (slipped(first, _letter), middle, slipped(last, _letter))
    return {
        "name": " ".join(filter(None, words)),
        "address": f"{slipped(person['number'], _digit)} {slipped(street, _digit if name == 'grid' else _letter)}",
        "city": person["city"], "zip": slipped(person["zip"], _digit), "signed_on": "2018-03-01",
    }  # fmt: skip


def _letter(text: str, rng: np.random.Generator) -> str:
    at = int(rng.integers(1, len(text)))
    return text[:at] + str(rng.choice(list("aeinorstl"))) + text[at + 1 :]


def _digit(text: str, rng: np.random.Generator) -> str:
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    at = int(rng.choice(places)) if places else 0
    return text[:at] + str(rng.integers(1, 10)) + text[at + 1 :] if places else text
