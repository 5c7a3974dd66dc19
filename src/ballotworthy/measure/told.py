"""A measure and where it stands as plain values, and what is not known of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ballotworthy.law.deadlines import Due
from ballotworthy.measure.beyond import convention_data, judged, recount_data
from ballotworthy.measure.model import Fact, Measure, Source, Vote
from ballotworthy.measure.petition import Signatures, signatures_of
from ballotworthy.measure.polls import Asked, compared, polls_data, polls_of
from ballotworthy.measure.standing import Standing

FACT_WORDS = {
    "title": "The title given by the state", "group": "The proponents", "docket": "The docket",
    "number": "The number of the state", "asks": "What it asks for", "requirement": "The signatures required",
}  # fmt: skip
DAYS_WORDS = {"filed": "its filing", "title-and-summary": "title and summary"}


def unknown_of(
    measure: Measure, standing: Standing, polls: tuple[Asked, ...], petition: Signatures | None
) -> Iterator[str]:
    """Give what is not known, a sentence each."""
    for name, words in FACT_WORDS.items():
        fact: Fact = getattr(measure, name)
        if not fact.known:
            yield f"{words}: {fact.why}."
    for what in DAYS_WORDS:
        if measure.day_of(what) is None:
            yield f"The day of {DAYS_WORDS[what]}: none by {standing.on} is held."
    if standing.rules is None:
        yield f"The law of that time: {standing.silence}"
    elif standing.rules.title_duty is None:
        yield "Whether the law lets the office refuse to title it: not held."
    if not polls:
        yield f"Support: no poll of this question {f'had ended by {standing.on}' if measure.polls else 'is held'}."
    if petition is None:
        when = f"the count of its signatures came after {standing.on}" if measure.petition else ""
        yield f"The petition: {when or 'no count of its signatures is held'}."
    elif petition.requirement and measure.requirement.known not in ("", f"{petition.requirement:,}"):
        yield (
            f"Which number of signatures is required: the check took {petition.requirement:,}, and the office gave "
            f"{measure.requirement.known}."
        )


def measure_data(
    measure: Measure, standing: Standing, folder: Path, today: dt.date | None = None, later: str = ""
) -> dict[str, Any]:
    """Give all of it as plain values, for JSON; no poll can end after `today`, `later` says what is left out."""
    polls = polls_of(measure, folder, standing.on, today)
    petition = signatures_of(measure, folder)
    if petition and petition.day and petition.day > standing.on:
        petition = None
    rules = standing.rules
    duty = rules.title_duty if rules else None
    return {
        "name": measure.name, "place": measure.place, "kind": measure.kind, "on": standing.on.isoformat(),
        "stands": standing.words, "reached": list(standing.reached), "later": later,
        **{name: _fact(getattr(measure, name)) for name in FACT_WORDS},
        "dates": [
            {"what": each.what, "day": str(each.when), "doubt": each.doubt, **_source(each.source)}
            for each in measure.dates
        ],
        "deadlines": [_due(each, standing) for each in standing.due],
        "next": _due(standing.next_due, standing) if standing.next_due else None,
        "may_refuse": {"held": duty is not None, "words": duty.value if duty else "not held",
                       **_source(Source(duty.source.cite, duty.source.url) if duty else None)},
        "votes": [_vote(each, measure) for each in measure.votes],
        "support": polls_data(measure, polls, standing),
        "compared": compared(polls),
        "convention": convention_data(measure.convention, standing.on) if measure.convention else None,
        "petition": petition.to_dict() if petition else None,
        "statements": [
            {"day": str(each.when), "who": each.who, "question": each.question, "answer": each.answer,
             "answered": each.answered, "judged_by": each.judged_by, **_source(each.source),
             "reports": [{"headline": report.headline, **_source(report.source)} for report in each.reports]}
            for each in measure.statements
        ],
        "doubts": [{"text": text, **_source(source)} for text, source in measure.doubts],
        "unknown": list(unknown_of(measure, standing, polls, petition)),
    }  # fmt: skip


def _fact(fact: Fact) -> dict[str, Any]:
    return {"is": fact.known or None, "unknown": fact.why, "doubt": fact.doubt, **_source(fact.source)}


def _source(source: Source | None) -> dict[str, str | None]:
    return {"source": source.words, "address": source.address} if source else {"source": None, "address": None}


def _vote(each: Vote, measure: Measure) -> dict[str, Any]:
    counted = _source(each.counted_by)
    return {
        "what": each.what, "day": str(each.day) if each.day else None, "rule": each.rule, "words": each.words,
        "doubt": each.doubt, **_source(each.source), "judged": judged(each),
        "recount": recount_data(measure, each),
        "counted_source": counted["source"], "counted_address": counted["address"],
    }  # fmt: skip


def _due(due: Due, standing: Standing) -> dict[str, Any]:
    return {
        "what": due.deadline.what, "who": due.deadline.who, "day": due.safe.isoformat(),
        "latest_day": due.last.isoformat() if due.otherwise else None, "passed": due.last < standing.on,
        "source": due.source.cite, "address": due.source.url,
    }  # fmt: skip
