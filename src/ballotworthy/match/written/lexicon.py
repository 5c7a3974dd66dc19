"""The texts that a roll thinks of: its names, streets, house numbers and zip codes, with how rare each is in bits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.files.compiled import compiled
from ballotworthy.files.distinct import each_distinct
from ballotworthy.match.written.forward import NOTHING, weigh_texts
from ballotworthy.match.written.seen import Seen, joined, labels_of
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import EIGHTHS
from ballotworthy.roll.house_numbers import HYPHENED
from ballotworthy.roll.packed import RECORD, letters
from ballotworthy.roll.people import ADDRESS, plain_people
from ballotworthy.roll.plain import plain

PASSED = 0.5
"""Price of a step of ink beside a word while words are sought: all words pay for what stands beside them alike."""
LIKELY, PLAIN, FIGURES = 64, 160, 600
"""Words kept of a cell: the likeliest, and those that the picture alone likes best, however rare, of numbers more."""
COMMON = 4_000
"""Words that are weighed before all others."""
NUMBER_BITS = 10.0
"""How rare a house number is: what `comparisons.house_number` believes of strangers, 0.0009."""
DIGITS = 7
UNIT, CITY = 8, 16
"""Letters kept of a unit and of a city."""
MARGIN = 2.0
"""Bits that a word is weighed too low at most where little is asked for: what is left out at each step."""
SOME = 1024
"""Voters, evenly through the roll, who show what a picture says of people who have nothing to do with it."""


@dataclass(frozen=True)
class Some:
    """Words of one kind that a cell may hold.

    Attributes:
        letters: bytes with zeros behind; uint8 (words, width).
        bits: how rare each is; float64 (words,).
        seen: what the picture says of each beside whatever else stands there; float64 (words,).
    """

    letters: np.ndarray
    bits: np.ndarray
    seen: np.ndarray


@dataclass(frozen=True)
class Words:
    """Words of one kind in the order of their labels.

    Attributes:
        letters: bytes with zeros behind; uint8 (words, width).
        labels: what they are weighed by, with room for what stands before them; uint8 (words, seen.WIDTH).
        bits: how rare each is; float64 (words,).
        common: rows of the commonest, in order; int64.
        rare: rows of all others, in order; int64.
        rare_labels: the labels of these.
    """

    letters: np.ndarray
    labels: np.ndarray
    bits: np.ndarray
    common: np.ndarray
    rare: np.ndarray
    rare_labels: np.ndarray

    def best(self, seen: Seen, plain_ones: int = PLAIN) -> Some:
        """Give the words that a cell may hold somewhere, at most `LIKELY` + `plain_ones`."""
        steps, tail = seen.with_gap(PASSED), seen.tail(PASSED)
        rows, least = np.arange(len(self.bits)), NOTHING
        if len(self.rare):
            rows, least = self._worth(steps, tail, plain_ones)
        weighed = weigh_texts(steps, tail, self.labels[rows], sort=False, least=least)
        kept = np.union1d(top(weighed - self.bits[rows], LIKELY), top(weighed, plain_ones))
        kept = kept[weighed[kept] > NOTHING]
        return Some(self.letters[rows[kept]], self.bits[rows[kept]], weighed[kept])

    def _worth(self, steps: np.ndarray, tail: np.ndarray, plain_ones: int) -> tuple[np.ndarray, float]:
        """Give the rows of all words that may be among the best, ascending, and the bits that none of these lacks.

        The commonest words are weighed first. A rarer one must then be as likely as the last of the likeliest so far,
        rare as it is at least, or be liked as well by the picture; as few of them are, the greater of the two bounds is
        tried first, and the lesser only where what was found does not reach it.
        """
        bits, rarest = self.bits[self.common], float(self.bits[self.rare].min())
        weighed = weigh_texts(steps, tail, self.labels[self.common], sort=False)
        likely, plain = _last(weighed - bits, LIKELY), _last(weighed, plain_ones)
        least = min(likely + float(self.bits.min()), plain)
        rows, asked = self.common, max(likely + rarest, plain) - MARGIN
        while True:
            others = weigh_texts(steps, tail, self.rare_labels, sort=False, least=asked)
            found = np.flatnonzero(others >= asked)
            every = np.append(self.common, self.rare[found])
            each = np.append(weighed, others[found])
            likely, plain = _last(each - self.bits[every], LIKELY), _last(each, plain_ones)
            enough = min(likely + rarest, plain) - MARGIN
            if enough >= asked:
                rows = every[(each >= plain - MARGIN) | (each - self.bits[every] >= likely - MARGIN)]
                return np.sort(rows), least
            asked = enough


def _last(scores: np.ndarray, most: int) -> float:
    """Give the last of the greatest scores, so many."""
    return float(np.partition(scores, -most)[-most])


@dataclass(frozen=True)
class Towns:
    """The towns of one roll, each a zip code with a city.

    Attributes:
        zips: labels of the zip codes that there are; uint8 (zip codes, seen.WIDTH).
        cities: the same of cities, shortened and as the roll has them; uint8 (2, cities, seen.WIDTH).
        keys: zip code and hash of the city of each town, ascending, as `town_keys` gives them; int64 (towns,).
        zip_of, city_of: which of these each has, -1 for none; int64 (towns,).
        bits: how rare each is; float64 (towns,).
    """

    zips: np.ndarray
    cities: np.ndarray
    keys: np.ndarray
    zip_of: np.ndarray
    city_of: np.ndarray
    bits: np.ndarray

    def of(self, records: np.ndarray) -> np.ndarray:
        """Give which town each record has, -1 for none of these; int64 (records,)."""
        if not len(self.keys):
            return np.full(len(records), -1, np.int64)
        keys = town_keys(records)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, place, -1)


@dataclass(frozen=True)
class Lexicon:
    """The words of one roll, numbers as figures in words.

    Attributes:
        units: the unit that each hash in a record stands for; uint8 (65536, UNIT).
        some: some of its voters; `packed.RECORD`.
    """

    firsts: Words
    lasts: Words
    streets: Words
    numbers: Words
    towns: Towns
    units: np.ndarray
    some: np.ndarray


def lexicon_of(roll: Roll) -> Lexicon:
    """Gather the words of a roll: names also as the census has them, so that a stranger's name is thought of too."""
    known = roll.frequencies
    numbers = np.unique(roll.records["number"])
    numbers = numbers[(numbers > 0) & (numbers < HYPHENED)]
    some = min(SOME, roll.size)
    units, *cities = _spelled(roll)
    return Lexicon(
        _of_table(known.first, RECORD["first"].shape[0]),
        _of_table(known.last, RECORD["last"].shape[0]),
        _of_table(known.street, RECORD["street"].shape[0]),
        words_of(figures(numbers), np.full(len(numbers), NUMBER_BITS)),
        _towns_of(roll, cities),
        units[:, :UNIT],
        roll.records[np.arange(some) * roll.size // max(some, 1)],
    )


def figures(numbers: np.ndarray, width: int = 0) -> np.ndarray:
    """Give whole numbers as figures, with zeros before them up to a width; uint8 (numbers, DIGITS)."""
    out = np.zeros((len(numbers), DIGITS), np.uint8)
    _write_figures(np.ascontiguousarray(numbers, np.uint64), width, out)
    return out


@compiled
def _write_figures(numbers: np.ndarray, width: int, out: np.ndarray) -> None:
    for row in range(numbers.shape[0]):
        size, rest = 1, numbers[row]
        while rest >= np.uint64(10):
            rest //= np.uint64(10)
            size += 1
        rest = numbers[row]
        for at in range(max(size, width) - 1, -1, -1):
            if at < out.shape[1]:
                out[row, at] = np.uint8(48) + np.uint8(rest % np.uint64(10))
            rest //= np.uint64(10)


def town_keys(records: np.ndarray) -> np.ndarray:
    """Give one number for zip code and city of each record, 0 for neither; int64 (records,)."""
    return np.asarray(records["zip"].astype(np.int64) << 16 | records["city"])


def _towns_of(roll: Roll, spelled: Sequence[np.ndarray]) -> Towns:
    """Gather the towns of a roll; `spelled` has the city of each hash, shortened and whole."""
    keys, counts = np.unique(town_keys(roll.records[: roll.size]), return_counts=True)
    keys, counts = keys[keys > 0], counts[keys > 0]
    zips, cities = (np.unique(part[part > 0]) for part in (keys >> 16, keys & 0xFFFF))
    zip_of, city_of = _places(zips, keys >> 16), _places(cities, keys & 0xFFFF)
    bits = -np.log2(counts / max(counts.sum(), 1))
    labels = np.stack([labels_of(each[cities]) for each in spelled])
    return Towns(labels_of(figures(zips, 5)), labels, keys, zip_of, city_of, bits)


def _places(known: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Give the places of numbers among known ones, ascending; -1 for 0; int64."""
    return np.where(asked > 0, np.searchsorted(known, asked), -1)


def _spelled(roll: Roll) -> list[np.ndarray]:
    """Give the unit, the city and the city as the roll has it, of each hash of `packed.short_hash`.

    Each is uint8 (65536, CITY), zeros for none.
    """
    held = [np.unique(roll.records[field][: roll.size], return_index=True) for field in ("unit", "city", "city")]
    rows = np.unique(np.concatenate([first for _, first in held]))
    asked = pl.Series("row", rows, dtype=pl.UInt32)
    known = [name for name in roll.voters.collect_schema().names() if name in (*ADDRESS, "city")]
    people = roll.voters.select(known).with_row_index("row").filter(pl.col("row").is_in(asked.implode())).collect()
    found = plain_people(people.drop("row")).select("unit", "city")
    whole = people["city"].fill_null("") if "city" in known else found["city"]
    texts = [found["unit"], found["city"], each_distinct(whole, plain)]
    spelled = np.zeros((len(texts), 1 << 16, CITY), np.uint8)
    for table, text, (hashes, first) in zip(spelled, texts, held, strict=True):
        table[hashes] = letters(text, CITY)[np.searchsorted(rows, first)]
        table[0] = 0
    return list(spelled)


def figures_of(records: np.ndarray) -> np.ndarray:
    """Give the house numbers of voters as figures."""
    return figures(np.where(records["number"] < HYPHENED, records["number"], 0))


def _of_table(table: pl.DataFrame, width: int) -> Words:
    return words_of(letters(table["name"], width), table["bits"].to_numpy() / EIGHTHS)


def words_of(spelled: np.ndarray, bits: np.ndarray) -> Words:
    """Give words, each once, with how rare they are, in the order of their labels."""
    labels = labels_of(joined(b"\x01 ", spelled)) if len(spelled) else labels_of(np.zeros((0, 1), np.uint8))
    order = np.argsort(labels.view(f"S{labels.shape[1]}").ravel(), kind="stable")
    rare = bits[order].astype(np.float64)
    labels, common = np.ascontiguousarray(labels[order]), np.sort(top(-rare, COMMON))
    others = np.setdiff1d(np.arange(len(rare)), common)
    return Words(spelled[order], labels, rare, common, others, labels[others])


def top(scores: np.ndarray, most: int) -> np.ndarray:
    """Give the places of the greatest scores, at most so many, in no order; int64."""
    if len(scores) <= most:
        return np.arange(len(scores))
    return np.argpartition(-scores, most)[:most]
