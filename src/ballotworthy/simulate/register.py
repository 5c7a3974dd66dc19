"""What the register says of each person: registration day, status and its day, number, mailing address."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.simulate.draws import Dates, Ints, Spans, weighted
from ballotworthy.simulate.rates import Rates
from ballotworthy.simulate.signers import NOBODY, Signatures

STATUSES = ("active", "inactive", "cancelled")
ACTIVE, INACTIVE, CANCELLED = range(3)
NEVER = np.datetime64("NaT")

DAYS_AFTER = 28
"""The roll is taken four weeks after the filing day, so it also shows who came and went since."""

ROLL = (
    "voter_id",
    "first_name",
    "middle_name",
    "last_name",
    "suffix",
    "house_number",
    "pre_direction",
    "street_name",
    "street_type",
    "post_direction",
    "unit",
    "city",
    "zip",
    "birth_date",
    "registration_date",
    "status",
    "status_date",
    "county",
    "mailing_address",
    "former_last_name",
)
"""The columns of the voter file."""


@dataclass(frozen=True)
class Register:
    """Of each voter: registration day, status (a position in `STATUSES`) and its day (NaT while active)."""

    registered: Dates
    status: Ints
    since: Dates


def make_register(rng: np.random.Generator, birth: Dates, on: datetime.date, rates: Rates) -> Register:
    """Give the register of people who have not signed anything yet."""
    size = len(birth)
    filed = np.datetime64(on, "D")
    adult = birth + np.timedelta64(18 * 365 + 5, "D")
    ago = rng.exponential(9 * 365.25, size).astype("timedelta64[D]")
    registered = np.minimum(np.maximum(filed - 1 - ago, adult), filed - 1)
    late = rng.random(size) < rates.roll_late
    registered = np.where(late, filed + _days(rng, 1, DAYS_AFTER, size), registered)

    active = max(1 - rates.roll_inactive - rates.roll_cancelled, 0)
    status = np.where(late, ACTIVE, weighted(rng, (active, rates.roll_inactive, rates.roll_cancelled), size))
    span = (filed - registered).astype(np.int64)
    since = registered + (span * rng.uniform(0.3, 1, size)).astype("timedelta64[D]")
    return Register(registered, status, np.where(status == ACTIVE, NEVER, since))


def settled(
    rng: np.random.Generator,
    register: Register,
    signed: Signatures,
    judged: Dates,
    on: datetime.date,
    rates: Rates,
) -> Register:
    """Give the register in which each signer stands as the fate of the signature asks.

    Those who register too late do so after the day `judged`; all others by the day on which they first sign,
    some of them on that very day, at the circulator's table. So the truth is the same whether the law reads
    the signing day or the filing day.

    Args:
        rng: the stream of the register.
        register: as made.
        signed: the signatures.
        judged: the last day on which a registration counts for each line.
        on: the filing day.
        rates: for those cancelled after the filing day.
    """
    known = signed.voter != NOBODY
    voter, day, judged = signed.voter[known], signed.lines.day[known], judged[known]
    late, cancelled = signed.fated("registered_late")[known], signed.fated("cancelled")[known]
    registered, status, since = register.registered.copy(), register.status.copy(), register.since.copy()

    first_signed = np.full(len(registered), np.datetime64(on, "D"))
    np.minimum.at(first_signed, voter, day)
    hasty = np.unique(voter[registered[voter] > first_signed[voter]])
    earlier = np.where(rng.random(len(hasty)) < 0.5, np.timedelta64(0, "D"), _days(rng, 1, 400, len(hasty)))
    registered[hasty] = first_signed[hasty] - earlier
    status[hasty], since[hasty] = ACTIVE, NEVER

    good = np.unique(voter[~late & ~cancelled])
    back = good[status[good] == CANCELLED]
    status[back], since[back] = ACTIVE, NEVER
    gone = good[rng.random(len(good)) < rates.roll_cancelled_since]
    status[gone], since[gone] = CANCELLED, np.datetime64(on, "D") + _days(rng, 1, DAYS_AFTER, len(gone))

    tardy = voter[late]
    registered[tardy] = judged[late] + _days(rng, 1, DAYS_AFTER, len(tardy))
    status[tardy], since[tardy] = ACTIVE, NEVER

    out = voter[cancelled]
    status[out], since[out] = CANCELLED, day[cancelled] - _days(rng, 0, 900, len(out))
    registered[out] = np.minimum(registered[out], since[out] - 30)
    return Register(registered, status, since)


def make_roll(
    rng: np.random.Generator,
    people: pl.DataFrame,
    homes: pl.DataFrame,
    register: Register,
    state: str,
    mailing: float,
) -> pl.DataFrame:
    """Give the voter file, with the columns of `ROLL`, in the order of `people`.

    Args:
        rng: the stream of voter numbers and post office boxes.
        people: the voters.
        homes: their homes.
        register: the register of the voters.
        state: the state in mailing addresses.
        mailing: the share of homes that have one.
    """
    size, home = people.height, people["home"]
    number = 10_000_000 + 7 * rng.permutation(size) + rng.integers(0, 7, size)
    box = pl.Series(rng.integers(1, 9_999, homes.height)).gather(home)
    posted = pl.Series(rng.random(homes.height) < mailing).gather(home)
    address = pl.format("PO BOX {}, {} {} {}", box, "city", pl.lit(state), "zip")
    return (
        people.drop("home")
        .hstack(homes[home])
        .with_columns(
            voter_id=pl.Series(number).cast(pl.String),
            registration_date=pl.Series(register.registered).cast(pl.Date),
            status=pl.Series(STATUSES, dtype=pl.String).gather(register.status),
            status_date=pl.Series(register.since).cast(pl.Date),
            mailing_address=pl.when(posted).then(address).otherwise(pl.lit("")),
        )
        .select(ROLL)
    )


def _days(rng: np.random.Generator, low: int, high: int, size: int) -> Spans:
    """Give spans of `low` to `high` days."""
    return rng.integers(low, high + 1, size).astype("timedelta64[D]")
