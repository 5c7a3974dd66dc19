"""One question on its road: what it asks, when what happened, what was said, and what is not known of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from ballotworthy.files.spans import Span
from ballotworthy.vote import Numbers

Answered = Literal["yes", "no", "partly"]
EVENTS = {
    "filed": "filed with the office that titles it",
    "amended": "its text was amended",
    "title-and-summary": "title and summary were given",
    "circulation-deadline": "last day to file signatures, as the office gave it",
    "filed-with-signatures": "signatures were filed",
    "qualified": "it qualified for the ballot",
    "withdrawn": "withdrawn by its proponents",
    "failed": "it failed to qualify",
    "vote": "the day of the vote",
}
"""What can happen to a measure, in the order in which it happens; each says what it means."""
ENDS = ("withdrawn", "failed")
PLANNED = ("circulation-deadline", "vote")
"""What has a day before it happens."""


@dataclass(frozen=True)
class Source:
    """Where something was read: in words, and its address."""

    words: str
    address: str


@dataclass(frozen=True)
class Fact:
    """A fact with its source; `is_known` is "" where it is not known, and `why` then says how so."""

    known: str
    source: Source | None
    why: str = ""
    doubt: str = ""


@dataclass(frozen=True)
class Dated:
    """Something that happened, on a day of EVENTS."""

    what: str
    when: Span
    source: Source
    doubt: str


@dataclass(frozen=True)
class Vote:
    """A vote that the measure asks for, the rule that it sets for it, and the numbers where it was counted."""

    what: str
    day: Span | None
    rule: str
    words: str
    source: Source
    doubt: str
    numbers: Numbers | None = None
    counted_by: Source | None = None


@dataclass(frozen=True)
class Convention:
    """A convention of the states that the measure asks for; `subject` is "" where no state has asked for that."""

    words: str
    subject: str
    source: Source


@dataclass(frozen=True)
class Report:
    """A report of the same words: its headline and its source."""

    headline: str
    source: Source


@dataclass(frozen=True)
class Statement:
    """What an official said when asked.

    Attributes:
        when: the day.
        who: the office and who held it.
        question, answer: the question, and the words of the answer.
        answered: whether the question was answered.
        judged_by: who judged that.
        source: where the words were read.
        reports: reports of the same words, whatever headline they draw.
    """

    when: Span
    who: str
    question: str
    answer: str
    answered: Answered
    judged_by: str
    source: Source
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class Published:
    """A count of signatures as somebody published it; None where a number or a day was not given."""

    verdict: str
    valid: int | None
    filed: int | None
    day: dt.date | None
    source: Source


@dataclass(frozen=True)
class Measure:
    """A measure as its file tells it.

    Attributes:
        file: the file's name.
        place, kind: whose law, and which petition of it.
        name: what it is called among people.
        title, group, docket, number, asks: facts, known or not.
        requirement: signatures required as the office gave them, known or not.
        dates: what happened, by day.
        votes: the votes it asks for; none where it asks for no vote.
        statements, doubts: what officials said; what a page must show as doubtful.
        polls: the table of polls beside the file, "" for none.
        question_types: the kinds of question in that table that are about this.
        vote_types: those of them that ask how one would vote on it.
        convention: the convention that it asks for, if any.
        petition: a result.json of `check` or a record beside the file, or published numbers; "" for none.
    """

    file: str
    place: str
    kind: str
    name: str
    title: Fact
    group: Fact
    docket: Fact
    number: Fact
    asks: Fact
    requirement: Fact
    dates: tuple[Dated, ...]
    votes: tuple[Vote, ...]
    statements: tuple[Statement, ...]
    doubts: tuple[tuple[str, Source | None], ...]
    polls: str
    question_types: tuple[str, ...]
    vote_types: tuple[str, ...]
    convention: Convention | None
    petition: str | Published

    def day_of(self, what: str) -> Dated | None:
        """Give the last event of that kind, None where none is held."""
        return next((each for each in reversed(self.dates) if each.what == what), None)
