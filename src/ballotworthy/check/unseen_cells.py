"""Cells of scanned rows in which no ink was seen: a machine that sees nothing does not know that nothing is there.

A pen may be too faint for a coarse scan. So a row is never refused for a name, an address or a day that only a machine
misses: a person looks. What somebody typed over a cell, nothing too, is that person's word.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from ballotworthy.law import Rules
from ballotworthy.petition import Petition

CELLS = {
    "name": (("name", "first_name", "last_name"), "no name was seen on the scan; "),
    "address": (("address", "street_name", "house_number"), "no address was seen on the scan; "),
    "date": (("signed_on",), "no day of signing was seen on the scan; "),
}
"""What the law may ask of a line (`line_fields`): the columns that hold it, and what is told where all are empty."""


def with_unseen(petition: Petition, rules: Rules) -> Petition:
    """Give the petition with a doubt on each line of a scan on which nothing was seen where the law asks for something.

    Raises:
        LawSilent: the law's data does not say what a line must have.
    """
    if petition.pictures is None:
        return petition
    frame, typed = petition.frame, petition.pictures.typed
    ids = list(frame.select("sheet", "line").iter_rows())
    doubt = frame["doubt"]
    for asked in rules.needed("line_fields").value:
        fields, words = CELLS.get(asked, ((), ""))
        if there := [field for field in fields if field in frame.columns]:
            empty = frame.select(pl.all_horizontal(pl.col(there).is_null())).to_series().to_numpy()
            own = np.array([any(f"{sheet}-{line}-{field}" in typed for field in there) for sheet, line in ids], bool)
            silent = empty & ~own & ~(frame["blank"] | frame["struck"]).to_numpy() & (doubt == "").to_numpy()
            doubt = doubt + pl.Series(np.where(silent, words, ""))
    return replace(petition, frame=frame.with_columns(doubt.alias("doubt")))
