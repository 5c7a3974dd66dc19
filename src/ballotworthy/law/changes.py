"""What changed in the law of a kind of petition between two days, each change with the act that made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ballotworthy.errors import InputError
from ballotworthy.law.dated import Dated, Source
from ballotworthy.law.model import Law, Reason


@dataclass(frozen=True)
class Change:
    """One rule, or one ground of refusal, that is another from a day on.

    Attributes:
        rule: the name of the rule; for a ground of refusal "reasons.duplicate".
        on: the first day of the new state.
        before: the value until the day before, None where the data held none.
        after: the value from that day on, None where the rule ended.
        source: what made the change: the new value's source, or the act that ended the old one.
    """

    rule: str
    on: date
    before: Any
    after: Any
    source: Source


def changes(law: Law, kind: str, first: date, second: date) -> tuple[Change, ...]:
    """Give every change after `first` up to and with `second`, rule by rule, each rule's in the order of days.

    A value that is only cited anew is no change. A first value tells that the data begins there; whether the
    law does, its source says.

    Raises:
        UnknownName: the place has no such kind.
        InputError: the second day lies before the first.
    """
    if second < first:
        raise InputError(f"{second} lies before {first}; give the earlier day first.")
    found = law.kind(kind)
    lines: dict[str, Sequence[Dated[Any]]] = dict(found.rules)
    lines |= {f"reasons.{key}": dated for key, dated in found.reasons.items()}
    return tuple(
        change for rule, dated in lines.items() for change in _steps(rule, dated) if first < change.on <= second
    )


def _steps(rule: str, lines: Sequence[Dated[Any]]) -> Iterator[Change]:
    """Give every change of one rule, from its first value to its end."""
    last: Dated[Any] | None = None
    for line in lines:
        if last is not None and last.until is not None and last.until + timedelta(days=1) < line.since:
            yield _end(rule, last, last.until)
            last = None
        before = None if last is None else last.value
        if before is None or _held(before) != _held(line.value):
            yield Change(rule, line.since, before, line.value, line.source)
        last = line
    if last is not None and last.until is not None:
        yield _end(rule, last, last.until)


def _end(rule: str, line: Dated[Any], until: date) -> Change:
    return Change(rule, until + timedelta(days=1), line.value, None, line.ended_by or line.source)


def _held(value: object) -> object:
    """Give what a value says, without where it is said."""
    return (value.code, value.words) if isinstance(value, Reason) else value
