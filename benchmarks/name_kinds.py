"""Households of each kind of name, and how one of them, or a relative who is not registered, writes a name on a line.

Written from the customs of naming, not from how the matcher reads names: Spanish surnames are the father's and the
mother's; Vietnamese and Chinese names begin with the family's, and a register cuts the given name in its own way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Person:
    """A name as the roll holds it."""

    first: str
    last: str
    middle: str = ""
    suffix: str = ""
    former: str = ""


@dataclass(frozen=True)
class Home:
    """Who is registered in a household, what stands on a line from it, and who wrote that.

    Attributes:
        registered: the voters.
        written: the name on the line.
        signer: which voter signed; None for a relative who is not registered, and where no one name is the signer's.
    """

    registered: list[Person]
    written: str
    signer: int | None


@cache
def _stock() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("name_stock.toml").read_text("utf-8"))


class Draw:
    """Chance, from one seed."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def one(self, choices: list[str]) -> str:
        """Give one of them."""
        return choices[int(self.rng.integers(len(choices)))]

    def some(self, choices: list[str], number: int) -> list[str]:
        """Give several different ones."""
        return [choices[at] for at in self.rng.permutation(len(choices))[:number]]

    def by_share(self, **shares: float) -> str:
        """Give one of the names by its share."""
        return str(self.rng.choice(list(shares), p=np.array(list(shares.values())) / sum(shares.values())))

    def chance(self, share: float) -> bool:
        """Give true in that share of times."""
        return bool(self.rng.random() < share)

    def word(self, *path: str) -> str:
        """Give one name of the stock."""
        part: Any = _stock()
        for step in path:
            part = part[step]
        return self.one(part)


REGISTERED = 0.8
"""Share of lines whose signer is a voter; the others are relatives of the same household who are not registered."""


def _home(draw: Draw, family: list[tuple[Person, str]]) -> Home:
    """Make a household of people, each with what they would write; one signs, and is registered or not."""
    signer = int(draw.rng.integers(len(family)))
    there = [person for person, _ in family]
    if draw.chance(REGISTERED):
        return Home(there, family[signer][1], signer)
    return Home(there[:signer] + there[signer + 1 :], family[signer][1], None)


def _title(text: str) -> str:
    return " ".join(word if "." in word or "'" in word else word.title() for word in text.split())


def two_surnames(draw: Draw) -> Home:
    """Father's and mother's surname on the roll, or one of them; on the line both, one, or one and an initial."""
    father, mother = draw.some(_stock()["spanish"]["family"], 2)
    family = []
    for given in draw.some(_stock()["spanish"]["women"] + _stock()["spanish"]["men"], int(draw.rng.integers(2, 4))):
        second = draw.word("spanish", "women") if draw.chance(0.2) else ""
        as_kept = draw.by_share(both=0.5, hyphen=0.15, father=0.3, mother=0.05)
        last = {"both": f"{father} {mother}", "hyphen": f"{father}-{mother}", "father": father, "mother": mother}[
            as_kept
        ]
        way = draw.by_share(both=0.4, father=0.25, hyphen=0.1, initial=0.12, comma=0.08, mother=0.05)
        written = {
            "both": f"{given} {father} {mother}", "father": f"{given} {father}", "hyphen": f"{given} {father}-{mother}",
            "initial": f"{given} {father} {mother[0]}.", "comma": f"{father} {mother}, {given}",
            "mother": f"{given} {mother}",
        }[way]  # fmt: skip
        family.append((Person(given, last, second), _title(written)))
    return _home(draw, family)


def vietnamese(draw: Draw) -> Home:
    """Family, middle and given name; the roll holds them apart or the last two in one cell, the line any order."""
    last = draw.word("vietnamese", "family")
    family = []
    for given in draw.some(_stock()["vietnamese"]["women"], 2) + draw.some(_stock()["vietnamese"]["men"], 1):
        middle = draw.word("vietnamese", draw.by_share(women_middle=0.5, men_middle=0.5))
        as_kept = draw.by_share(apart=0.55, one_cell=0.25, without=0.2)
        person = {
            "apart": Person(given, last, middle), "one_cell": Person(f"{middle} {given}", last),
            "without": Person(given, last),
        }[as_kept]  # fmt: skip
        way = draw.by_share(own=0.5, western=0.2, short=0.25, own_short=0.05)
        written = {
            "own": f"{last} {middle} {given}", "western": f"{given} {middle} {last}", "short": f"{given} {last}",
            "own_short": f"{last} {given}",
        }[way]  # fmt: skip
        family.append((person, _title(written)))
    return _home(draw, family)


def chinese(draw: Draw) -> Home:
    """A family name and two syllables; the roll holds these as one, apart or in one cell, the line any way."""
    last = draw.word("chinese", "family")
    family = []
    for _ in range(int(draw.rng.integers(2, 4))):
        one, two = draw.some(_stock()["chinese"]["syllables"], 2)
        western = draw.word("chinese", "western")
        as_kept = draw.by_share(one_cell=0.4, apart=0.3, joined=0.2, western=0.1)
        person = {
            "one_cell": Person(f"{one} {two}", last), "apart": Person(one, last, two),
            "joined": Person(one + two, last),
            "western": Person(western, last, f"{one} {two}"),
        }[as_kept]  # fmt: skip
        way = draw.by_share(own=0.45, own_joined=0.1, own_hyphen=0.1, western=0.2, joined=0.05, hyphen=0.1)
        written = {
            "own": f"{last} {one} {two}", "own_joined": f"{last} {one}{two.lower()}",
            "own_hyphen": f"{last} {one}-{two}",
            "western": f"{one} {two} {last}", "joined": f"{one}{two.lower()} {last}", "hyphen": f"{one}-{two} {last}",
        }[way]  # fmt: skip
        if as_kept == "western" and draw.chance(0.5):
            written = f"{western} {last}"
        family.append((person, _title(written)))
    return _home(draw, family)


def _english(draw: Draw, number: int) -> list[Person]:
    last = draw.word("english", "family")
    given = draw.some(_stock()["english"]["women"] + _stock()["english"]["men"], number)
    middle = draw.some(_stock()["english"]["women"] + _stock()["english"]["men"], number)
    return [Person(one, last, two) for one, two in zip(given, middle, strict=True)]


def initials(draw: Draw) -> Home:
    """First and middle name as initials, with and without dots and blanks, or the first alone."""
    family = []
    for person in _english(draw, 2):
        one, two = person.first[0], person.middle[0]
        way = draw.by_share(apart=0.4, dots=0.25, joined=0.1, alone=0.25)
        written = {"apart": f"{one}. {two}.", "dots": f"{one}.{two}.", "joined": f"{one}{two}", "alone": f"{one}."}[way]
        family.append((person, f"{written} {person.last.title()}"))
    return _home(draw, family)


def _other_given(draw: Draw, part: str) -> Home:
    last = draw.word("english", "family")
    others: dict[str, str] = _stock()[part]
    family = [(Person(others[short], last, draw.word("english", "men")[0]), f"{_title(short)} {last.title()}")
              for short in draw.some(list(others), 2)]  # fmt: skip
    return _home(draw, family)


def nicknames(draw: Draw) -> Home:
    """Bob for Robert."""
    return _other_given(draw, "nicknames")


def written_short(draw: Draw) -> Home:
    """Chas. for Charles."""
    return _other_given(draw, "short")


def hyphens(draw: Draw) -> Home:
    """A last name of two with a hyphen: as on the roll, without it, or one half of it."""
    family = []
    one, two = draw.some(_stock()["english"]["family"], 2)
    for person in _english(draw, 2):
        way = draw.by_share(same=0.45, blank=0.25, second=0.1, first=0.1, turned=0.05, joined=0.05)
        last = {"same": f"{one}-{two}", "blank": f"{one} {two}", "second": two, "first": one, "turned": f"{two}-{one}",
                "joined": f"{one}{two.lower()}"}[way]  # fmt: skip
        family.append((Person(person.first, f"{one}-{two}", person.middle), _title(f"{person.first} {last}")))
    return _home(draw, family)


def suffixes(draw: Draw) -> Home:
    """Father and son of one name: both registered, with or without suffix, or the father alone."""
    last, first, middle = draw.word("english", "family"), draw.word("english", "men"), draw.word("english", "men")
    young, old = (("JR", "SR") if draw.chance(0.7) else ("III", "II" if draw.chance(0.5) else "JR"))  # fmt: skip
    kept = draw.by_share(both=0.5, son=0.25, father_only=0.25)
    father = Person(first, last, middle, "" if kept == "son" else old)
    son = Person(first, last, middle, young)
    sons_line = draw.chance(0.5)
    middle_too = f" {middle[0]}." if draw.chance(0.3) else ""
    told = young.title() if sons_line and young == "JR" else young if sons_line else old.title() if old == "SR" else old
    told = told if draw.chance(0.75) else ""
    written = f"{first.title()}{middle_too} {last.title()} {told}".strip()
    there = [father] if kept == "father_only" else [father, son]
    signer = (None if kept == "father_only" else 1) if sons_line else 0
    return Home(there, written, signer)


def married(draw: Draw) -> Home:
    """A name changed by marriage: the roll holds the new one, the old one, or both; so does the line."""
    maiden, new = draw.some(_stock()["english"]["family"], 2)
    husband = Person(draw.word("english", "men"), new, draw.word("english", "men"))
    family = [(husband, _title(f"{husband.first} {new}"))]
    for first in draw.some(_stock()["english"]["women"], 1):
        kept = draw.by_share(former=0.35, middle=0.3, hyphen=0.2, old=0.15)
        person = {
            "former": Person(first, new, former=maiden), "middle": Person(first, new, maiden),
            "hyphen": Person(first, f"{maiden}-{new}"), "old": Person(first, maiden),
        }[kept]  # fmt: skip
        last = {"new": new, "both": f"{maiden} {new}", "hyphen": f"{maiden}-{new}", "old": maiden}
        way = draw.by_share(new=0.4, both=0.25, hyphen=0.15, old=0.2)
        family.append((person, _title(f"{first} {last[way]}")))
    return _home(draw, family)


def two_or_agent(draw: Draw) -> Home:
    """Two people on one line, one for another, a wife by her husband's name: nobody's line without a person."""
    last = draw.word("english", "family")
    his, hers = Person(draw.word("english", "men"), last), Person(draw.word("english", "women"), last)
    way = draw.one([
        "{his} & {hers} {last}", "{his} and {hers} {last}", "Mr. & Mrs. {his} {last}", "Mrs. {his} {last}",
        "{his} {last} by {hers} {last}", "{his} {last} per wife {hers}", "{hers} {last} for {his} {last}",
        "{his} {last} POA", "{his} {last} c/o {hers}", "{his} {last} his mark", "{his} {last} (wife signed)",
    ])  # fmt: skip
    return Home([his, hers], way.format(his=his.first.title(), hers=hers.first.title(), last=last.title()), None)


def plain(draw: Draw) -> Home:
    """First name, perhaps the middle initial, last name: what most people write."""
    family = [
        (each, _title(f"{each.first} {each.middle[0] + '. ' if draw.chance(0.3) else ''}{each.last}"))
        for each in _english(draw, 2)
    ]
    return _home(draw, family)


KINDS: Mapping[str, Callable[[Draw], Home]] = {
    "plain": plain,
    "two surnames": two_surnames,
    "Vietnamese order": vietnamese,
    "Chinese order": chinese,
    "initials only": initials,
    "nicknames": nicknames,
    "written short": written_short,
    "hyphens": hyphens,
    "Jr., Sr., III": suffixes,
    "married, former": married,
    "two people, agents": two_or_agent,
}
