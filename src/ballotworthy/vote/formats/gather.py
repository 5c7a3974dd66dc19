"""Cards gathered one by one, for formats of which a record is read at a time; small in memory.

A contest holds one byte a card. Which choices are yes and no may be known only when all records were read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.vote.cards import SCHEMA, Cards, Mark
from ballotworthy.vote.results import Remark, contests_called
from ballotworthy.vote.words import folded

ABSENT, BLANK, INVALID, FIRST = 0, 1, 2, 3
TWICE = "the contest stands twice on this card"
MOST_FAULTS = 10 * SHOWN
"""Reading ends where there are more."""
MOST_CHOICES = 200
"""A contest with more is no yes/no question, and is let go."""


@dataclass(frozen=True)
class Gathered:
    """All cards, of the contests that are no measures the choices found, and what must be known."""

    cards: Cards
    others: Mapping[str, tuple[str, ...]]
    remarks: tuple[Remark, ...]


class Gatherer:
    """Takes cards and their marks, one by one or many at once; gives `Cards` when all are in."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.size = 0
        self.ballots = 0
        """One more than the number of the last ballot."""
        self.frames: list[pl.DataFrame] = []
        self.places: list[tuple[int, Callable[[int], str]]] = []
        self.single: dict[str, list[object]] = {name: [] for name in SCHEMA}
        self.wheres: list[str] = []
        self.codes: dict[str, bytearray] = {}
        self.choices: dict[str, dict[str, int]] = {}
        self.faults: list[Fault] = []
        self.doubts: dict[str, list[str]] = {}

    def fault(self, where: str, what: str, remedy: str) -> None:
        """Keep a fault; `where` says which record."""
        self.faults.append(Fault(None, None, f"{where}: {what}", remedy))
        if len(self.faults) > MOST_FAULTS:
            raise FileFaults(self.file, self.faults)

    def card(self, where: str, *, card: str, ballot: int, position: int | None = None, **texts: str | None) -> None:
        """Begin a card; its marks follow."""
        given = {"id": card, "ballot": ballot, "position": position, **texts}
        if not self.single["id"]:
            self.wheres = []
            self.places.append((self.size, self.wheres.__getitem__))
        self.wheres.append(where)
        for name, column in self.single.items():
            column.append(given.get(name))
        self.size += 1
        self.ballots = ballot + 1

    def many(self, frame: pl.DataFrame, where: Callable[[int], str]) -> None:
        """Add cards, whose marks are given by `mark_many`.

        Args:
            frame: columns of `SCHEMA`, as far as they are known.
            where: tells of a row of it which record it is.
        """
        self._flush()
        self.places.append((self.size, where))
        absent = [pl.lit(None, kind).alias(name) for name, kind in SCHEMA.items() if name not in frame.columns]
        self.frames.append(frame.with_columns(absent).select(list(SCHEMA)))
        self.size += frame.height
        self.ballots = int(frame["ballot"][-1]) + 1

    def mark(self, where: str, contest: str, chosen: Sequence[str], *, invalid: bool = False, doubt: str = "") -> None:
        """Add what stands on the card for a contest.

        Args:
            where: of the record.
            contest: its name or id.
            chosen: the choices that have a vote: none is blank, several are too many.
            invalid: whether the file says that it counts for nobody.
            doubt: what contradicts itself, a fault if the contest turns out to be a measure.
        """
        column = self._column(contest, self.size - 1)
        if len(column) >= self.size:
            self.doubt(contest, [f"{where}: {TWICE}"])
            return
        if doubt:
            self.doubt(contest, [f"{where}: {doubt}"])
        column.append(self.code(contest, chosen, invalid=invalid))

    def doubt(self, contest: str, told: Iterable[str]) -> None:
        """Keep doubts about a contest, no more than would be told: each card of a contest of ranks may give one."""
        kept = self.doubts.setdefault(contest, [])
        kept += islice(told, max(MOST_FAULTS + 1 - len(kept), 0))

    def code(self, contest: str, chosen: Sequence[str], *, invalid: bool = False) -> int:
        """Give the code of what stands on a card for a contest; arguments as `mark`."""
        known = self.choices.setdefault(contest, {})
        for choice in chosen:
            if choice not in known and len(known) < MOST_CHOICES:
                known[choice] = FIRST + len(known)
        if invalid or len(set(chosen)) > 1:
            return INVALID
        return known.get(chosen[0], INVALID) if chosen else BLANK

    def mark_many(self, contest: str, rows: np.ndarray, codes: np.ndarray) -> None:
        """Add what stands on many cards for a contest.

        Args:
            contest: its name or id.
            rows: numbers of cards among all.
            codes: of each, as `code` gives them.
        """
        column = self._column(contest, self.size)
        table = np.frombuffer(column, np.uint8)
        self.doubt(contest, (f"{self.where(row)}: {TWICE}" for row in rows[table[rows] != ABSENT].tolist()))
        table[rows] = codes

    def join(self, other: Gatherer) -> None:
        """Add the cards of another one behind these, as if they had been taken here."""
        for each in (self, other):
            each._flush()
        begin = self.size
        self.places += [(begin + at, told) for at, told in other.places]
        self.frames += [frame.with_columns(pl.col("ballot") + self.ballots) for frame in other.frames]
        for contest, codes in other.codes.items():
            column = self._column(contest, begin)
            table = np.arange(FIRST + MOST_CHOICES, dtype=np.uint8)
            for choice, code in other.choices[contest].items():
                table[code] = self.code(contest, [choice])
            column += table[np.frombuffer(codes, np.uint8)].tobytes()
        for contest, doubts in other.doubts.items():
            self.doubt(contest, doubts)
        self.size += other.size
        self.ballots += other.ballots
        self.faults += other.faults

    def where(self, row: int) -> str:
        """Tell which record a card is."""
        begin, told = self.places[bisect_right(self.places, row, key=lambda each: each[0]) - 1]
        return told(row - begin)

    def _column(self, contest: str, size: int) -> bytearray:
        column = self.codes.setdefault(contest, bytearray())
        column.extend(bytes(max(size - len(column), 0)))
        return column

    def _flush(self) -> None:
        if self.single["id"]:
            self.frames.append(pl.DataFrame(self.single, schema=SCHEMA))
            self.single = {name: [] for name in SCHEMA}

    def frame(self) -> pl.DataFrame:
        """Give the columns of `SCHEMA` of all cards so far."""
        self._flush()
        self.frames = [pl.concat(self.frames)]
        return self.frames[0]

    def _once(self, frame: pl.DataFrame) -> None:
        twice = np.flatnonzero(frame["id"].is_duplicated().to_numpy())
        first: dict[str, int] = {}
        for row, card in zip(twice.tolist(), frame["id"].gather(twice).to_list(), strict=True):
            if first.setdefault(card, row) != row:
                what = f"the card of {self.where(first[card])} stands here again"
                self.fault(self.where(row), what, "Give each record once")

    def cards(
        self,
        side: Callable[[str, str], Mark | None],
        name: Callable[[str], str],
        measures: Sequence[str] | None = None,
        precincts: Mapping[str, str] | None = None,
        number: Callable[[str], str] = str,
    ) -> Gathered:
        """Give the cards, and the contests that are no measures.

        Args:
            side: of a contest and a choice, yes, no or neither.
            name: of a contest.
            measures: the contests that are measures, where that is known; else those with no other choice than yes
                and no, and one of them marked somewhere.
            precincts: names by what stands in their column.
            number: of a contest its number or id, by which two of one name are told apart.

        Raises:
            FileFaults: any fault that was kept, or a doubt about a measure.
        """
        if not self.size:
            none = [Fault(None, None, "it holds no record", "Give the whole export")]
            raise FileFaults(self.file, self.faults or none)
        frame = self.frame()
        self._once(frame)
        if precincts:
            frame = frame.with_columns(pl.col("precinct").replace(precincts))
        votes: dict[str, np.ndarray] = {}
        others: dict[str, tuple[str, ...]] = {}
        asked: list[str] = []
        for contest, known in self.choices.items():
            plain = bool(known) and all(side(contest, choice) is not None for choice in known)
            if (plain if measures is None else contest in measures) and len(known) < MOST_CHOICES:
                asked.append(contest)
            else:
                others[name(contest)] = tuple(known)
        titles, remarks = _titles(asked, name, number)
        for contest, title in titles.items():
            for what in self.doubts.get(contest, ()):
                self.fault(what, f"of {title}", "Correct the record, or ask its maker")
            table = np.zeros(256, np.uint8)
            table[[BLANK, INVALID]] = [Mark.BLANK, Mark.INVALID]
            for choice, code in self.choices[contest].items():
                found = side(contest, choice)
                table[code] = Mark.INVALID if found is None else found
            whole = np.zeros(self.size, np.uint8)
            column = self.codes[contest]
            whole[: len(column)] = np.frombuffer(bytes(column), np.uint8)
            votes[title] = table[whole]
        if self.faults:
            raise FileFaults(self.file, self.faults)
        return Gathered(Cards(frame, votes), others, remarks)


def _titles(
    contests: Sequence[str], name: Callable[[str], str], number: Callable[[str], str]
) -> tuple[dict[str, str], tuple[Remark, ...]]:
    """Give each contest a title of its own: two of one name are two votes, and bear their numbers."""
    alike: dict[str, list[str]] = {}
    for contest in contests:
        alike.setdefault(folded(name(contest)), []).append(contest)
    titles: dict[str, str] = {}
    remarks = []
    taken: set[str] = set()
    for several in alike.values():
        for contest in several:
            title = name(contest)
            while len(several) > 1 or folded(title) in taken:
                title += f" ({number(contest)[:60]})"
                if folded(title) not in taken:
                    break
            taken.add(folded(title))
            titles[contest] = title
        if len(several) > 1:
            remarks.append(contests_called([name(contest) for contest in several]))
    return {contest: titles[contest] for contest in contests}, tuple(remarks)
