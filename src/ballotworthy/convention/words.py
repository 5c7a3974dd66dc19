"""A count of applications in sentences: the answer, what moves it, how far the table is complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ballotworthy.convention.count import GENERAL, Count, Switches
from ballotworthy.convention.coverage import coverage, incomplete
from ballotworthy.convention.events import SUBJECTS
from ballotworthy.convention.union import name_of, states_on


def range_words(sure: int, perhaps: int) -> str:
    """Give "27", or "27 to 30" where some are doubtful."""
    return f"{sure} to {sure + perhaps}" if perhaps else f"{sure}"


def far_words(needed: int, sure: int, high: int) -> str:
    """Say how far a number is from the one needed, after a comma: "7 more", "perhaps reached", "reached"."""
    if sure >= needed:
        return "which is reached"
    if high >= needed:
        return "which is perhaps reached"
    return f"{range_words(needed - high, high - sure)} more"


def what_words(found: Count) -> str:
    """Say what the states that are counted ask for, as the switches have it."""
    if found.switches.any_subject:
        return "on any subject"
    names = list(dict.fromkeys((found.subject, *found.switches.same_as)))
    names += [GENERAL] if found.switches.aggregate_general and GENERAL not in names else []
    return f"for {' or '.join(SUBJECTS.get(name, name) for name in names)}"


def count_words(found: Count) -> str:
    """Give the answer in one sentence, without a full stop."""
    many, of = range_words(found.count, len(found.doubtful)), len(states_on(found.on))
    verb = "state asks" if many == "1" else "states ask"
    far = far_words(found.needed, found.count, found.high)
    return (
        f"{many} {verb} for a convention on {found.on}, {what_words(found)}; {found.needed} of {of} are needed, {far}"
    )


def ends_words(found: Count, ends: Sequence[Count]) -> str:
    """Say what days that are not known exactly do to the count, if all are early and if all are late; "" if all are.

    The range can be wider than the two: each state's days are open by themselves, and some count on days between.
    """
    if not ends:
        return ""
    early, late = ends
    said = f"All of them as early as can be: {early.count}; as late: {late.count}."
    between = [state for state in found.doubtful if state not in early.standing and state not in late.standing]
    if between:
        names = ", ".join(name_of(state) for state in between)
        return f"{said} Neither way counts {names}, but days between do, so the range is wider."
    if {early.count, late.count} != {found.count, found.high}:
        return f"{said} Some count early and some late, so the range is wider."
    return said


def reached_words(found: Count) -> str:
    """Say whether two thirds are reached: yes, no, or perhaps where doubtful states decide."""
    if found.count >= found.needed:
        return "reached"
    return "perhaps reached" if found.high >= found.needed else ""


def moves(found: Count, changes: Iterable[tuple[str, Count]]) -> Iterator[tuple[str, Count]]:
    """Give the changes that move the count: the answers to open questions on which it depends."""
    for words, count in changes:
        if (count.count, count.high) != (found.count, found.high):
            yield words, count


def still_words(found: Count, changes: Sequence[tuple[str, Count]]) -> str:
    """Give the changes that do not move the count, in one sentence; "" if all do."""
    still = [
        words.removeprefix("if ") for words, count in changes if (count.count, count.high) == (found.count, found.high)
    ]
    return f"It stays the same if {'; if '.join(still)}." if still else ""


def switch_words(asked: Switches) -> str:
    """Give how the open questions are answered."""
    words = [
        "rescissions count" if asked.rescissions else "no rescission counts",
        f"they lapse after {asked.lapse} years" if asked.lapse else "they never lapse",
    ]
    words += [f"{', '.join(asked.same_as)} is the same subject"] if asked.same_as else []
    words += ["subjects need not match"] if asked.any_subject else []
    words += ["general ones join"] if asked.aggregate_general and not asked.any_subject else []
    return ", ".join(words)


def held_words(found: Count) -> str:
    """Say how far the shipped table is complete for the subject, and for others, and that later days are not in it."""
    held = coverage().get(found.subject)
    if held is None:
        return ""
    late = f" What states did after {held.read} is not in it." if found.on > held.read else ""
    return f"The table is {held.said}.{late} {open_words(found.subject)}"


def open_words(subject: str) -> str:
    """Say for which other subjects the shipped table is not known to be complete, and what that does to a count."""
    names = ", ".join(SUBJECTS[each] for each in incomplete() if each != subject)
    return f"Not known to be complete: {names}. Counts that join these can be too low, or too high."
