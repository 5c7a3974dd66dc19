"""Signers who are not on the roll: among them relatives and namesakes of voters, and copied names."""

from __future__ import annotations

import datetime

import numpy as np
import polars as pl

from ballotworthy.simulate.draws import Bools, Ints
from ballotworthy.simulate.elsewhere import ADDRESS, BUILDING, elsewhere, one_within
from ballotworthy.simulate.people import given_names, make_people
from ballotworthy.simulate.rates import Rates
from ballotworthy.simulate.signers import Signatures

NAME = ("first_name", "middle_name", "last_name", "suffix", "former_last_name")


def make_strangers(
    rng: np.random.Generator,
    people: pl.DataFrame,
    homes: pl.DataFrame,
    signed: Signatures,
    on: datetime.date,
    rates: Rates,
) -> pl.DataFrame:
    """Give name, address and birth date of the signer of each line that is not registered.

    Some live in the household of a voter and share the surname; some bear the full name of a voter who lives
    elsewhere; those a bad circulator copied stand on the sheet in the order of a phone book. None has the
    first name, surname and building of a voter.

    Args:
        rng: the stream of the strangers.
        people: the voters.
        homes: their homes.
        signed: the signatures.
        on: the filing day.
        rates: for the kinds of strangers.
    """
    lines = signed.fated("not_registered")
    size, county, copied = int(lines.sum()), signed.lines.county[lines], signed.copied[lines]
    kind = rng.random(size)
    relative = pl.Series(~copied & (kind < rates.stranger_in_household))
    namesake = pl.Series(~copied & (kind >= 1 - rates.stranger_namesake)) & ~relative

    home = people["home"].to_numpy()
    codes = homes["county_code"].to_numpy()[home]
    model = one_within(rng, np.searchsorted(codes, county), np.searchsorted(codes, county, side="right"))
    voter, house = people[model], homes[home[model]]
    crowd = make_people(rng, size, on, rates)[rng.permutation(size)].drop("home")
    who = crowd.hstack(elsewhere(rng, homes, county, home[model])).with_columns(
        *(pl.when(namesake).then(voter[name]).otherwise(name).alias(name) for name in NAME),
        *(pl.when(relative).then(house[part]).otherwise(part).alias(part) for part in ADDRESS),
    )
    who = who.with_columns(last_name=pl.when(relative).then(voter["last_name"]).otherwise("last_name"))
    return _unlike(rng, _by_phone_book(who, signed.lines.sheet[lines], copied), people, homes)


def _by_phone_book(who: pl.DataFrame, sheet: Ints, copied: Bools) -> pl.DataFrame:
    """Give `who` with the copied lines of each sheet sorted by surname; `sheet` ascends."""
    places = np.flatnonzero(copied)
    book = who[places].with_columns(sheet=pl.Series(sheet[places])).sort("sheet", "last_name", "first_name")
    others = np.flatnonzero(~copied)
    return pl.concat([who[others], book.drop("sheet")])[np.argsort(np.r_[others, places])]


def _unlike(rng: np.random.Generator, who: pl.DataFrame, people: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Give `who` with new first names for those who would be a voter at the voter's own address."""
    key = ["first_name", "last_name", *BUILDING]
    voters = people.select("first_name", "last_name").hstack(homes.select(BUILDING)[people["home"]])
    who = who.with_row_index("row")
    for _ in range(50):
        hits = who.join(voters, on=key, how="semi", maintain_order="left")["row"]
        if hits.is_empty():
            break
        who = who.update(pl.DataFrame({"row": hits, "first_name": given_names(rng, len(hits))}), on="row")
    return who.drop("row")
