"""Days of a measure that contradict each other: in the wrong order, given twice, or after the end of its road."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from ballotworthy.files.spans import LONG_AGO
from ballotworthy.measure.model import ENDS, EVENTS, PLANNED, Dated

FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "amended": ("filed",),
    "title-and-summary": ("filed",),
    "circulation-deadline": ("title-and-summary",),
    "filed-with-signatures": ("title-and-summary", "filed"),
    "qualified": ("filed-with-signatures", "title-and-summary", "filed"),
    "withdrawn": ("filed",),
    "failed": ("filed", "title-and-summary"),
    "vote": ("filed", "title-and-summary", "filed-with-signatures", "qualified"),
}
"""What each event cannot come before."""
OFTEN = ("amended",)
"""What can happen more than once."""


def place_in_order(dated: Dated) -> tuple[dt.date, int]:
    """Give where an event stands among others: by its first day, or by its last where nothing says after when."""
    day = dated.when.last if dated.when.first == LONG_AGO else dated.when.first
    return day, list(EVENTS).index(dated.what)


def contradictions(events: Sequence[Dated]) -> Iterator[tuple[int, str, str]]:
    """Yield what cannot be true of events together: the place of the later one, what is wrong, and a remedy."""
    for place, one in enumerate(events):
        for before, other in enumerate(events):
            told = f"{one.what} ({one.when})", f"{other.what} ({other.when})"
            if other.what in FOLLOWS.get(one.what, ()) and one.when.last < other.when.first:
                yield place, f"{told[0]} is before {told[1]}", "Correct one of the two days"
            elif other.what in ENDS and one.what not in (*PLANNED, *ENDS) and one.when.first > other.when.last:
                yield place, f"{told[0]} is after {told[1]}, which ended it", "Correct one of the two days"
            elif one.what == "failed" and other.what == "qualified":
                remedy = "Take one of them out; what a court decided later stands under [[doubts]]"
                yield place, f"it failed to qualify ({one.when}) and qualified ({other.when})", remedy
            elif before < place and one.what == other.what and one.what not in (*OFTEN, *PLANNED):
                remedy = "Take one of them out; where two sources differ, say so as its doubt"
                yield place, f"{one.what} stands twice ({other.when}, {one.when})", remedy
