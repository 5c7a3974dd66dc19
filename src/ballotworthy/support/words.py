"""What polls say, in sentences: how far support moved, what was asked twice, which share nobody found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ballotworthy.support.notes import over, repeated
from ballotworthy.support.polls import Poll


def change_words(told: Mapping[str, Any]) -> str:
    """Give by how much, and how probably, support rose, from `support_data`; "" where there is one poll."""
    change = told["change"]
    if not change:
        return ""
    return (
        f"From {change['published_from']:g}% ({change['from']}) to {change['published_to']:g}% ({change['to']}) of the "
        f"{told['share_of']}: {change['published']:+.1f} points between the two polls. The course of opinion moved by "
        f"{change['points']:+.1f} points ({change['low']:+.1f} to {change['high']:+.1f}); it rose with probability "
        f"{chance_words(change['probability'])}."
    )


def chance_words(chance: float) -> str:
    """Give a probability in percent, never "0%" or "100%": a forecast is not sure."""
    if chance < 0.01:
        return "under 1%"
    return "over 99%" if chance > 0.99 else f"{100 * chance:.0f}%"


def repeated_words(polls: Sequence[Poll]) -> Iterator[str]:
    """Give a sentence for each question that one house asked again, and say that no others can be compared."""
    found = repeated(polls)
    if not found:
        yield "No house asked the same question twice, so no two of these polls compare like with like."
        return
    yield "Asked again by one house in the same words, and so to be compared:"
    for each in found:
        yield (
            f"  {_question(each.first)} ({each.house}): {each.first.support:g}% ({each.first.when}), "
            f"{each.last.support:g}% ({each.last.when}): {each.points:+g} points."
        )


def over_words(polls: Sequence[Poll], limit: float, limit_words: str) -> str:
    """Give which polls have a share over a limit, and the highest share if none has."""
    found, highest = over(polls, limit)
    if highest is None:
        return "No poll has a share for it."
    if found:
        many = f"{len(found)} of {len(polls)} polls {'has' if len(found) == 1 else 'have'}"
        named = "; ".join(f"{one.house}, {one.when}: {one.support:g}% ({_question(one)})" for one in found)
        return f"{many} a share over {limit_words}: {named}."
    return (
        f"No poll has a share over {limit_words}; the highest is {highest.support:g}% ({highest.house}, "
        f"{highest.when}: {_question(highest)})."
    )


def _question(poll: Poll) -> str:
    return poll.question or poll.kind or "the question"
