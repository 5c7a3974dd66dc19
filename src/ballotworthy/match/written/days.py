"""How probable each day is under the picture of a cell: every day of a list, in all the ways people write it.

The list is finite, so the picture is asked for each of its days and for none else: 1/14/18, 01-14-2018, Jan 14 or no
year at all. A stroke between figures is easily read as a 1, an I or nothing; so marks and figures have looks that
count for them at a price.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ballotworthy.files.written_days import MONTHS
from ballotworthy.match.written.forward import weigh_texts
from ballotworthy.match.written.seen import GAP, SKIPS, WIDTH, Seen, alike, labels_of, seen_of
from ballotworthy.petition.pictures import OTHER, PUNCTUATION, SPACE, class_of

MARK = 1e-3
"""Price of a mark where the day has none: 1/15 is not 11/5."""
MARK_MISSING = 0.2
"""Price of a mark that is not in the picture."""
LIKE = 0.5
"""What a letter counts of a figure that it looks like, where hardly a letter stands."""
STROKE = 0.005
"""What a 1, I, L, J, V or space counts of a mark between figures."""
ANY = 0.1
"""What a sign that is on no roll counts of any figure or mark."""
FIGURES, WORDS = 0.97, 0.03
"""Shares of days written in figures and with the month's name."""
LONG, SHORT, NONE = 0.15, 0.75, 0.1
"""Shares of days with a year of four figures, of two, and with none."""


@dataclass(frozen=True)
class Spelled:
    """Texts of days: labels, which day of the list each is of, and the bits of its share among that day's."""

    labels: np.ndarray
    of: np.ndarray
    bits: np.ndarray


def spelled(days: Sequence[dt.date], orders: Sequence[str], lawful: Sequence[bool]) -> Spelled:
    """Give the texts of days.

    Args:
        days: the list.
        orders: "month-first", "day-first" or both, as people of the place write.
        lawful: which of the days may be meant by a text without a year; the others are spelled with one, in figures.
    """
    texts: list[str] = []
    of: list[int] = []
    shares: list[float] = []
    for at, (day, meant) in enumerate(zip(days, lawful, strict=True)):
        heads = _figures(day, orders) | (_words(day, orders) if meant else {})
        tails = {f"/{day.year}": LONG, f"/{day.year % 100:02}": SHORT} | ({"": NONE} if meant else {})
        for head, share in heads.items():
            for tail, common in tails.items():
                texts.append(head + (tail if "/" in head else tail.replace("/", " ")))
                of.append(at)
                shares.append(share * common)
    labels = labels_of(np.array(texts, f"S{WIDTH}").view(np.uint8).reshape(-1, WIDTH))
    order = np.argsort(labels.view(f"S{WIDTH}").ravel(), kind="stable")
    return Spelled(np.ascontiguousarray(labels[order]), np.array(of)[order], -np.log2(np.array(shares))[order])


def _figures(day: dt.date, orders: Sequence[str]) -> dict[str, float]:
    """Give day and month in figures, with and without zeros, each with its share."""
    found: dict[str, float] = {}
    for order in orders:
        one, two = (day.day, day.month) if order == "day-first" else (day.month, day.day)
        for text, share in {
            f"{one}/{two}": 0.8, f"{one:02}/{two:02}": 0.1, f"{one}/{two:02}": 0.09, f"{one:02}/{two}": 0.01
        }.items():  # fmt: skip
            found[text] = found.get(text, 0.0) + FIGURES * share / len(orders)
    return found


def _words(day: dt.date, orders: Sequence[str]) -> dict[str, float]:
    """Give day and month with the month's name, whole or cut to three letters, each with its share."""
    found: dict[str, float] = {}
    for order in orders:
        for name, share in ((MONTHS[day.month - 1], 0.3), (MONTHS[day.month - 1][:3], 0.7)):
            text = f"{day.day} {name}" if order == "day-first" else f"{name} {day.day}"
            found[text] = found.get(text, 0.0) + WORDS * share / len(orders)
    return found


def figures_seen(posteriors: np.ndarray) -> Seen:
    """Make a cell ready in which figures and marks stand: their looks count for them."""
    own = np.asarray(posteriors, np.float64)
    looked = alike(own, LIKE, 0.0)
    for stroke in "1ILJV":
        looked[:, PUNCTUATION] += STROKE * own[:, class_of(stroke)]
    looked[:, PUNCTUATION] += STROKE * own[:, SPACE]
    looked[:, [class_of(each) for each in "0123456789/"]] += ANY * own[:, OTHER][:, None]
    return seen_of(looked, MARK)


def day_bits(seen: Seen, texts: Spelled, count: int) -> np.ndarray:
    """Give log2 of how probable the picture is under each of `count` days, over that of its best path; float64."""
    skips = SKIPS.copy()
    skips[PUNCTUATION], skips[GAP], skips[SPACE] = MARK_MISSING, 1.0, 0.6
    weighed = weigh_texts(seen.with_gap(MARK), seen.tail(MARK), texts.labels, sort=False, skips=skips) - texts.bits
    found = np.full(count, -np.inf)
    np.logaddexp2.at(found, texts.of, weighed)
    return found
