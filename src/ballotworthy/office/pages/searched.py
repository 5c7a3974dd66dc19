"""By what a signer was searched for: a name, an address, or both at once, which finds only whom both fit.

Where nobody fits both, those whom the name alone and the address alone fit are looked up too, and shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from ballotworthy.office.models import Search
from ballotworthy.verbs.case_bench import Candidate

NAME, ADDRESS = "name", "address"
WORD = re.compile(r"\w+")


def kinds(typed: str, cells: Mapping[str, str]) -> dict[str, str]:
    """Give what was typed by what it searches, as the record calls it: `name`, `address`.

    A number is of an address, and so is a word with which one of the line's own address begins, and none of its name;
    `cells` are what stands on the line, as `case_bench.cells_of` gives them.
    """
    named, lives = (WORD.findall(cells.get(what, "").casefold()) for what in (NAME, ADDRESS))

    def of(words: Sequence[str]) -> str:
        is_street = all(any(each.startswith(word) for each in lives) for word in words) and not any(
            each.startswith(words[0]) for each in named
        )
        return ADDRESS if is_street or any(letter.isdigit() for word in words for letter in word) else NAME

    found: dict[str, list[str]] = {}
    for key in typed.casefold().split():
        if words := WORD.findall(key):
            found.setdefault(of(words), []).append(key)
    return {kind: " ".join(found[kind]) for kind in sorted(found)}


def look_for(
    typed: str, cells: Mapping[str, str], look: Callable[[str], Sequence[Candidate]]
) -> tuple[list[Candidate], dict[str, str]]:
    """Give the voters found, and which texts were searched for, each with its kinds as `Search.fields` has them."""
    voters, by = list(look(typed)), kinds(typed, cells)
    searched = {typed.lower(): " ".join(by)}
    if not voters and len(by) > 1:
        for kind, keys in by.items():
            rows = {each.row for each in voters}
            voters += [each for each in look(keys) if each.row not in rows]
            searched[keys] = kind
    return voters, searched


def made(searches: Iterable[Search]) -> list[str]:
    """Give the kinds of searches that were made, as the record keeps them."""
    return sorted({kind for each in searches for kind in each.fields.split()})


def made_alone(searches: Iterable[Search]) -> set[str]:
    """Give the kinds by which alone was searched: whoever fits only the name, or only the address, is found by it."""
    return {each.fields for each in searches if each.fields in (NAME, ADDRESS)}
