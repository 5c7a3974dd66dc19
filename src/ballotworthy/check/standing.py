"""Whether a voter stood on the roll on the day: what the roll itself says, whatever grounds a place's law lists.

Whoever is not a registered voter on the day is not valid anywhere. The law only names the ground; where it names none,
the line is refused as not registered, and a note says why. A place that lets such a voter count says so in law data
(`counted_though`), with a source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
import polars as pl

from ballotworthy.law import Rules
from ballotworthy.match.kernel import RANKS
from ballotworthy.petition import Petition

ASKED = ("voter_id", "registration_date", "status", "status_date", "county", "birth_date", "birth_year", "doubt",
         "first_registered")  # fmt: skip
"""What is asked of every candidate, where the roll has it."""
OF_AGE = 18
"""The voting age of every place held that judges lines: United States Constitution, Amendment XXVI."""
GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "out-of-jurisdiction": "registered elsewhere",
        "registered-late": "registered after the day",
        "under-age": f"under {OF_AGE} on the day",
        "pending": "registration pending or refused",
        "cancelled": "registration cancelled by the day",
    }
)
"""Why a voter of the roll was not a registered voter on the day, in words; what stands later weighs more."""
UNNAMED = "not-registered"
"""The reason of a line whose ground the law does not name: without its registration, it is that of no voter."""


def off_the_roll(
    voters: pl.DataFrame, first: pl.Series, last: pl.Series, taken_on: dt.date
) -> Iterator[tuple[str, np.ndarray]]:
    """Give grounds of `GROUNDS` that follow from the roll alone, each with the candidates of whom it holds.

    Args:
        voters: a row a candidate, the columns of `ASKED` that the roll has; nulls where there is no candidate.
        first, last: the earliest and the latest day on which each must have been registered; they differ where the
            day of signing can be read in two ways, and what is said against a voter holds on both.
        taken_on: the day of the roll, by which whoever is cancelled on it was cancelled.
    """
    if "registration_date" in voters.columns:
        yield "registered-late", _true(voters["registration_date"] > last) & ~registered_anew(voters, last)
    yield "under-age", _under_age(voters, last)
    status = voters["status"].fill_null("active")
    yield "pending", _true(status == "pending")
    since = day_column(voters, "status_date").fill_null(taken_on)
    yield "cancelled", _true((status == "cancelled") & (since <= first))


def hangs_on_day(
    petition: Petition, voters: pl.DataFrame, days: tuple[pl.Series, pl.Series], taken_on: dt.date
) -> np.ndarray:
    """Tell of which lines it hangs on their day whether they count: a picture leaves several, or no day is told.

    The roll says another thing of the best voter on the first day than on the last. Days that were typed and may be
    read in two ways are told of the whole file, and so is, where no line tells its day, who registered later.

    Args:
        petition: the lines.
        voters: the candidates, RANKS rows a line, as `off_the_roll` takes them.
        days: the earliest and the latest day of signing; (lines,).
        taken_on: the day of the roll.
    """
    best, (first, last) = voters.gather_every(RANKS), days
    dated = "signed_on" in petition.frame.columns
    signed = petition.frame["signed_on"] if dated else first.clear(len(first))
    undated = signed.null_count() == len(signed)
    told = signed.is_between(first, last).fill_null(value=False).to_numpy() & (petition.pictures is None)
    both = zip(off_the_roll(best, first, first, taken_on), off_the_roll(best, last, last, taken_on), strict=True)
    unlike = [one != other for (ground, one), (_, other) in both if not (undated and ground == "registered-late")]
    return np.asarray(np.any(unlike, axis=0) & ~told)


def registered_anew(voters: pl.DataFrame, last: pl.Series) -> np.ndarray:
    """Tell who registered after the day, and first on it or before it: whether he stood there then is not told."""
    later, first = (day_column(voters, name) for name in ("registration_date", "first_registered"))
    return _true((later > last) & (first <= last))


def _under_age(voters: pl.DataFrame, day: pl.Series) -> np.ndarray:
    """Tell who was under age for certain: a year of birth alone leaves the year of the birthday open."""
    born = pl.lit(None, pl.Date)
    years = pl.lit(None, pl.Int32)
    if "birth_date" in voters.columns:
        born = pl.col("birth_date")
    if "birth_year" in voters.columns:
        years = pl.col("birth_year").cast(pl.Int32)
    by_day = born.dt.offset_by(f"{OF_AGE}y") > pl.col("day")
    by_year = years + OF_AGE > pl.col("day").dt.year()
    return _true(voters.with_columns(day.alias("day")).select(by_day.fill_null(by_year).alias("young"))["young"])


def day_column(voters: pl.DataFrame, field: str) -> pl.Series:
    """Give a column of days, empty where the roll has none."""
    none = pl.Series(field, [None], dtype=pl.Date)
    return voters[field] if field in voters.columns else none.new_from_index(0, voters.height)


def _true(holds: pl.Series) -> np.ndarray:
    return holds.fill_null(value=False).to_numpy()


def reason_of(ground: str, rules: Rules) -> str:
    """Give the reason under which a ground of the roll refuses a line; "" where the law lets the voter count."""
    if rules.counted_though is not None and ground in rules.counted_though.value:
        return ""
    return ground if ground in rules.reasons else UNNAMED


def unnamed_notes(standing: pl.Series, reason: pl.Series, rules: Rules) -> list[str]:
    """Say which lines were refused on a ground that the roll gives and the law data does not name."""
    refused = pl.DataFrame([standing.alias("ground"), reason.alias("reason")]).filter(reason == UNNAMED)
    numbers = dict(refused.group_by("ground").len().iter_rows())
    told = [f"{words} ({numbers[ground]:,})" for ground, words in GROUNDS.items() if numbers.get(ground)]
    if not told:
        return []
    return [
        f"Not registered voters on the day, by the roll: {', '.join(told)}. The law data of {rules.place} "
        f"names no ground of its own for them, so they stand under {UNNAMED}; none was counted as valid."
    ]
