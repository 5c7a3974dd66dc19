"""Words beside a name in one cell, a title, a degree or an order's letters: "Hon. Ann Kerr", "Ann Kerr, S.J.".

`roll.plain` leaves out those that are never a name. Others are names as well (Judge, Elder, Pe, Do), or short words
that nobody of the roll or the census bears. Where such words stand before or behind a first and a last name that are
known, the name may be read without them; what that is worth hangs on the names themselves, as of any other reading, so
that "Hoa Thi Do" is rather Hoa Do. Words that may be no title and no degree leave the line to a person
(`check.words_beside`).
"""

from __future__ import annotations

from collections.abc import Sequence
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
    which, bare = bare_texts(texts, frequencies)
    known, found = read_bare(bare, frequencies)
    return which[known], found


def read_bare(bare: Sequence[Bare], frequencies: Frequencies) -> tuple[np.ndarray, np.ndarray]:
    """Give which of these have both names known, bool (names,), and those as `bare_names` does."""
    names = [name_of_text(each.name) for each in bare]
    parts = [(name.first, name.middle, name.last) for name in names]
    read = pl.DataFrame(parts, schema=dict.fromkeys(PARTS, pl.String), orient="row")
    known = (frequencies.first_bits(read["first"]) < frequencies.unseen[1]) & (read["first"] != "").to_numpy()
    known &= frequencies.last_bits(read["last"]) < frequencies.unseen[0]
    known &= (read["last"].str.len_chars() > 1).to_numpy()
    read = read.with_columns(both_surnames(read["last"]).str.slice(0, WIDTH["last"]).alias("last")).filter(known)
    found = np.zeros(read.height, RECORD)
    for part in PARTS:
        found[part] = letters(read[part], RECORD[part].shape[0])
    return known, found


def bare_texts(texts: pl.Series, frequencies: Frequencies) -> tuple[np.ndarray, list[Bare]]:
    """Give which of these names have words beside them that `roll.plain` does not leave out, int64, and those names."""
    may = _beside(texts.str.extract(FIRST, 1), HEADS, frequencies)
    may |= _beside(texts.str.extract(LAST, 1), TAILS | DEGREES, frequencies)
    rows = np.flatnonzero(may)
    some = texts.gather(rows)
    words = some.str.split(" ").explode().str.split(",").explode().drop_nulls().unique()
    head, tail = (
        set(words.filter(pl.Series(_beside(words, known, frequencies)))) for known in (HEADS | TITLES, TAILS | DEGREES)
    )
    plainly = pl.Series([plain(word) for word in words], dtype=pl.String)
    surnames = set(plainly.filter(pl.Series(frequencies.last_bits(plainly) < frequencies.unseen[0])))
    each = [_parted(text, head, tail, surnames) for text in some]
    kept = [at for at, bare in enumerate(each) if bare.left_out]
    return rows[kept], [each[at] for at in kept]


def _parted(text: str, may_lead: set[str], may_follow: set[str], surnames: set[str]) -> Bare:
    """Give a name without the words beside it, of those that may be before it and behind it."""
    before, _, behind = text.partition(",")
    words, tail = before.split(), behind.replace(",", " ").split()
    if tail and (len(words) < NAME or not may_follow.issuperset(tail)):
        return Bare(text, (), sure=True)
    apart, head = len(tail), list[str]()
    while len(words) > NAME and words[-1] in may_follow:
        tail.append(words.pop())
    while len(words) > NAME and words[0] in may_lead:
        head.append(words.pop(0))
    sure = (HEADS | TITLES).issuperset(map(plain, head)) and all(
        plain(word) in DEGREES or (plain(word) in TAILS and (at < apart or "." in word or plain(word) not in surnames))
        for at, word in enumerate(tail)
    )
    left_out = tuple(word for word in map(plain, head + tail) if word not in TITLES | DEGREES)
    return Bare(" ".join(words), left_out, sure)


def _beside(words: pl.Series, known: frozenset[str], frequencies: Frequencies) -> np.ndarray:
    """Tell which words may stand beside a name: those of `known`, and short ones that are nobody's name; bool."""
    bare = words.fill_null("").str.to_uppercase().str.replace_all("[^A-Z0-9]", "")
    size = bare.str.len_chars()
    short = ((size > 1) & (size <= SHORT) & ~bare.is_in(list(SUFFIXES))).to_numpy()
    last = frequencies.last_bits(bare) >= frequencies.unseen[0]
    first = frequencies.first_bits(bare) >= frequencies.unseen[1]
    return np.asarray(bare.is_in(list(known)).to_numpy() | (short & last & first))
