"""How often first rulings are wrong, as blind second looks tell: by outcome, by ground, and by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ballotworthy.casework.case import Case
from ballotworthy.casework.rulings import Looks
from ballotworthy.casework.work import is_open
from ballotworthy.stats.groups import wilson

OUTCOME, REASON, PERSON = "outcome", "reason", "person"
KINDS = (OUTCOME, REASON, PERSON)


@dataclass(frozen=True)
class Rate:
    """Lines that two people looked at, neither knowing what the other ruled.

    Attributes:
        kind, name: which lines: those of a first ruling's outcome, of its ground, or of who ruled.
        read: so many were looked at twice.
        differ: on so many the two rulings differ.
        overturned: on so many the first ruling did not hold in the end.
        waiting: on so many it is not ended which holds.
    """

    kind: str
    name: str
    read: int
    differ: int
    overturned: int
    waiting: int

    @property
    def interval(self) -> tuple[float, float]:
        """Give the share of first rulings that are wrong, from and to, in per cent (95%, Wilson's score interval).

        What is not ended counts as right below and as wrong above; where both err alike, nobody sees it.
        """
        low, _ = wilson(self.overturned, self.read)
        _, high = wilson(self.overturned + self.waiting, self.read)
        return 100 * low, 100 * high


def second_look_rates(case: Case, counts: Callable[[str], bool] = lambda _line: True) -> Sequence[Rate]:
    """Give the rates of a case, by outcome first; lines without a second look are in none.

    Args:
        case: whose lines were ruled on.
        counts: which lines are told of: those that got their second look by lot, where others got one for what was
            ruled, since only lot speaks for all lines.
    """
    read, differ, overturned, waiting = (Counter[tuple[str, str]]() for _ in range(4))
    for line, looks in case.looks.items():
        if looks.first is None or looks.second is None or not counts(line):
            continue
        first = looks.first
        names = [(OUTCOME, first.outcome), (PERSON, first.by), *([(REASON, first.reason)] if first.reason else [])]
        for each in names:
            read[each] += 1
            differ[each] += looks.differ
            overturned[each] += _overturned(looks)
            waiting[each] += is_open(looks)
    order = sorted(read, key=lambda each: (KINDS.index(each[0]), each[0] == OUTCOME and each[1] != "valid", each[1]))
    return [Rate(*each, read[each], differ[each], overturned[each], waiting[each]) for each in order]


def _overturned(looks: Looks) -> bool:
    last = looks.corrected or looks.resolved
    return last is not None and looks.first is not None and not looks.first.agrees(last)
