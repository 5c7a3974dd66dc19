"""A rural county: few family names, sons named for fathers, routes and boxes beside roads, batches keyed by helpers.

Hands slip here at the keyboard: a neighbouring key, a letter twice, a letter dropped, two changed about. Each helper
keys whole sheets and has a rate of slips of their own.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import polars as pl

from unlike.habits import Habits
from unlike.look_alikes import alike, down_the_street
from unlike.world import first_of_each

STOCK = tomllib.loads((Path(__file__).parent / "names.toml").read_text())["village"]
SHORT = {
    "William": ("Bill", "Billy", "Will"), "Robert": ("Bob", "Bobby", "Rob"), "James": ("Jim", "Jimmy"),
    "John": ("Jack", "Johnny"), "Charles": ("Charlie", "Chuck"), "Thomas": ("Tom", "Tommy"), "Samuel": ("Sam",),
    "Joseph": ("Joe",), "Edward": ("Ed", "Eddie"), "Benjamin": ("Ben",), "Daniel": ("Dan", "Danny"),
    "Kenneth": ("Ken", "Kenny"), "Timothy": ("Tim",), "Gregory": ("Greg",), "Harold": ("Hal",), "Randall": ("Randy",),
    "Elizabeth": ("Betty", "Liz", "Beth"), "Katherine": ("Kathy", "Kate"), "Margaret": ("Peggy", "Maggie"),
    "Susan": ("Sue",), "Rebecca": ("Becky",), "Deborah": ("Debbie",), "Pamela": ("Pam",), "Kimberly": ("Kim",),
    "Patricia": ("Pat", "Patty"), "Jessica": ("Jess",), "Dorothy": ("Dot",),
}  # fmt: skip
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
RATES = {"first": 0.03, "last": 0.05, "number": 0.015, "street": 0.05, "city": 0.02, "zip": 0.02}
KINDS_OF_ROAD = ("RD", "RD", "RD", "LN", "ST", "DR", "HWY", "LOOP")
Person = dict[str, str]


def village(habits: Habits, voters: int, lines: int, rng: np.random.Generator) -> tuple[pl.DataFrame, ...]:
    """Give the roll, the lines, and a table of `signer` and `valid`."""
    people = _people(habits, voters, rng)
    written, signer, good = _signed(habits, people, lines, rng)
    helpers = 10 + lines // 250
    slack = rng.lognormal(0, 0.4, helpers) * np.where(rng.random(helpers) < habits.careless, 8, 1)
    if habits.careless:
        slack[0] = 8  # at least one
    batch = rng.integers(0, helpers, lines // 20 + 1)
    rows = []
    for at, person in enumerate(written):
        helper = batch[at // 20]
        row = _keyed(habits, person, slack[helper] * habits.slips, rng)
        row |= {"sheet": str(at // 20 + 1), "line": str(at % 20 + 1)}
        if habits.told:
            row["transcriber"] = f"T{helper:02}"
        rows.append(row)
    truth = pl.DataFrame({"signer": signer, "valid": first_of_each(signer, good)}, schema={"signer": pl.String,
                         "valid": pl.Boolean})  # fmt: skip
    return _filed(people, whole=bool(rng.random() < 0.5)), pl.DataFrame(rows), truth


def _last(rng: np.random.Generator) -> str:
    if rng.random() < 0.45:
        return str(STOCK["last"][min(int(rng.exponential(14)), len(STOCK["last"]) - 1)])
    return str(rng.choice(STOCK["stems"])) + str(rng.choice(STOCK["ends"]))


def _given(rng: np.random.Generator, sex: str) -> str:
    stock = STOCK[sex]
    return str(stock[min(int(rng.exponential(13)), len(stock) - 1)])


def _people(habits: Habits, voters: int, rng: np.random.Generator) -> list[Person]:
    """Give voters home by home: a couple or one, children who stayed, at times a grandparent."""
    roads = [
        (str(rng.choice(STOCK["streets"])), str(rng.choice(KINDS_OF_ROAD)))
        if rng.random() < 0.8
        else (f"{rng.choice(('COUNTY ROAD', 'STATE HIGHWAY', 'US HIGHWAY'))} {rng.integers(2, 990)}", "")
        for _ in range(voters // 60 + 3)
    ]
    people: list[Person] = []
    home = 0
    while len(people) < voters:
        home += 1
        town = int(rng.integers(0, len(STOCK["towns"])))
        place = {"home": str(home), "city": STOCK["towns"][town], "zip": str(28_600 + town * 7), "route": "", "box": ""}
        if rng.random() < habits.routes:
            way = rng.choice(("RT", "RT", "RR", "HC"))
            number = rng.integers(1, 8) if way != "HC" else rng.integers(60, 90)
            place |= {"route": f"{way} {number}", "box": str(rng.integers(1, 900)), "number": "", "street": "",
                      "type": ""}  # fmt: skip
        else:
            road, kind = roads[int(rng.integers(0, len(roads)))]
            place |= {"number": str(rng.integers(1, 9_900)), "street": road.upper(), "type": kind}
        family = _last(rng)
        for person in _family(habits, family, rng):
            people.append(person | place | {"id": f"V{len(people) + 1:07}"})
    return people[:voters]


def _family(habits: Habits, family: str, rng: np.random.Generator) -> list[Person]:
    age = int(rng.integers(25, 85))
    head = _person("men" if rng.random() < 0.7 else "women", family, age, rng)
    members = [head]
    if rng.random() < 0.65:
        members.append(_person("women" if head["sex"] == "men" else "men", family, age + int(rng.integers(-6, 4)), rng))
    for _ in range(int(rng.poisson(0.5)) if age > 42 else 0):
        child = _person("men" if rng.random() < 0.5 else "women", family, age - int(rng.integers(20, 32)), rng)
        if all(child["first"] != other["first"] for other in members) and int(child["born"][:4]) < 2000:
            members.append(child)
    if age > 42 and rng.random() < habits.juniors * 2 and head["sex"] == "men":
        junior = _person("men", family, age - int(rng.integers(20, 30)), rng)
        head["suffix"] = str(rng.choice(("SR", "", "")))
        members.append(junior | {"first": head["first"], "middle": head["middle"],
                                 "suffix": str(rng.choice(("JR", "JR", "II")))})  # fmt: skip
    return members


def _person(sex: str, family: str, age: int, rng: np.random.Generator) -> Person:
    born = f"{2018 - max(age, 18) - 1}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02}"
    middle = _given(rng, sex) if rng.random() < 0.75 else ""
    return {"sex": sex, "first": _given(rng, sex), "middle": middle, "last": family, "suffix": "", "born": born}


def _signed(
    habits: Habits, people: list[Person], lines: int, rng: np.random.Generator
) -> tuple[list[Person], list[str | None], list[bool]]:
    """Give who wrote each line as they would write it, who that is on the roll, and whether the home is theirs."""
    homes: dict[str, list[Person]] = {}
    for person in people:
        homes.setdefault(person["home"], []).append(person)
    order = [homes[str(at)] for at in rng.permutation(list(homes))]
    queue = [person for members in order for person in members if rng.random() < 0.7]
    shares = [habits.relatives, habits.housemates, habits.strangers, habits.namesakes, habits.movers, habits.repeats]
    fates = rng.choice(7, lines, p=[*shares, 1 - sum(shares)])
    written: list[Person] = []
    signer: list[str | None] = []
    good: list[bool] = []
    signed: list[Person] = []
    at = 0
    for fate in fates:
        near = queue[at % len(queue)]
        away = people[int(rng.integers(0, len(people)))]
        there = {name: away[name] for name in ("number", "street", "type", "route", "box", "city", "zip")}
        if fate == 0 or fate == 1:
            taken = {member["first"] for member in homes[near["home"]]}
            other = _person(str(rng.choice(("men", "women"))), near["last"] if fate == 0 else _last(rng),
                            int(rng.integers(18, 80)), rng)  # fmt: skip
            if fate == 0:
                other["first"] = alike(near["first"], other["first"], habits.alike, rng)
            while other["first"] in taken:
                other["first"] = _given(rng, other["sex"])
            made, known, home = near | other, None, False
            at += int(rng.random() < 0.3)
        elif fate == 2:
            made = near | _person("men", _last(rng), int(rng.integers(18, 80)), rng) | there
            made["number"], known, home = str(rng.integers(1, 9_900)) if made["street"] else "", None, False
            made["box"] = str(rng.integers(900, 1_500)) if made["route"] else ""
        elif fate == 3:
            made = near | there | {"middle": _given(rng, near["sex"]), "suffix": "", "born": away["born"]}
            known, home = None, False
            at += 1
        elif fate == 4:
            if habits.nearby and near["number"] and rng.random() < habits.nearby:
                there = {"number": down_the_street(near["number"], rng)}
            made, known, home = near | there, near["id"], False
            at += 1
        elif fate == 5 and signed:
            made = signed[int(rng.integers(0, len(signed)))]
            known, home = made["id"], True
        else:
            made, known, home = near, near["id"], True
            signed.append(near)
            at += 1
        written.append(made)
        signer.append(known)
        good.append(home)
    return written, signer, good


def _key(text: str, rng: np.random.Generator) -> str:
    """Give the text with a slip of the keyboard."""
    if len(text) < 2:
        return text
    at = int(rng.integers(0, len(text)))
    letter = text[at].lower()
    row = next((row for row in KEYS if letter in row), "")
    way = rng.random()
    if way < 0.4 and row:
        near = row[max(row.index(letter) - 1, 0) : row.index(letter) + 2].replace(letter, "") or letter
        return text[:at] + str(rng.choice(list(near))) + text[at + 1 :]
    if way < 0.55:
        return text[: at + 1] + text[at] + text[at + 1 :]
    if way < 0.8:
        return text[:at] + text[at + 1 :]
    return text[: max(at - 1, 0)] + text[max(at - 1, 0) : at + 1][::-1] + text[at + 1 :]


def _keyed(habits: Habits, person: Person, slack: float, rng: np.random.Generator) -> dict[str, str | None]:
    """Give the cells of a line."""

    def slipped(text: str, field: str) -> str:
        return _key(text, rng) if rng.random() < min(RATES[field] * slack, 0.6) else text

    first = person["first"]
    if first in SHORT and rng.random() < habits.nicknames:
        first = str(rng.choice(SHORT[first]))
    if rng.random() < habits.initials:
        first = first[0] + ("." if rng.random() < 0.5 else "")
    else:
        first = slipped(first, "first")
    middle = "" if rng.random() < 0.5 else person["middle"][:1] if rng.random() < 0.7 else person["middle"]
    suffix = person["suffix"].title() if rng.random() < 0.55 else ""
    last = slipped(person["last"], "last")
    if person["route"]:
        way, number = person["route"].split()
        words = {"RT": ("Rt", "Rt.", "Route", "Rte", "R"), "RR": ("RR", "R.R.", "Rural Route", "R R"),
                 "HC": ("HC", "Highway Contract", "Hwy Contract", "H C")}[way]  # fmt: skip
        box = str(rng.choice(("Box", "Box", "Bx", "Bx.", "box")))
        comma = "," if rng.random() < 0.2 else ""
        address = f"{rng.choice(words)} {number}{comma} {box} {slipped(person['box'], 'number')}"
    else:
        road = person["street"].title()
        if road.startswith("County Road") and rng.random() < 0.6:
            road = road.replace("County Road", str(rng.choice(("CR", "Co Rd", "County Rd"))))
        if "Highway" in road and rng.random() < 0.6:
            road = road.replace("Highway", "Hwy")
        kind = person["type"].title() if rng.random() < 0.85 else ""
        address = " ".join(filter(None, (slipped(person["number"], "number"), slipped(road, "street"), kind)))
    cells: dict[str, str | None] = {
        "name": " ".join(filter(None, (first, middle, last, suffix))),
        "address": address,
        "city": slipped(person["city"], "city") if rng.random() < 0.97 else None,
        "zip": slipped(person["zip"], "zip") if rng.random() < 0.93 else None,
        "signed_on": "2018-03-10",
    }
    if habits.asks != "none":
        born = person["born"]
        if rng.random() < 0.02 * slack:
            born = str(int(born[:4]) + int(rng.choice((-10, -1, 1, 10)))) + born[4:]
        cells["birth_date" if habits.asks == "date" else "birth_year"] = born if habits.asks == "date" else born[:4]
    return cells


def _filed(people: list[Person], whole: bool) -> pl.DataFrame:
    """Give the roll as its office keeps it: the address in one cell, or in parts with a route as the street's name."""
    rows = []
    for person in people:
        row = {"voter_id": person["id"], "last_name": person["last"].upper(), "first_name": person["first"].upper(),
               "middle_name": person["middle"].upper(), "suffix": person["suffix"], "city": person["city"].upper(),
               "zip": person["zip"], "birth_date": person["born"]}  # fmt: skip
        route = f"{person['route']} BOX {person['box']}" if person["route"] else ""
        if whole:
            row["address"] = route or " ".join(filter(None, (person["number"], person["street"], person["type"])))
        else:
            row |= {"house_number": person["number"], "street_name": route or person["street"],
                    "street_type": person["type"]}  # fmt: skip
        rows.append(row)
    return pl.DataFrame(rows)
