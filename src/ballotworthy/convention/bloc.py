"""How many further states, and which are nearest: to call a convention, to ratify what it proposes, to stop it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ballotworthy.convention.count import GENERAL, Count, Switches, count_applications
from ballotworthy.convention.events import APPLICATION, DISPUTES, RESCISSION, Act, covers
from ballotworthy.convention.union import needed_to_ratify, states_on


@dataclass(frozen=True)
class Bloc:
    """What it takes on a day.

    Attributes:
        count: the applications that stand.
        further: states that are still needed to call, 0 if enough stand.
        nearest: states that do not count for certain, those that once applied first, each with the reason.
        ratify: states that ratify; block: the fewest that can stop it, by not ratifying.
    """

    count: Count
    further: int
    nearest: dict[str, str]
    ratify: int
    block: int


def blocking_bloc(acts: Sequence[Act], subject: str, on: dt.date, switches: Switches | None = None) -> Bloc:
    """Give the smallest numbers of states that reach two thirds, reach three fourths, and keep three fourths away.

    Raises:
        UnknownName: no event has the subject.
    """
    count = count_applications(acts, subject, on, switches)
    states = states_on(on)
    others = {state: _why(acts, state, count) for state in states if state not in count.standing}
    order = sorted(others, key=lambda state: (_rank(others[state], state in count.doubtful), state))
    ratify = needed_to_ratify(on)
    return Bloc(
        count, max(0, count.needed - count.count), {state: others[state] for state in order}, ratify,
        len(states) - ratify + 1,
    )  # fmt: skip


def _why(acts: Sequence[Act], state: str, count: Count) -> str:
    if state in count.doubtful:
        return count.doubtful[state]
    switches = count.switches
    own = {count.subject, *switches.same_as} | ({GENERAL} if switches.aggregate_general else set())
    mine = [act for act in acts if act.state == state and act.when.first <= count.on]
    applied = [act for act in mine if act.kind == APPLICATION and (act.subject in own or switches.any_subject)]
    back = [act for act in mine if act.kind == RESCISSION and any(covers(act, one.subject) for one in applied)]
    tried = [act for act in mine if act.kind in DISPUTES and act.subject in own]
    if back:
        return f"applied {applied[-1].when}, rescinded {back[-1].when}"
    if applied:
        return f"applied {applied[-1].when}, and that has ended"
    if tried:
        return f"{DISPUTES[tried[-1].kind]}, {tried[-1].when}"
    return "no application is held"


def _rank(why: str, doubtful: bool) -> int:
    return 0 if doubtful else 2 if why == "no application is held" else 1
