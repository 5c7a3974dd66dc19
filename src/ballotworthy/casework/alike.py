"""Ids that nobody can tell apart by looking: docs/reference/record.md, "Look-alikes"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХ", "ABEZHIKMNOPTYXABESIJKMHOPCTYX")
_LETTERS = str.maketrans(
    "αικνορυχγτωηаеорсухѕіјһԁԛԝкмтвнгпօսոհցզıɡɑ‐‑‒–—−’‘`´", "aikvopuxytwnaeopcyxsijhdqwkmtbhrnounhgqiga------''''"
)
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164"
    "\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U0001d159\U000e0000-\U000e0fff]"
)
_GROUPS = (("0", "o"), ("1", "l"), ("i", "l"), ("|", "l"), ("rn", "m"), ("vv", "w"))


def skeleton(name: str) -> str:
    """Give what two names have in common that look alike: letters of one shape, no case, no width, nothing unseen."""
    told = unicodedata.normalize("NFKC", name).translate(_CAPITALS).lower().translate(_LETTERS)
    shown = (each for each in _UNSEEN.sub("", told) if unicodedata.category(each)[0] not in "CZ" or _is_letter(each))
    plain = re.sub(r"(?<![0-9])0+(?=[0-9])", "", "".join(shown))
    for one, other in _GROUPS:
        plain = plain.replace(one, other)
    return plain


def like(name: str, others: Iterable[str]) -> str | None:
    """Give the first of some ids that looks like `name` and is another; None if none does."""
    mine = skeleton(name)
    return next((other for other in others if other != name and skeleton(other) == mine), None)


def _is_letter(character: str) -> bool:
    """Tell whether a character of no known category may stand in a name: private use, or not assigned yet."""
    return unicodedata.category(character) in ("Co", "Cn")
