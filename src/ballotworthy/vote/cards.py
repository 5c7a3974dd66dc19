"""Cast-vote records: what a machine read on each card, the same for every vendor's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import polars as pl

TEXTS = ("id", "tabulator", "batch", "imprinted", "precinct", "style", "mode")
"""The columns of a record that are text."""
SCHEMA = {**dict.fromkeys(TEXTS, pl.String()), "position": pl.Int64(), "ballot": pl.Int64()}
"""The columns of `Cards.frame`, with their types."""


class Mark(IntEnum):
    """What one card says on one measure."""

    ABSENT = 0
    """The measure does not stand on this card."""
    YES = 1
    NO = 2
    BLANK = 3
    """It stands there and nothing is marked: an undervote."""
    INVALID = 4
    """More is marked than may be, or what is marked counts for nobody: an overvote."""


MARKS: Mapping[str, Mark] = {mark.name.lower(): mark for mark in Mark}
"""Each mark by the name that files and people give it."""


@dataclass(frozen=True)
class Cards:
    """A set of cast-vote records, one row a card.

    Attributes:
        frame: the columns of `SCHEMA`, null where the file does not say. `id` is unique and never null; `tabulator`
            and `batch` name the pile, `position` is the number within it (1 is the first), `imprinted` what is
            printed on the card, `precinct`, `style` and `mode` (election day, mail) as the file calls them; cards of
            one `ballot` share its number, 0 and up.
        votes: for each measure, by its name as first written, an array of `Mark` values: uint8, one a card.
    """

    frame: pl.DataFrame
    votes: Mapping[str, np.ndarray]

    def __len__(self) -> int:
        """Give the number of cards."""
        return self.frame.height

    @property
    def measures(self) -> tuple[str, ...]:
        """Give the measures, as they come in the file."""
        return tuple(self.votes)

    @property
    def ballots(self) -> int:
        """Give the number of ballots: cards, where each ballot is one card."""
        return int(self.frame["ballot"].n_unique())

    def counts(self, measure: str) -> dict[Mark, int]:
        """Give how many cards say what on a measure."""
        found = np.bincount(self.votes[measure], minlength=len(Mark))
        return {mark: int(found[mark]) for mark in Mark}
