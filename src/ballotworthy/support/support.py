"""What polls say of a question: its support over time, what it will be on a day, and whether it would pass.

An error that all polls share does not shrink with their number: Shirani-Mehr, Rothschild, Goel and Gelman,
"Disentangling bias and variance in election polls", JASA 113 (2018) 607-614; 2.5 points unless told otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import erf, sqrt
from typing import Any, Literal

import numpy as np

from ballotworthy.errors import InputError, UnknownName
from ballotworthy.support.polls import Poll
from ballotworthy.support.trend import Observed, Trend, trend_of

COMMON = 0.025
UNKNOWN_N = 500
"""Taken where a poll does not say how many were asked."""
MOST_DAYS = 150
Z95 = 1.959963984540054
Undecided = Literal["proportional", "status-quo"]


@dataclass(frozen=True)
class Support:
    """The support of one kind of question.

    Attributes:
        kind: the kind of question; question: its wording, where the table says it.
        polls: of this kind, by day.
        of_decided: whether shares are of those who decided; else of all who were asked.
        on: the day of the forecast.
        trend: over the days of `days`, the last of which is the forecast.
        days: the days of the series, and the day of the forecast.
        common: the standard deviation of the error that all polls share.
        change: first and last poll: points, their standard deviation.
    """

    kind: str
    question: str
    polls: tuple[Poll, ...]
    of_decided: bool
    on: dt.date
    trend: Trend
    days: tuple[dt.date, ...]
    common: float
    change: tuple[float, float]

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
    """Give the support for one kind of question; polls of other kinds are never taken in.

    Args:
        polls: as read.
        kind: which kind; may be left out where there is one.
        on: the day of the forecast; the last day of the polls if absent.
        common: standard deviation of the error that all polls share, as a share.
        undecided: split as the decided are, or all of them left with the status quo.

    Raises:
        UnknownName: there is no such kind.
        InputError: there are several kinds and none is named; the day is before the first poll.
    """
    kinds = sorted({poll.kind for poll in polls})
    if kind is None and len(kinds) > 1:
        raise InputError(f"these are {len(kinds)} kinds of question ({', '.join(kinds)}): name one with --kind.")
    chosen = kinds[0] if kind is None else kind
    if chosen not in kinds:
        raise UnknownName("kind of question", chosen, kinds)
    own = tuple(poll for poll in polls if poll.kind == chosen)
    decided = undecided == "proportional" and all(poll.oppose is not None for poll in own)
    day = on or max(poll.when.last for poll in own)
    first = min(poll.when.first for poll in own)
    if day < first:
        raise InputError(f"{day} is before the first poll, {first}. Choose a later day.")
    observed = [_observed(poll, decided=decided) for poll in own]
    ends = (observed[0].day, observed[-1].day)
    days = _days(first, day)
    trend = trend_of(observed, [*ends, *(float(each.toordinal()) for each in days)])
    points = float(trend.mean[1] - trend.mean[0])
    sd = sqrt(max(0.0, float(trend.cov[0, 0] + trend.cov[1, 1] - 2 * trend.cov[0, 1])))
    shown = Trend(
        trend.days[2:],
        trend.mean[2:],
        trend.sd[2:],
        trend.cov[2:, 2:],
        trend.houses,
        trend.move,
        trend.house,
        trend.extra,
    )
    question = next((poll.question for poll in own if poll.question), "")
    return Support(chosen, question, own, decided, day, shown, days, common, (points, sd))


def support_data(found: Support) -> dict[str, Any]:
    """Give it as plain values: shares in percent."""
    low, high = _ends(found.trend.mean, np.sqrt(found.trend.sd**2 + found.common**2))
    share, sd = found.forecast
    points, error = found.change
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
        "forecast": {
            "day": found.on.isoformat(), "support": _percent(share), "sd": round(100 * sd, 2),
            "model_sd": round(100 * float(found.trend.sd[-1]), 2),
            "low": _percent(share - Z95 * sd), "high": _percent(share + Z95 * sd),
        },
        "change": {
            "from": str(found.polls[0].when), "to": str(found.polls[-1].when), "points": round(100 * points, 1),
            "low": round(100 * (points - Z95 * error), 1), "high": round(100 * (points + Z95 * error), 1),
            "probability": round(0.5 * (1 + erf(points / error / sqrt(2))), 4) if error else None,
        } if len(found.polls) > 1 else None,
        "common_error": round(100 * found.common, 2),
        "move_a_day": [round(100 * value, 3) for value in found.trend.move],
        "house_sd": [round(100 * value, 2) for value in found.trend.house],
        "extra_sd": [round(100 * value, 2) for value in found.trend.extra],
    }  # fmt: skip


def _observed(poll: Poll, *, decided: bool) -> Observed:
    size = poll.n or UNKNOWN_N
    against = poll.oppose or 0.0
    part = (poll.support + against) / 100 if decided else 1.0
    share = poll.support / (poll.support + against) if decided else poll.support / 100
    within = min(max(share, 0.02), 0.98)
    middle = (poll.when.first.toordinal() + poll.when.last.toordinal()) / 2
    return Observed(middle, poll.house, share, within * (1 - within) / (size * part))


def _days(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    step = max(1, -(-((last - first).days + 1) // MOST_DAYS))
    days = [first + dt.timedelta(days=at) for at in range(0, (last - first).days + 1, step)]
    return tuple(days if days[-1] == last else [*days, last])


def _ends(mean: np.ndarray, sd: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return mean - Z95 * sd, mean + Z95 * sd


def _percent(share: float) -> float:
    return round(100 * min(max(float(share), 0.0), 1.0), 2)
