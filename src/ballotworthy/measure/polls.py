"""What polls say of a measure on a day: kinds of question apart, and the chance under the rule of each vote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ballotworthy.errors import UnknownName
from ballotworthy.measure.model import Measure
from ballotworthy.measure.standing import Standing
from ballotworthy.support import Poll, Support, read_polls, support_data, support_of
from ballotworthy.support.passing import passing_of
from ballotworthy.support.words import chance_words, change_words, repeated_words
from ballotworthy.vote import share_asked


@dataclass(frozen=True)
class Asked:
    """One kind of question on a day: its polls, and its course as published, of all who were asked."""

    kind: str
    polls: tuple[Poll, ...]
    course: Support | None


def polls_of(measure: Measure, folder: Path, on: dt.date, today: dt.date | None = None) -> tuple[Asked, ...]:
    """Give the polls that the measure names and that had ended by a day, none where it names no table.

    Args:
        measure: whose.
        folder: where its table stands.
        on: the day.
        today: no poll can end after it; any can without it.

    Raises:
        InputError: the table cannot be read; FileFaults: what is wrong in it.
        UnknownName: the measure names a kind of question that the table, or its own list, does not have.
    """
    if not measure.polls:
        return ()
    every = read_polls(folder / measure.polls, today=today or dt.date.max)
    known = sorted({poll.kind for poll in every})
    for name in (*measure.question_types, *measure.vote_types):
        if name not in known:
            raise UnknownName(f"kind of question in {measure.polls}", name, known)
    kinds = measure.question_types or known
    for name in measure.vote_types:
        if name not in kinds:
            raise UnknownName("kind of question among question_types", name, kinds)
    held = []
    for kind in kinds:
        own = tuple(poll for poll in every if poll.kind == kind and poll.when.last <= on)
        shared = any(poll.support is not None for poll in own)
        if own:
            course = support_of(own, kind, undecided="status-quo") if shared else None
            held.append(Asked(kind, own, course))
    return tuple(sorted(held, key=lambda asked: (asked.polls[0].when.first, asked.kind)))


def polls_data(measure: Measure, held: Sequence[Asked], standing: Standing) -> list[dict[str, Any]]:
    """Give each kind of question as plain values: its polls, its course, its sentences, its chance in each vote."""
    open_for = () if standing.ended or standing.lapsed else measure.vote_types
    return [
        {
            "kind": asked.kind,
            "question": next((poll.question for poll in asked.polls if poll.question), asked.kind or "the question"),
            "polls": [{**vars(poll), "when": str(poll.when)} for poll in asked.polls],
            "support": support_data(asked.course) if asked.course else None,
            "said": change_words(support_data(asked.course)) if asked.course else "",
            "passing": list(_passing(measure, asked, standing.on)) if asked.kind in open_for else [],
        }
        for asked in held
    ]


def compared(held: Sequence[Asked]) -> list[str]:
    """Give which of the polls can be compared, a sentence each."""
    polls = [poll for asked in held for poll in asked.polls]
    return [line.strip() for line in repeated_words(polls)] if polls else []


def _passing(measure: Measure, asked: Asked, on: dt.date) -> Iterator[dict[str, Any]]:
    """Give the chance in each vote to come that has a rule, on its day or, where that is not known, on the page's."""
    known = [poll for poll in asked.polls if poll.support is not None]
    for vote in measure.votes:
        past = vote.numbers is not None or (vote.day is not None and vote.day.last < on)
        if past or not (known and vote.rule):
            continue
        day = max(on, vote.day.first) if vote.day else on
        share = share_asked(vote.rule)
        against = support_of(known, asked.kind, day, undecided="status-quo")
        chances = passing_of(support_of(known, asked.kind, day), against, share.limit)
        if chances["p_pass_status_quo"] is None:
            continue
        chance = chances["p_pass"]
        split = f"{chance_words(chance)} if the undecided vote as the decided, " if chance is not None else ""
        said = f"{split}{chance_words(chances['p_pass_status_quo'])} if all who are not for it vote against"
        yield {
            "vote": vote.what, "rule": vote.rule, "day": day.isoformat(), **chances, "assumed": list(share.others),
            "said": said,
        }  # fmt: skip
