"""The truth about each line, judged from what stands on the roll and on the sheet."""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.simulate.draws import Dates, Ints
from ballotworthy.simulate.register import CANCELLED, NEVER, Register
from ballotworthy.simulate.signers import NOBODY, Signatures

REASONS = (
    "blank",
    "struck",
    "illegible",
    "no-address",
    "no-date",
    "date-outside",
    "not-registered",
    "cancelled",
    "out-of-jurisdiction",
    "registered-late",
    "different-address",
    "duplicate",
)
"""The reasons in the order in which they are asked; the first that holds is the line's."""


def facts(signed: Signatures, judged: Dates, register: Register, county: Ints, voter_id: pl.Series) -> pl.DataFrame:
    """Give what `judge` needs to know of each line.

    Args:
        signed: the signatures.
        judged: the day as of which each line's voter is read.
        register: the register of the voters.
        county: the county of each voter.
        voter_id: the number of each voter.
    """
    known = signed.voter != NOBODY
    voter = np.where(known, signed.voter, 0)
    cancelled = register.status[voter] == CANCELLED
    return pl.DataFrame(
        {
            "sheet": signed.lines.sheet,
            "line": signed.lines.line,
            "voter_id": voter_id.gather(voter).zip_with(pl.Series(known), pl.Series([""])),
            "blank": signed.fated("blank"),
            "struck": signed.fated("struck"),
            "illegible": signed.fated("illegible"),
            "no_address": signed.fated("no_address", "po_box"),
            "no_date": signed.fated("no_date"),
            "date_outside": signed.fated("date_outside"),
            "moved": signed.fated("different_address"),
            "day": judged,
            "county": signed.lines.county,
            "voter_county": county[voter],
            "registered": register.registered[voter],
            "cancelled": np.where(cancelled, register.since[voter], NEVER),
        }
    )


def judge(facts: pl.DataFrame, *, dates_required: bool) -> pl.DataFrame:
    """Give the truth: sheet, line, voter_id, outcome and reason ("" for a valid line), by sheet and line.

    Of a voter's lines that are good in every other way the first, by sheet and line, is valid and the later
    ones are duplicates.

    Args:
        facts: as `facts` gives them.
        dates_required: whether a line without a date, or with one outside the window, is lost.
    """
    holds = {
        "blank": pl.col("blank"),
        "struck": pl.col("struck"),
        "illegible": pl.col("illegible"),
        "no-address": pl.col("no_address"),
        "no-date": pl.col("no_date") & dates_required,
        "date-outside": pl.col("date_outside") & dates_required,
        "not-registered": pl.col("voter_id") == "",
        "cancelled": pl.col("cancelled") <= pl.col("day"),
        "out-of-jurisdiction": pl.col("voter_county") != pl.col("county"),
        "registered-late": pl.col("registered") > pl.col("day"),
        "different-address": pl.col("moved"),
    }
    reason = pl.coalesce(*(pl.when(test).then(pl.lit(name)) for name, test in holds.items()), pl.lit(""))
    again = (pl.col("reason") == "") & (pl.int_range(pl.len()).over("voter_id", "reason") > 0)
    outcome = pl.when(pl.col("reason") == "").then(pl.lit("valid")).otherwise(pl.lit("invalid"))
    return (
        facts.sort("sheet", "line")
        .with_columns(reason=reason)
        .with_columns(reason=pl.when(again).then(pl.lit("duplicate")).otherwise("reason"))
        .select("sheet", "line", "voter_id", outcome.alias("outcome"), "reason")
    )
