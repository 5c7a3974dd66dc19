"""What deadlines are counted from: one vocabulary of events for all places, and what a deadline may look like."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

CIRCULATION = "circulation-start"

EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "application-filed": "the application to begin the petition was filed",
        CIRCULATION: "the day from which the time for gathering signatures is counted",
        "first-signature": "the first signature was written",
        "filed-with-county": "signatures were handed to the county to be checked, before the petition is filed",
        "last-filing-day": "the last day on which the petition could be filed",
        "filed": "the petition was filed",
        "accepted": "the office accepted what was filed",
        "posted": "the petition was opened to inspection",
        "counted": "what was filed was counted and numbered",
        "count-reported": "the number of signatures counted was reported to the office that decides",
        "count-published": "the number of signatures counted was made public",
        "received": "the office that verifies received the sheets or forms",
        "check-ordered": "the offices that verify were told to begin",
        "sample-received": "the office that verifies received the list of sampled lines",
        "sample-reported": "what the sample shows was reported",
        "full-check-ordered": "the offices that verify were told to examine every signature",
        "results-received": "the last result of a verifying office arrived",
        "enough-verified": "enough signatures were certified to the office that decides",
        "certified": "the office decided whether the petition suffices, by certificate, statement or determination",
        "challenged": "the petition, or the decision on it, was challenged",
        "sufficiency-notice": "the notice that the petition suffices was given",
        "insufficiency-notice": "the notice that the petition falls short was given",
        "supplement-filed": "more signatures were filed after a notice that the petition falls short",
        "withdrawal-ended": "the time for signers to withdraw ended",
        "court-decision": "the court of first instance decided",
        "referred": "the petition was laid before the body that must act on it",
        "election": "the election or vote",
        "votes-counted": "the count of the votes was completed",
    }
)
"""The events, in the order in which they mostly happen, each with its meaning."""

UNITS = ("calendar", "business", "working")
KEYS = (
    "what", "days", "unit", "months", "after", "before", "who", "checked", "cures", "cures_districts", "met_by",
    "passed",
)  # fmt: skip
EXAMPLES = (
    '{ what = "clerks report the sample", days = 30, unit = "calendar", after = "filed" } '
    'or { what = "the petition is filed", months = 4, before = "election" }'
)
OF_PASSED = 'passed = { words = "the petition is deemed sufficient", source = "act-6" }'


def deadline_faults(entry: Any) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a deadline of a law file, each fault with what to do about it."""
    if not isinstance(entry, dict):
        yield f"{str(entry)!r} is not a deadline", f"Write {EXAMPLES}"
        return
    for key in sorted(set(entry) - set(KEYS)):
        yield f"unknown key {key!r} in a deadline", f"Use {', '.join(KEYS)}"
    for key in ("what", "who"):
        value = entry.get(key, "" if key == "what" else "nobody named")
        if not (isinstance(value, str) and value.strip()):
            yield f"{key} is missing or not text in a deadline", f'Write {key} = "..."'
    cures = entry.get("cures", Decimal(0))
    if not isinstance(cures, Decimal) or not 0 <= cures <= 1:
        yield f"cures is {str(cures)!r} in a deadline", "Write a share of the requirement such as 0.75, or 0.0 for any"
    yield from _districts_faults(entry)
    yield from _length_faults(entry)
    yield from _event_faults(entry)
    yield from _met_by_faults(entry.get("met_by", [CIRCULATION]))
    yield from _passed_faults(entry.get("passed", {"words": "-", "source": "-"}))


def _met_by_faults(events: Any) -> Iterator[tuple[str, str]]:
    if not (isinstance(events, list) and events):
        yield f"met_by is {str(events)!r} in a deadline", 'Write the events that do it: met_by = ["certified"]'
        return
    for event in events:
        if event not in EVENTS:
            yield f"unknown event {str(event)!r}", f"{_nearest(str(event))}Use one of {', '.join(EVENTS)}"


def _passed_faults(passed: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(passed, dict):
        yield f"passed is {str(passed)!r} in a deadline", f"Write {OF_PASSED}"
        return
    for key in sorted(set(passed) - {"words", "source", "checked"}):
        yield f"unknown key {key!r} in what follows when a day has passed", f"Write {OF_PASSED}"
    words = passed.get("words")
    if not (isinstance(words, str) and words.strip()):
        yield "words are missing or not text in what follows when a day has passed", f"Write {OF_PASSED}"


def _districts_faults(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    many = entry.get("cures_districts", 1)
    if not isinstance(many, int) or isinstance(many, bool) or many < 1:
        yield f"cures_districts is {str(many)!r} in a deadline", "Write in how many districts, a whole number from 1 on"
    if "cures_districts" in entry and "cures" not in entry:
        yield "cures_districts without cures in a deadline", "Write the share of their number too: cures = 0.75"


def _length_faults(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if ("days" in entry) == ("months" in entry):
        yield "a deadline has either days or months", "Give one of them"
    for key in ("days", "months"):
        value = entry.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            yield f"{key} is {str(value)!r} in a deadline", "Write a whole number, without quotes"
    unit = entry.get("unit")
    if "days" in entry and unit not in UNITS:
        yield f"the unit of the days of a deadline is {str(unit)!r}", f"Use one of {', '.join(UNITS)}"
    if "days" not in entry and unit is not None:
        yield "a deadline in months has a unit", "Leave unit out: months are calendar months"


def _event_faults(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if ("after" in entry) == ("before" in entry):
        yield "a deadline is counted either after an event or before it", "Give one of after and before"
    for key in ("after", "before"):
        event = entry.get(key, CIRCULATION)
        if not (isinstance(event, str) and event in EVENTS):
            yield f"unknown event {str(event)!r}", f"{_nearest(str(event))}Use one of {', '.join(EVENTS)}"


def _nearest(event: str) -> str:
    close = difflib.get_close_matches(event, EVENTS, 1)
    return f"Did you mean {close[0]}? " if close else ""
