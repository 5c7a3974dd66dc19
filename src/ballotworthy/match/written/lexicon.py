"""The texts that a roll thinks of: its names, streets, house numbers and zip codes, with how rare each is in bits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.match.written.forward import NOTHING, weigh_texts
from ballotworthy.match.written.seen import Seen, joined, labels_of
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import EIGHTHS
from ballotworthy.roll.house_numbers import HYPHENED
from ballotworthy.roll.packed import RECORD, letters
from ballotworthy.roll.people import ADDRESS, plain_people

PASSED = 0.5
"""Price of a step of ink beside a word while words are sought: all words pay for what stands beside them alike."""
LIKELY, PLAIN, FIGURES = 64, 160, 600
"""Words kept of a cell: the likeliest, and those that the picture alone likes best, however rare, of numbers more."""
COMMON = 4_000
"""Words that are weighed before all others."""
NUMBER_BITS = 10.0
"""How rare a house number is: what `comparisons.house_number` believes of strangers, 0.0009."""
DIGITS = 7
UNIT = 8
"""Letters kept of a unit."""
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

    def seen_of(self, spelled: np.ndarray) -> np.ndarray:
        """Give what the picture says of other words, by their letters; of one that is none of these as of the worst."""
        wide = f"S{self.letters.shape[1]}"
        words = np.ascontiguousarray(self.letters).view(wide).ravel()
        if not len(words):
            return np.zeros(len(spelled))
        order = np.argsort(words)
        asked = np.ascontiguousarray(spelled).view(wide).ravel()
        place = order[np.minimum(np.searchsorted(words[order], asked), len(words) - 1)]
        return np.where(words[place] == asked, self.seen[place], self.seen.min())


@dataclass(frozen=True)
class Words:
    """Words of one kind in the order of their labels.

    Attributes:
        letters: bytes with zeros behind; uint8 (words, width).
        labels: what they are weighed by, with room for what stands before them; uint8 (words, seen.WIDTH).
        bits: how rare each is; float64 (words,).
        common: rows of the commonest, in order; int64.
    """

    letters: np.ndarray
    labels: np.ndarray
    bits: np.ndarray
    common: np.ndarray

    def best(self, seen: Seen, plain_ones: int = PLAIN) -> Some:
        """Give the words that a cell may hold somewhere, at most `LIKELY` + `plain_ones`.

        The commonest words are weighed first; any other must then be as likely as the last of the likeliest so far.
        """
        steps, tail = seen.with_gap(PASSED), seen.tail(PASSED)
        least = NOTHING
        if len(self.common) < len(self.bits):
            first = weigh_texts(steps, tail, self.labels[self.common], sort=False)
            likely, plain = first - self.bits[self.common], first
            least = min(
                float(np.partition(likely, -LIKELY)[-LIKELY]) + float(self.bits.min()),
                float(np.partition(plain, -plain_ones)[-plain_ones]),
            )
        weighed = weigh_texts(steps, tail, self.labels, sort=False, least=least)
        rows = np.union1d(top(weighed - self.bits, LIKELY), top(weighed, plain_ones))
        rows = rows[weighed[rows] > NOTHING]
        return Some(self.letters[rows], self.bits[rows], weighed[rows])


@dataclass(frozen=True)
class Lexicon:
    """The words of one roll, numbers and zip codes as figures in words.

    Attributes:
        units: the unit that each hash in a record stands for; uint8 (65536, UNIT).
        some: some of its voters; `packed.RECORD`.
    """

    firsts: Words
    lasts: Words
    streets: Words
    numbers: Words
    zips: Words
    units: np.ndarray
    some: np.ndarray


def lexicon_of(roll: Roll) -> Lexicon:
    """Gather the words of a roll: names also as the census has them, so that a stranger's name is thought of too."""
    known = roll.frequencies
    numbers = np.unique(roll.records["number"])
    numbers = numbers[(numbers > 0) & (numbers < HYPHENED)]
    zips, counts = np.unique(roll.records["zip"][: roll.size], return_counts=True)
    there = zips > 0
    zips, counts = zips[there], counts[there]
    some = min(SOME, roll.size)
    return Lexicon(
        _of_table(known.first, RECORD["first"].shape[0]),
        _of_table(known.last, RECORD["last"].shape[0]),
        _of_table(known.street, RECORD["street"].shape[0]),
        words_of(figures(numbers), np.full(len(numbers), NUMBER_BITS)),
        words_of(figures(zips, 5), -np.log2(counts / max(counts.sum(), 1))),
        _units_of(roll),
        roll.records[np.arange(some) * roll.size // max(some, 1)],
    )


def figures(numbers: np.ndarray, width: int = 0) -> np.ndarray:
    """Give whole numbers as figures, with zeros before them up to a width; uint8 (numbers, DIGITS)."""
    texts = np.char.zfill(numbers.astype(f"S{DIGITS}"), width) if len(numbers) else np.empty(0, f"S{DIGITS}")
    return np.ascontiguousarray(texts.astype(f"S{DIGITS}")).view(np.uint8).reshape(-1, DIGITS)


def _units_of(roll: Roll) -> np.ndarray:
    """Give the unit that each hash of `packed.short_hash` stands for; uint8 (65536, UNIT), zeros for none."""
    hashes, first = np.unique(roll.records["unit"][: roll.size], return_index=True)
    rows = pl.Series("row", first, dtype=pl.UInt32)
    known = [name for name in roll.voters.collect_schema().names() if name in ADDRESS]
    people = roll.voters.select(known).with_row_index("row").filter(pl.col("row").is_in(rows.implode())).collect()
    spelled = np.zeros((1 << 16, UNIT), np.uint8)
    order = np.argsort(first)
    spelled[hashes[order]] = letters(plain_people(people.drop("row"))["unit"], UNIT)
    spelled[0] = 0
    return spelled


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
    return Words(spelled[order], np.ascontiguousarray(labels[order]), rare, np.sort(top(-rare, COMMON)))


def top(scores: np.ndarray, most: int) -> np.ndarray:
    """Give the places of the greatest scores, at most so many, in no order; int64."""
    if len(scores) <= most:
        return np.arange(len(scores))
    return np.argpartition(-scores, most)[:most]
