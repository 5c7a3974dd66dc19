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

PASSED = 0.5
"""Price of a step of ink beside a word while words are sought: all words pay for what stands beside them alike."""
LIKELY, PLAIN = 64, 32
"""Words kept of a cell: the likeliest, and those that the picture alone likes best, however rare."""
COMMON = 4_000
"""Words that are weighed before all others."""
NUMBER_BITS = 10.0
"""How rare a house number is: what `comparisons.house_number` believes of strangers, 0.0009."""
DIGITS = 7
SOME = 1024
"""Voters, evenly through the roll, who show what a picture says of people who have nothing to do with it."""


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

    def best(self, seen: Seen) -> tuple[np.ndarray, np.ndarray]:
        """Give the rows of the words that a cell may hold somewhere, at most `LIKELY` + `PLAIN`, and their weights.

        The commonest words are weighed first; any other must then be as likely as the last of the likeliest so far.
        """
        steps, tail = seen.with_gap(PASSED), seen.tail(PASSED)
        least = NOTHING
        if len(self.common) < len(self.bits):
            first = weigh_texts(steps, tail, self.labels[self.common], sort=False)
            likely, plain = first - self.bits[self.common], first
            least = min(
                float(np.partition(likely, -LIKELY)[-LIKELY]) + float(self.bits.min()),
                float(np.partition(plain, -PLAIN)[-PLAIN]),
            )
        weighed = weigh_texts(steps, tail, self.labels, sort=False, least=least)
        rows = np.union1d(top(weighed - self.bits, LIKELY), top(weighed, PLAIN))
        rows = rows[weighed[rows] > NOTHING]
        return rows, weighed[rows]


@dataclass(frozen=True)
class Lexicon:
    """The words of one roll, numbers and zip codes as figures in words; and some of its voters, `packed.RECORD`."""

    firsts: Words
    lasts: Words
    streets: Words
    numbers: Words
    zips: Words
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
        _words(figures(numbers), np.full(len(numbers), NUMBER_BITS)),
        _words(figures(zips, 5), -np.log2(counts / max(counts.sum(), 1))),
        roll.records[np.arange(some) * roll.size // max(some, 1)],
    )


def figures(numbers: np.ndarray, width: int = 0) -> np.ndarray:
    """Give whole numbers as figures, with zeros before them up to a width; uint8 (numbers, DIGITS)."""
    texts = np.char.zfill(numbers.astype(f"S{DIGITS}"), width) if len(numbers) else np.empty(0, f"S{DIGITS}")
    return np.ascontiguousarray(texts.astype(f"S{DIGITS}")).view(np.uint8).reshape(-1, DIGITS)


def _of_table(table: pl.DataFrame, width: int) -> Words:
    return _words(letters(table["name"], width), table["bits"].to_numpy() / EIGHTHS)


def _words(spelled: np.ndarray, bits: np.ndarray) -> Words:
    labels = labels_of(joined(b"\x01 ", spelled)) if len(spelled) else labels_of(np.zeros((0, 1), np.uint8))
    order = np.argsort(labels.view(f"S{labels.shape[1]}").ravel(), kind="stable")
    rare = bits[order].astype(np.float64)
    return Words(spelled[order], np.ascontiguousarray(labels[order]), rare, np.sort(top(-rare, COMMON)))


def top(scores: np.ndarray, most: int) -> np.ndarray:
    """Give the places of the greatest scores, at most so many, in no order; int64."""
    if len(scores) <= most:
        return np.arange(len(scores))
    return np.argpartition(-scores, most)[:most]
