"""The lines of several batches as one petition: also the columns of their files, as those who judge lines ask them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from ballotworthy.files.columns import plain_heading
from ballotworthy.petition import Petition


def together(batches: Sequence[Petition]) -> Petition:
    """Give the lines of all batches in their order, the columns of later files under the headings of the first."""
    first, *others = batches
    if not others:
        return first
    given, columns = [first.given.cast(pl.String)], dict(first.columns)
    for each in others:
        names = _names(first, each)
        given.append(each.given.select(pl.col(heading).cast(pl.String).alias(name) for heading, name in names.items()))
        columns = {field: names[heading] for field, heading in each.columns.items() if heading in names} | columns
    frame = pl.concat([each.frame for each in batches], how="diagonal_relaxed")
    return replace(first, frame=frame, given=pl.concat(given, how="diagonal"), columns=columns)


def _names(first: Petition, other: Petition) -> dict[str, str]:
    """Give what each heading of a later file is called in the first: that of the same field, else the one alike.

    One that would stand for two columns is left out behind the one that holds the field.
    """
    alike = {plain_heading(heading): heading for heading in first.given.columns}
    names = {heading: first.columns[field] for field, heading in other.columns.items() if field in first.columns}
    for heading in other.given.columns:
        name = alike.get(plain_heading(heading), heading)
        if heading not in names and name not in names.values():
            names[heading] = name
    return names
