"""How files spell a measure: its name, and which choice is yes and which is no."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ballotworthy.vote.cards import Mark

YES = frozenset({
    "yes", "for", "yes/for", "for/yes", "yes-for", "yes(for)", "si", "sí", "yes/si", "yes/sí", "si/yes", "sí/yes",
    "oui", "ja", "sì", "bondsyes", "bonds-yes", "approve", "approved", "accept", "retain", "levyyes", "levy-yes",
})  # fmt: skip
NO = frozenset({
    "no", "against", "no/against", "against/no", "no-against", "no(against)", "no/no", "non", "nein", "nee",
    "bondsno", "bonds-no", "reject", "rejected", "donotretain", "levyno", "levy-no",
})  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The choices that are yes and those that are no, in small letters without blanks; a user may add a pair."""

    yes: frozenset[str] = field(default=YES)
    no: frozenset[str] = field(default=NO)

    def side(self, choice: str) -> Mark | None:
        """Give `YES` or `NO`, or None where the choice is neither."""
        plain = plain_choice(choice)
        return Mark.YES if plain in self.yes else Mark.NO if plain in self.no else None

    def are_a_measure(self, choices: Iterable[str]) -> bool:
        """Say whether these choices are yes and no, or as many of the two as there are, each once, and no others."""
        sides = [self.side(each) for each in choices]
        return bool(sides) and None not in sides and len(set(sides)) == len(sides)


WORDS = Words()


def words_with(yes: str | None, no: str | None) -> Words:
    """Give the usual words and the user's own; each side may be absent."""
    more_yes = frozenset({plain_choice(yes)}) if yes else frozenset()
    more_no = frozenset({plain_choice(no)}) if no else frozenset()
    return Words((YES | more_yes) - more_no, (NO | more_no) - more_yes)


def plain_choice(text: str) -> str:
    """Give a choice in small letters without blanks, dots and quotation marks: "Yes / For." is yes/for."""
    return re.sub(r"[\s.\"'\u201c\u201d]+", "", unguarded(text)).casefold()


def one_line(text: str) -> str:
    """Give a name on one line with single blanks, without a guard against Excel."""
    return " ".join(unguarded(text).split())


def folded(text: str) -> str:
    """Give a name by which spellings meet that differ only by case, blanks and line breaks."""
    return one_line(text).casefold()


def named_so(wanted: str, names: Iterable[str]) -> list[str]:
    """Give the names that are what is wanted, whatever their case; if there are none, those of which it is a part."""
    every, plain = list(names), folded(wanted)
    return [name for name in every if folded(name) == plain] or [name for name in every if plain in folded(name)]


def unguarded(cell: str | None) -> str:
    """Give a cell without the guard by which it is kept from Excel: ="012" is 012."""
    text = (cell or "").strip()
    return text[2:-1].strip() if text.startswith('="') and text.endswith('"') and len(text) > 2 else text
