"""What can happen in a case: one table of every kind of event, and the only legal order of them.

Each kind stands with its role, its shape, its refusal and its fold in the file of its stage; the whole is
docs/reference/record.md in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ballotworthy.casework.case import Case
from ballotworthy.casework.events_closing import CLOSING
from ballotworthy.casework.events_deciding import DECIDING
from ballotworthy.casework.events_drawing import DRAWING
from ballotworthy.casework.events_intake import INTAKE
from ballotworthy.casework.events_mending import MENDING, is_of_himself
from ballotworthy.casework.events_opening import OPENING
from ballotworthy.casework.kind import Kind, Why
from ballotworthy.casework.shapes import fault_in, is_time
from ballotworthy.record import Event

REMEDY = {
    1: "Set the clock right",
    2: "Set the clock right; or if it was wrong then, declare that with a second person (case clock)",
}
KINDS: Mapping[str, Kind] = MappingProxyType({**OPENING, **INTAKE, **DRAWING, **DECIDING, **CLOSING, **MENDING})


def refusal(case: Case, event: Event) -> Why:
    """Say why an event may not be added to a case, in a sentence that says what must come first; None if it may."""
    kind = KINDS.get(event.kind)
    if kind is None:
        return f"there is no kind of event called {event.kind!r}"
    if case.version < kind.since:
        return f"the record of this case is of version {case.version}, which knows no event {event.kind!r}"
    fault = fault_in(event.body, kind.shape_in(case.version))
    if fault:
        return f"{event.kind}: {fault}"
    if event.at != case.at and not is_time(event.at):
        return f"{event.at!r} is not a time in UTC, such as 2026-11-03T16:48:21Z"
    if event.at < case.at and event.kind != "clock_declared":
        return f"it is dated {event.at}, before the event that precedes it ({case.at}). {REMEDY[case.version]}"
    if event.kind != "opened":
        refused = _not_entitled(case, kind.role, event.by)
        if refused and not is_of_himself(case, event):
            return refused
    return kind.refusal(case, event)


def _not_entitled(case: Case, role: str, person: str) -> Why:
    if not case.opened:
        return "the case has not been opened"
    roles = case.people.get(person)
    if roles is None:
        return f"{person} has not been admitted to this case"
    return None if role in roles else f"{person} has not been admitted to {role}"


def fold(case: Case, event: Event) -> None:
    """Add an event to the case that it happened in; it has been found lawful before."""
    KINDS[event.kind].fold(case, event)
    if event.at != case.at:
        case.times.append((event.seq, event.at))
    case.link, case.at = event.link, event.at
    case.numbers[event.kind] = case.numbers.get(event.kind, 0) + 1
    case.firsts.setdefault(event.kind, (event.seq, event.by))
