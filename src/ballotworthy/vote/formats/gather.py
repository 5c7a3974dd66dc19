"""Cards gathered one by one, for formats of which a record is read at a time; small in memory.

A contest holds one byte a card. Which choices are yes and no may be known only when all records were read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.vote.cards import SCHEMA, Cards, Mark

ABSENT, BLANK, INVALID, FIRST = 0, 1, 2, 3
MOST_CHOICES = 200
"""A contest with more is no yes/no question, and is let go."""


class Gatherer:
    """Takes cards and their marks; gives `Cards` when all are in."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.size = 0
        self.columns: dict[str, list[object]] = {name: [] for name in SCHEMA}
        self.codes: dict[str, bytearray] = {}
        self.choices: dict[str, dict[str, int]] = {}
        self.seen: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.doubts: dict[str, list[str]] = {}

    def fault(self, where: str, what: str, remedy: str) -> None:
        """Keep a fault; `where` says which record."""
        self.faults.append(Fault(None, None, f"{where}: {what}", remedy))
        if len(self.faults) > 10 * SHOWN:
            raise FileFaults(self.file, self.faults)

    def card(self, where: str, *, card: str, ballot: int, position: int | None = None, **texts: str | None) -> None:
        """Begin a card; its marks follow."""
        if card in self.seen:
            self.fault(where, f"the card of {self.seen[card]} stands here again", "Give each record once")
        self.seen[card] = where
        given = {"id": card, "ballot": ballot, "position": position, **texts}
        for name, column in self.columns.items():
            column.append(given.get(name))
        self.size += 1

    def mark(self, where: str, contest: str, chosen: Sequence[str], *, invalid: bool = False, doubt: str = "") -> None:
        """Add what stands on the card for a contest.

        Args:
            where: of the record.
            contest: its name or id.
            chosen: the choices that have a vote: none is blank, several are too many.
            invalid: whether the file says that it counts for nobody.
            doubt: what contradicts itself, a fault if the contest turns out to be a measure.
        """
        column = self.codes.setdefault(contest, bytearray())
        if len(column) >= self.size:
            self.doubts.setdefault(contest, []).append(f"{where}: the contest stands twice on this card")
            return
        if doubt:
            self.doubts.setdefault(contest, []).append(f"{where}: {doubt}")
        column.extend(bytes(self.size - 1 - len(column)))
        known = self.choices.setdefault(contest, {})
        for choice in chosen:
            if choice not in known and len(known) < MOST_CHOICES:
                known[choice] = FIRST + len(known)
        if invalid or len(set(chosen)) > 1:
            column.append(INVALID)
        else:
            column.append(known.get(chosen[0], INVALID) if chosen else BLANK)

    def cards(
        self, side: Callable[[str, str], Mark | None], name: Callable[[str], str], measures: Sequence[str] | None = None
    ) -> tuple[Cards, tuple[str, ...]]:
        """Give the cards, and the contests that are no measures.

        Args:
            side: of a contest and a choice, yes, no or neither.
            name: of a contest.
            measures: the contests that are measures, where that is known; else those with no other choice than yes
                and no, and one of them marked somewhere.

        Raises:
            FileFaults: any fault that was kept, or a doubt about a measure.
        """
        if not self.size:
            raise FileFaults(self.file, [Fault(None, None, "it holds no record", "Give the whole export")])
        votes: dict[str, np.ndarray] = {}
        others = []
        for contest, column in self.codes.items():
            known = self.choices[contest]
            sides = {code: side(contest, choice) for choice, code in known.items()}
            measure = bool(sides) and None not in sides.values() if measures is None else contest in measures
            if not measure or len(known) >= MOST_CHOICES:
                others.append(name(contest))
                continue
            for what in self.doubts.get(contest, ()):
                self.fault(what, f"of {name(contest)}", "Correct the record, or ask its maker")
            table = np.zeros(256, np.uint8)
            table[[BLANK, INVALID]] = [Mark.BLANK, Mark.INVALID]
            for code, found in sides.items():
                table[code] = Mark.INVALID if found is None else found
            whole = np.zeros(self.size, np.uint8)
            whole[: len(column)] = np.frombuffer(bytes(column), np.uint8)
            marks = table[whole]
            title = name(contest)
            if title in votes:
                both = (votes[title] > 0) & (marks > 0)
                if both.any():
                    where = self.columns["id"][int(np.argmax(both))]
                    self.fault(f"record {where}", f"two contests called {title} stand on one card", "Name them apart")
                marks = np.where(votes[title] > 0, votes[title], marks)
            votes[title] = marks
        if self.faults:
            raise FileFaults(self.file, self.faults)
        return Cards(pl.DataFrame(self.columns, schema=SCHEMA), votes), tuple(dict.fromkeys(others))
