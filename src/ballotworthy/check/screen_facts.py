"""What the screen of circulators looks at: of each line that one carried, the facts that its tests ask for."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.law.reasons import UNWRITTEN
from ballotworthy.match import Matches, weigh_pairs
from ballotworthy.match.comparisons import (
    birth,
    first_name,
    house_number,
    last_name,
    middle_name,
    street,
    suffix,
    town,
    unit,
)
from ballotworthy.petition import Petition
from ballotworthy.roll import Roll

SURE = 0.8
AGREEING = (
    (last_name.AGREES,),
    (first_name.AGREES,),
    (middle_name.MISSING, middle_name.AGREES, middle_name.INITIAL),
    (suffix.MISSING, suffix.AGREES),
    (house_number.AGREES,),
    (street.AGREES,),
    (unit.MISSING, unit.AGREES),
    (town.MISSING, town.ZIP),
    (birth.MISSING, birth.AGREES, birth.YEAR),
)
"""Of each field, in the order of `weigh.FIELDS`, the levels at which a line says no other thing than the roll."""


@dataclass(frozen=True)
class Facts:
    """Lines of circulators, neither blank nor struck, in the order of their sheets; one entry a line.

    Attributes:
        names: the circulators; the number of one in `who` is its place here.
        who, sheet: which circulator's, and on which sheet of that circulator, from 0.
        bad: probability that the line does not hold, 0 where the reason is a test of its own.
        clean: whether it agrees with the roll in every field.
        surname: the surname's letters as written, as a number that sorts as they do, 0 for none.
        name: surname and first name as written, as a number that sorts as they do.
        family: the surname that the roll has of the voter, as such a number, 0 where no voter is known.
        rank: place of the signer in the roll's order of names, -1 where no voter is known.
        home: a number for the address, of the roll where the voter is known, else as written; 0 for none.
        day: the day it is dated, in days; -1 for none.
        gone: whether the signer was cancelled (dead, moved away) by the day, or on one that is not known.
        voter: a number for the voter, -1 where none is known.
        dated, marked: whether lines are dated, and whether the roll marks cancelled voters at all.
    """

    names: tuple[str, ...]
    who: np.ndarray
    sheet: np.ndarray
    bad: np.ndarray
    clean: np.ndarray
    surname: np.ndarray
    name: np.ndarray
    family: np.ndarray
    rank: np.ndarray
    home: np.ndarray
    day: np.ndarray
    gone: np.ndarray
    voter: np.ndarray
    dated: bool
    marked: bool


def facts_of(petition: Petition, roll: Roll, matches: Matches, lines: pl.DataFrame) -> Facts:
    """Gather the facts from what was matched and judged; `lines` as in `Check`."""
    asked = ("circulator", "sheet", "line", "reason", "probability", "standing", "undated")
    told = lines.select(asked).with_row_index("row")
    dated = "signed_on" in petition.frame.columns
    days = petition.frame["signed_on"].to_physical().fill_null(-1) if dated else pl.Series([-1] * lines.height)
    if (
        "signed_or" in petition.frame.columns and petition.pictures is not None
    ):  # a day that may be one of several is none
        days = pl.select(pl.when(petition.frame["signed_or"].is_null()).then(days).otherwise(-1)).to_series()
    chosen = (
        told.with_columns(days.alias("day"))
        .filter(pl.col("circulator").is_not_null() & ~pl.col("reason").is_in(UNWRITTEN))
        .with_columns(pl.col("line").cast(pl.Int64, strict=False).alias("nth"))
        .sort("circulator", "sheet", "nth", "row", nulls_last=True)
    )
    rows = chosen["row"].to_numpy()
    who = chosen["circulator"].rle_id().to_numpy()
    sheet = chosen.select(pl.struct("circulator", "sheet").rle_id()).to_series().to_numpy()
    record = np.where(matches.chances[rows, 0] >= SURE, matches.records[rows, 0], -1)
    levels = weigh_pairs(matches, roll, 0)[0][rows]
    agrees = np.all([np.isin(levels[:, at], known) for at, known in enumerate(AGREEING)], axis=0)
    written = matches.lines["who"][rows]
    gone = (chosen["standing"] == "cancelled") | chosen["undated"]
    own = chosen["reason"].is_in(["duplicate", "cancelled"]) | gone
    voter = np.where(record >= 0, roll.owners[np.maximum(record, 0)].astype(np.int64), -1)
    return Facts(
        names=tuple(chosen["circulator"].unique(maintain_order=True)),
        who=who,
        sheet=sheet,
        bad=np.where(own.fill_null(value=False).to_numpy(), 0.0, 1 - chosen["probability"].to_numpy()),
        clean=agrees & (record >= 0),
        surname=_wide(written["last"]),
        name=_name_keys(written),
        family=np.where(record >= 0, _wide(roll.records[np.maximum(record, 0)]["last"]), np.uint64(0)),
        rank=np.where(record >= 0, _ranks(roll.records, np.maximum(record, 0)), -1),
        home=np.where(record >= 0, _homes(roll.records[np.maximum(record, 0)]), _homes(written)),
        day=chosen["day"].to_numpy(),
        gone=gone.fill_null(value=False).to_numpy(),
        voter=voter,
        dated=dated and bool((chosen["day"] >= 0).any()),
        marked="status" in roll.voters.collect_schema().names(),
    )


def _wide(letters: np.ndarray) -> np.ndarray:
    """Give the first eight letters as a number that sorts as they do; uint64."""
    return np.ascontiguousarray(letters[:, :8]).view(">u8").ravel().astype(np.uint64)


def _name_keys(records: np.ndarray) -> np.ndarray:
    """Give eight letters of the surname and four of the first name, five bits each, so that they sort as names."""
    keys = np.zeros(len(records), np.uint64)
    for field, letters in (("last", 8), ("first", 4)):
        wide = _wide(records[field])
        for at in range(letters):
            keys = (keys << np.uint64(5)) | ((wide >> np.uint64(56 - 8 * at)) & np.uint64(31))
    return keys


def _ranks(records: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Give the place of the chosen records among all, by name."""
    sought, cores = _name_keys(records[chosen]), os.cpu_count() or 1

    def before(part: np.ndarray) -> np.ndarray:
        return np.searchsorted(np.sort(_name_keys(part)), sought)

    with ThreadPoolExecutor(cores) as pool:
        return np.asarray(sum(pool.map(before, np.array_split(records, cores))))


def _homes(written: np.ndarray) -> np.ndarray:
    """Give a number for each address, 0 where there is neither number nor street."""
    street = np.ascontiguousarray(written["street"][:, :8]).view("<u8").ravel().astype(np.uint64)
    number = written["number"].astype(np.uint64)
    mixed = (street * np.uint64(0x9E3779B97F4A7C15)) ^ (number * np.uint64(0xC2B2AE3D27D4EB4F))
    return np.where((street == 0) & (number == 0), np.uint64(0), mixed | np.uint64(1))
