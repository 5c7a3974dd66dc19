"""The calendar of a petition: every deadline of its law that follows from events on their days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ballotworthy.errors import InputError, LawSilent
from ballotworthy.law.dated import Cited
from ballotworthy.law.days import Days
from ballotworthy.law.days_off import days_off
from ballotworthy.law.deadlines import Due, Waiting, due_days
from ballotworthy.law.events import CIRCULATION
from ballotworthy.law.model import MONTHS, Deadline, Law, Passed
from ballotworthy.law.rules import Rules, rules_on

GOVERNING = {"filed", "certified"}


@dataclass(frozen=True)
class Calendar:
    """The deadlines of one kind of petition; `holidays` tells whether the place's holidays are known."""

    rules: Rules
    events: Mapping[str, date]
    due: tuple[Due, ...]
    waiting: tuple[Waiting, ...]
    holidays: bool


def calendar_of(rules: Rules, events: Mapping[str, date]) -> Calendar:
    """Give the deadlines of a kind of petition that follow from the events.

    Raises:
        InputError: nothing in the data is counted from any of the events.
    """
    lists = _lists(rules)
    off = days_off(rules.place)
    due, waiting = due_days(lists, events, {} if off is None else off)
    if missed := _missed(events, lists):
        raise InputError(_none_from(missed, f"{rules.place} {rules.kind}", lists))
    return Calendar(rules, events, due, waiting, off is not None)


def _lists(rules: Rules) -> list[Cited[tuple[Deadline, ...]]]:
    return [*([rules.deadlines] if rules.deadlines else []), *_of_committee(rules)]


def _missed(events: Iterable[str], lists: Iterable[Cited[tuple[Deadline, ...]]]) -> set[str]:
    """Give the events that no deadline is counted from; a day that also governs rules may go unused beside another."""
    asked = set(events)
    missed = asked - {deadline.event for rule in lists for deadline in rule.value}
    return missed if missed == asked else missed - GOVERNING


def _none_from(events: Iterable[str], where: str, lists: Iterable[Cited[tuple[Deadline, ...]]]) -> str:
    known = sorted({deadline.event for rule in lists for deadline in rule.value})
    return (
        f"no deadline of {where} in the data is counted from {', '.join(sorted(events))}; "
        f"known events: {', '.join(known) or 'none'}."
    )


def _of_committee(rules: Rules) -> Iterator[Cited[tuple[Deadline, ...]]]:
    """Give the time for gathering and for filing, which have rules of their own, as deadlines."""
    since = f", counted from {rules.circulation_from.value}" if rules.circulation_from else ""
    for time, unit in ((rules.circulation_days, "calendar"), (rules.circulation_months, MONTHS)):
        if time:
            what = f"last day of gathering signatures{since}"
            yield Cited((Deadline(what, time.value, unit, CIRCULATION, "committee"),), time.source, None, time.checked)
    yield from filing_of(rules)


def filing_of(rules: Rules) -> Iterator[Cited[tuple[Deadline, ...]]]:
    """Give the time for filing before the election, which has rules of its own, as deadlines."""
    late = rules.filing_passed
    passed = Passed(late.value, late.source, late.checked) if late else None
    for time, unit in ((rules.filing_days, "calendar"), (rules.filing_months, MONTHS)):
        if time:
            more: dict[str, Any] = {"before": True, "passed": passed, "met_by": ("filed",)}
            filing = Deadline("the petition is filed", time.value, unit, "election", "committee", **more)
            yield Cited((filing,), time.source, None, time.checked)


def calendars_of(law: Law, kind: str | None, day: date | Days, events: Mapping[str, date]) -> list[Calendar]:
    """Give the deadlines of one kind of petition, or of every kind that counts from the events.

    Raises:
        InputError: nothing in the data is counted from any of the events.
        LawSilent: the kind's law is not in force on that day.
    """
    if kind:
        return [calendar_of(rules_on(law, kind, day), events)]
    found: list[Calendar] = []
    lists: list[Cited[tuple[Deadline, ...]]] = []
    silent: list[LawSilent] = []
    for name in law.kinds:
        try:
            rules = rules_on(law, name, day)
        except LawSilent as error:
            silent.append(error)
            continue
        of_kind = _lists(rules)
        lists += of_kind
        if not _missed(events, of_kind):
            found.append(calendar_of(rules, events))
    if not found and not lists and silent:
        raise silent[0]
    if not found:
        raise InputError(_none_from(events, f"any one kind in {law.place}", lists))
    return found
