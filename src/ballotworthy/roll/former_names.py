"""Voters under a last name that they bore before: each is found by either."""

from __future__ import annotations

import numpy as np
import polars as pl

from ballotworthy.files.distinct import each_distinct
from ballotworthy.roll.frequencies import Frequencies
from ballotworthy.roll.plain import plain_last
from ballotworthy.roll.records import pack_last


def with_former_names(
    frame: pl.DataFrame, records: np.ndarray, frequencies: Frequencies
) -> tuple[np.ndarray, np.ndarray]:
    """Give the records of all voters, and once more under each former last name that is another, with their rows."""
    owners = np.arange(frame.height, dtype=np.uint32)
    if "former_last_name" not in frame.columns:
        return records, owners
    rows = frame["former_last_name"].is_not_null().arg_true().to_numpy()
    again = records[rows]
    again["last"] = pack_last(each_distinct(frame["former_last_name"].drop_nulls(), plain_last))
    frequencies.weigh(again)
    other = (again["last"] != records["last"][rows]).any(axis=1)
    return np.concatenate([records, again[other]]), np.concatenate([owners, owners[rows[other]]])
