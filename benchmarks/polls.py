"""Polls tried on campaigns whose end is known, and the time that 300 of them take, beside two peers.

    python benchmarks/polls.py past FOLDER        forecasts of each week of Brexit, Quebec 1995 and Australia 2004-07
    python benchmarks/polls.py speed              300 polls; a dense Gaussian process, and statsmodels if installed

FOLDER holds brexit_polls.csv, quebec1995.csv and australia2004_2007.csv. Each week of a campaign the polls that had
ended by then forecast the day of the vote; the interval of 95% covers the outcome or does not.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from ballotworthy.support import Observed, Poll, read_polls, support_of, trend_of
from ballotworthy.support import trend as model

Z95 = 1.959963984540054
LEAST = 3
"""Polls before the first forecast."""

NUMBER_CRUNCHER = "Populus/Number Cruncher Politics"


@dataclass(frozen=True)
class Campaign:
    """A table of polls and how the campaign ended: headings, names kept apart, the day, the share in percent."""

    file: str
    mapped: dict[str, str]
    houses: dict[str, str]
    vote: dt.date
    outcome: float


CAMPAIGNS = {
    "Brexit, leave": Campaign(
        "brexit_polls.csv",
        {"support": "leave", "oppose": "remain"},
        {name: name for name in ("ORB/Telegraph", "YouGov/The Times", "Survation/IG Group", NUMBER_CRUNCHER)},
        dt.date(2016, 6, 23), 51.89,
    ),
    "Quebec 1995, yes": Campaign(
        "quebec1995.csv", {}, {"SOM/Environics": "SOM/Environics"}, dt.date(1995, 10, 30), 49.42
    ),
    "Australia 2004-07, Labor": Campaign(
        "australia2004_2007.csv",
        {"support": "ALP", "house": "org", "start": "startDate", "end": "endDate", "n": "sampleSize"},
        {}, dt.date(2007, 11, 24), 43.38,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Forecast:
    """What was said on a day of the day of the vote, in points: the share, its error, the model's own error."""

    day: dt.date
    polls: int
    share: float
    sd: float
    model_sd: float

    def covers(self, outcome: float, *, common: bool = True) -> bool:
        """Tell whether the interval of 95% covers the outcome, with or without the error that all polls share."""
        return abs(self.share - outcome) < Z95 * (self.sd if common else self.model_sd)


def polls_of(folder: Path, campaign: Campaign) -> tuple[Poll, ...]:
    """Give the polls of a campaign."""
    return read_polls(
        folder / campaign.file, today=campaign.vote, vote=campaign.vote, houses=campaign.houses, mapped=campaign.mapped
    )


def forecast(polls: Sequence[Poll], campaign: Campaign, day: dt.date) -> Forecast:
    """Give the forecast for the vote from the polls that had ended by a day."""
    known = [poll for poll in polls if poll.when.last <= day]
    found = support_of(known, on=campaign.vote)
    share, sd = found.forecast
    return Forecast(day, len(known), 100 * share, 100 * sd, 100 * float(found.trend.sd[-1]))


def weekly(polls: Sequence[Poll], campaign: Campaign) -> Iterator[Forecast]:
    """Give the forecast of each week of a campaign, the last on the day of the vote."""
    ends = sorted(poll.when.last for poll in polls)
    weeks = range((campaign.vote - ends[LEAST - 1]).days // 7, -1, -1)
    for week in weeks:
        yield forecast(polls, campaign, campaign.vote - dt.timedelta(days=7 * week))


def past(folder: Path) -> None:
    """Print how the forecasts of each campaign did."""
    print("| campaign | polls | on the day | 95% | outcome | weeks | covered | without the common error | off, mean |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, campaign in CAMPAIGNS.items():
        polls = polls_of(folder, campaign)
        every = list(weekly(polls, campaign))
        last, outcome = every[-1], campaign.outcome
        covered = [sum(each.covers(outcome, common=common) for each in every) for common in (True, False)]
        off = np.mean([abs(each.share - outcome) for each in every])
        print(
            f"| {name} | {len(polls)} | {last.share:.2f} ± {last.model_sd:.2f} | {last.share - Z95 * last.sd:.1f} to "
            f"{last.share + Z95 * last.sd:.1f} | {outcome} | {len(every)} | {covered[0]} | {covered[1]} | {off:.2f} |"
        )
    print("\n| days before | " + " | ".join(CAMPAIGNS) + " |\n|---|" + "---|" * len(CAMPAIGNS))
    for days in (30, 14, 7, 0):
        told = [
            f"{forecast(polls_of(folder, each), each, each.vote - dt.timedelta(days)).share:.2f}"
            for each in CAMPAIGNS.values()
        ]
        print(f"| {days} | {' | '.join(told)} |")


def invented(number: int, seed: int = 1) -> list[Observed]:
    """Give polls of twelve houses over 400 days."""
    rng = np.random.default_rng(seed)
    course, effects = 0.5 + np.cumsum(rng.normal(0, 0.003, 400)), rng.normal(0, 0.015, 12)
    return [
        Observed(float(day), f"H{house}", float(course[day] + effects[house] + rng.normal(0, 0.018)), 0.016**2)
        for day, house in zip(np.sort(rng.integers(0, 400, number)), rng.integers(0, 12, number), strict=True)
    ]


def dense(polls: Sequence[Observed], days: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Give mean and sd of the same model as a textbook writes a Gaussian process: one Cholesky factor a grid point."""
    t, y = np.array([each.day for each in polls]), np.array([each.share for each in polls]) - model.CENTRE
    noise, asked = np.array([each.variance for each in polls]), np.asarray(days, float)
    same = np.array([[one.house == two.house for two in polls] for one in polls], float)
    start = min(t.min(), asked.min()) - 1
    walk, across = np.minimum.outer(t - start, t - start), np.minimum.outer(asked - start, t - start)
    chances, means, squares = [], [], []
    for move, house, extra in product(model.MOVES, model.HOUSES, model.EXTRAS):
        low = np.linalg.cholesky(model.WIDE**2 + move**2 * walk + house**2 * same + np.diag(noise + extra**2))
        both = np.linalg.solve(low, np.column_stack([y, (model.WIDE**2 + move**2 * across).T]))
        z, half = both[:, 0], both[:, 1:]
        prior = np.log(move / model.PRIOR_MOVE) ** 2 + np.log(house / model.PRIOR_HOUSE) ** 2
        chances.append(-z @ z / 2 - np.log(np.diag(low)).sum() - prior / (2 * model.SPREAD**2))
        means.append(half.T @ z)
        squares.append(model.WIDE**2 + move**2 * (asked - start) - (half * half).sum(axis=0) + means[-1] ** 2)
    weight = np.exp(np.array(chances) - max(chances))
    weight[weight < model.SLIGHT] = 0
    weight /= weight.sum()
    mean = weight @ np.array(means)
    return mean + model.CENTRE, np.sqrt(weight @ np.array(squares) - mean**2)


def statsmodels(polls: Sequence[Observed], days: Sequence[float]) -> None:
    """Fit the nearest that statsmodels has: a local level on daily means, houses as regressors."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    names = sorted({each.house for each in polls})
    last = int(max(days)) + 1
    level, houses = np.full(last, np.nan), np.zeros((last, len(names)))
    for day in {int(each.day) for each in polls}:
        own = [each for each in polls if int(each.day) == day]
        level[day] = np.mean([each.share for each in own])
        for each in own:
            houses[day, names.index(each.house)] += 1 / len(own)
    UnobservedComponents(level, "llevel", exog=houses[:, 1:]).fit(disp=False)


def timed(run: Callable[[], object]) -> float:
    """Give the seconds of the fastest of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def speed(number: int) -> None:
    """Print our time, and how many times as long each peer takes for the same polls and days."""
    polls, days = invented(number), [float(day) for day in np.linspace(0, 420, 150)]
    ours, slow = trend_of(polls, days), dense(polls, days)
    apart = max(np.abs(ours.mean - slow[0]).max(), np.abs(ours.sd - slow[1]).max())
    base = timed(lambda: trend_of(polls, days))
    print(f"{number} polls, {len(days)} days, {len(model.MOVES) * len(model.HOUSES) * len(model.EXTRAS)} grid points.")
    print(f"ours: {base:.3f} s")
    long = timed(lambda: dense(polls, days))
    print(f"a dense Gaussian process: {long:.2f} s, {long / base:.0f} times as long; answers differ by {apart:.0e}")
    try:
        peer = timed(lambda: statsmodels(polls, days))
    except ImportError:
        print("statsmodels is not installed")
    else:
        print(f"statsmodels, local level, one fit and no average over the grid: {peer:.2f} s, {peer / base:.0f} times")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("past").add_argument("folder", type=Path)
    verbs.add_parser("speed").add_argument("--polls", type=int, default=300)
    asked = parser.parse_args()
    if asked.verb == "past":
        past(asked.folder)
    else:
        speed(asked.polls)


if __name__ == "__main__":
    main()
