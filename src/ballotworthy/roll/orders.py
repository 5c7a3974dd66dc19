"""Other orders in which a name in one cell may have been written: the family's name first, or an initial last.

"Thambi Jun Hoe" is read as Thambi, with the last name Hoe; but it may be Jun Hoe of the family Thambi, as Chinese names
are written, or Hoe, with the middle name Jun, as Vietnamese ones are. "Maria Galindez R." is read as an initial behind
the given name, the last name first; but it may be the second surname. Which it is, the roll must tell.
"""

from __future__ import annotations

from dataclasses import dataclass

from ballotworthy.roll.plain import Name, first_and_middle, last_begins, last_name, words_of_text

FAMILY_FIRST, FAMILY_FIRST_GIVEN_LAST, INITIAL_LAST = range(3)
ORDERS = 3


@dataclass(frozen=True)
class Orders:
    """What else a name may be.

    Attributes:
        names: by the order, each name that it may be beside that of `name_of_text`.
        before: the word before the last name, which may be the first of two surnames; empty where there is none.
    """

    names: dict[int, Name]
    before: str = ""


def orders_of_text(text: str) -> Orders:
    """Give the other orders of a name in one cell; none where a comma says which part is which."""
    if "," in text:
        return Orders({})
    words, suffix = words_of_text(text)
    if len(words) > 2 and len(words[-1]) == 1 and len(words[0]) > 1:
        words = words[:-1]
        cut = last_begins(words)
        name = Name(*first_and_middle(words[:cut]), last_name(words[cut:]), suffix)
        return Orders({INITIAL_LAST: name})
    if len(words) < 2:
        return Orders({})
    given = " ".join(words[1:]).split()
    family = last_name(words[:1])
    names = {}
    if len(given[0]) > 1:
        names[FAMILY_FIRST] = Name(*first_and_middle(given), family, suffix)
    if len(given) > 1 and len(given[-1]) > 1:
        names[FAMILY_FIRST_GIVEN_LAST] = Name(*first_and_middle([given[-1], *given[:-1]]), family, suffix)
    return Orders(names, _before(words))


def _before(words: list[str]) -> str:
    """Give the last middle name of a name in its usual order, "" for an initial."""
    _, middle = first_and_middle(words[: last_begins(words)])
    word = middle.split()[-1] if middle else ""
    return word if len(word) > 1 else ""
