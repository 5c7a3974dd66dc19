"""Applications for a convention counted on a day: which states, how surely, and what the open questions change.

Article V does not say whether a state may take its application back, whether it lapses, or whether subjects must be
the same; each is a switch. A state counts for certain where the answer is the same on every day that its events can
have had; it is doubtful where some of those days make it count and others do not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ballotworthy.convention.events import APPLICATION, DISPUTES, RESCISSION, SUBJECTS, Act, covers, may_cover
from ballotworthy.convention.union import in_force, needed_to_call, states_on
from ballotworthy.errors import InputError, UnknownName
from ballotworthy.files.spans import Span, YearOnly, years_later

GENERAL, NOT_STATED = "general", "not-stated"
LAPSES = (None, 20, 7)
"""Years after which applications lapse, in the table of answers."""


@dataclass(frozen=True)
class Switches:
    """How the open questions are answered.

    Attributes:
        rescissions: a state may take its application back.
        lapse: an application lapses after so many years; None for never.
        same_as: further subjects that count as the same.
        aggregate_general: applications for any convention join this one.
        any_subject: subjects need not match at all.
        year_only: take days that are not exact as early or as late as they can be; None shows both.
    """

    rescissions: bool = True
    lapse: int | None = None
    same_as: tuple[str, ...] = ()
    aggregate_general: bool = False
    any_subject: bool = False
    year_only: YearOnly | None = None


@dataclass(frozen=True)
class Standing:
    """How one application stands on the day: for certain, perhaps or not, and why."""

    act: Act
    certain: bool
    possible: bool
    why: str


@dataclass(frozen=True)
class Count:
    """The answer for one subject, day and set of switches.

    Attributes:
        subject, on, switches: what was asked.
        needed: states that call a convention on that day.
        standing: the application by which each state counts for certain, by state.
        doubtful: states that count on some readings of their days only, each with the reason.
        disputes: events of this subject that are not counted, with what is said against them.
    """

    subject: str
    on: dt.date
    switches: Switches
    needed: int
    standing: dict[str, Act]
    doubtful: dict[str, str]
    disputes: tuple[Act, ...]

    @property
    def count(self) -> int:
        """Give the number of states that count for certain."""
        return len(self.standing)

    @property
    def high(self) -> int:
        """Give the number of states that count at most."""
        return len(self.standing) + len(self.doubtful)


def count_applications(acts: Sequence[Act], subject: str, on: dt.date, switches: Switches | None = None) -> Count:
    """Count the applications that stand on a day.

    Raises:
        UnknownName: no event has the subject, or one that counts as the same.
        InputError: the lapse is no number of years; the day is before the Constitution was in force.
    """
    asked = switches or Switches()
    in_force(on)
    known = sorted({act.subject for act in acts if act.subject} | set(SUBJECTS))
    for name in (subject, *asked.same_as):
        if name not in known:
            raise UnknownName("subject", name, known)
    if asked.lapse is not None and not 1 <= asked.lapse <= 500:
        raise InputError(f"applications cannot lapse after {asked.lapse} years; give a number from 1 to 500.")
    own = {subject, *asked.same_as}
    standing: dict[str, Act] = {}
    doubtful: dict[str, str] = {}
    states = set(states_on(on))
    for found in _standings(acts, own, on, asked):
        state = found.act.state
        if state not in states:
            continue
        if found.certain:
            standing.setdefault(state, found.act)
        elif found.possible:
            doubtful.setdefault(state, found.why)
    doubtful = {state: why for state, why in sorted(doubtful.items()) if state not in standing}
    told = [act for act in acts if act.kind in DISPUTES and act.when.first <= on]
    disputes = tuple(act for act in told if act.subject in own or asked.any_subject)
    return Count(subject, on, asked, needed_to_call(on), dict(sorted(standing.items())), doubtful, disputes)


def at_ends(acts: Sequence[Act], found: Count) -> tuple[Count, ...]:
    """Give the count with all days that are not exact as early, and as late, as can be; none where all is certain."""
    if not found.doubtful or found.switches.year_only:
        return ()
    ways: tuple[YearOnly, YearOnly] = ("before", "after")
    return tuple(
        count_applications(acts, found.subject, found.on, replace(found.switches, year_only=way)) for way in ways
    )


def single_changes(acts: Sequence[Act], subject: str, on: dt.date, asked: Switches) -> Iterator[tuple[str, Count]]:
    """Give the count where one open question is answered otherwise than asked and all others stay, each in words."""
    changes: list[tuple[str, Switches]] = [
        (
            "if no state may take its application back"
            if asked.rescissions
            else "if states may take applications back",
            replace(asked, rescissions=not asked.rescissions),
        ),
        *(
            (f"if they lapse after {years} years" if years else "if they never lapse", replace(asked, lapse=years))
            for years in LAPSES
            if years != asked.lapse
        ),
    ]
    if not asked.any_subject:
        others = sorted({act.subject for act in acts if act.kind == APPLICATION} - {subject, *asked.same_as})
        for other in (each for each in others if each not in (GENERAL, NOT_STATED)):
            words = f"if {SUBJECTS.get(other, other)} counts as the same subject"
            changes.append((words, replace(asked, same_as=(*asked.same_as, other))))
        if not asked.aggregate_general:
            changes.append(("if general ones join", replace(asked, aggregate_general=True)))
        changes.append(("if subjects need not match at all", replace(asked, any_subject=True)))
    for words, switches in changes:
        yield words, count_applications(acts, subject, on, switches)


def answers(acts: Sequence[Act], subject: str, on: dt.date, asked: Switches) -> Iterator[Count]:
    """Give the count under every combination of the switches, the one asked for among them."""
    lapses = list(dict.fromkeys((*LAPSES, asked.lapse)))
    joined = [(), asked.same_as] if asked.same_as else [()]
    for rescissions in (True, False):
        for lapse in lapses:
            for same_as in joined:
                for general, every in ((False, False), (True, False), (True, True)):
                    yield count_applications(
                        acts, subject, on,
                        replace(asked, rescissions=rescissions, lapse=lapse, same_as=same_as,
                                aggregate_general=general, any_subject=every),
                    )  # fmt: skip


def _standings(acts: Iterable[Act], own: set[str], on: dt.date, asked: Switches) -> Iterator[Standing]:
    listed = list(acts)
    for act in listed:
        if act.kind != APPLICATION:
            continue
        joins = asked.aggregate_general and act.subject == GENERAL
        if act.subject in own or joins or asked.any_subject:
            taken = [one for one in listed if one.kind == RESCISSION and one.state == act.state]
            back = [one for one in taken if covers(one, act.subject)]
            perhaps = [one for one in taken if may_cover(one, act.subject)]
            yield _standing(act, back, perhaps, on, asked) if asked.rescissions else _standing(act, [], [], on, asked)


def _standing(act: Act, back: Sequence[Act], perhaps: Sequence[Act], on: dt.date, asked: Switches) -> Standing:
    made = act.when.settled(asked.year_only)
    certain, possible, doubts = made.last <= on, made.first <= on, []
    late = possible and not certain
    ends = act.expires.settled(asked.year_only) if act.expires else None
    if ends and ends.last < on:
        return Standing(act, certain=False, possible=False, why=f"expired {act.expires}")
    if asked.lapse is not None:
        first, last = (years_later(day, asked.lapse) for day in (made.first, made.last))
        certain, possible = certain and on < first, possible and on < last
        if possible and first <= on < last:
            doubts.append(f"made {act.when}, so perhaps lapsed{', perhaps not yet made' if late else ''}")
    if late and not doubts:
        doubts.append(f"made {act.when}")
    if possible and ends and ends.first < on:
        certain = False
        doubts.append(f"perhaps expired {act.expires}")
    for one in back:
        when = one.when.settled(asked.year_only)
        if _surely_between(made, when, on):
            return Standing(act, certain=False, possible=False, why=f"rescinded {one.when}")
        if _perhaps_between(made, when, on):
            certain = False
            doubts.append(f"perhaps rescinded {one.when}")
    for one in perhaps:
        if _perhaps_between(made, one.when.settled(asked.year_only), on):
            certain = False
            doubts.append(f"perhaps rescinded {one.when}, if that was of all subjects")
    return Standing(act, certain, possible, "; ".join(doubts))


def _surely_between(made: Span, back: Span, on: dt.date) -> bool:
    """Tell whether a rescission certainly came after the application and not after the day."""
    return back.last <= on and back.first >= made.last


def _perhaps_between(made: Span, back: Span, on: dt.date) -> bool:
    return back.first <= on and back.last >= made.first
