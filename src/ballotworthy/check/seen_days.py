"""Days of signing read from pictures: of a cell whose text is no day, the day of the circulation window that it shows.

A cell whose text is a day stays what it says; where that is outside the window, a person must look. Where the
text is none, every day of the window is weighed as people write it, and is taken if the picture shows it and no other;
else a person reads it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import polars as pl

from ballotworthy.check.signing_days import window, within
from ballotworthy.files.days import custom_of
from ballotworthy.law import Rules
from ballotworthy.match.written.forward import weigh_texts
from ballotworthy.match.written.seen import GAP, SKIPS, WIDTH, labels_of, seen_of
from ballotworthy.petition import Petition
from ballotworthy.petition.pictures import PUNCTUATION

UNREAD = "the day of signing could not be read; "
OUTSIDE = "the day of signing as read lies outside the time for gathering signatures; "
LEAD, WORST = 7.0, -20.0
"""Bits by which a day must lead the next, and that it may be worse than the best path, to be taken."""
MARK = 1e-3
"""Price of a mark where the day has none: 1/15 is not 11/5."""
LONGEST = 800
"""Days of a window beyond which it tells nothing."""


def with_seen_days(petition: Petition, rules: Rules) -> Petition:
    """Give the petition with the days of signing that its pictures show, each told in `above`."""
    frame, pictures = petition.frame, petition.pictures
    if pictures is None or "signed_on" not in frame.columns:
        return petition
    begin, end = window(rules)
    petition = _outside(petition, rules)
    frame = petition.frame
    count = (end - begin).days + 1
    rows = frame.select(pl.col("doubt").str.contains(UNREAD, literal=True)).to_series().arg_true().to_list()
    if not rows or count > LONGEST:
        return petition
    days = [begin + dt.timedelta(days=at) for at in range(count)]
    day_first = custom_of(rules.place) == "day-first"
    spelled = [spellings(day, day_first=day_first) for day in days]
    labels = labels_of(_letters([text for each in spelled for text in each]))
    of = np.repeat(np.arange(count), [len(each) for each in spelled])
    signed, above, doubt = (frame[name].to_list() for name in ("signed_on", "above", "doubt"))
    for row in rows:
        seen = pictures.of(frame["sheet"][row], frame["line"][row], "signed_on")
        found = None if seen is None else _shown(seen, labels, of, count)
        if found is not None:
            signed[row], doubt[row] = days[found], doubt[row].replace(UNREAD, "")
            read = pictures.text(frame["sheet"][row], frame["line"][row], "signed_on")
            above[row] += f'day of signing read "{read}", taken as {days[found]}, the one day of the window that fits; '
    columns = (pl.Series("signed_on", signed, pl.Date), pl.Series("above", above), pl.Series("doubt", doubt))
    return replace(petition, frame=frame.with_columns(columns))


def _outside(petition: Petition, rules: Rules) -> Petition:
    """Doubt lines whose day as a machine read it lies outside the window: it may have been misread."""
    pictures, frame = petition.pictures, petition.frame
    if pictures is None or "date-outside" not in rules.reasons or "date" not in rules.needed("line_fields").value:
        return petition
    outside = (~within(frame, frame["signed_on"], rules)).fill_null(value=False).to_list()
    doubt = [
        old + (OUTSIDE if out and pictures.of(sheet, line, "signed_on") is not None else "")
        for old, out, (sheet, line) in zip(
            frame["doubt"], outside, frame.select("sheet", "line").iter_rows(), strict=True
        )
    ]
    return replace(petition, frame=frame.with_columns(pl.Series("doubt", doubt, pl.String)))


def spellings(day: dt.date, *, day_first: bool) -> list[str]:
    """Give a day as people write it in figures, with and without zeros, century and year."""
    one, two = (day.day, day.month) if day_first else (day.month, day.day)
    heads = {f"{one}/{two}", f"{one:02}/{two:02}", f"{one}/{two:02}", f"{one:02}/{two}"}
    return sorted({head + tail for head in heads for tail in ("", f"/{day.year}", f"/{day.year % 100:02}")})


def _shown(posteriors: np.ndarray, labels: np.ndarray, of: np.ndarray, count: int) -> int | None:
    seen = seen_of(posteriors, MARK)
    skips = SKIPS.copy()
    skips[PUNCTUATION], skips[GAP] = SKIPS[1], 1.0
    weighed = weigh_texts(seen.with_gap(MARK), seen.tail(MARK), labels, skips=skips)
    best = np.full(count, -np.inf)
    np.maximum.at(best, of, weighed)
    order = np.argsort(-best)
    lead = best[order[0]] - best[order[1]] if count > 1 else LEAD
    return int(order[0]) if best[order[0]] >= WORST and lead >= LEAD else None


def _letters(texts: list[str]) -> np.ndarray:
    return np.array(texts, f"S{WIDTH}").view(np.uint8).reshape(-1, WIDTH)
