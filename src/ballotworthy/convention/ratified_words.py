"""A count of ratifications in sentences: when it was complete, or how far it is, and under which readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from ballotworthy.convention.coverage import coverage_of
from ballotworthy.convention.events import Act
from ballotworthy.convention.ratify import TAKING, Ratification, Reading, deadline_of, proposals
from ballotworthy.convention.union import name_of, needed_to_ratify, states_on
from ballotworthy.convention.words import far_words, range_words

PLAIN = Reading()
"""The reading by which every numbered amendment became part of the Constitution on its official day."""


def amendment_words(code: str) -> str:
    """Give "the 14th Amendment", or the name of a proposal."""
    found = proposals().get(code)
    if found:
        return f"the {found.words}"
    return f"the {_ordinal(int(code))} Amendment" if code.isdigit() else code


def answer_words(found: Ratification) -> Iterator[str]:
    """Give the answer: when it became complete, with how many of how many states then needed; or how far it is."""
    what = amendment_words(found.amendment)
    many = range_words(len(found.states), len(found.doubtful))
    day = found.complete
    if day is None:
        far = far_words(found.needed, len(found.states), len(found.states) + len(found.doubtful))
        yield f"{many} of {found.of} states have ratified {what} by {found.on}; {found.needed} are needed, {far}."
    else:
        had = f"{found.had} of the {len(states_on(day))} states of that day had ratified, and {needed_to_ratify(day)} "
        if found.amendment.isdigit() and found.reading == PLAIN:
            yield f"{what[0].upper()}{what[1:]} became part of the Constitution on {day}: {had}were needed."
        else:
            yield f"Under this reading enough states had ratified {what} on {day}: {had}were needed."
        yield f"On that day {_listed(found.decisive)} did; by {found.on} {many} states have."
    if found.rejected:
        yield f"Rejected, and not ratified by then: {_listed(found.rejected)}."
    last = deadline_of(found.amendment, Reading())
    if last:
        yield f"Congress set {last} as the last day{_moved(found.amendment)}."


def reading_words(found: Sequence[Ratification], acts: Iterable[Act]) -> Iterator[str]:
    """Give the answer under each reading, a line each; none where all readings are the same."""
    amendment = found[0].amendment
    taken = any(act.subject == amendment and act.kind in TAKING for act in acts)
    bound = deadline_of(amendment, PLAIN) is not None
    for each in found:
        reading = each.reading
        if (reading.rescissions and not taken) or (not reading.deadline and not bound) or not (taken or bound):
            continue
        said = ["rescissions count" if reading.rescissions else "rescissions do not count"] if taken else []
        said += ["the deadline holds" if reading.deadline else "the deadline does not hold"] if bound else []
        many = range_words(len(each.states), len(each.doubtful))
        yield f"{', '.join(said)}: {many}, {f'complete on {each.complete}' if each.complete else 'not complete'}"


def held_of(amendment: str, on: dt.date) -> str:
    """Say how far the table is complete for an amendment, and that later days are not in it."""
    found = coverage_of(amendment)
    late = f" What states did after {found.read} is not in it." if on > found.read else ""
    return f"The table is {found.said}.{late}"


def _moved(amendment: str) -> str:
    found = proposals()[amendment]
    return f" (first {found.deadline}, then moved)" if found.extended else ""


def _listed(states: Sequence[str]) -> str:
    names = [name_of(state) for state in states]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
