"""When two names cannot be told apart by looking: one skeleton for both (the specification's section "Look-alikes")."""

from __future__ import annotations

import re
import unicodedata

CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХ", "ABEZHIKMNOPTYXABESIJKMHOPCTYX")
SMALL = str.maketrans(
    "αικνορυχγτωηаеорсухѕіјһԁԛԝкмтвнгпօսոհցզıɡɑ‐‑‒–—−’‘`´", "aikvopuxytwnaeopcyxsijhdqwkmtbhrnounhgqiga------''''"
)
ALIKE = str.maketrans("01i|", "olll")
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164"
    "\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U0001d159\U000e0000-\U000e0fff]"
)
NOT_SHOWN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
ZEROS = re.compile("(?<![0-9])0+(?=[0-9])")
PLAIN = re.compile("[1-9][0-9]*-[1-9][0-9]*")


def skeleton(name: str) -> str:
    """Give what is left of a name of what the eye cannot tell: names with one skeleton look alike."""
    seen = unicodedata.normalize("NFKC", name).translate(CAPITALS).lower().translate(SMALL)
    if not seen.isascii():
        seen = "".join(each for each in UNSEEN.sub("", seen) if unicodedata.category(each) not in NOT_SHOWN)
    else:
        seen = re.sub("[\x00-\x20\x7f]", "", seen)
    return ZEROS.sub("", seen).translate(ALIKE).replace("rn", "m").replace("vv", "w")


def first_alike(names: list[str]) -> tuple[str, str] | None:
    """Give the first of some names that looks like one before it, and that one; names of plain digits never do."""
    if all(map(PLAIN.fullmatch, names)):
        return None
    known: dict[str, str] = {}
    for name in names:
        before = known.setdefault(skeleton(name), name)
        if before != name:
            return name, before
    return None
