"""What a table of polls says beside its shares: what was assumed, what was asked again, what nobody ever found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ballotworthy.support.polls import Poll

LEAST_TOTAL = 98.0
"""Below it, more than rounding is missing from the three shares."""


@dataclass(frozen=True)
class Repeated:
    """A question that one house asked again: kind, house, place, and its first and last poll."""

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
    for what, values in (
        ("populations", {poll.population for poll in polls}),
        ("modes", {poll.mode for poll in polls}),
    ):
        if len(values - {""}) > 1:
            yield f"Polls of several {what} are taken together: {', '.join(sorted(values - {''}))}."


def repeated(polls: Sequence[Poll]) -> tuple[Repeated, ...]:
    """Give the questions that one house asked more than once in one place: nothing else compares like with like."""
    groups: dict[tuple[str, str, str], list[Poll]] = {}
    for poll in polls:
        if poll.support is not None:
            groups.setdefault((poll.kind, poll.house, poll.place), []).append(poll)
    return tuple(
        Repeated(kind, house, own[0], own[-1]) for (kind, house, _), own in sorted(groups.items()) if len(own) > 1
    )


def over(polls: Sequence[Poll], limit: float) -> tuple[tuple[Poll, ...], Poll | None]:
    """Give the polls with a share over a limit (of one), and the poll with the highest share of all."""
    known = [poll for poll in polls if poll.support is not None]
    highest = max(known, key=lambda poll: poll.support or 0.0, default=None)
    return tuple(poll for poll in known if (poll.support or 0.0) > 100 * limit), highest
