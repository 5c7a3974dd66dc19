"""A planned suburb: one street name with many types, coined family names, spellings of one given name, tidy forms.

Names, house and town stand in columns of their own. What goes wrong is typing at a desk: two letters changed about, a
letter twice, a word left out, the line above taken again for a cell, a spelling by ear.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import polars as pl

from unlike.habits import Habits
from unlike.look_alikes import alike, down_the_street
from unlike.world import first_of_each

STOCK = tomllib.loads((Path(__file__).parent / "names.toml").read_text())["suburb"]
BY_EAR = (("ck", "k"), ("qu", "kv"), ("ph", "f"), ("th", "t"), ("sz", "s"), ("ie", "ei"), ("ll", "l"), ("nn", "n"),
          ("ss", "s"), ("ey", "y"), ("y", "i"), ("z", "s"), ("c", "k"), ("e", "a"))  # fmt: skip
SHORT = {
    "Abigail": "Abby", "Madison": "Maddie", "Christine": "Chris", "Catherine": "Cathy", "Kathryn": "Kate",
    "Allison": "Allie", "Barbara": "Barb", "Judith": "Judy", "Cynthia": "Cindy", "Theresa": "Terri",
    "Lillian": "Lily", "Jacob": "Jake", "Andrew": "Drew", "Steven": "Steve", "Stephen": "Steve", "Jeffrey": "Jeff",
    "Douglas": "Doug", "Donald": "Don", "Ronald": "Ron", "Gerald": "Jerry", "Philip": "Phil", "Matthew": "Matt",
    "Nathan": "Nate", "Jonathan": "Jon",
}  # fmt: skip
TYPES = ("CT", "DR", "LN", "CIR", "WAY", "TRL", "AVE")
ODDS = {"first_name": 0.025, "last_name": 0.04, "number": 0.012, "street": 0.03, "city": 0.01, "zip": 0.015,
        "born": 0.012}  # fmt: skip
HOME = ("number", "street", "type", "city", "zip")


def suburb(habits: Habits, voters: int, lines: int, rng: np.random.Generator) -> tuple[pl.DataFrame, ...]:
    """Give the roll, the lines, and a table of `signer` and `valid`."""
    roll = _roll(habits, voters, rng)
    clean, truth = _signers(habits, roll, lines, rng)
    typed = _typed(habits, clean, rng)
    filed = roll.select(
        "voter_id", "first_name", "middle_name", "last_name", "suffix",
        pl.concat_str("number", "street", "type", separator=" ").alias("address"),
        "city", "zip", pl.col("born").alias("birth_date"),
    )  # fmt: skip
    return filed, typed, truth


def _names(rng: np.random.Generator, size: int) -> pl.DataFrame:
    fronts, backs = np.array(STOCK["fronts"]), np.array(STOCK["backs"])
    women, men = np.array(STOCK["women"]), np.array(STOCK["men"])
    popular = 1 / np.arange(2, len(men) + 2)
    popular /= popular.sum()
    is_man = rng.random(size) < 0.5
    first = np.where(is_man, rng.choice(men, size, p=popular), rng.choice(women, size, p=popular))
    middle = np.where(is_man, rng.choice(men, size), rng.choice(women, size))
    days = rng.integers(-14_000, 11_000, size).astype("datetime64[D]")
    return pl.DataFrame(
        {
            "first_name": first,
            "middle_name": np.where(rng.random(size) < 0.85, middle, ""),
            "last_name": np.char.add(rng.choice(fronts, size), rng.choice(backs, size)),
            "suffix": np.full(size, ""),
            "born": pl.Series(days).cast(pl.String),
        }
    )


def _roll(habits: Habits, voters: int, rng: np.random.Generator) -> pl.DataFrame:
    """Give voters by house: streets of thirty houses, four streets of one name to an estate."""
    size = rng.choice((1, 2, 3, 4), voters, p=(0.25, 0.5, 0.17, 0.08))
    house = np.repeat(np.arange(voters), size)[:voters]
    street = house // 30
    estate = street // 4
    count = int(estate[-1]) + 1
    name = np.char.add(rng.choice(STOCK["streets"], count), rng.choice(STOCK["tails"], count))
    kind = np.array([rng.permutation(TYPES)[:4] for _ in range(count)])
    town = rng.integers(0, len(STOCK["towns"]), count)
    people = _names(rng, voters)
    head = np.searchsorted(house, house)
    eldest = people[head]
    inherits = (house == np.roll(house, 2)) & (rng.random(voters) < habits.juniors * 4)  # the third in a house
    kin = pl.Series(rng.random(voters) < 0.85)
    return people.with_columns(
        first_name=pl.when(pl.Series(inherits)).then(eldest["first_name"]).otherwise("first_name"),
        middle_name=pl.when(pl.Series(inherits)).then(eldest["middle_name"]).otherwise("middle_name"),
        last_name=pl.when(kin | pl.Series(inherits)).then(eldest["last_name"]).otherwise("last_name"),
        suffix=pl.Series(np.where(inherits, "JR", "")),
        voter_id=pl.Series(rng.permutation(voters) + 700_000).cast(pl.String),
        house=pl.Series(house),
        number=pl.Series(1_000 + 40 * (street % 25) + (house % 30) * 4 + 2).cast(pl.String),
        street=pl.Series(name[estate]),
        type=pl.Series(kind[estate, street % 4]),
        city=pl.Series(np.array(STOCK["towns"])[town[estate]]),
        zip=pl.Series(55_300 + town[estate] * 3 + estate % 2).cast(pl.String),
    )


def _signers(
    habits: Habits, roll: pl.DataFrame, lines: int, rng: np.random.Generator
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the lines as meant, and their truth."""
    shares = np.array([habits.relatives, habits.housemates, habits.strangers, habits.namesakes, habits.movers])
    fate = rng.choice(6, lines, p=[*shares, 1 - shares.sum()])
    who = rng.permutation(roll.height)[:lines]
    again = (rng.random(lines) < habits.repeats) & (fate == 5) & (np.arange(lines) > 50)
    for at in np.flatnonzero(again):
        who[at] = who[rng.integers(0, at)]
    meant = roll[who]
    other = roll[rng.integers(0, roll.height, lines)]
    fresh = _unlike(rng, roll, who)
    relative, housemate, stranger, namesake, mover = (pl.Series(fate == at) for at in range(5))
    unknown = relative | housemate | stranger
    meant = meant.with_columns(
        pl.when(unknown).then(fresh["first_name"]).otherwise("first_name").alias("first_name"),
        pl.when(unknown | namesake).then(fresh["middle_name"]).otherwise("middle_name").alias("middle_name"),
        pl.when(housemate | stranger).then(fresh["last_name"]).otherwise("last_name").alias("last_name"),
        pl.when(unknown | namesake).then(fresh["born"]).otherwise("born").alias("born"),
        pl.when(unknown | namesake).then(pl.lit("")).otherwise("suffix").alias("suffix"),
        *(pl.when(stranger | namesake | mover).then(other[name]).otherwise(name).alias(name) for name in HOME),
    )  # fmt: skip
    if habits.alike or habits.nearby:
        meant = _near(habits, meant, roll, who, (relative, mover), rng)
    odd = pl.Series(1_001 + 2 * rng.integers(0, 900, lines)).cast(pl.String)
    meant = meant.with_columns(number=pl.when(stranger).then(odd).otherwise("number"))
    ids = [None if nobody else voter for voter, nobody in zip(meant["voter_id"], unknown | namesake, strict=True)]
    good = (pl.Series(fate == 5)).to_list()
    truth = pl.DataFrame(
        {"signer": ids, "valid": first_of_each(ids, good)}, schema={"signer": pl.String, "valid": pl.Boolean}
    )
    return meant, truth


def _near(
    habits: Habits,
    meant: pl.DataFrame,
    roll: pl.DataFrame,
    who: np.ndarray,
    fates: tuple[pl.Series, pl.Series],
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Give some relatives a name like the voter's, and let some movers have moved down the street."""
    voters, (relative, mover) = roll[who], fates
    taken = set(zip(roll["house"], roll["first_name"], strict=True))
    firsts, numbers = meant["first_name"].to_list(), meant["number"].to_list()
    stayed = np.flatnonzero(mover.to_numpy() & (rng.random(len(who)) < habits.nearby))
    for at in relative.arg_true():
        like = alike(voters["first_name"][at], firsts[at], habits.alike, rng)
        firsts[at] = firsts[at] if (voters["house"][at], like) in taken else like
    for at in stayed:
        numbers[at] = down_the_street(voters["number"][int(at)], rng)
    near = pl.Series(np.isin(np.arange(len(who)), stayed))
    meant = meant.with_columns(
        pl.when(near).then(voters[name]).otherwise(name).alias(name) for name in ("street", "type", "city", "zip")
    )
    return meant.with_columns(pl.Series("first_name", firsts), pl.Series("number", numbers))


def _unlike(rng: np.random.Generator, roll: pl.DataFrame, who: np.ndarray) -> pl.DataFrame:
    """Give people whose first names nobody in the house of the voter beside them bears."""
    taken = set(zip(roll["house"], roll["first_name"], strict=True))
    fresh = _names(rng, len(who))
    firsts = fresh["first_name"].to_list()
    for at, house in enumerate(roll["house"].gather(who)):
        while (house, firsts[at]) in taken:
            firsts[at] = str(rng.choice(STOCK["women"] + STOCK["men"]))
    return fresh.with_columns(pl.Series("first_name", firsts))


def _typed(habits: Habits, meant: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Give the file of lines: desks in turns of 25 lines, each with its own share of slips."""
    desks = 6 + meant.height // 400
    pace = rng.gamma(6, 1 / 6, desks) * np.where(rng.random(desks) < habits.careless, 8, 1)
    if habits.careless:
        pace[1] = 8  # at least one
    turn = rng.permutation(np.arange(meant.height // 25 + 1) % desks)
    rows: list[dict[str, str | None]] = []
    before: dict[str, str] = {}
    for at, person in enumerate(meant.iter_rows(named=True)):
        desk = int(turn[at // 25])
        row = _line(habits, person, before, float(pace[desk]) * habits.slips, rng)
        row |= {"sheet": str(at // 25 + 1), "line": str(at % 25 + 1), "signed_on": "2018-04-01"}
        rows.append(row | ({"operator": f"desk {desk + 1}"} if habits.told else {}))
        before = person
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


def _line(
    habits: Habits, person: dict[str, str], before: dict[str, str], pace: float, rng: np.random.Generator
) -> dict[str, str | None]:
    def typed(field: str) -> str:
        text = person[field]
        if rng.random() >= min(ODDS[field] * pace, 0.55):
            return text
        if before and rng.random() < 0.04:
            return before[field]
        return _mistyped(text, rng)

    first = typed("first_name")
    if person["first_name"] in SHORT and rng.random() < habits.nicknames:
        first = SHORT[person["first_name"]]
    if rng.random() < habits.initials:
        first = person["first_name"][0]
    middle = person["middle_name"][:1] if rng.random() < 0.45 else ""
    kind = person["type"] if rng.random() < 0.88 else ""
    row: dict[str, str | None] = {
        "first_name": first, "middle_name": middle or None, "last_name": typed("last_name"),
        "suffix": person["suffix"] if rng.random() < 0.6 else None,
        "address": " ".join(filter(None, (typed("number"), typed("street"), kind))),
        "city": typed("city"), "zip": typed("zip"),
    }  # fmt: skip
    if habits.asks != "none":
        born = person["born"]
        if rng.random() < ODDS["born"] * pace:
            year, month, day = born.split("-")
            born = (
                f"{year}-{day}-{month}" if int(day) <= 12 else f"{int(year) + int(rng.choice((-1, 1)))}-{month}-{day}"
            )
            born = person["born"] if born.endswith("02-29") else born
        row["birth_date" if habits.asks == "date" else "birth_year"] = born if habits.asks == "date" else born[:4]
    return row


def _mistyped(text: str, rng: np.random.Generator) -> str:
    """Give the text with a slip of fingers or ear."""
    if len(text) < 3:
        return text
    at = int(rng.integers(0, len(text) - 1))
    heard = [pair for pair in BY_EAR if pair[0] in text.lower()]
    way = rng.random()
    if way < 0.25 and heard and not text.isdigit():
        old, new = heard[int(rng.integers(0, len(heard)))]
        return text.lower().replace(old, new, 1).title()
    if way < 0.6:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if way < 0.8:
        return text[:at] + text[at] + text[at:]
    if way < 0.92 or " " not in text:
        return text[:at] + text[at + 1 :]
    return text.split(" ")[0]
