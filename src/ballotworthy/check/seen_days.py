"""Days of signing read from pictures: which days of the time for gathering a cell may show, by itself and by its sheet.

Every day of the window, and those around it, is weighed as people write it; a sheet is mostly filled within few days,
so what its other lines show is believed beforehand, as far as it goes. Where all days that remain lie in the window,
they are taken: one day, or the first and the last of several, and what is said against a voter must hold on both.
Where the picture shows a day outside, or none, a person reads it; but where the law asks for no day, the line is judged
as of every day of the window. What people typed stays what it says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from ballotworthy.check.signing_days import window, within
from ballotworthy.files.day_order import ORDERS
from ballotworthy.files.days import custom_of
from ballotworthy.law import Rules
from ballotworthy.match.written.cells import strange_bits
from ballotworthy.match.written.days import day_bits, figures_seen, spelled
from ballotworthy.petition import Petition

UNREAD = "the day of signing could not be read; "
OUTSIDE = "the day of signing as read lies outside the time for gathering signatures; "
BEFORE, AFTER = 365, 200
"""Days around the window that are weighed too: a wrong year, a wrong month."""
LONGEST = 800
"""Days of a window beyond which it tells nothing."""
ELSEWHERE = 0.01
"""Share of lines dated outside the window, as believed beforehand."""
ALONE = 0.3
"""Share of lines whose day has nothing to do with the sheet's, as believed beforehand."""
SAME, RATIO, REACH = 0.85, 0.6, 30
"""How the days of a sheet lie around one: share on it, the ratio from one distance to the next, and the farthest."""
TOGETHER = 0.4
"""What each other line's picture counts: hands of a sheet write one day, and are misread alike."""
DOUBT, MISSED = 0.01, 0.0002
"""Probability at most that a day taken lies outside the window, and that it is none of those taken."""
WIDEST = 100
"""Days from the first to the last of those that a cell may show, beyond which it shows none."""
CLEARER = 3.0
"""Bits by which a day outside must fit the picture better than all within to be left to a person."""


@dataclass(frozen=True)
class _Calendar:
    """The days that are weighed: the window and those around it."""

    days: Sequence[dt.date]
    inside: np.ndarray

    def believed(self) -> np.ndarray:
        """Give the share of each day where nothing is known of the sheet; float64 (days,)."""
        within, around = (1 - ELSEWHERE) / self.inside.sum(), ELSEWHERE / max((~self.inside).sum(), 1)
        return np.asarray(np.where(self.inside, within, around))


def with_seen_days(petition: Petition, rules: Rules) -> Petition:
    """Give the petition with the days of signing that its pictures show, each told in `above`.

    Where several days of the window remain, `signed_on` is the first and `signed_or` the last of them.
    """
    frame, pictures = petition.frame, petition.pictures
    if pictures is None or "signed_on" not in frame.columns:
        return petition
    begin, end = window(rules)
    if (end - begin).days >= LONGEST:
        return petition
    seen = [pictures.of(sheet, line, "signed_on") for sheet, line in frame.select("sheet", "line").iter_rows()]
    rows = [at for at, each in enumerate(seen) if each is not None]
    if not rows:
        return petition
    days = [begin + dt.timedelta(at) for at in range(-BEFORE, (end - begin).days + 1 + AFTER)]
    calendar = _Calendar(days, np.array([begin <= day <= end for day in days]))
    custom = custom_of(rules.place)
    texts = spelled(days, [custom] if custom else ORDERS, calendar.inside.tolist())
    bits = np.full((frame.height, len(days) + 1), 0.0)
    for row in rows:
        ready = figures_seen(seen[row])  # type: ignore[arg-type]  # rows are those with a picture
        bits[row] = np.append(day_bits(ready, texts, len(days)), -strange_bits(ready))
    signed = frame["signed_on"].to_list()
    for row in set(range(frame.height)) - set(rows):
        bits[row] = _typed(signed[row], calendar)
    chances = _chances(bits, frame["sheet"].to_list(), calendar)
    other = frame["signed_or"].to_list() if "signed_or" in frame.columns else [None] * frame.height
    above, doubt = frame["above"].to_list(), frame["doubt"].to_list()
    needed = "date" in rules.needed("line_fields").value
    out = (~within(frame, frame["signed_on"], rules)).fill_null(value=False).to_list()
    for row in rows:
        doubt[row] = doubt[row].replace(UNREAD, "")
        taken = _taken(bits[row], chances[row], calendar)
        if taken is None and needed:
            doubt[row] += OUTSIDE if out[row] and "date-outside" in rules.reasons else UNREAD
            continue
        read = pictures.text(frame["sheet"][row], frame["line"][row], "signed_on")
        above[row] += (
            _told(read, signed[row], *taken) if taken else f'day of signing read "{read}", which is not clear; '
        )
        signed[row], other[row] = taken or (begin, end)
    columns = {"signed_on": signed, "signed_or": other}
    frame = frame.with_columns(
        *(pl.Series(name, values, pl.Date) for name, values in columns.items()),
        pl.Series("above", above, pl.String),
        pl.Series("doubt", doubt, pl.String),
    )
    return replace(petition, frame=frame)


def _typed(day: dt.date | None, calendar: _Calendar) -> np.ndarray:
    """Give the bits of a day that a person typed: it alone; without one, nothing is said of any."""
    if day not in calendar.days:
        return np.zeros(len(calendar.days) + 1)
    bits = np.full(len(calendar.days) + 1, -200.0)
    bits[calendar.days.index(day)] = 0.0
    return bits


def _chances(bits: np.ndarray, sheets: Sequence[str], calendar: _Calendar) -> np.ndarray:
    """Give the probability of each day, and of none of them, by the picture and the other lines of the sheet.

    A sheet has a day c of the window, with P(c) as even as the days; a line is dated by it with probability
    1 - ALONE, and then lies around c as `SAME` and `RATIO` say.
    """
    count = len(calendar.days)
    believed = calendar.believed()
    likely = 2.0 ** (bits - np.maximum(bits.max(axis=1, keepdims=True), -200.0))
    alone = likely[:, :count] @ believed + likely[:, count]
    around = np.array([_around(each) for each in likely[:, :count]]) + likely[:, count:]
    speaks = np.log2(np.maximum(ALONE * alone[:, None] + (1 - ALONE) * around, 1e-60))
    chances = np.empty(likely.shape)
    rows_of: dict[str, list[int]] = {}
    for row, sheet in enumerate(sheets):
        rows_of.setdefault(sheet, []).append(row)
    for rows in rows_of.values():
        whole = speaks[rows].sum(axis=0)
        for row in rows:
            centre = np.where(calendar.inside, TOGETHER * (whole - speaks[row]), -np.inf)
            centre = 2.0 ** (centre - centre.max())
            prior = ALONE * believed + (1 - ALONE) * _around(centre / centre.sum())
            each = likely[row] * np.append(prior, 1.0)
            chances[row] = each / each.sum()
    return chances


def _around(shares: np.ndarray) -> np.ndarray:
    """Spread shares of days over the days near them."""
    steps = np.abs(np.arange(-REACH, REACH + 1))
    near = np.where(steps == 0, SAME, (1 - SAME) * (1 - RATIO) / (2 * RATIO) * RATIO**steps)
    return np.asarray(np.convolve(shares, near, "same"))


def _taken(bits: np.ndarray, chances: np.ndarray, calendar: _Calendar) -> tuple[dt.date, dt.date | None] | None:
    """Give the day that a cell shows and None, or the first and the last of those it may show; None for a person."""
    inside = np.append(calendar.inside, False)
    outside = ~inside
    outside[-1] = False
    if bits[outside].max() > bits[inside].max() + CLEARER or chances[inside].sum() < 1 - DOUBT:
        return None
    order = np.argsort(-chances, kind="stable")
    kept = order[: int((np.cumsum(chances[order]) < 1 - MISSED).sum()) + 1]
    places = kept[inside[kept]]
    first, last = calendar.days[places.min()], calendar.days[places.max()]
    if (last - first).days > WIDEST:
        return None
    return first, last if last != first else None


def _told(read: str, as_text: dt.date | None, first: dt.date, last: dt.date | None) -> str:
    """Say what was taken, where the text as read is not that day."""
    if last is not None:
        return f'day of signing read "{read}", which may be any from {first} to {last}, within the time for gathering; '
    return "" if as_text == first else f'day of signing read "{read}", taken as {first}; '
