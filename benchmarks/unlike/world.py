"""A world: a roll, a petition, and who signed what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

CALIFORNIA, NO_HOME_LAW = ("us-ca", "amendment"), ("us-wa", "initiative")
"""Laws that ask for the home of the roll, and that do not; each with a kind of petition."""


@dataclass(frozen=True)
class World:
    """A roll and a petition as the files hold them, and the truth.

    Attributes:
        maker: who made it: "simulator", "village", "metro", "suburb", "unfitted", "fresh", "six", "moved",
            "strange" or "corners".
        kind: of what kind, from the kinds of the maker.
        variant: which of that kind, from 0.
        birth: what the form asks of birth: "none", "year" or "date".
        roll, lines: as the files hold them.
        taken_on: the day of the roll.
        truth: `signer`, the voter who signed each line, null where nobody on the roll did; and `valid`: the line
            counts, since its signer gives the home the roll has, where the law asks for it, and has not signed before.
        law: the place by whose law lines count, and the kind of petition.
    """

    maker: str
    kind: str
    variant: int
    birth: str
    roll: pl.DataFrame
    lines: pl.DataFrame
    taken_on: dt.date
    truth: pl.DataFrame
    law: tuple[str, str] = CALIFORNIA


def first_of_each(signers: list[str | None], good: list[bool]) -> list[bool]:
    """Give which good lines are the first good ones of their signer: the later ones are repeats."""
    seen: set[str] = set()
    first = []
    for signer, holds in zip(signers, good, strict=True):
        counts = holds and signer is not None and signer not in seen
        if counts and signer is not None:
            seen.add(signer)
        first.append(counts)
    return first
