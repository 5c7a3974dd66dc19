"""A dense city: flats, newcomers, families of two surnames or with the family's name first, and hands hard to read.

What goes wrong here is reading: letters and digits that look alike, more of them in one signer's hand than another's,
and again more with one keyer than another. Some keyers put the family name first where the signer did.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from unlike.habits import Habits
from unlike.look_alikes import alike, down_the_street
from unlike.world import first_of_each

STOCK = tomllib.loads((Path(__file__).parent / "names.toml").read_text())["metro"]
SHORT = {
    "Guadalupe": "Lupe", "Francisco": "Pancho", "Jose": "Pepe", "Ignacio": "Nacho", "Manuel": "Manny",
    "Enrique": "Henry", "Jennifer": "Jen", "Katherine": "Katie", "Elizabeth": "Liz", "Michael": "Mike",
    "Christopher": "Chris", "David": "Dave", "Anthony": "Tony", "Nicholas": "Nick", "Alexander": "Alex",
    "Matthew": "Matt", "Andrew": "Andy", "Joshua": "Josh", "Samantha": "Sam", "Stephanie": "Steph",
    "Jonathan": "Jon", "Raymond": "Ray", "Lawrence": "Larry", "Deborah": "Deb", "Theresa": "Terry",
    "Jacqueline": "Jackie", "Frederick": "Fred", "Vincent": "Vince", "Zachary": "Zach", "Victoria": "Vicky",
}  # fmt: skip
ALIKE = {
    "a": "ou", "o": "ae", "e": "ci", "i": "el", "n": "ur", "u": "nv", "m": "nw", "r": "vn", "v": "ru", "l": "it",
    "t": "lf", "h": "nk", "g": "yq", "y": "gj", "s": "z", "z": "s", "c": "e", "d": "a", "k": "h", "b": "h", "w": "m",
    "1": "74", "7": "12", "4": "91", "9": "47", "3": "85", "8": "36", "5": "36", "6": "05", "0": "69", "2": "7",
}  # fmt: skip
SHARES = (("latin", 0.42), ("other", 0.38), ("viet", 0.09), ("chinese", 0.11))
MISREAD = {"given": 0.010, "family": 0.010, "number": 0.006, "street": 0.006, "city": 0.003, "zip": 0.003}
"""Of letters, not of fields."""
Voter = dict[str, str]


def metro(habits: Habits, voters: int, lines: int, rng: np.random.Generator) -> tuple[pl.DataFrame, ...]:
    """Give the roll, the lines, and a table of `signer` and `valid`."""
    roll = _voters(habits, voters, rng)
    keyers = 8 + lines // 300
    poor = np.where(rng.random(keyers) < habits.careless, 8.0, 1.0)
    if habits.careless:
        poor[-1] = 8.0  # at least one
    rows, signers, good = [], [], []
    for at, (person, signer, counts) in enumerate(_lines(habits, roll, lines, rng)):
        keyer = (at // 40) % keyers
        hand = float(rng.lognormal(-0.3, 0.8)) * poor[keyer] * habits.slips
        row = _read(habits, person, hand, rng) | {"sheet": str(at // 10 + 1), "line": str(at % 10 + 1)}
        rows.append(row | ({"keyed_by": f"keyer {keyer + 1}"} if habits.told else {}))
        signers.append(signer)
        good.append(counts)
    truth = pl.DataFrame(
        {"signer": signers, "valid": first_of_each(signers, good)}, schema={"signer": pl.String, "valid": pl.Boolean}
    )
    hidden = ("home", "group", "sex")
    shown = [{name: text.upper() for name, text in voter.items() if name not in hidden} for voter in roll]
    return pl.DataFrame(shown), pl.DataFrame(rows), truth


def _name(rng: np.random.Generator, group: str, sex: str, family: str = "") -> Voter:
    given = str(rng.choice(STOCK[f"{group}_{sex}"]))
    family = family or _family(rng, group)
    middle = ""
    if group == "other" and rng.random() < 0.6:
        middle = str(rng.choice(STOCK[f"other_{sex}"]))
    if group == "viet" and " " in given and rng.random() < 0.5:
        middle, given = given.split(" ", 1)  # the roll keeps the first of two words as a middle name
    if group == "latin" and rng.random() < 0.35:
        family = f"{family} {_family(rng, group)}"
    born = f"{int(rng.integers(1930, 2000))}-{int(rng.integers(1, 13)):02}-{int(rng.integers(1, 29)):02}"
    return {"first_name": given, "middle_name": middle, "last_name": family, "suffix": "", "birth_date": born,
            "group": group, "sex": sex}  # fmt: skip


def _family(rng: np.random.Generator, group: str) -> str:
    stock = STOCK[f"{group}_last"]
    weights = 1 / (np.arange(len(stock)) + (2.0 if group in ("viet", "chinese") else 8.0))
    return str(rng.choice(stock, p=weights / weights.sum()))


def _two(family: str) -> list[str]:
    """Give the surnames of a family, a particle with its word: "De La Cruz Lopez" has two."""
    parts: list[str] = []
    for word in family.split(" "):
        if parts and parts[-1].split(" ")[-1] in ("De", "La"):
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts


def _voters(habits: Habits, voters: int, rng: np.random.Generator) -> list[Voter]:
    """Give voters building by building, some houses and some of up to sixty flats."""
    groups, weights = zip(*SHARES, strict=True)
    roll: list[Voter] = []
    home = 0
    while len(roll) < voters:
        town = int(rng.integers(0, len(STOCK["towns"])))
        place = {
            "house_number": str(rng.integers(100, 6_000)),
            "pre_direction": str(rng.choice(("", "", "W", "E", "S", "N"))),
            "street_name": str(rng.choice(STOCK["streets"])),
            "street_type": str(rng.choice(("Ave", "St", "Blvd", "Pl", "Ave"))),
            "city": STOCK["towns"][town],
            "zip": str(90_010 + town * 11 + int(rng.integers(0, 6))),
        }
        flats = int(rng.integers(4, 60)) if rng.random() < 0.12 else 1
        for flat in range(flats):
            home += 1
            unit = "" if flats == 1 else f"{flat // 6 + 1}{'ABCDEF'[flat % 6]}" if flats < 20 else str(101 + flat)
            group = str(rng.choice(groups, p=weights))
            first = _name(rng, group, str(rng.choice(("women", "men"))))
            members = [first]
            for _ in range(int(rng.poisson(0.9))):
                kin = rng.random() < 0.75
                family = _two(first["last_name"])[0]
                sex = str(rng.choice(("women", "men")))
                members.append(_name(rng, group, sex, family if kin else ""))
            if len(members) > 1 and rng.random() < habits.juniors * 2:
                kept = ("first_name", "middle_name", "last_name", "sex")
                members[1] |= {name: first[name] for name in kept} | {"suffix": "Jr", "birth_date": "1989-05-14"}
            firsts = set()
            for member in members:
                if member["first_name"] not in firsts or member["suffix"]:
                    firsts.add(member["first_name"])
                    roll.append(member | place | {"unit": unit, "home": str(home), "voter_id": str(40_000 + len(roll))})
    return roll[:voters]


def _lines(
    habits: Habits, roll: list[Voter], lines: int, rng: np.random.Generator
) -> Iterator[tuple[Voter, str | None, bool]]:
    """Give, line by line, the signer as they are, their voter id if they have one, and whether the home is theirs."""
    at_home: dict[str, set[str]] = {}
    for voter in roll:
        at_home.setdefault(voter["home"], set()).add(voter["first_name"])
    walk = rng.permutation(len(roll))
    shares = [habits.relatives, habits.housemates, habits.strangers, habits.namesakes, habits.movers, habits.repeats]
    where = ("house_number", "pre_direction", "street_name", "street_type", "city", "zip", "unit")
    for given in range(1, lines + 1):
        voter = roll[walk[(given - 1) % len(walk)]]
        other = roll[int(rng.integers(0, len(roll)))]
        elsewhere = {name: other[name] for name in where} | {"house_number": str(rng.integers(100, 6_000))}
        fate = int(rng.choice(7, p=[*shares, 1 - sum(shares)]))
        if fate < 2:
            person = voter
            while person["first_name"] in at_home[voter["home"]]:
                family = voter["last_name"] if fate == 0 else ""
                person = voter | _name(rng, voter["group"], str(rng.choice(("women", "men"))), family)
                if fate == 0:
                    like = alike(voter["first_name"], person["first_name"], habits.alike, rng)
                    person["first_name"] = like if like not in at_home[voter["home"]] else person["first_name"]
            yield person, None, False
        elif fate == 2:
            group = str(rng.choice([name for name, _ in SHARES], p=[share for _, share in SHARES]))
            yield voter | _name(rng, group, str(rng.choice(("women", "men")))) | elsewhere, None, False
        elif fate == 3:
            yield voter | elsewhere | {"middle_name": "", "birth_date": other["birth_date"]}, None, False
        elif fate == 4:
            if habits.nearby and rng.random() < habits.nearby:
                elsewhere = {"house_number": down_the_street(voter["house_number"], rng), "unit": ""}
            yield voter | elsewhere, voter["voter_id"], False
        elif fate == 5 and given > 200:
            again = roll[walk[int(rng.integers(0, given - 100))]]
            yield again, again["voter_id"], True
        else:
            yield voter, voter["voter_id"], True


def _read(habits: Habits, person: Voter, hand: float, rng: np.random.Generator) -> dict[str, str | None]:
    """Give the cells of a line as they were read from the sheet."""

    def misread(text: str, field: str) -> str:
        share = min(MISREAD[field] * hand, 0.25)
        hit = rng.random(len(text)) < share
        return "".join(
            str(rng.choice(list(ALIKE[letter.lower()]))) if wrong and letter.lower() in ALIKE else letter
            for letter, wrong in zip(text, hit, strict=True)
        )

    given = person["first_name"]
    if given in SHORT and rng.random() < habits.nicknames:
        given = SHORT[given]
    initial = rng.random() < habits.initials
    given = given[0] if initial else misread(given, "given")
    family = person["last_name"]
    if " " in family and person["group"] == "latin":
        luck = rng.random()
        parts = _two(family)
        family = parts[0] if luck < 0.5 else "-".join(parts) if luck < 0.65 else family
    family = misread(family, "family")
    middle = person["middle_name"]
    if rng.random() < 0.5 or initial:
        middle = middle[:1] if rng.random() < 0.3 else ""
    suffix = person["suffix"] if rng.random() < 0.5 else ""
    asian = person["group"] in ("viet", "chinese")
    if rng.random() < (0.25 if asian else 0.01):
        name = " ".join(filter(None, (family, middle, given)))
    else:
        name = " ".join(filter(None, (given, middle, family, suffix)))
    street = [misread(person["house_number"], "number")]
    if person["pre_direction"] and rng.random() < 0.8:
        street.append(person["pre_direction"])
    street.append(misread(person["street_name"], "street"))
    if rng.random() < 0.8:
        street.append(person["street_type"])
    if person["unit"] and rng.random() >= habits.units_left_out:
        street.append(f"{rng.choice(('#', 'Apt ', 'Unit '))}{person['unit']}")
    cells: dict[str, str | None] = {
        "name": name,
        "address": " ".join(street),
        "city": misread(person["city"], "city") if rng.random() < 0.9 else None,
        "zip": misread(person["zip"], "zip"),
        "signed_on": "2018-02-20",
    }
    year, month, day = misread(person["birth_date"], "zip").split("-")
    wrong = not (1900 < int(year) < 2001 and 1 <= int(month) <= 12 and 1 <= int(day) <= 28)
    if habits.asks == "date":
        cells["birth_date"] = person["birth_date"] if wrong else f"{year}-{month}-{day}"
    elif habits.asks == "year":
        cells["birth_year"] = person["birth_date"][:4] if wrong else year
    return cells
