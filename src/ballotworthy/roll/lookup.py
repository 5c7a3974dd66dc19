"""A clerk's look-up: a few typed keys such as "704 smi", "smith john" or "maple 12" to ranked voters.

Every key must fit the voter somewhere, each in another field; a word fits where a name or a street begins with it,
a number where it is the house number or its beginning, the zip code or a numbered street. The directory lists who
fits each key; who stands in all lists is weighed. Where nobody fits, all voters are looked through, for the ends of
names and streets and for words one slip from a name too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ballotworthy.errors import InputError
from ballotworthy.files.compiled import allocating, compiled
from ballotworthy.roll import directory
from ballotworthy.roll.house_numbers import first_part
from ballotworthy.roll.keys import length, second_surname
from ballotworthy.roll.plain import PARTICLES, plain
from ballotworthy.roll.snapshot import Roll
from ballotworthy.roll.street_words import words

MOST_KEYS = 6
WIDTH = 16
PARTS = 2
FEW = 2_000
"""Records that are not worth a second thread."""
LONGER = 5
"""Digits that the longest house numbers have, about."""
LAST, SECOND, FIRST, MIDDLE, STREET, STREET_END, NUMBER, ZIP = range(8)
WORDS = (directory.LAST, directory.FIRST, directory.MIDDLE, directory.STREET)
"""Lists of the directory that a word may stand in."""
FIELDS = 8
ROAD = r"\b(?:(?:COUNTY|STATE|US|RURAL|FARM)\s+)?(?:ROAD|RD|HIGHWAY|HWY|ROUTE|RTE|RT)\s+(?=\d)"
ORDINAL = r"\b(\d+)(?:ST|ND|RD|TH)\b"
PASSED_OVER = frozenset({"ST", "AVE", "AV", "RD", "DR", "LN", "CT", "BLVD", "PL", "CIR", "N", "S", "E", "W"})


@dataclass(frozen=True)
class Found:
    """One voter that fits: row in `Roll.voters`, and how well (higher is better)."""

    row: int
    score: int


def look_up(roll: Roll, typed: str, *, most: int = 20) -> list[Found]:
    """Give the voters that fit the typed keys, best first, ties in the order of the voter file.

    Raises:
        InputError: nothing was typed, or more than six keys.
    """
    texts = _keys(typed)
    if not texts or len(texts) > MOST_KEYS:
        raise InputError(
            f'type one to {MOST_KEYS} keys, such as "704 smi": a house number and the beginning of a name.'
        )
    for keys in (texts, *_joined(texts)):
        found = _weighed(roll, _listed(roll, keys), keys, widely=False, most=most)
        if found:
            return found
    return _weighed(roll, np.arange(len(roll.records), dtype=np.uint32), texts, widely=True, most=most)


def _joined(texts: list[str]) -> Iterator[list[str]]:
    """Give the keys with each two words that stand together written as one: ALTA LOMA is a street ALTALOMA."""
    for at, (one, two) in enumerate(pairwise(texts)):
        if not one.isdigit() and not two.isdigit():
            yield [*texts[:at], one + two, *texts[at + 2 :]]


def _weighed(roll: Roll, chosen: np.ndarray, texts: list[str], *, widely: bool, most: int) -> list[Found]:
    """Give the best voters of some records, each once; `widely` lets ends and slips of words fit."""
    letters = np.zeros((len(texts), WIDTH), np.uint8)
    numbers = np.zeros(len(texts), np.int64)
    for at, text in enumerate(texts):
        if text.isdigit():
            numbers[at] = int(text[:9])
        else:
            cut = text[:WIDTH].encode()
            letters[at, : len(cut)] = np.frombuffer(cut, np.uint8)
    scores = _scores(roll.records, chosen, letters, numbers, widely)
    best = np.flatnonzero(scores > 0)
    rows: dict[int, int] = {}
    for place in best[np.lexsort((chosen[best], -scores[best]))]:
        rows.setdefault(int(roll.owners[chosen[place]]), int(scores[place]))
        if len(rows) == most:
            break
    return [Found(row, score) for row, score in rows.items()]


def _listed(roll: Roll, texts: list[str]) -> np.ndarray:
    """Give the records that the directory lists under every key, some perhaps twice; uint32."""
    lists = [_with_number(roll, int(text[:9])) if text.isdigit() else _with_word(roll, text) for text in texts]
    first, *others = sorted(lists, key=lambda parts: sum(map(len, parts)))
    found = np.concatenate(first)
    marks = np.zeros(len(roll.records) // 64 + 1, np.uint64)
    for parts in others:
        found = _in_both(found, np.concatenate(parts), marks)
    return found[found < len(roll.records)]


@allocating
def _in_both(found: np.ndarray, listed: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """Give the records that stand in both lists, each once; `marks` has a bit for each record, all 0.

    What a damaged list points to where there is nothing is passed over.
    """
    last = np.int64(len(marks)) * 64 - 1
    for record in found:
        if record <= last:
            marks[record >> 6] |= np.uint64(1) << np.uint64(record & 63)
    kept, count = np.empty(min(len(found), len(listed)), np.uint32), 0
    for record in listed:
        bit = np.uint64(1) << np.uint64(record & 63)
        if record <= last and marks[record >> 6] & bit:
            marks[record >> 6] &= ~bit
            kept[count] = record
            count += 1
    for record in found:
        if record <= last:
            marks[record >> 6] = 0
    return kept[:count]


def _with_word(roll: Roll, word: str) -> list[np.ndarray]:
    return [roll.directory.with_beginning(fact, word, roll.records) for fact in WORDS]


def _with_number(roll: Roll, number: int) -> list[np.ndarray]:
    """Give the records with this house number, with one that begins so, with this zip code or on this street."""
    with_numbers = roll.directory.with_numbers
    longer = (
        with_numbers(directory.NUMBER, number * 10**more, (number + 1) * 10**more - 1) for more in range(1, LONGER)
    )
    return [
        with_numbers(directory.NUMBER, number, number),
        *longer,
        with_numbers(directory.ZIP, number, number),
        roll.directory.with_beginning(directory.STREET, str(number), roll.records),
    ]


def _keys(typed: str) -> list[str]:
    """Split what was typed; join particles to the name behind them, pass over types and directions of streets.

    Of a house number with a hyphen the first part is looked for.
    """
    typed = re.sub(r"\b(\d+)-\d+\b", r"\1", typed)
    texts = re.findall(r"[A-Z]+|\d+", re.sub(ORDINAL, r"\1", re.sub(ROAD, "", plain(typed))))
    texts = [words().ordinals.get(text, text) for text in texts]
    joined: list[str] = []
    before = ""
    for at, text in enumerate(texts):
        last = at + 1 == len(texts) or texts[at + 1].isdigit()
        if not last and text in PARTICLES and (text != "ST" or at == 0):
            before += text
        else:
            joined.append(before + text)
            before = ""
    kept = [text for at, text in enumerate(joined) if at == 0 or text not in PASSED_OVER]
    return kept if len(kept) > 1 else joined


def _scores(
    records: np.ndarray, chosen: np.ndarray, letters: np.ndarray, numbers: np.ndarray, widely: bool
) -> np.ndarray:
    scores = np.zeros(len(chosen), np.int16)
    if len(chosen) <= FEW:
        _scan(records, chosen, letters, numbers, widely, scores)
        return scores
    edges = np.linspace(0, len(chosen), PARTS + 1).astype(np.int64)
    with ThreadPoolExecutor(PARTS) as pool:
        jobs = [
            pool.submit(_scan, records, chosen[begin:end], letters, numbers, widely, scores[begin:end])
            for begin, end in pairwise(edges)
        ]
    for job in jobs:
        job.result()
    return scores


@allocating
def _scan(
    records: np.ndarray, chosen: np.ndarray, letters: np.ndarray, numbers: np.ndarray, widely: bool, scores: np.ndarray
) -> None:
    fits = np.zeros(FIELDS, np.int64)
    for at in range(chosen.shape[0]):
        voter = records[chosen[at]]
        total, used = 0, 0
        for key in range(letters.shape[0]):
            if numbers[key] > 0:
                _fit_number(voter, numbers[key], fits)
            else:
                _fit_word(voter, letters[key], widely, fits)
            best = -1
            for field in range(FIELDS):
                if fits[field] > 0 and not used & (1 << field) and (best < 0 or fits[field] > fits[best]):
                    best = field
            if best < 0:
                total = 0
                break
            total, used = total + fits[best], used | (1 << best)
        scores[at] = total


@compiled
def _fit_number(voter: np.void, number: int, fits: np.ndarray) -> None:
    fits[:] = 0
    house = np.int64(first_part(voter["number"]))
    if house == number:
        fits[NUMBER] = 10
    else:
        while house > number:
            house //= 10
        fits[NUMBER] = 2 if house == number else 0
    fits[ZIP] = 6 if np.int64(voter["zip"]) == number else 0
    street = voter["street"]
    value = np.int64(0)
    for at in range(length(street)):
        value = value * 10 + street[at] - 48 if 48 <= street[at] <= 57 else np.int64(-1_000_000_000)
    fits[STREET] = 5 if value == number else 0


@compiled
def _fit_word(voter: np.void, word: np.ndarray, widely: bool, fits: np.ndarray) -> None:
    fits[:] = 0
    last = voter["last"]
    second = second_surname(last)
    fits[LAST] = _fit(last, 0, word, widely, 10, 8)
    if second:
        fits[SECOND] = _fit(last, second, word, widely, 7, 6)
    fits[FIRST] = _fit(voter["first"], 0, word, widely, 7, 5)
    fits[MIDDLE] = _fit(voter["middle"], 0, word, False, 2, 1)
    street = voter["street"]
    fits[STREET] = _fit(street, 0, word, widely, 6, 4)
    size, end = length(word), length(street)
    fits[STREET_END] = 1 if widely and size > 2 and end > size and _begins_late(street, word, size, end) else 0


@compiled
def _fit(text: np.ndarray, begin: int, word: np.ndarray, widely: bool, whole: int, start: int) -> int:
    """Give `whole` when the word is the text, `start` when it begins it, or 0.

    Widely, also less where it ends the text or slips once from its beginning.
    """
    size, end = length(word), begin
    while end < text.shape[0] and text[end] != 0 and (text[end] != 32 or (begin == 0 and end < size)):
        end += 1
    misses = 0
    for at in range(min(size, end - begin)):
        misses += text[begin + at] != word[at]
        if misses and not widely:
            return 0
    short = size - (end - begin)
    if misses == 0 and short <= 0:
        return whole if short == 0 else start
    if not widely or size <= 3:
        return 0
    if short <= -2 and _ends(text, end - size, word, size):
        return start - 2
    return start - 3 if text[begin] == word[0] and misses + max(0, short) <= 1 else 0


@compiled
def _begins_late(street: np.ndarray, word: np.ndarray, size: int, end: int) -> bool:
    """Tell whether the street goes on with the word: "vista" in BUENAVISTA, as far as a record holds it."""
    for begin in range(1, end - 2):
        shown = min(size, end - begin)
        if begin + shown == end and _ends(street, begin, word, shown):
            return True
    return False


@compiled
def _ends(text: np.ndarray, begin: int, word: np.ndarray, size: int) -> bool:
    """Tell whether the text ends with the word: "cruz" in "DELACRUZ"."""
    for at in range(size):
        if text[begin + at] != word[at]:
            return False
    return True
