"""People whom a record calls by name and who have no account of it: each somebody, and no two of them one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import combinations

from ballotworthy.casework.alike import fault_of_look, skeleton, with_unseen
from ballotworthy.errors import InputError
from ballotworthy.safe_text import safe_line

_BETWEEN = re.compile(r"[\s,:/()\[\]<>]+")


def refuse_nobody(people: Sequence[str]) -> None:
    """Refuse what is no name of a person: it cannot be read, looks like something else, or would end a sentence.

    Raises:
        InputError: one has no letter and no digit, holds what nobody sees, or a semicolon, which parts what a record
            says of one thing from what it says of the next.
    """
    for name in people:
        told = with_unseen(safe_line(name))
        if fault := fault_of_look(name):
            raise InputError(f"“{told}” may look like another person: {fault}. Write the name anew, without that.")
        if not any(each.isalnum() for each in name):
            raise InputError(f"“{told}” names nobody: write a name that can be read.")
        if ";" in name:
            raise InputError(f"“{told}” is more than a name: write it without a semicolon.")


def refuse_one_twice(people: Sequence[str], known: Collection[str]) -> None:
    """Refuse two names that may be one person's: one has every word of the other, "ann" and "ann (clerk)".

    Args:
        people: names of more than one skeleton.
        known: ids of those admitted to the case: two of these are two people.

    Raises:
        InputError: two may be one; it says which.
    """
    for one, other in combinations(people, 2):
        mine, its = _words(one), _words(other)
        if (mine <= its or its <= mine) and not {one, other} <= set(known):
            raise InputError(
                f"“{one}” and “{other}” may be one person. If they are two, write both names in full, with no word of "
                "what they do."
            )


def _words(name: str) -> set[str]:
    return {skeleton(word) for word in _BETWEEN.split(name) if word}
