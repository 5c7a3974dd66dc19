"""Another project's invented data of the District of Columbia: its signers found, its strangers left alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ballotworthy.match import find
from ballotworthy.petition import read_lines
from ballotworthy.roll import build_roll, open_roll, read_voters

DATA = Path(__file__).parents[2] / "shared" / "data" / "dc-sample"
ACCEPT = 0.8

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the sample of the District of Columbia is not at {DATA}")


def ids(frame: pl.DataFrame) -> list[str]:
    """Give what a person is known by in these files: name and house."""
    known = ("First_Name", "Last_Name", "Street_Number", "Street_Name")
    return frame.select(pl.concat_str(pl.col(known).fill_null(""), separator="|")).to_series().to_list()


def table(name: str) -> pl.DataFrame:
    return pl.read_csv(DATA / name, infer_schema=False)


def test_nearly_all_signers_are_found_and_hardly_a_stranger_is_taken(tmp_path: Path) -> None:
    """With the roll in capitals at least 398 of 400 are found as the right voter, at most 2 of 100 wrongly taken."""
    roll = table("roll.csv")
    roll.with_columns(pl.all().str.to_uppercase()).write_csv(tmp_path / "roll.csv")
    day = dt.date(2020, 1, 1)
    build_roll(read_voters(tmp_path / "roll.csv", taken_on=day), tmp_path / "dc.roll")
    signers = read_lines(DATA / "signers.csv", latest=day)
    opened = open_roll(tmp_path / "dc.roll")
    matches = find(signers.frame, opened)

    row = {each: at for at, each in enumerate(ids(roll))}
    strangers = set(ids(table("not-on-roll.csv")))
    known = ids(table("signers.csv"))
    truth = np.array([-1 if each in strangers else row[each] for each in known])
    accepted = matches.chances[:, 0] >= ACCEPT
    best = np.where(accepted, opened.owners[np.maximum(matches.records[:, 0], 0)].astype(np.int64), -1)
    assert ((truth >= 0).sum(), (truth < 0).sum()) == (400, 100)
    assert ((truth >= 0) & (best == truth)).sum() >= 398
    assert ((truth < 0) & accepted).sum() <= 2
