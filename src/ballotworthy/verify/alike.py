"""When names cannot be told apart by looking, or read at all (the specification's section "Look-alikes")."""

from __future__ import annotations

import re
import unicodedata

from ballotworthy.unicode_14 import NOT_ASSIGNED, assigned

CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХ", "ABEZHIKMNOPTYXABESIJKMHOPCTYX")
SMALL = str.maketrans(
    "αικνορυχγτωηаеорсухѕіјһԁԛԝкмтвнгпօսոհցզıɡɑ‐‑‒–—−’‘`´", "aikvopuxytwnaeopcyxsijhdqwkmtbhrnounhgqiga------''''"
)
ALIKE = str.maketrans("01i|", "olll")
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164"
    "\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U0001d159\U000e0000-\U000e0fff]"
)
BORROWED = re.compile(
    "[\u0262\u0269-\u026a\u0274\u0280\u028f\u0299\u029c\u029f\u13a0-\u13fd\u1400-\u167f\u16a0-\u16ff\u1d00-\u1dbf"
    "\u2c80-\u2cff\u2d30-\u2d7f\ua4d0-\ua4ff\ua730-\ua731\ua7f7-\ua7ff\uab30-\uabbf"
    "\U00010280-\U000102df\U00010300-\U0001032f\U00010400-\U000104ff\U000118a0-\U000118ff\U00011fb0-\U00011fbf]"
)
"""Letters that the skeleton does not know, many of them drawn like Latin ones: phonetic small capitals, Cherokee,
Canadian syllabics, runes, Coptic, Tifinagh, Lisu, Lycian, Carian, Old Italic, Deseret to Osage, Warang Citi."""
NOT_SHOWN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
NOT_READ = NOT_SHOWN | {"Co"}
ZEROS = re.compile("(?<![0-9])0+(?=[0-9])")
PLAIN = re.compile("[1-9][0-9]*-[1-9][0-9]*")
NO_LOOK = "\ufffd"
"""Stands in a skeleton for each letter of private use, and for each that Unicode 14.0 does not assign."""


def skeleton(name: str) -> str:
    """Give what is left of a name of what the eye cannot tell: names with one skeleton look alike."""
    seen = unicodedata.normalize("NFKC", assigned(name, NO_LOOK)).translate(CAPITALS).lower().translate(SMALL)
    if not seen.isascii():
        seen = "".join(each for each in UNSEEN.sub("", seen) if unicodedata.category(each) not in NOT_SHOWN)
        seen = "".join(NO_LOOK if unicodedata.category(each) == "Co" else each for each in seen)
        seen = "".join(
            each for at, each in enumerate(seen) if seen[at - 1 : at] != each or unicodedata.category(each) != "Mn"
        )
    else:
        seen = re.sub("[\x00-\x20\x7f]", "", seen)
    return ZEROS.sub("", seen).translate(ALIKE).replace("rn", "m").replace("vv", "w")


def is_read(text: str) -> bool:
    """Whether there is something in a text that can be read: no unseen character, mark or letter of private use."""
    return any(
        unicodedata.category(each)[0] != "M" and unicodedata.category(each) not in NOT_READ
        for each in assigned(UNSEEN.sub("", text), "")
    )


def look_fault(name: str) -> str:
    """Give what in a name the eye cannot tell, whatever other names there are, or nothing."""
    for each in name:
        kind = unicodedata.category(each)
        if ((kind in NOT_SHOWN and not NOT_ASSIGNED.match(each)) or UNSEEN.match(each)) and each != " ":
            return f"holds U+{ord(each):04X}, which nobody sees"
        if kind == "Co" or NOT_ASSIGNED.match(each):
            return f"holds U+{ord(each):04X}, which has no look of its own"
        if BORROWED.match(each):
            return f"holds U+{ord(each):04X}, which is drawn like a letter of another alphabet"
    return "begins with a mark that stands on a letter" if name and unicodedata.category(name[0])[0] == "M" else ""


def first_odd(names: list[str]) -> tuple[str, str] | None:
    """Give the first of some names in which something cannot be told by looking, and what it is."""
    found = ((name, look_fault(name)) for name in names if not (name.isascii() and name.isprintable()))
    return next(((name, fault) for name, fault in found if fault), None)


def first_blank(names: list[str]) -> str | None:
    """Give the first of some names that begins or ends with a blank, or has two in a row: nobody sees how many."""
    return next((name for name in names if name != " ".join(filter(None, name.split(" ")))), None)


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
