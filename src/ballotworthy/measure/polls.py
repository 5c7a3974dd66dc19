"""The polls of a question, each with its wording; kinds of question are kept apart."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from ballotworthy.errors import InputError

COLUMNS = (
    "id",
    "day",
    "house",
    "sponsor",
    "n",
    "support",
    "oppose",
    "undecided",
    "question_type",
    "question",
    "source",
)


@dataclass(frozen=True)
class Poll:
    """One poll as published; texts, since some numbers are not known."""

    id: str
    day: str
    house: str
    sponsor: str
    n: str
    support: str
    oppose: str
    undecided: str
    question_type: str
    question: str
    source: str
    doubt: str


def read_polls(path: Path, kinds: tuple[str, ...]) -> tuple[Poll, ...]:
    """Give the polls of some kinds of question, by day.

    Raises:
        InputError: the table cannot be opened, or lacks a column.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}. Check the name in `polls`.") from error
    missing = [name for name in COLUMNS if rows and name not in rows[0]]
    if missing:
        raise InputError(f"{path} lacks the columns {', '.join(missing)}. Add them, empty where nothing is known.")
    found = [
        Poll(**{name: row[name] or "" for name in COLUMNS}, doubt=row.get("doubt") or "")
        for row in rows
        if not kinds or row["question_type"] in kinds
    ]
    return tuple(sorted(found, key=lambda poll: poll.day))
