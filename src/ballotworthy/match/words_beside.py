"""Words beside a name in one cell, a title, a degree or an order's letters: "Hon. Ann Kerr", "Ann Kerr, S.J.".

`roll.plain` leaves out those that are never a name. Others are names as well (Judge, Elder, Pe, Do), or short words
that nobody of the roll or the census bears. Where such words stand before or behind a first and a last name that are
known, the name may be read without them; what that is worth hangs on the names themselves, as of any other reading, so
that "Hoa Thi Do" is rather Hoa Do. Words that may be no title and no degree leave the line to a person
(`check.words_beside`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.roll.frequencies import WIDTH, Frequencies, both_surnames
from ballotworthy.roll.packed import RECORD, letters
from ballotworthy.roll.plain import DEGREES, SUFFIXES, TITLES, name_of_text, plain

HEADS = frozenset(
    {"HON", "JUDGE", "JUSTICE", "PASTOR", "ELDER", "DEACON", "FATHER", "BROTHER", "SISTER", "RABBI", "IMAM", "SIR",
     "MAYOR", "MAJOR", "MAJ", "GENERAL", "GEN", "COL", "COLONEL", "CAPTAIN", "SERGEANT", "SEN", "REP", "GOV", "CHIEF",
     "COACH", "DON", "DONA", "BISHOP", "DEAN", "DOCTOR", "FR", "LT", "LTC", "CPL", "PVT", "MSGR", "ATTY"}
)  # fmt: skip
TAILS = frozenset(
    {"PE", "DO", "OD", "NP", "PA", "RA", "DC", "MA", "MS", "BA", "BS", "JP", "OP", "CAP", "RET", "RETIRED", "AIA",
     "SJ", "OFM", "OSB", "CSC", "RPH", "DMD", "DPM", "MSN", "BSN", "LPN", "FNP", "LCSW", "MSW", "MPH", "LLM", "CFA",
     "CFP", "PMP", "USN", "USMC", "USAF"}
)  # fmt: skip
SHORT = 4
"""Letters of the longest unknown word that is rather letters beside a name than a name written wrong."""
NAME = 2
"""Words of a name at least."""
PARTS = ("first", "middle", "last")
FIRST, LAST = r"^\W*(\S+)\s", r"\s(\S+)\s*$"


@dataclass(frozen=True)
class Bare:
    """A name without the words beside it.

    Attributes:
        name: what is left.
        left_out: words left out, in plain form, but for those that `roll.plain` leaves out.
        sure: whether all of them are titles or degrees: a surname is one behind a comma or with dots only.
    """

    name: str
    left_out: tuple[str, ...]
    sure: bool


def bare_names(texts: pl.Series, frequencies: Frequencies) -> tuple[np.ndarray, np.ndarray]:
    """Give which of these names may be read without words beside them, int64, and those names so read.

    The names are `packed.RECORD` with nothing but first, middle and last name.
    """
    beside = _beside(texts.str.extract(FIRST, 1), HEADS, frequencies)
    beside |= _beside(texts.str.extract(LAST, 1), TAILS | DEGREES, frequencies)
    rows, names = list[int](), list[tuple[str, str, str]]()
    for row in np.flatnonzero(beside):
        bare = parted(texts[int(row)], frequencies)
        if bare.left_out:
            name = name_of_text(bare.name)
            rows.append(int(row))
            names.append((name.first, name.middle, name.last))
    read = pl.DataFrame(names, schema=dict.fromkeys(PARTS, pl.String), orient="row")
    known = (frequencies.first_bits(read["first"]) < frequencies.unseen[1]) & (read["first"] != "").to_numpy()
    known &= (frequencies.last_bits(read["last"]) < frequencies.unseen[0]) & (
        read["last"].str.len_chars() > 1
    ).to_numpy()
    read = read.with_columns(both_surnames(read["last"]).str.slice(0, WIDTH["last"]).alias("last")).filter(known)
    found = np.zeros(read.height, RECORD)
    for part in PARTS:
        found[part] = letters(read[part], RECORD[part].shape[0])
    return np.array(rows, np.int64)[known], found


def parted(text: str, frequencies: Frequencies) -> Bare:
    """Give a name without the words beside it."""
    before, _, behind = text.partition(",")
    words, tail = before.split(), behind.replace(",", " ").split()
    if tail and (len(words) < NAME or not all(_stands_beside(word, TAILS | DEGREES, frequencies) for word in tail)):
        return Bare(text, (), sure=True)
    apart, head = len(tail), list[str]()
    while len(words) > NAME and _stands_beside(words[-1], TAILS | DEGREES, frequencies):
        tail.append(words.pop())
    while len(words) > NAME and _stands_beside(words[0], HEADS | TITLES, frequencies):
        head.append(words.pop(0))
    left_out = tuple(plain(word) for word in head + tail)
    sure = (HEADS | TITLES).issuperset(map(plain, head)) and all(
        plain(word) in TAILS and (at < apart or "." in word or _nobodys(word, frequencies))
        for at, word in enumerate(tail)
        if plain(word) not in DEGREES
    )
    return Bare(" ".join(words), tuple(word for word in left_out if word not in TITLES | DEGREES), sure)


def _stands_beside(word: str, known: frozenset[str], frequencies: Frequencies) -> bool:
    return bool(_beside(pl.Series([word]), known, frequencies)[0])


def _beside(words: pl.Series, known: frozenset[str], frequencies: Frequencies) -> np.ndarray:
    """Tell which words may stand beside a name: those of `known`, and short ones that are nobody's name; bool."""
    bare = words.fill_null("").str.to_uppercase().str.replace_all("[^A-Z]", "")
    size = bare.str.len_chars()
    short = ((size > 1) & (size <= SHORT) & ~bare.is_in(list(SUFFIXES))).to_numpy()
    last = frequencies.last_bits(bare) >= frequencies.unseen[0]
    first = frequencies.first_bits(bare) >= frequencies.unseen[1]
    return np.asarray(bare.is_in(list(known)).to_numpy() | (short & last & first))


def _nobodys(word: str, frequencies: Frequencies) -> bool:
    return bool(frequencies.last_bits(pl.Series([plain(word)]))[0] >= frequencies.unseen[0])
