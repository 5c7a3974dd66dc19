"""Houses that may stand under two names: asked about, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from ballotworthy.errors import Fault

SLIP = 0.9
"""Names as alike as this differ by a slip of the pen or two; 1 is the same."""


def two_names(names: Sequence[str], told: Mapping[str, str]) -> Iterator[Fault]:
    """Yield pairs of names that may be one house, unless it was told that one of them is a house of its own."""
    apart = {name for name, use in told.items() if name == use}
    for one, two in combinations(sorted(set(names) - apart), 2):
        if _alike(one, two):
            what = f"{one!r} and {two!r} may be one house"
            remedy = f'Say --house "{two}={one}" if they are, and --house "{two}={two}" if they are not'
            yield Fault(None, "house", what, remedy)


def _alike(one: str, two: str) -> bool:
    """Tell whether names have the same letters but for accents or a slip, or one begins with all words of the other."""
    a, b = (re.findall(r"\w+", _without_accents(name)) for name in (one, two))
    shorter, longer = sorted((a, b), key=len)
    if shorter and longer[: len(shorter)] == shorter:
        return True
    return SequenceMatcher(None, "".join(a), "".join(b), autojunk=False).ratio() >= SLIP


def _without_accents(name: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
