"""Who signs each line and where that person lives: voters at home, voters who moved, and strangers."""

from __future__ import annotations

import datetime

import numpy as np
import polars as pl

from ballotworthy.simulate.draws import stream
from ballotworthy.simulate.elsewhere import ADDRESS, elsewhere
from ballotworthy.simulate.rates import Rates
from ballotworthy.simulate.signers import NOBODY, Signatures
from ballotworthy.simulate.strangers import NAME, make_strangers

WHO = (*NAME, *ADDRESS, "birth_date", "mailing_address")
"""What is known of a signer, spelled as a roll spells it, "" where there is nothing."""


def make_identities(
    seed: str,
    people: pl.DataFrame,
    homes: pl.DataFrame,
    roll: pl.DataFrame,
    signed: Signatures,
    on: datetime.date,
    rates: Rates,
) -> pl.DataFrame:
    """Give the columns of `WHO` for each line, null for a blank one.

    Args:
        seed: the printed seed.
        people: the voters, in the order of `roll`.
        homes: their homes.
        roll: the voter file.
        signed: the signatures.
        on: the filing day.
        rates: for the kinds of strangers.
    """
    county = signed.lines.county
    moved, unknown = signed.fated("different_address"), signed.fated("not_registered")
    at_home = (signed.voter != NOBODY) & ~moved

    voter = signed.voter[moved]
    own = people["home"].to_numpy()[voter]
    away = elsewhere(stream(seed, "moves"), homes, county[moved], own)
    strangers = make_strangers(stream(seed, "strangers"), people, homes, signed, on, rates)

    parts = (
        (at_home, roll[signed.voter[at_home]].select(WHO)),
        (moved, roll[voter].drop(ADDRESS).hstack(away).select(WHO)),
        (unknown, strangers.with_columns(mailing_address=pl.lit("")).select(WHO)),
    )
    found = pl.concat([part.with_columns(row=pl.Series(np.flatnonzero(lines))) for lines, part in parts])
    rows = pl.DataFrame({"row": np.arange(len(county))})
    return rows.join(found, on="row", how="left", maintain_order="left").drop("row")
