"""What the shipped tables hold and how far they are complete; nothing is guessed beyond it."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ballotworthy.convention.events import read_applications, read_ratifications


@dataclass(frozen=True)
class Coverage:
    """What is held of one subject, or of the amendments.

    Attributes:
        what: the subject; "amendments" for ratifications.
        words: what is there.
        complete_to: the day until which nothing is known to be missing, None where it is not complete.
        precision: how exact its days are where it is complete.
        read: the day on which its sources were read.
        rows: how many events of it the tables have.
    """

    what: str
    words: str
    complete_to: dt.date | None
    precision: str
    read: dt.date
    rows: int

    @property
    def said(self) -> str:
        """Give it as a clause."""
        until = f"complete to {self.complete_to}, by {self.precision}" if self.complete_to else "not complete"
        return f"{until}: {self.words} ({self.rows} events, read {self.read})"


@cache
def coverage() -> dict[str, Coverage]:
    """Give what is held, by subject; the numbers of events are counted, not written."""
    rows = [act.subject for act in read_applications()]
    held = {subject: rows.count(subject) for subject in set(rows)} | {"amendments": len(read_ratifications())}
    text = (files("ballotworthy") / "convention/coverage.csv").read_text("utf-8")
    return {
        row["what"]: Coverage(
            row["what"], row["words"], dt.date.fromisoformat(row["complete_to"]) if row["complete_to"] else None,
            row["precision"], dt.date.fromisoformat(row["read"]), held[row["what"]],
        )
        for row in csv.DictReader(text.splitlines())
    }  # fmt: skip
