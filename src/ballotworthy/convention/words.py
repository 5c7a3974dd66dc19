"""A count of applications in sentences: the answer, what moves it, how far the table is complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ballotworthy.convention.count import Count, Switches
from ballotworthy.convention.coverage import coverage
from ballotworthy.convention.events import SUBJECTS


def range_words(sure: int, perhaps: int) -> str:
    """Give "27", or "27 to 30" where some are doubtful."""
    return f"{sure} to {sure + perhaps}" if perhaps else f"{sure}"


def count_words(found: Count) -> str:
    """Give the answer in one sentence, without a full stop."""
    what = SUBJECTS.get(found.subject, found.subject)
    many = range_words(found.count, len(found.doubtful))
    return f"{many} of {found.needed} states ask for a convention on {found.on}, for {what}"


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
    """Say how far the shipped table is complete for the subject, and that later days are not in it."""
    held = coverage().get(found.subject)
    if held is None:
        return ""
    late = f" What states did after {held.read} is not in it." if found.on > held.read else ""
    return f"The table is {held.said}.{late}"
