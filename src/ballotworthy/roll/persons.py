"""Several records of one person: an old registration that was cancelled, and the one that followed it elsewhere.

Records belong to one person where they bear one voter id, or one first and last name and one day of birth with no
middle name or suffix against it. Only groups with a record that is off the roll matter: of two active records of one
name and birthday nobody can tell whether they are one person's.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

OFF = ("cancelled", "pending")
NAMES = ("last_name", "first_name", "name")


def persons(frame: pl.DataFrame) -> pl.Series | None:
    """Give a number to each person of several records, null to everybody else; None where there is no such person.

    Takes the columns of a voter file as read, `status` and `voter_id` among them.
    """
    off = frame["status"].is_in(OFF)
    if not off.any():
        return None
    numbered = frame.with_row_index("row").with_columns(off.alias("off"))
    groups = [
        found
        for keys in (["voter_id"], _name_keys(frame))
        if keys and (found := _groups(numbered, keys)) is not None and found.height
    ]
    if not groups:
        return None
    both = pl.concat(groups).group_by("row").agg(pl.col("first").min()).sort("row")
    table = numbered.select("row").join(both, on="row", how="left", maintain_order="left")
    return table["first"].alias("person")


def _name_keys(frame: pl.DataFrame) -> list[str]:
    names = [name for name in NAMES if name in frame.columns]
    return [*names, "birth_date"] if names and "birth_date" in frame.columns else []


def _groups(numbered: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame | None:
    """Give `row` and `first` (the first row of its person) of each record of a person of several."""
    letters = [_letters(key) if key in NAMES else pl.col(key) for key in keys]
    extra = [name for name in ("middle_name", "suffix") if name in numbered.columns and len(keys) > 1]
    plain = [_letters(name).str.head(1 if name == "middle_name" else 3).replace("", None) for name in extra]
    table = _perhaps(numbered, keys).select("row", "off", *letters, *plain)
    table = table.filter(pl.all_horizontal(pl.col(key).is_not_null() for key in keys))
    some = table.filter("off").select(keys).unique()
    members = table.join(some, on=keys, how="semi")
    if members.is_empty():
        return None
    counted = members.group_by(keys).agg(
        pl.len().alias("n"),
        pl.col("off").all().alias("none"),
        pl.col("row").min().alias("first"),
        *(pl.col(name).drop_nulls().n_unique().alias(f"{name}s") for name in extra),
    )
    one = counted.filter((pl.col("n") > 1) & ~pl.col("none"))
    one = one.filter(*(pl.col(f"{name}s") <= 1 for name in extra)) if extra else one
    return members.join(one, on=keys, how="inner").select("row", "first")


def _perhaps(numbered: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Leave out who shares no birthday and first letters of a name with anybody off the roll; it is quick to see."""
    if "birth_date" not in keys:
        return numbered
    begins = pl.col(keys[0]).str.slice(0, 2).str.to_uppercase().alias("begins")
    some = numbered.filter("off").select("birth_date", begins).unique()
    return numbered.with_columns(begins).join(some, on=["birth_date", "begins"], how="semi")


def _letters(name: str) -> pl.Expr:
    return pl.col(name).fill_null("").str.to_uppercase().str.replace_all(r"[^\p{L}]", "").alias(name)
