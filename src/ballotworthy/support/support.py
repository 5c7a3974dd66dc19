"""What polls say of a question: its support over time, what it will be on a day, and whether it would pass.

An error that all polls share does not shrink with their number: Shirani-Mehr, Rothschild, Goel and Gelman,
"Disentangling bias and variance in election polls", JASA 113 (2018) 607-614; 2.5 points unless told otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import erf, sqrt
from typing import Any, Literal

import numpy as np

from ballotworthy.errors import InputError, UnknownName
from ballotworthy.support.notes import notes_on
from ballotworthy.support.polls import Poll
from ballotworthy.support.trend import Observed, Trend, trend_of

COMMON = 0.025
UNKNOWN_N = 500
"""Taken where a poll does not say how many were asked."""
MOST_DAYS = 150
Z95 = 1.959963984540054
Undecided = Literal["proportional", "status-quo"]


@dataclass(frozen=True)
class Change:
    """How far support moved from the first poll to the last.

    Attributes:
        points, sd: of the course of opinion, as a share; an error common to all polls cancels out of it.
        first, last: the shares of the two polls themselves, of the same people as `points`.
    """

    points: float
    sd: float
    first: Observed
    last: Observed

    @property
    def chance_of_rise(self) -> float:
        """Give the probability that it rose."""
        return 0.5 * (1 + erf(self.points / self.sd / sqrt(2))) if self.sd else float(self.points > 0)


@dataclass(frozen=True)
class Support:
    """The support of one kind of question.

    Attributes:
        kind: the kind of question; question: its wording, where the table says it.
        polls: of this kind, with a share for it, by day.
        of_decided: whether shares are of those who decided; else of all who were asked.
        on: the day of the forecast.
        trend: over the days of `days`, the last of which is the forecast.
        days: the days of the series, and the day of the forecast.
        shares: the share of each poll, of the same people.
        common: the standard deviation of the error that all polls share.
        change: from the first poll to the last, None where there is one.
        notes: what was assumed, and what a reader must know, a sentence each.
    """

    kind: str
    question: str
    polls: tuple[Poll, ...]
    of_decided: bool
    on: dt.date
    trend: Trend
    days: tuple[dt.date, ...]
    shares: tuple[float, ...]
    common: float
    change: Change | None
    notes: tuple[str, ...]

    @property
    def forecast(self) -> tuple[float, float]:
        """Give the share on the day asked and its standard deviation, the common error in it."""
        return float(self.trend.mean[-1]), sqrt(float(self.trend.sd[-1]) ** 2 + self.common**2)

    def chance_over(self, limit: float) -> float:
        """Give the probability that the share is over a limit on the day asked."""
        share, sd = self.forecast
        return 0.5 * (1 + erf((share - limit) / sd / sqrt(2)))


def support_of(
    polls: Sequence[Poll],
    kind: str | None = None,
    on: dt.date | None = None,
    *,
    common: float = COMMON,
    undecided: Undecided = "proportional",
) -> Support:
    """Give the support for one kind of question in one place; polls of others are never taken in.

    Args:
        polls: as read; those that begin after `on`, and those without a share for it, are left out.
        kind: which kind; may be left out where there is one.
        on: the day of the forecast; the last day of the polls if absent.
        common: standard deviation of the error that all polls share, as a share.
        undecided: split as the decided are, or all of them left with the status quo.

    Raises:
        UnknownName: there is no such kind.
        InputError: there are several kinds and none is named; these are polls of several places; none of this kind
            has a share; the day is before the first poll.
    """
    kinds = sorted({poll.kind for poll in polls})
    if kind is None and len(kinds) > 1:
        raise InputError(f"these are {len(kinds)} kinds of question ({', '.join(kinds)}): name one with --kind.")
    chosen = kinds[0] if kind is None else kind
    if chosen not in kinds:
        raise UnknownName("kind of question", chosen, kinds)
    every = [poll for poll in polls if poll.kind == chosen]
    places = sorted({poll.place for poll in every})
    if len(places) > 1:
        raise InputError(f"these are polls of {len(places)} places ({', '.join(places)}): name one with --place.")
    known = [poll for poll in every if poll.support is not None]
    if not known:
        raise InputError(f"no poll of the kind {chosen!r} has a share for it.")
    day = on or max(poll.when.last for poll in known)
    own = tuple(sorted((poll for poll in known if poll.when.first <= day), key=_middle))
    if not own:
        first = min(poll.when.first for poll in known)
        raise InputError(f"{day} is before the first poll, {first}. Choose a later day.")
    decided = undecided == "proportional" and all(poll.oppose is not None for poll in own)
    observed = [_observed(poll, decided=decided) for poll in own]
    days = _days(min(poll.when.first for poll in own), day)
    trend = trend_of(observed, [observed[-1].day, *(float(each.toordinal()) for each in days)])
    shares = tuple(each.share for each in observed)
    rise = (float(trend.rise[0]), float(trend.rise_sd[0]))
    change = Change(*rise, observed[0], observed[-1]) if len(own) > 1 else None
    cut = {name: getattr(trend, name)[1:] for name in ("days", "mean", "sd", "rise", "rise_sd")}
    question = next((poll.question for poll in own if poll.question), "")
    notes = (*notes_on(own, UNKNOWN_N), *_left_out(every, day))
    return Support(chosen, question, own, decided, day, replace(trend, **cut), days, shares, common, change, notes)


def support_data(found: Support) -> dict[str, Any]:
    """Give it as plain values: shares in percent."""
    low, high = _ends(found.trend.mean, np.sqrt(found.trend.sd**2 + found.common**2))
    share, sd = found.forecast
    return {
        "kind": found.kind,
        "question": found.question,
        "share_of": "decided" if found.of_decided else "asked",
        "polls": len(found.polls),
        "series": [
            {"day": day.isoformat(), "support": _percent(m), "low": _percent(lo), "high": _percent(hi)}
            for day, m, lo, hi in zip(found.days, found.trend.mean, low, high, strict=True)
        ],
        "houses": [
            {"house": name, "effect": round(100 * effect, 2), "sd": round(100 * spread, 2)}
            for name, (effect, spread) in found.trend.houses.items()
        ],
        "wordings": [
            {"wording": name, "effect": round(100 * effect, 2), "sd": round(100 * spread, 2)}
            for name, (effect, spread) in found.trend.wordings.items()
        ],
        "forecast": {
            "day": found.on.isoformat(), "support": _percent(share), "sd": round(100 * sd, 2),
            "model_sd": round(100 * float(found.trend.sd[-1]), 2),
            "low": _percent(share - Z95 * sd), "high": _percent(share + Z95 * sd),
        },
        "change": _change_data(found),
        "common_error": round(100 * found.common, 2),
        "move_a_day": [round(100 * value, 3) for value in found.trend.move],
        "house_sd": [round(100 * value, 2) for value in found.trend.house],
        "extra_sd": [round(100 * value, 2) for value in found.trend.extra],
        "notes": list(found.notes),
    }  # fmt: skip


def _change_data(found: Support) -> dict[str, Any] | None:
    change = found.change
    if change is None:
        return None
    reach = Z95 * change.sd
    first, last = (100 * each.share for each in (change.first, change.last))
    return {
        "from": str(found.polls[0].when), "to": str(found.polls[-1].when),
        "published_from": round(first, 1), "published_to": round(last, 1), "published": round(last - first, 1),
        "points": round(100 * change.points, 1), "low": round(100 * (change.points - reach), 1),
        "high": round(100 * (change.points + reach), 1), "probability": round(change.chance_of_rise, 4),
    }  # fmt: skip


def _observed(poll: Poll, *, decided: bool) -> Observed:
    size = poll.n or UNKNOWN_N
    support, against = poll.support or 0.0, poll.oppose or 0.0
    part = (support + against) / 100 if decided else 1.0
    share = support / (support + against) if decided else support / 100
    within = min(max(share, 0.02), 0.98)
    return Observed(_middle(poll), poll.house, share, within * (1 - within) / (size * min(part, 1.0)), poll.wording)


def _middle(poll: Poll) -> float:
    return (poll.when.first.toordinal() + poll.when.last.toordinal()) / 2


def _left_out(every: Sequence[Poll], day: dt.date) -> Iterator[str]:
    for poll in every:
        if poll.support is None:
            yield f"{poll.house}, {poll.when}: its numbers were not read, so it is left out."
        elif poll.when.first > day:
            yield f"{poll.house}, {poll.when}: after {day}, so it is left out."


def _days(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    step = max(1, -(-((last - first).days + 1) // MOST_DAYS))
    days = [first + dt.timedelta(days=at) for at in range(0, (last - first).days + 1, step)]
    return tuple(days if days[-1] == last else [*days, last])


def _ends(mean: np.ndarray, sd: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return mean - Z95 * sd, mean + Z95 * sd


def _percent(share: float) -> float:
    return round(100 * min(max(float(share), 0.0), 1.0), 2)
