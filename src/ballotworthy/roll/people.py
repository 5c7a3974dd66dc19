"""A table of people in plain form: what a line and a voter are reduced to before they are compared."""

from __future__ import annotations

import polars as pl

from ballotworthy.files.distinct import each_distinct
from ballotworthy.files.zip_codes import zip_digits
from ballotworthy.roll.addresses import NO_ZIP, ZIP, plain_addresses
from ballotworthy.roll.plain import SPECIAL, name_of_parts, name_of_text, plain_suffix
from ballotworthy.roll.towns import plain_town, town_of_line

ADDRESS = ("house_number", "pre_direction", "street_name", "street_type", "post_direction", "unit", "address")
TEXT = ("name", "first_name", "middle_name", "last_name", "suffix", *ADDRESS, "city", "zip")


def plain_people(frame: pl.DataFrame) -> pl.DataFrame:
    """Reduce people to comparable columns.

    Takes any of the text columns of `TEXT` plus `birth_date` (dates) and `birth_year` (whole numbers);
    gives, one row a person, `first`, `middle`, `last`, `suffix`, `number`, `direction`, `street`, `type`,
    `unit`, `city`, `zip` (whole number, 0 unknown) and `birth` (year x 512 + month x 32 + day, each part 0
    where unknown).
    """
    cells = {name: frame[name] if name in frame.columns else _nothing(name, frame.height) for name in TEXT}
    street = cells["street_name"] if "street_name" in frame.columns else cells["address"]
    address = plain_addresses(
        cells["house_number"],
        street,
        cells["unit"],
        cells["pre_direction"],
        cells["street_type"],
        cells["post_direction"],
    )
    zips = _zips(cells["zip"], street)
    city = _towns(cells["city"], street).alias("city")
    return pl.DataFrame([*_names(cells).get_columns(), *address.get_columns(), city, zips, births(frame)])


def plain_towns(towns: pl.Series) -> pl.Series:
    """Give towns in plain form, each distinct one read once."""
    return each_distinct(towns, plain_town)


def _towns(column: pl.Series, street: pl.Series) -> pl.Series:
    """Give the town of each person: from its own cell, or else from behind a comma at the end of the address."""
    behind = column.is_null() & street.str.contains(r"[,\r\n]")
    if not behind.any():
        return plain_towns(column)
    lines = pl.select(pl.when(behind).then(street)).to_series()
    return pl.select(
        pl.when(behind).then(each_distinct(lines, town_of_line)).otherwise(plain_towns(column))
    ).to_series()


def _zips(column: pl.Series, street: pl.Series) -> pl.Series:
    """Give zip codes as numbers (four or eight digits lost a zero); where none is given, from the street line's end."""
    column = zip_digits(column)
    lost = column.str.extract(r"^\D*(\d{4})\d{4}\b", 1)
    given = lost.fill_null(column.str.extract(r"^\D*(\d{5}|\d{4}\b)", 1))
    line = street.str.strip_chars().str.to_uppercase()
    behind = pl.select(pl.when(~line.str.contains(NO_ZIP)).then(line.str.extract(rf"\d.*{ZIP}", 1))).to_series()
    return pl.select(pl.coalesce(given, behind).cast(pl.UInt32, strict=False).fill_null(0).alias("zip")).to_series()


def _nothing(name: str, height: int) -> pl.Series:
    return pl.Series(name, [None], dtype=pl.String).new_from_index(0, height)


def _names(cells: dict[str, pl.Series]) -> pl.DataFrame:
    """Split each distinct spelling once; voters' names come in columns, signers' names often in one cell."""
    columns = ["first_name", "middle_name", "last_name", "suffix"]
    given = pl.DataFrame([cells["name"], *(cells[name] for name in columns)]).fill_null("")
    odd = given.select(
        (pl.col("name") != "")
        | pl.any_horizontal(pl.col("first_name", "middle_name", "last_name").str.contains(r"[^A-Za-z]"))
        | pl.any_horizontal(pl.col("first_name", "middle_name", "last_name").str.to_uppercase().is_in(SPECIAL))
    ).to_series()
    easy = given.filter(~odd).select(
        pl.col("first_name").str.to_uppercase().alias("first"),
        pl.col("middle_name").str.to_uppercase().alias("middle"),
        pl.col("last_name").str.to_uppercase().alias("last"),
        each_distinct(given["suffix"].filter(~odd), plain_suffix).alias("suffix"),
    )
    hard = [
        name_of_text(name) if name and not last else name_of_parts(first, middle, last, suffix)
        for name, first, middle, last, suffix in given.filter(odd).iter_rows()
    ]
    split = pl.DataFrame(
        [(one.first, one.middle, one.last, one.suffix) for one in hard],
        schema=dict.fromkeys(("first", "middle", "last", "suffix"), pl.String),
        orient="row",
    )
    order = pl.concat([(~odd).arg_true(), odd.arg_true()])
    return pl.concat([easy, split])[order.arg_sort()]


def births(frame: pl.DataFrame) -> pl.Series:
    """Give days of birth as one number each: year x 512 + month x 32 + day, each part 0 where unknown; uint32."""
    packed = pl.lit(0, pl.UInt32)
    if "birth_year" in frame.columns:
        packed = pl.col("birth_year").cast(pl.UInt32).fill_null(0) * 512
    if "birth_date" in frame.columns:
        day = pl.col("birth_date")
        whole = day.dt.year().cast(pl.UInt32) * 512 + day.dt.month().cast(pl.UInt32) * 32 + day.dt.day().cast(pl.UInt32)
        packed = pl.coalesce(whole, packed)
    column = frame.select(packed.alias("birth")).to_series()
    return column if len(column) == frame.height else column.new_from_index(0, frame.height)
