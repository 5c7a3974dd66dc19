"""Names made comparable: capitals without accents, marks or titles; suffixes apart; one text split into its parts.

`quick_names.py` reads usual names the same in compiled code, and says why there are two.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ballotworthy.roll.frequencies import census
from ballotworthy.roll.short_names import FAMILY_NAMES, GIVEN_NAMES

APOSTROPHES = "’‘ʼʻ´′＇"
STROKES = str.maketrans(
    {"Ø": "O", "Æ": "AE", "Œ": "OE", "Ł": "L", "Đ": "D", "Ð": "D", "Ħ": "H", "Ŧ": "T", "Þ": "TH", "ß": "SS", "ẞ": "SS"}
    | dict.fromkeys(APOSTROPHES, "'")
)
OTHER_SCRIPT = re.compile(r"[^\W\d_\x00-\x7f]+|[^\D0-9]+")
"""A run of letters, or of digits, that are not of ASCII once accents are off."""
HYPHEN = re.compile(r"\w[-\u2010-\u2013]\w")
INITIALS = re.compile(r"(?:(?<=^[^\W\d_])|(?<=[\W_][^\W\d_]))\.(?=[^\W\d_](?![^\W_]))")
"""The dot between two initials: "J.R."."""
DROPPED = str.maketrans("", "", "'`.")
SUFFIXES = {
    "JR": "JR", "JNR": "JR", "JUNIOR": "JR", "SR": "SR", "SNR": "SR", "SENIOR": "SR", "II": "II", "2ND": "II",
    "2D": "II", "III": "III", "3RD": "III", "3D": "III", "IV": "IV", "4TH": "IV", "V": "V", "5TH": "V",
}  # fmt: skip
WHOLE = 2
"""Words that make a whole name, behind which letters with dots may be a degree."""
DOUBTFUL = frozenset({"V", "JUNIOR", "SENIOR"})
TITLES = frozenset({"MR", "MRS", "MS", "MISS", "MX", "DR", "REV", "PROF", "SGT", "CAPT", "SRA", "SRTA", "MME"})
DEGREES = frozenset({"MD", "PHD", "DDS", "DVM", "ESQ", "RN", "CPA", "JD", "MBA", "EDD"})
SHORT = GIVEN_NAMES.keys() | FAMILY_NAMES.keys()
SPECIAL = TITLES | DEGREES | SUFFIXES.keys() | SHORT
PARTICLES = frozenset(
    {"DE", "DEL", "LA", "LAS", "LOS", "DA", "DAS", "DI", "DO", "DOS", "DU", "LE", "VAN", "VON", "VANDER", "DER",
     "DEN", "TER", "TEN", "ST", "SAN", "SANTA", "MC", "MAC", "O", "EL", "AL", "BIN", "IBN", "ABU"}
)  # fmt: skip
VIETNAMESE = frozenset({"NGUYEN", "TRAN", "LE", "PHAM", "HUYNH", "HOANG", "PHAN", "VU", "VO", "DANG", "BUI", "DO", "HO",
                        "NGO", "DUONG", "LY", "TRUONG", "DINH", "LAM", "MAI"})  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A person's name in plain form; each part may be empty."""

    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""


def plain(text: str) -> str:
    """Give capitals A to Z, digits and single spaces: "O’Brien-Núñez" becomes "OBRIEN NUNEZ".

    A word of another script becomes ten letters that stand for it (see `letters_for`).
    """
    upper = text.upper()
    if not upper.isascii():
        decomposed = unicodedata.normalize("NFKD", upper.translate(STROKES))
        upper = "".join(mark for mark in decomposed if not unicodedata.combining(mark)).upper()
        upper = re.sub(OTHER_SCRIPT, lambda run: letters_for(run[0]), upper)
    if "." in upper:
        upper = re.sub(r"\.(?=[A-Z0-9]{2})", " ", upper)
    upper = upper.translate(DROPPED)
    return re.sub(r"[^A-Z0-9]+", " ", upper).strip()


@lru_cache(100_000)
def letters_for(run: str) -> str:
    """Give ten letters A to Z for letters of another script, as many as a record holds of a first name.

    They are a digest: two names in Chinese, Hebrew or Cyrillic letters are equal when they are written alike, and
    differ wholly when they are not, but for one pair in 10**14. No one reads a name back out of them, and a
    miswritten letter is not seen as a small difference. Digits of other scripts are digits.
    """
    if run.isdecimal():
        return "".join(str(unicodedata.decimal(digit)) for digit in run)
    number = int.from_bytes(hashlib.sha256(run.encode("utf-8", "surrogatepass")).digest(), "big")
    found = ""
    for _ in range(10):
        number, at = divmod(number, 26)
        found += chr(ord("A") + at)
    return found


def plain_part(text: str) -> str:
    """Give one name part in plain form, without title or degree: "Mc Donald MD" becomes "MCDONALD"."""
    return _family(_spelled([word for word in _words(text, WHOLE) if word not in DEGREES], GIVEN_NAMES))


def plain_last(text: str) -> str:
    """Give a last name alone in plain form, without title or degree."""
    return last_name([word for word in _words(text, WHOLE) if word not in DEGREES])


def plain_suffix(text: str) -> str:
    """Give JR, SR, II, III, IV or V, or nothing."""
    return SUFFIXES.get(plain(text).replace(" ", ""), "")


def name_of_text(text: str) -> Name:
    """Split a name written in one cell: "Smith, John Q. Jr.", "María de la Cruz López", "J Smith".

    A single word is a last name; with a comma, or with an initial at the end ("Smith John Q", "Chen X"), the last
    name stands first; otherwise the last name is the last word with the particles before it. "J.R." is two
    initials, "Chas." is Charles, and degrees with dots are degrees behind a whole name only.
    """
    family, _, behind = text.partition(",")
    last = _words(family)
    given = _words(behind, len(last))
    if given and not _is_suffix(given, len(last)):
        last, suffix = _without_suffix(last)
        words, other = _without_suffix(given, least=2)
        if len(words) > 1 and words[0] in SUFFIXES.keys() - DOUBTFUL:
            other, words = SUFFIXES[words[0]], words[1:]
        return Name(*first_and_middle(words), last_name(last), suffix or other)
    words, suffix = words_of_text(text)
    if len(words) > 1 and len(words[-1]) == 1 and len(words[0]) > 1:
        words = [*words[1:], words[0]]
    cut = last_begins(words)
    return Name(*first_and_middle(words[:cut]), last_name(words[cut:]), suffix)


def words_of_text(text: str) -> tuple[list[str], str]:
    """Give the words of a name in one cell, those with a hyphen as one, and its suffix."""
    words, suffix = _without_suffix(_whole_words(text), least=2)
    words, early = _without_inner_suffix(words)
    return words, suffix or early


def last_begins(words: list[str]) -> int:
    """Give where the last name begins: the last word, with the particles before it."""
    cut = max(len(words) - 1, 0)
    while cut > 1 and words[cut - 1] in PARTICLES - {"O"} and words[cut] not in VIETNAMESE:
        cut -= 1
    return cut


def name_of_parts(first: str, middle: str, last: str, suffix: str) -> Name:
    """Join name cells, some of which may hold more than they should: a first name "Mr.", a last name "Lee Jr."."""
    words, found = _without_suffix(_words(last, bool(first)))
    given, early = _without_suffix(_words(first), least=2)
    if not given and len(words) > 1 and not middle:
        given, words = words[:1], words[1:]
    chosen = plain_suffix(suffix) or found or early
    one, two = first_and_middle(given)
    return Name(one, " ".join(filter(None, (two, plain_part(middle)))), last_name(words), chosen)


def _words(text: str, before: int = 0) -> list[str]:
    """Give the words of one part of a name, titles left out, "Mc Donald" and "O Brien" as one.

    `before` is how many words of the name stand in front of this part.
    """
    return _glued(plain(_initials_apart(text, before)).split(), "MC", "MAC", "O")


def _initials_apart(text: str, before: int = 0) -> str:
    """Write "J.R." as "J. R.", but leave "M.D." at the end of a whole name."""
    if not re.search(INITIALS, text):
        return text
    tokens = text.split()
    degree = before + len(tokens) > WHOLE and plain(tokens[-1]) in DEGREES
    apart = [re.sub(INITIALS, ". ", token) for token in tokens]
    return " ".join([*apart[:-1], tokens[-1]] if degree else apart)


def _whole_words(text: str) -> list[str]:
    """Give the words of a whole name, names with a hyphen as one word.

    Mac may be a first name there, and O an initial: "Mac Lee", "Ann O Smith".
    """
    text = _initials_apart(text)
    words = plain(text).split()
    if re.search(HYPHEN, text):
        parts = [(plain(part), bool(re.search(HYPHEN, part))) for part in text.split()]
        words = [word for part, held in parts for word in ([part] if held and part else part.split())]
    words = _glued(words, "MC")
    for at in range(len(words) - 2, 0, -1):
        if words[at] == "MAC" or (words[at] == "O" and words[at + 1] in _behind_o()):
            words[at : at + 2] = ["".join(words[at : at + 2])]
    return words


def _glued(words: list[str], *heads: str) -> list[str]:
    joined: list[str] = []
    for word in words:
        if word in TITLES:
            continue
        if joined and joined[-1] in heads and len(word) > 1:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


@cache
def _behind_o() -> frozenset[str]:
    """Give the words that with an O before them are rather one last name (O Brien) than another's initial (O Smith)."""
    share = dict(census("last").iter_rows())
    one_in = 20
    return frozenset(
        name[1:]
        for name in share
        if name[0] == "O" and len(name) > 2 and share[name] * one_in >= share.get(name[1:], 0)
    )


def last_name(words: list[str]) -> str:
    """Give a last name: short forms spelled out, particles joined."""
    return _family(_spelled(" ".join(words).split(), FAMILY_NAMES))


def _spelled(words: list[str], whole: Mapping[str, str]) -> list[str]:
    """Give the words with those spelled out that are written short."""
    return [whole.get(word, word) for word in words]


def _family(words: list[str]) -> str:
    """Join particles to the name behind them: "DE LA CRUZ" and "DELACRUZ" are one name."""
    joined = ""
    for at, word in enumerate(words):
        joined += word if word in PARTICLES and at + 1 < len(words) else word + " "
    return joined.strip()


def _without_suffix(words: list[str], least: int = 1) -> tuple[list[str], str]:
    """Take suffix and degrees off the end; what may be a name or an initial only behind `least` other words."""
    suffix = ""
    while len(words) > 1 and (words[-1] in SUFFIXES or words[-1] in DEGREES):
        if words[-1] in DOUBTFUL and len(words) <= least:
            break
        suffix = SUFFIXES.get(words[-1], "") or suffix
        words = words[:-1]
    return words, suffix


def _without_inner_suffix(words: list[str]) -> tuple[list[str], str]:
    """Take out a suffix that stands between other words: "Walter Jr Pike"."""
    inner = [word for word in words[1:-1] if word in SUFFIXES.keys() - DOUBTFUL]
    if not inner:
        return words, ""
    kept = [word for at, word in enumerate(words) if not (0 < at < len(words) - 1 and word in inner)]
    return kept, SUFFIXES[inner[-1]]


def _is_suffix(words: list[str], before: int) -> bool:
    """Tell whether words behind a comma are no name; what may be one is none behind a whole name ("Ann Lee, V")."""
    return all(word in SUFFIXES or word in DEGREES for word in words) and (before > 1 or not DOUBTFUL.issuperset(words))


def first_and_middle(words: list[str]) -> tuple[str, str]:
    """Give the first of given names, and the others as one text."""
    first, *others = _spelled(" ".join(words).split(), GIVEN_NAMES) or [""]
    return first, _family(others)
