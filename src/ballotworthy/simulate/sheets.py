"""Sheets of ten lines: each headed with one county, carried by one circulator over a few days."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from ballotworthy.simulate.draws import Bools, Dates, Floats, Ints
from ballotworthy.simulate.rates import Rates

LINES_A_SHEET = 10
LINES_A_CIRCULATOR = 400


@dataclass(frozen=True)
class Lines:
    """Of each line: sheet and number (from 1), county, circulator (from 0; whether a bad one), day."""

    sheet: Ints
    line: Ints
    county: Ints
    circulator: Ints
    bad: Bools
    day: Dates


def make_lines(
    rng: np.random.Generator, lines: int, voters: Ints, opens: datetime.date, on: datetime.date, rates: Rates
) -> Lines:
    """Give the lines of a petition filed county by county.

    Args:
        rng: the stream of the sheets.
        lines: how many, blank ones included.
        voters: how many voters each county has; its sheets are in proportion.
        opens: the first day of circulation.
        on: the filing day, after the last day of circulation.
        rates: for the share of bad circulators.
    """
    sheets = -(-lines // LINES_A_SHEET)
    ends = np.cumsum(voters)
    middle = (np.arange(sheets) + 0.5) / max(sheets, 1) * ends[-1]
    county = np.searchsorted(ends, middle, side="right").astype(np.int64)
    circulator, work = _circulators(rng, lines, sheets)
    shuffle = np.lexsort((rng.random(sheets), county))
    circulator = circulator[shuffle]
    sheet = np.repeat(np.arange(sheets), LINES_A_SHEET)[:lines]
    line = np.arange(lines) % LINES_A_SHEET
    return Lines(
        sheet=sheet + 1,
        line=line + 1,
        county=county[sheet],
        circulator=circulator[sheet],
        bad=_bad(rng, work, rates)[circulator[sheet]],
        day=_days(rng, circulator, len(work), sheet, line, opens, on),
    )


def _circulators(rng: np.random.Generator, lines: int, sheets: int) -> tuple[Ints, Floats]:
    """Give the circulator of each sheet, and each one's share of the work: a few carry most sheets."""
    crew = max(1, min(sheets, round(lines / LINES_A_CIRCULATOR) + 3))
    work = rng.lognormal(0, 1, crew)
    work = work / work.sum()
    where = (np.arange(sheets) + 0.5) / max(sheets, 1) + rng.normal(0, 0.01, sheets)
    return np.searchsorted(np.cumsum(work)[:-1], where).astype(np.int64), work


def _bad(rng: np.random.Generator, work: Floats, rates: Rates) -> Bools:
    """Say which circulators copy names: of the busier half, so that it shows."""
    bad = np.zeros(len(work), dtype=np.bool_)
    busy = np.argsort(-work, kind="stable")[: -(-len(work) // 2)]
    count = min(int(np.ceil(rates.bad_circulators * len(work))), len(busy))
    bad[rng.permutation(busy)[:count]] = True
    return bad


def _days(
    rng: np.random.Generator,
    circulator: Ints,
    crew: int,
    sheet: Ints,
    line: Ints,
    opens: datetime.date,
    on: datetime.date,
) -> Dates:
    """Give the signing days: each circulator works for some weeks, each sheet fills within a day or a few."""
    window = (on - opens).days
    start = rng.uniform(0, 0.7, crew)
    length = rng.uniform(0.1, 1, crew) * (1 - start)
    at = start[circulator] + length[circulator] * rng.random(len(circulator))
    later = np.cumsum((rng.random(len(sheet)) < 0.04) & (line > 0))
    first = later[sheet * LINES_A_SHEET] if len(sheet) else later
    day = np.clip((at * window).astype(np.int64)[sheet] + later - first, 0, max(window - 1, 0))
    return np.datetime64(opens, "D") + day.astype("timedelta64[D]")
