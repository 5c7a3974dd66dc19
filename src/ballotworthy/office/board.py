"""The board of a case: piles and sums that pages ask for, kept as events are heard: no page counts a case through.

What stands here follows from the case alone; it is made anew whenever something happens that it does not follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from ballotworthy.casework.case import Case
from ballotworthy.casework.rulings import Ruling
from ballotworthy.casework.work import Work, given_to_others, is_open, order_of_work, valid_though_crossed_out
from ballotworthy.office.second_looks import SecondLooks
from ballotworthy.record import Event

if TYPE_CHECKING:
    from ballotworthy.verbs.case_expected import Weighed

RULED = frozenset({"decision", "resolved", "corrected"})
APART = frozenset(
    {"admitted", "dismissed", "disclosed", "noted", "roll", "challenged", "cured", "retyped", "weighed", "counts",
     "verdict", "certified", "purged"}
)  # fmt: skip
"""Events that change neither pile nor sum."""
FEW = 10
"""Lines of others in a stratum below which its sums could tell what was ruled on one of them: a judgement."""


@dataclass
class Sum:
    """So many lines, so many of them ruled on, so many of these valid."""

    lines: int = 0
    ruled: int = 0
    valid: int = 0

    @property
    def refused(self) -> int:
        """Give how many are ruled on and not valid."""
        return self.ruled - self.valid

    @property
    def share(self) -> int:
        """Give the share that is ruled on, in per cent."""
        return round(100 * self.ruled / self.lines) if self.lines else 0


class Seen(NamedTuple):
    """What one line adds to piles and sums."""

    first: bool = False
    second: bool = False
    open: bool = False
    ruled: bool = False
    valid: bool = False
    reason: str = ""
    waits_of: str = ""
    voter: str = ""
    by: str = ""


NOTHING = Seen()


class Board:
    """Piles and sums of a case.

    Attributes:
        case: it is not to be changed, and another object once the record was read again.
        second, weighed: which lines get a second look, and what the machine makes of them, where that matters.
        order: the lines of the sample in the order of work.
        strata, sheets: their sums, by name.
        reasons: how many lines were refused on each ground.
        standing: by voter, a keyed hash, the lines on which he was ruled valid.
        crossed_out: lines ruled valid that were crossed out or blank as filed.
        stale: something happened that it does not follow.
    """

    def __init__(self, case: Case, second: SecondLooks, weighed: Weighed | None = None) -> None:
        self.case, self.second, self.weighed, self.stale = case, second, weighed, False
        self.order = order_of_work(case)
        self.strata: dict[str, Sum] = {}
        self.sheets: dict[str, Sum] = {}
        self.reasons: Counter[str] = Counter()
        self.standing: dict[str, dict[str, None]] = {}
        self.crossed_out: dict[str, None] = {}
        self._seconds: dict[str, dict[str, None]] = {}
        self._thirds: dict[str, None] = {}
        self._seen: dict[str, Seen] = {}
        self._own: dict[tuple[str, str], Sum] = {}
        self._wait_in: Counter[tuple[str, str]] = Counter()
        self._done = Counter[str]()
        self._next = 0
        for line in self.order:
            for each in self._sums(line):
                each.lines += 1
        for line in case.looks:
            self._look_at(line)

    def hear(self, event: Event) -> None:
        """Follow an event, which the case has folded."""
        if event.kind in RULED:
            self._look_at(event.body["line"])
        elif event.kind not in APART:
            self.stale = True

    @property
    def work(self) -> Work:
        """Give how much of the sample is done."""
        lines = len(self.order)
        return Work(lines, self._done["first"], self._done["second"], len(self._thirds), lines - self._done["ruled"])

    @property
    def lack_second(self) -> int:
        """Give how many lines that two people are to look at have had their first look alone."""
        return sum(map(len, tuple(self._seconds.values())))

    def firsts(self, person: str, number: int, taken: Collection[str] = (), gone: Collection[str] = ()) -> list[str]:
        """Give lines for somebody's first look: first what was given to him, then what no other is to look at.

        What was given to who is `gone`, or may not decide any more, is anybody's.
        """
        while self._next < len(self.order) and self._has_first(self.order[self._next]):
            self._next += 1
        given = self.case.assigned
        others = given_to_others(self.case, person, gone) if given else ()
        rest = (line for line in islice(self.order, self._next, None) if line not in others)
        fresh = (line for line in chain(given.get(person, ()), rest) if not self._has_first(line) and line not in taken)
        return list(islice(dict.fromkeys(islice(fresh, 2 * number)), number))

    def seconds(self, person: str, number: int, taken: Collection[str] = ()) -> list[str]:
        """Give lines that somebody else looked at first, and that two people are to look at."""
        found = (line for by, lines in self._seconds.items() if by != person for line in lines if line not in taken)
        return list(islice(found, number))

    def thirds(self, person: str, number: int, taken: Collection[str] = ()) -> list[str]:
        """Give lines that two others see differently."""
        return list(
            islice((line for line in self._thirds if line not in taken and self._may_end(line, person)), number)
        )

    def stands_on(self, voter: str) -> tuple[str, ...]:
        """Give the lines on which a voter, a keyed hash, was ruled valid; also while others add to them."""
        return tuple(self.standing.get(voter, ()))

    def telling(self, person: str) -> frozenset[str]:
        """Give the strata whose sums could tell somebody what was ruled on a line that he may look at second.

        Such a line waits there, and of others' rulings there are few, or all alike; his own he knows.
        """
        wait_in = {stratum for (stratum, by), lines in self._wait_in.items() if lines and by != person}
        return frozenset(name for name in wait_in if self._tells(name, person))

    def is_blind(self, line: str, person: str) -> bool:
        """Tell whether somebody may look second at a line, and so is not to know what was ruled on it."""
        return self._seen.get(line, NOTHING).waits_of not in ("", person)

    def _tells(self, stratum: str, person: str) -> bool:
        every, own = self.strata[stratum], self._own.get((stratum, person), Sum())
        others, valid = every.ruled - own.ruled, every.valid - own.valid
        return others < FEW or valid in (0, others)

    def waits(self, look: str, line: str) -> bool:
        """Tell whether a line on somebody's desk still waits for its look, which it may have had elsewhere."""
        seen = self._seen.get(line, NOTHING)
        return {"first": not seen.first, "second": bool(seen.waits_of), "third": line in self._thirds}.get(look, True)

    @property
    def unweighed(self) -> bool:
        """Tell whether it is not known yet which lines get a second look for what the machine makes of them."""
        return self.second.by_machine and self.weighed is None

    def _wants(self, line: str, first: Ruling) -> bool:
        return self.second.wants(self.case, line, first, self.weighed)

    def _has_first(self, line: str) -> bool:
        return self._seen.get(line, NOTHING).first

    def _may_end(self, line: str, person: str) -> bool:
        looks = self.case.looks[line]
        return person not in {each.by for each in (looks.first, looks.second) if each}

    def _look_at(self, line: str) -> None:
        sample = self.case.sample
        if sample is None or line not in sample.lines:
            return
        before, now = self._seen.get(line, NOTHING), self._seen_of(line)
        self._seen[line] = now
        for name in ("first", "second", "ruled"):
            self._done[name] += getattr(now, name) - getattr(before, name)
        for each in self._sums(line):
            each.ruled += now.ruled - before.ruled
            each.valid += now.valid - before.valid
        stratum = self.case.frame.line(line).stratum
        for seen, step in ((before, -1), (now, 1)):
            if seen.ruled:
                own = self._own.setdefault((stratum, seen.by), Sum())
                own.ruled, own.valid = own.ruled + step, own.valid + step * seen.valid
            if seen.waits_of:
                self._wait_in[stratum, seen.waits_of] += step
        if before.reason != now.reason:
            self.reasons.update({now.reason: 1} if now.reason else {})
            self.reasons.subtract({before.reason: 1} if before.reason else {})
        _move(self.standing, line, before.voter, now.voter)
        _move(self._seconds, line, before.waits_of, now.waits_of)
        if valid_though_crossed_out(self.case, line):
            self.crossed_out[line] = None
        else:
            self.crossed_out.pop(line, None)
        if now.open:
            self._thirds[line] = None
        else:
            self._thirds.pop(line, None)

    def _seen_of(self, line: str) -> Seen:
        looks, ruling = self.case.looks.get(line), self.case.ruling(line)
        if looks is None:
            return NOTHING
        last = looks.corrected or looks.resolved or looks.first
        once = looks.first and not (looks.second or looks.corrected)
        return Seen(
            first=looks.first is not None,
            second=looks.second is not None,
            open=is_open(looks),
            ruled=ruling is not None,
            valid=ruling is not None and ruling.outcome == "valid",
            reason=ruling.reason if ruling else "",
            waits_of=looks.first.by if looks.first and once and self._wants(line, looks.first) else "",
            voter=last.voter if last and last.outcome == "valid" else "",
            by=ruling.by if ruling else "",
        )

    def _sums(self, line: str) -> Iterator[Sum]:
        at = self.case.frame.line(line)
        yield self.strata.setdefault(at.stratum, Sum())
        yield self.sheets.setdefault(at.sheet, Sum())


def _move(piles: dict[str, dict[str, None]], line: str, before: str, now: str) -> None:
    if before == now:
        return
    if before:
        piles[before].pop(line, None)
        if not piles[before]:
            del piles[before]
    if now:
        piles.setdefault(now, {})[line] = None
