"""What comes after the petition: the vote judged by its own rule, the convention as states ask for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ballotworthy.convention import Count, Switches, count_applications, read_applications
from ballotworthy.convention.events import SUBJECTS
from ballotworthy.convention.words import open_words
from ballotworthy.law import read_law
from ballotworthy.measure.model import Convention, Measure, Vote
from ballotworthy.vote import judge_vote, judgement_data
from ballotworthy.vote.recount import recount_of

DISTRICTS = ("district", "districts")
UNITS = {"districts": DISTRICTS, "districts_weighted": DISTRICTS, "turnout": ("ballot cast", "ballots cast")}


def judged(vote: Vote) -> Mapping[str, Any] | None:
    """Give the judgement of a vote under its own rule, with a sentence for each condition; None if not counted."""
    if vote.numbers is None or not vote.rule:
        return None
    found = judgement_data(judge_vote(vote.rule, vote.numbers))
    return {**found, "said": [_condition_words(each) for each in found["conditions"]]}


def _condition_words(found: Mapping[str, Any]) -> str:
    if found["holds"] is None:
        return f"{found['condition']}: unknown, since {', '.join(found['missing'])} was not given"
    one, many = UNITS.get(found["name"], ("vote", "votes"))
    margin, holds = found["margin"], "holds" if found["holds"] else "does not hold"
    if margin == 0:
        return f"{found['condition']}: {holds}, by less than one {one}"
    unit, side = one if abs(margin) == 1 else many, "above it" if margin > 0 else "below it"
    return f"{found['condition']}: {holds}, {abs(margin):,} {unit} {side}"


def recount_data(measure: Measure, vote: Vote) -> Mapping[str, Any] | None:
    """Give what the place's recount law of that day says at the margin of a counted vote, None if not counted.

    Where no such law is held, or the day of the vote is not known, `held` is false and `said` says why.
    """
    if vote.numbers is None:
        return None
    if vote.day is None:
        return {"held": False, "said": "the day of the vote is not known"}
    first, last = (
        recount_of(read_law(measure.place), measure.kind, day, vote.numbers) for day in (vote.day.first, vote.day.last)
    )
    if first is None or first != last:
        return {"held": False, "said": f"no recount law of {measure.place} for {measure.kind} is held of that day"}
    return {"held": True, **first.to_dict()}


def convention_data(asked: Convention, on: dt.date) -> dict[str, Any]:
    """Give how far a convention is on a day: for this subject, for the subjects nearest to it, for any."""
    counts = list(_counts(asked, on))
    return {
        "words": asked.words,
        "subject": asked.subject,
        "needed": counts[0][1].needed, "rows": [_row(*each) for each in counts],
        "held": open_words(asked.subject),
        "drawn": _drawn(counts, asked)[0], "source": asked.source.words, "address": asked.source.address,
    }  # fmt: skip


def convention_shown(asked: Convention, on: dt.date) -> Count:
    """Give the count that is drawn."""
    return _drawn(list(_counts(asked, on)), asked)[1]


def _drawn(counts: Sequence[tuple[str, Count]], asked: Convention) -> tuple[str, Count]:
    """Give the count of this subject, or of any where no state has asked for it."""
    return counts[0] if asked.subject else counts[-2]


def _counts(asked: Convention, on: dt.date) -> Iterator[tuple[str, Count]]:
    acts = read_applications()
    if asked.subject:
        words = SUBJECTS.get(asked.subject, asked.subject)
        for rescissions in (True, False):
            yield (
                words + _taken_back(rescissions),
                count_applications(acts, asked.subject, on, Switches(rescissions=rescissions)),
            )
    else:
        for subject in ("general", "balanced-budget"):
            yield SUBJECTS[subject] + _taken_back(True), count_applications(acts, subject, on)
    subject = asked.subject or "general"
    for rescissions in (True, False):
        switches = Switches(rescissions=rescissions, any_subject=True)
        yield "any subject at all" + _taken_back(rescissions), count_applications(acts, subject, on, switches)


def _taken_back(rescissions: bool) -> str:
    return "" if rescissions else ", no application taken back"


def _row(words: str, count: Count) -> dict[str, Any]:
    return {
        "words": words, "count": count.count, "count_high": count.high, "needed": count.needed,
        "reached": count.count >= count.needed,
        "states": [
            {"state": state, "day": str(act.when), "text": act.text, "source": act.source, "doubt": act.doubt}
            for state, act in sorted(count.standing.items())
        ],
        "doubtful": dict(count.doubtful),
    }  # fmt: skip
