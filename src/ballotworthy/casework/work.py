"""Who looks at what: the lines that wait for a first look, a second look, or somebody to resolve them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ballotworthy.casework.case import Case
from ballotworthy.casework.framed import is_unwritten
from ballotworthy.casework.rulings import Looks


@dataclass(frozen=True)
class Work:
    """How much is done of the sample, in lines.

    Attributes:
        lines: in the sample.
        first: looked at once or more.
        second: looked at twice.
        differing: seen differently by two people, and not resolved.
        open: without a ruling.
    """

    lines: int
    first: int
    second: int
    differing: int
    open: int


def work_of(case: Case) -> Work:
    """Give how much of the sample is done."""
    if case.sample is None:
        return Work(0, 0, 0, 0, 0)
    looks = [found for line in case.sample.lines if (found := case.looks.get(line))]
    ruled = sum(case.ruling(line) is not None for line in case.sample.lines)
    return Work(
        lines=len(case.sample.lines),
        first=sum(each.first is not None for each in looks),
        second=sum(each.second is not None for each in looks),
        differing=sum(map(is_open, looks)),
        open=len(case.sample.lines) - ruled,
    )


def is_open(looks: Looks) -> bool:
    """Tell whether two people saw a line differently and nobody has ended it."""
    return looks.differ and not (looks.resolved or looks.corrected)


def order_of_work(case: Case) -> list[str]:
    """Give the lines of the sample in the order to look at them: as drawn, or as filed where all are examined."""
    if case.sample is None:
        return []
    drawn = [line for stratum in case.sample.body["strata"] for line in stratum.get("ids", ())]
    return drawn or case.frame.in_order(case.sample.lines)


def waiting_for(case: Case, person: str, number: int) -> list[str]:
    """Give the next lines for somebody's first look: first what was given to him, then what no other is to look at."""
    given, others = case.assigned.get(person, []), given_to_others(case, person)
    rest = (line for line in order_of_work(case) if line not in others)
    return _first(case, [*given, *rest], number)


def given_to_others(case: Case, person: str, gone: Collection[str] = ()) -> frozenset[str]:
    """Give the lines given by name to others; what was given to one who may not decide any more is anybody's.

    `gone` are those who may by the record, and never will.
    """
    others = (each for each in case.assigned if each != person and each not in gone and may_decide(case, each))
    return frozenset(line for each in others for line in case.assigned[each])


def may_decide(case: Case, person: str) -> bool:
    """Tell whether somebody may decide in a case now."""
    return "decide" in case.people.get(person, ())


def for_second_look(case: Case, person: str, number: int) -> list[str]:
    """Give lines that somebody else looked at first and nobody a second time."""
    found = []
    for line in order_of_work(case):
        looks = case.looks.get(line)
        if looks and looks.first and looks.first.by != person and not (looks.second or looks.corrected):
            found.append(line)
        if len(found) == number:
            break
    return found


def to_resolve(case: Case) -> list[str]:
    """Give the lines that two people see differently, in the order of work."""
    return [line for line in order_of_work(case) if (looks := case.looks.get(line)) and is_open(looks)]


def valid_though_crossed_out(case: Case, line: str) -> bool:
    """Tell whether a line is ruled valid that was crossed out or blank as filed, so that somebody should look again."""
    ruling = case.ruling(line)
    return ruling is not None and ruling.outcome == "valid" and is_unwritten(case.frame.line(line).mark)


def crossed_out_valid(case: Case) -> list[str]:
    """Give the lines ruled valid that were crossed out or blank as filed, in the frame's order."""
    return [line for line in case.frame.in_order(case.looks) if valid_though_crossed_out(case, line)]


def _first(case: Case, lines: Iterable[str], number: int) -> list[str]:
    found: dict[str, None] = {}
    for line in lines:
        if len(found) == number:
            break
        looks = case.looks.get(line)
        if looks is None or looks.first is None:
            found[line] = None
    return list(found)
