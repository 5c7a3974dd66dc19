"""Kinds of worlds made by the simulator, its rates changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl

from ballotworthy.files.choices import Birth
from ballotworthy.law import read_law
from ballotworthy.simulate import Rates, simulate

ON = dt.date(2018, 4, 20)
TAKEN_ON = dt.date(2018, 5, 18)
"""The simulator's roll is four weeks younger than its petition."""
USUAL = Rates()
SLIPS = ("name_slip", "street_slip", "number_slip", "city_slip", "birth_slip", "zip_wrong")


def times(factor: float, **others: float) -> Rates:
    """Give the usual rates with hands that slip so many times as often, and other rates as named."""
    return replace(USUAL, **{name: min(getattr(USUAL, name) * factor, 0.9) for name in SLIPS}, **others)


def with_relatives(share: float) -> Rates:
    """Give the usual rates with unregistered relatives as so large a share of all lines, beside the usual strangers."""
    others = USUAL.not_registered * (1 - USUAL.stranger_in_household)
    return replace(USUAL, not_registered=share + others, stranger_in_household=share / (share + others))


KINDS: dict[str, tuple[tuple[Rates, Birth], ...]] = {
    "usual": ((USUAL, "none"), (USUAL, "year"), (USUAL, "date")),
    "tidy": ((times(0.2, nickname=0.02), "none"), (times(0.1, not_registered=0.05), "none")),
    "sloppy": ((times(2.2), "none"), (times(1.8, nickname=0.15), "none")),
    "relatives": tuple((with_relatives(share), "none") for share in (0.03, 0.06, 0.15, 0.28)),
    "initials in noisy hands": ((times(2.0, initial_only=0.25), "none"), (times(1.5, initial_only=0.12), "none")),
    "juniors": ((replace(USUAL, father_and_son=0.4), "none"), (replace(USUAL, father_and_son=0.8), "none")),
    "movers": ((replace(USUAL, different_address=0.12), "none"), (replace(USUAL, different_address=0.25), "none")),
    "strangers": ((replace(USUAL, not_registered=0.03), "none"), (replace(USUAL, not_registered=0.35), "none")),
    "namesakes": ((replace(USUAL, stranger_namesake=0.3), "none"), (replace(USUAL, stranger_namesake=0.6), "none")),
    "repeats": ((replace(USUAL, duplicate=0.1), "none"),),
}


def simulator(rates: Rates, birth: Birth, voters: int, lines: int, seed: str) -> tuple[pl.DataFrame, ...]:
    """Give the roll, the lines, and a table of `signer` and `valid`.

    The simulator lets a few sign before they are eighteen; these do not count.
    """
    strata = [(each.name, each.weight) for each in read_law("us-ca").strata]
    made = simulate("us-ca", voters, lines, seed, ON, rates, strata=strata, birth=birth)
    signer = made.truth["voter_id"].cast(pl.String).alias("signer")
    born = pl.DataFrame({"voter_id": made.roll["voter_id"].cast(pl.String), "born": made.roll["birth_date"]})
    adult = signer.to_frame("voter_id").join(born, on="voter_id", how="left", maintain_order="left")["born"]
    adult = adult.cast(pl.String).str.to_date(strict=False).dt.offset_by("18y")
    signed = made.lines["signed_on"].cast(pl.String).str.to_date(strict=False).fill_null(ON)
    valid = (made.truth["outcome"] == "valid") & (adult <= signed).fill_null(value=True)
    return made.roll, made.lines, pl.DataFrame({"signer": signer, "valid": valid})
