"""Many cards at once: what the blocks of a format say, gathered in the order of the file, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.vote.formats.alike import NotPlain
from ballotworthy.vote.formats.gather import Gatherer


@dataclass(frozen=True)
class Said:
    """What stands on a card for one contest, as `Gatherer.mark` takes it.

    Attributes:
        contest: its name or id; None where it is no measure and is let go.
        chosen: the choices that have a vote.
        invalid: whether it counts for nobody.
        doubt: what contradicts itself.
        waits: how many marks are neither yes nor no.
    """

    contest: str | None
    chosen: tuple[str, ...] = ()
    invalid: bool = False
    doubt: str = ""
    waits: int = 0


class Bulk:
    """The cards of one block."""

    def __init__(self, gatherer: Gatherer) -> None:
        self.gatherer = gatherer
        self.frames: list[pl.DataFrame] = []
        self.marks: list[tuple[np.ndarray, np.ndarray]] = []
        self.said: Sequence[Said] = ()

    def cards(self, at: np.ndarray, columns: dict[str, pl.Series]) -> None:
        """Add cards: their places in the block, and columns of `SCHEMA` without `ballot` where it is the place."""
        self.frames.append(pl.DataFrame({"at": at, **columns}))

    def contest(self, at: np.ndarray, units: tuple[np.ndarray, list[Said]]) -> None:
        """Add what one unit says on each of these cards; all units of a block come from one list."""
        codes, self.said = units
        self.marks.append((at, codes))

    def done(self, where: Callable[[int], str], waiting: list[tuple[str, str]]) -> None:
        """Hand all over.

        Args:
            where: tells of a card's place which record it is.
            waiting: takes marks that wait for people: record and contest.

        Raises:
            NotPlain: a contest stands twice on a card. Nothing was handed over.
        """
        frame = pl.concat(self.frames).sort("at").drop("at")
        begin = self.gatherer.size
        parts = self._by_contest()
        if "ballot" not in frame.columns:
            first = self.gatherer.ballots
            frame = frame.with_columns(ballot=pl.int_range(first, first + frame.height, dtype=pl.Int64))
        self.gatherer.many(frame, where)
        for contest, rows, codes in parts:
            bytes_ = np.zeros(len(self.said), np.uint8)
            for code in np.unique(codes).tolist():
                said = self.said[code]
                bytes_[code] = self.gatherer.code(contest, said.chosen, invalid=said.invalid)
                if said.doubt or said.waits:
                    there = rows[codes == code].tolist()
                    if said.doubt:
                        self.gatherer.doubt(contest, (f"{where(row)}: {said.doubt}" for row in there))
                    waiting += [(where(row), contest) for row in there for _ in range(said.waits)]
            self.gatherer.mark_many(contest, rows + begin, bytes_[codes])

    def _by_contest(self) -> list[tuple[str, np.ndarray, np.ndarray]]:
        if not self.marks:
            return []
        rows, codes = (np.concatenate(each) for each in zip(*self.marks, strict=True))
        names: dict[str, int] = {}
        of = np.array([
            -1 if each.contest is None else names.setdefault(each.contest, len(names)) for each in self.said
        ])  # fmt: skip
        contests = of[codes]
        order = np.lexsort((rows, contests))
        rows, codes, contests = rows[order], codes[order], contests[order]
        if ((rows[1:] == rows[:-1]) & (contests[1:] == contests[:-1]) & (contests[1:] >= 0)).any():
            raise NotPlain
        edges = np.searchsorted(contests, np.arange(len(names) + 1))
        return [
            (name, rows[edges[at] : edges[at + 1]], codes[edges[at] : edges[at + 1]])
            for name, at in names.items()
            if edges[at] < edges[at + 1]
        ]
