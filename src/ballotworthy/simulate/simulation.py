"""A simulation: the roll, the lines and the truth about them, invented together from one seed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.errors import InputError
from ballotworthy.files.choices import Birth
from ballotworthy.simulate.counties import share_out
from ballotworthy.simulate.draws import stream
from ballotworthy.simulate.entries import write_lines
from ballotworthy.simulate.fates import make_fates
from ballotworthy.simulate.homes import make_homes
from ballotworthy.simulate.identities import make_identities
from ballotworthy.simulate.people import make_people
from ballotworthy.simulate.rates import Rates
from ballotworthy.simulate.register import DAYS_AFTER, make_register, make_roll, settled
from ballotworthy.simulate.sheets import make_lines
from ballotworthy.simulate.signers import Signatures, make_signers
from ballotworthy.simulate.truth import facts, judge

DEFAULTS = Rates()

WINDOW = 180
"""Days of circulation before the filing day (California Elections Code 9014(b))."""


@dataclass(frozen=True)
class Simulation:
    """An invented roll and petition.

    `roll` has one row per voter, `lines` one per line, `truth` one per line in the same order: sheet, line,
    voter_id (of every signer on the roll, valid or not), outcome, and reason (null for a valid line).
    `taken_on` is the day of the roll, some weeks after the filing day.
    """

    roll: pl.DataFrame
    lines: pl.DataFrame
    truth: pl.DataFrame
    seed: str
    taken_on: datetime.date


def simulate(
    place: str,
    voters: int,
    lines: int,
    seed: str,
    on: datetime.date,
    rates: Rates = DEFAULTS,
    *,
    strata: Sequence[tuple[str, int | None]],
    dates_required: bool = False,
    birth: Birth = "none",
    window: int = WINDOW,
) -> Simulation:
    """Invent a roll and a petition, with the truth about every line.

    Args:
        place: the place's code; its last part is the state in mailing addresses.
        voters: how many people the roll holds, cancelled ones included.
        lines: how many lines the petition has, blank ones included; at most half as many as voters.
        seed: any text; the same seed and arguments give the same simulation.
        on: the filing day.
        rates: how often each thing happens.
        strata: the counties and their weights; a weight of None counts as the smallest known one.
        dates_required: whether a line is lost for a missing or impossible date. If so, registration is judged
            on the signing day, and if not, on the filing day.
        birth: what the sheet asks of the signer's birth.
        window: the days of circulation before `on`.

    Raises:
        InputError: a number is out of range, or there is no stratum.
    """
    _refuse(voters, lines, window, strata)
    opens = on - datetime.timedelta(days=window)
    people, homes, county, counties = _settle(seed, voters, strata, on, rates)
    home = people["home"].to_numpy()

    per_county = np.bincount(county, minlength=len(counties))
    slots = make_lines(stream(seed, "sheets"), lines, per_county, opens, on, rates)
    fate = make_fates(stream(seed, "fates"), slots, rates)
    signed = Signatures(
        slots, fate, make_signers(stream(seed, "signers"), county, home, slots, fate, rates.signs_alone)
    )

    born = people["birth_date"].to_numpy().astype("datetime64[D]")
    register = make_register(stream(seed, "register"), born, on, rates)
    judged = slots.day if dates_required else np.full(lines, np.datetime64(on, "D"))
    register = settled(stream(seed, "settled"), register, signed, judged, on, rates)
    state = place.rpartition("-")[2].upper()
    roll = make_roll(stream(seed, "numbers"), people, homes, register, state, rates.roll_mailing)

    who = make_identities(seed, people, homes, roll, signed, on, rates)
    written = write_lines(seed, who, signed, counties, rates, birth, window)
    truth = judge(facts(signed, judged, register, county, roll["voter_id"]), dates_required=dates_required)
    taken_on = on + datetime.timedelta(days=DAYS_AFTER)
    return Simulation(_nulls(roll.sort("voter_id")), written, _nulls(truth), seed, taken_on)


def _settle(
    seed: str, voters: int, strata: Sequence[tuple[str, int | None]], on: datetime.date, rates: Rates
) -> tuple[pl.DataFrame, pl.DataFrame, np.ndarray, tuple[str, ...]]:
    """Give the people, their homes, the county of each person as its place among the counties, and the counties."""
    counties, shares = share_out(voters, strata)
    people = make_people(stream(seed, "people"), voters, on, rates)
    home = people["home"].to_numpy()
    first = np.flatnonzero(np.r_[True, home[1:] != home[:-1]])
    county_of_home = np.searchsorted(np.cumsum(shares), first, side="right").astype(np.int64)
    return people, make_homes(stream(seed, "homes"), county_of_home, counties), county_of_home[home], counties


def _refuse(voters: int, lines: int, window: int, strata: Sequence[tuple[str, int | None]]) -> None:
    if voters < 1:
        raise InputError(f"a roll needs at least one voter, not {voters:,}. Ask for 1 voter or more.")
    if lines < 0:
        raise InputError(f"a petition cannot have {lines:,} lines. Ask for 0 lines or more.")
    if lines > voters // 2:
        raise InputError(
            f"{lines:,} lines are too many for {voters:,} voters. "
            f"Ask for at most {voters // 2:,} lines, or for at least {2 * lines:,} voters."
        )
    if window < 1:
        raise InputError(f"circulation takes at least one day, not {window:,}. Give 1 day or more.")
    if not strata:
        raise InputError("there is no stratum to put voters in. Give at least one, such as ('County', None).")


def _nulls(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the frame with null for empty text, which a CSV shows as an empty cell."""
    text = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(pl.when(pl.col(name) != "").then(name).alias(name) for name in text)
