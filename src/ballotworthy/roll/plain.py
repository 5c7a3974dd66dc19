"""Names made comparable: capitals without accents, marks or titles; suffixes apart; one text split into its parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

STROKES = str.maketrans(
    {"Ø": "O", "Æ": "AE", "Œ": "OE", "Ł": "L", "Đ": "D", "Þ": "TH", "ß": "SS", "ẞ": "SS", "’": "'", "`": "'"}
)
SUFFIXES = {
    "JR": "JR", "JUNIOR": "JR", "SR": "SR", "SENIOR": "SR", "II": "II", "2ND": "II", "III": "III", "3RD": "III",
    "IV": "IV", "4TH": "IV", "V": "V", "5TH": "V",
}  # fmt: skip
TITLES = frozenset({"MR", "MRS", "MS", "MISS", "MX", "DR", "REV", "HON", "PROF", "SIR", "FR", "SGT", "CAPT"})
DEGREES = frozenset({"MD", "PHD", "DDS", "DVM", "ESQ", "RN", "CPA", "JD", "DO", "MBA", "EDD"})
PARTICLES = frozenset(
    {"DE", "DEL", "LA", "LAS", "LOS", "DA", "DAS", "DI", "DO", "DOS", "DU", "LE", "VAN", "VON", "VANDER", "DER",
     "DEN", "TER", "TEN", "ST", "SAN", "SANTA", "MC", "MAC", "O", "EL", "AL", "BIN", "IBN", "ABU"}
)  # fmt: skip
GLUED = frozenset({"MC", "MAC", "O"})


@dataclass(frozen=True)
class Name:
    """A person's name in plain form; each part may be empty."""

    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""


def plain(text: str) -> str:
    """Give capitals A to Z, digits and single spaces: "O’Brien-Núñez" becomes "OBRIEN NUNEZ"."""
    upper = text.upper()
    if not upper.isascii():
        decomposed = unicodedata.normalize("NFKD", upper.translate(STROKES))
        upper = "".join(mark for mark in decomposed if not unicodedata.combining(mark)).upper()
    upper = re.sub(r"['.]", "", upper)
    return re.sub(r"[^A-Z0-9]+", " ", upper).strip()


def plain_part(text: str) -> str:
    """Give one name part in plain form, without title or degree: "Mc Donald MD" becomes "MCDONALD"."""
    return " ".join(_glued([w for w in plain(text).split() if w not in TITLES and w not in DEGREES]))


def plain_suffix(text: str) -> str:
    """Give JR, SR, II, III, IV or V, or nothing."""
    return SUFFIXES.get(plain(text).replace(" ", ""), "")


def name_of_text(text: str) -> Name:
    """Split a name written in one cell: "Smith, John Q. Jr.", "María de la Cruz López", "J Smith".

    A single word is a last name; with a comma, or with an initial at the end ("Smith John Q"), the last name
    stands first; otherwise the last name is the last word with the particles before it.
    """
    family, comma, given = text.partition(",")
    if comma and _words(given) and not all(word in SUFFIXES for word in _words(given)):
        last, suffix = _without_suffix(_words(family))
        words, other = _without_suffix(_words(given))
        return Name(*_first_middle(words), _family(last), suffix or other)
    words, suffix = _without_suffix(_words(text))
    if len(words) > 2 and len(words[-1]) == 1 and len(words[0]) > 1:
        words = [*words[1:], words[0]]
    cut = max(len(words) - 1, 0)
    while cut > 1 and words[cut - 1] in PARTICLES:
        cut -= 1
    return Name(*_first_middle(words[:cut]), _family(words[cut:]), suffix)


def name_of_parts(first: str, middle: str, last: str, suffix: str) -> Name:
    """Join name cells, some of which may hold more than they should: a first name "Mr.", a last name "Lee Jr."."""
    words, found = _without_suffix(_words(last))
    given, early = _without_suffix(_words(first))
    if not given and len(words) > 1 and not middle:
        given, words = words[:1], words[1:]
    chosen = plain_suffix(suffix) or found or early
    one, two = _first_middle(given)
    return Name(one, " ".join(filter(None, (two, plain_part(middle)))), _family(words), chosen)


def each_distinct(column: pl.Series, function: Callable[[str], str]) -> pl.Series:
    """Apply `function` once to each distinct text of a column; null counts as the empty text."""
    filled = column.fill_null("")
    distinct = filled.unique()
    if len(distinct) * 2 > len(filled):
        return pl.Series(column.name, [function(text) for text in filled], dtype=pl.String)
    values = pl.Series([function(text) for text in distinct], dtype=pl.String)
    return filled.replace_strict(distinct, values, return_dtype=pl.String)


def _words(text: str) -> list[str]:
    return [word for word in _glued(plain(text).split()) if word not in TITLES]


def _glued(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in GLUED and len(word) > 1:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _family(words: list[str]) -> str:
    """Join particles to the name behind them: "DE LA CRUZ" and "DELACRUZ" are one name."""
    joined = ""
    for at, word in enumerate(words):
        joined += word if word in PARTICLES and at + 1 < len(words) else word + " "
    return joined.strip()


def _without_suffix(words: list[str]) -> tuple[list[str], str]:
    suffix = ""
    while len(words) > 1 and (words[-1] in SUFFIXES or words[-1] in DEGREES):
        suffix = SUFFIXES.get(words[-1], "") or suffix
        words = words[:-1]
    return words, suffix


def _first_middle(words: list[str]) -> tuple[str, str]:
    return (words[0], " ".join(words[1:])) if words else ("", "")
