"""What the law says follows when a day has passed, in words; where the data does not hold it, that it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ballotworthy.law.dated import Source
from ballotworthy.law.model import Deadline

if TYPE_CHECKING:
    from ballotworthy.law.rules import Rules

NOT_HELD = "the law's data does not hold what follows; ask counsel"


def passed_words(time: Deadline) -> str:
    """Give what follows when the time has passed, or that it is not held."""
    return time.passed.words if time.passed else NOT_HELD


def passed_cite(time: Deadline, sets: Source) -> str:
    """Give what says so, with the sources that it was compared with, or else what sets the day."""
    if time.passed is None:
        return f"{sets.cite} sets the day"
    checks = dict.fromkeys(source.cite for source in time.passed.checked)
    return f"{time.passed.source.cite}; checked: {', '.join(checks)}" if checks else time.passed.source.cite


def passed_rows(rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Give of each time that the rules allow: what it is for, what follows when it has passed, and what says so."""
    if rules.deadlines is not None:
        for time in rules.deadlines.value:
            yield time.what, passed_words(time), passed_cite(time, rules.deadlines.source)
