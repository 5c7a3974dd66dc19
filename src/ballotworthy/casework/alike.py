"""Names that nobody can tell apart by looking, or read at all: docs/reference/record.md, "Look-alikes"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ballotworthy.unicode_14 import NOT_ASSIGNED, assigned

_CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕЅІЈКМНОРСТУХ", "ABEZHIKMNOPTYXABESIJKMHOPCTYX")
_LETTERS = str.maketrans(
    "αικνορυχγτωηаеорсухѕіјһԁԛԝкмтвнгпօսոհցզıɡɑ‐‑‒–—−’‘`´", "aikvopuxytwnaeopcyxsijhdqwkmtbhrnounhgqiga------''''"
)
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164"
    "\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U0001d159\U000e0000-\U000e0fff]"
)
_BORROWED = re.compile(
    "[\u0262\u0269-\u026a\u0274\u0280\u028f\u0299\u029c\u029f\u13a0-\u13fd\u1400-\u167f\u16a0-\u16ff\u1d00-\u1dbf"
    "\u2c80-\u2cff\u2d30-\u2d7f\ua4d0-\ua4ff\ua730-\ua731\ua7f7-\ua7ff\uab30-\uabbf"
    "\U00010280-\U000102df\U00010300-\U0001032f\U00010400-\U000104ff\U000118a0-\U000118ff\U00011fb0-\U00011fbf]"
)
"""Letters that the skeleton does not know, many of them drawn like Latin ones: phonetic small capitals, Cherokee,
Canadian syllabics, runes, Coptic, Tifinagh, Lisu, Lycian, Carian, Old Italic, Deseret to Osage, Warang Citi."""
_NO_LOOK = "\ufffd"
"""Stands in a skeleton for a letter of private use, or newer than Unicode 14.0: its look depends on the font."""
_GROUPS = (("0", "o"), ("1", "l"), ("i", "l"), ("|", "l"), ("rn", "m"), ("vv", "w"))


def skeleton(name: str) -> str:
    """Give what two names have in common that look alike: letters of one shape, no case, no width, nothing unseen."""
    if name.isascii():
        plain = re.sub("[\x00-\x20\x7f]", "", name.lower()).translate(_LETTERS)
    else:
        told = unicodedata.normalize("NFKC", assigned(name, _NO_LOOK)).translate(_CAPITALS)
        plain = "".join(_shown(told.lower().translate(_LETTERS)))
    plain = re.sub(r"(?<![0-9])0+(?=[0-9])", "", plain)
    for one, other in _GROUPS:
        plain = plain.replace(one, other)
    return plain


def like(name: str, others: Iterable[str]) -> str | None:
    """Give the first of some ids that looks like `name` and is another; None if none does."""
    mine = skeleton(name)
    return next((other for other in others if other != name and skeleton(other) == mine), None)


def is_seen(text: str) -> bool:
    """Tell whether something in a text can be read: a character that is seen, has a look of its own, and is no mark."""
    return any(
        not _is_unseen(each) and unicodedata.category(each)[0] != "M" and not _has_no_look(each) for each in text
    )


def fault_of_look(name: str) -> str:
    """Say what in a name makes it look like something else: an unseen character, one of no look; "" where nothing."""
    if name.isascii() and name.isprintable():
        return ""
    for each in name:
        if _is_unseen(each) and each != " ":
            return f"it holds U+{ord(each):04X}, which nobody sees"
        if _has_no_look(each):
            return f"it holds U+{ord(each):04X}, which has no look of its own"
        if _BORROWED.match(each):
            return f"it holds U+{ord(each):04X}, which is drawn like a letter of another alphabet"
    return "it begins with a mark that stands on a letter" if unicodedata.category(name[:1] or " ")[0] == "M" else ""


def fault_of_blanks(name: str) -> str:
    """Say that a name has blanks of which nobody sees how many they are; "" where it has none."""
    return "" if name == " ".join(filter(None, name.split(" "))) else "it has blanks that nobody sees"


def with_unseen(text: str) -> str:
    """Give a text with each character that nobody sees, but a blank (U+0020), shown by name: ‹U+3164›."""
    return "".join(f"‹U+{ord(each):04X}›" if each != " " and _is_unseen(each) else each for each in text)


def _shown(text: str) -> Iterator[str]:
    last = ""
    for each in text:
        if _is_unseen(each):
            continue
        shown = _NO_LOOK if _has_no_look(each) else each
        if shown != last or unicodedata.category(shown) != "Mn":
            yield shown
        last = shown


def _is_unseen(character: str) -> bool:
    if NOT_ASSIGNED.match(character):
        return False
    kind = unicodedata.category(character)
    return kind in ("Cc", "Cf") or kind[0] == "Z" or _UNSEEN.match(character) is not None


def _has_no_look(character: str) -> bool:
    return unicodedata.category(character) == "Co" or NOT_ASSIGNED.match(character) is not None
