"""What the shipped tables hold and how far they are complete; nothing is guessed beyond it."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ballotworthy.convention.events import SUBJECTS, read_applications, read_ratifications


@dataclass(frozen=True)
class Coverage:
    """What is held of one subject, or of amendments.

    Attributes:
        what: the subject; of ratifications an amendment, "amendments" for other numbered ones, else "proposals".
        words: what is there.
        complete_to: the day until which nothing is known to be missing, None where that is not known.
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
        until = (
            f"complete to {self.complete_to}, by {self.precision}" if self.complete_to else "not known to be complete"
        )
        return f"{until}: {self.words} ({self.rows} events, read {self.read})"

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        return {
            "words": self.words, "complete_to": self.complete_to.isoformat() if self.complete_to else None,
            "precision": self.precision or None, "read": self.read.isoformat(),
        }  # fmt: skip


def incomplete() -> tuple[str, ...]:
    """Give the subjects of applications of which the table is not known to be complete."""
    return tuple(name for name, each in coverage().items() if name in SUBJECTS and each.complete_to is None)


def coverage_of(amendment: str) -> Coverage:
    """Give what is held of an amendment: its own line, or the one on all of its sort."""
    held = coverage()
    return held.get(amendment) or held["amendments" if amendment.isdigit() else "proposals"]


@cache
def coverage() -> dict[str, Coverage]:
    """Give what is held, by subject; the numbers of events are counted, not written."""
    rows = [act.subject for act in read_applications()]
    held = {subject: rows.count(subject) for subject in set(rows)}
    text = (files("ballotworthy") / "convention/coverage.csv").read_text("utf-8")
    listed = list(csv.DictReader(text.splitlines()))
    alone = {row["what"] for row in listed}
    for act in read_ratifications():
        what = act.subject if act.subject in alone else "amendments" if act.subject.isdigit() else "proposals"
        held[what] = held.get(what, 0) + 1
    return {
        row["what"]: Coverage(
            row["what"], row["words"], dt.date.fromisoformat(row["complete_to"]) if row["complete_to"] else None,
            row["precision"], dt.date.fromisoformat(row["read"]), held[row["what"]],
        )
        for row in listed
    }  # fmt: skip
