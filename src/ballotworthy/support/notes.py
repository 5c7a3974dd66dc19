"""What a table of polls says beside its shares: what was assumed, what was asked again, what nobody ever found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ballotworthy.support.polls import Poll

LEAST_TOTAL = 98.0
"""Below it, more than rounding is missing from the three shares."""


@dataclass(frozen=True)
class Repeated:
    """A question that one house asked again in the same words: kind, house, and its first and last poll."""

    kind: str
    house: str
    first: Poll
    last: Poll

    @property
    def points(self) -> float:
        """Give the difference of the shares as published, in points of those asked."""
        return (self.last.support or 0.0) - (self.first.support or 0.0)


def notes_on(polls: Sequence[Poll], assumed: int) -> Iterator[str]:
    """Give a sentence for each thing that a reader of these polls must know; `assumed` stands for an unknown n."""
    for poll in polls:
        if poll.n is None:
            yield f"{poll.house}, {poll.when}: how many were asked is not known; {assumed} are taken."
        if poll.total is not None and not LEAST_TOTAL <= poll.total <= 200 - LEAST_TOTAL:
            yield f"{poll.house}, {poll.when}: its shares add up to {poll.total:g}; they are taken as they are."
    same = Counter((poll.house, str(poll.when), poll.population, poll.mode, poll.wording) for poll in polls)
    for (house, when, *_), number in same.items():
        if number > 1:
            yield f"{house}, {when}: {number} polls of the same days; leave one out if it is one sample read twice."
    yield from _wording_notes(polls)
    for what, values in (
        ("populations", {poll.population for poll in polls}),
        ("modes", {poll.mode for poll in polls}),
    ):
        if len(values - {""}) > 1:
            yield f"Polls of several {what} are taken together: {', '.join(sorted(values - {''}))}."


def wordings_apart(pairs: Sequence[tuple[str, str]]) -> bool:
    """Tell whether pairs of house and wording tell the effects of the two apart: some house asked in two wordings.

    Where every house keeps to its own wording only the sum of the two is seen, which is then the effect of the house.
    """
    asked: dict[str, set[str]] = {}
    for house, wording in pairs:
        asked.setdefault(house, set()).add(wording)
    return any(len(own) > 1 for own in asked.values())


def _wording_notes(polls: Sequence[Poll]) -> Iterator[str]:
    pairs = [(poll.house, poll.wording) for poll in polls]
    wordings = sorted({wording or "none named" for _, wording in pairs})
    if len(wordings) < 2:
        return
    told = f"The question was put in {len(wordings)} wordings ({', '.join(wordings)})"
    if wordings_apart(pairs):
        yield f"{told}: each has an effect of its own, and the course is that of their middle."
    else:
        yield f"{told}, each house keeping to one: what is of the house and what of the words cannot be told apart."


def repeated(polls: Sequence[Poll]) -> tuple[Repeated, ...]:
    """Give what one house asked more than once in one wording and place: nothing else compares like with like."""
    groups: dict[tuple[str, str, str, str], list[Poll]] = {}
    for poll in polls:
        if poll.support is not None:
            groups.setdefault((poll.kind, poll.house, poll.place, poll.wording), []).append(poll)
    return tuple(
        Repeated(kind, house, own[0], own[-1]) for (kind, house, *_), own in sorted(groups.items()) if len(own) > 1
    )


def over(polls: Sequence[Poll], limit: float) -> tuple[tuple[Poll, ...], Poll | None]:
    """Give the polls with a share over a limit (of one), and the poll with the highest share of all."""
    known = [poll for poll in polls if poll.support is not None]
    highest = max(known, key=lambda poll: poll.support or 0.0, default=None)
    return tuple(poll for poll in known if (poll.support or 0.0) > 100 * limit), highest
