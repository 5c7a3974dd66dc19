"""Rulings: what people decided of a line."""

from __future__ import annotations

from typing import NamedTuple

from ballotworthy.errors import InputError

VALID, INVALID, MISSING = "valid", "invalid", "missing"
WORDS = (VALID, INVALID, MISSING)


class Ruling(NamedTuple):
    """What was ruled of a line.

    Attributes:
        line: its id.
        ruling: `valid`, `invalid`, or `missing` where the line could not be found.
        links: further valid lines of its signer in the whole petition; None where nothing was said.
    """

    line: str
    ruling: str
    links: int | None = None


def ruling_of(line: str, word: str, links: int | None) -> Ruling:
    """Give a ruling from its words.

    Raises:
        InputError: the word is none of the three, or the links cannot be.
    """
    plain = word.strip().lower()
    if plain not in WORDS:
        raise InputError(f"line {line}: {word!r} is no ruling; say valid, invalid or missing.")
    if links is not None and (links < 0 or (links and plain != VALID)):
        raise InputError(
            f"line {line}: {links} links cannot be; links are further valid lines of the signer of a valid line."
        )
    return Ruling(line, plain, links)
