"""The lines of a petition as filed: read from a file, each known by its sheet and line number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.columns import find_columns, headings_told
from ballotworthy.files.days import read_day_columns
from ballotworthy.files.distinct import repeats
from ballotworthy.files.tables import Table, read_table
from ballotworthy.petition.frame import line_ids

FIELDS: Mapping[str, tuple[str, ...]] = {
    "sheet": ("sheet_number", "page", "page_number", "section", "packet"),
    "line": ("line_number", "row", "signature_number"),
    "name": ("full_name", "signer", "signer_name", "printed_name", "print_name"),
    "first_name": ("first", "firstname", "given_name"),
    "middle_name": ("middle", "middlename", "middle_initial"),
    "last_name": ("last", "lastname", "surname", "family_name"),
    "suffix": ("name_suffix",),
    "house_number": ("number", "street_number", "house_num", "house_no"),
    "street_name": ("street", "streetname"),
    "street_type": ("type", "streettype"),
    "post_direction": ("street_dir_suffix",),
    "unit": ("apartment", "apt", "unit_number"),
    "address": ("residence", "residence_address", "street_address", "full_address", "address1"),
    "city": ("city_or_town", "town"),
    "zip": ("zipcode", "zip_code", "zip5", "postal_code"),
    "birth_date": ("birthdate", "dob", "date_of_birth"),
    "birth_year": ("birthyear", "yob", "year_of_birth"),
    "signed_on": ("date", "date_signed", "signed", "signature_date", "sign_date"),
    "county": ("county_name",),
    "ward": ("ward_number",),
    "circulator": ("circulator_id", "circulator_name", "gatherer"),
    "struck": ("struck_out", "crossed_out"),
}  # fmt: skip
CONTENT = ("name", "first_name", "middle_name", "last_name", "house_number", "street_name", "address")
NOT_STRUCK = ("0", "n", "no", "f", "false")
"""What says in the column `struck` that a line is not; anything else there says that it is."""
OLDEST = 1880


@dataclass(frozen=True)
class Petition:
    """All lines of a petition.

    Attributes:
        given: the file as it is, its own columns of text; `sheet` and `line` put before them if it had none.
        frame: the columns of `FIELDS` that the file has, `sheet` and `line` always; days as dates, `birth_year`
            as a whole number, `struck` and `blank` as true or false.
        columns: which heading of the file held each field.
        source: the file's name, without its folder.
        sha256: hex digest of the file's bytes.
        set_aside: number of cells that were no day and were treated as empty (only when lenient).
    """

    given: pl.DataFrame
    frame: pl.DataFrame
    columns: Mapping[str, str]
    source: str
    sha256: str
    set_aside: int


def read_lines(
    path: Path, *, latest: dt.date, given: Mapping[str, str] | None = None, lenient: bool = False
) -> Petition:
    """Read petition lines (CSV or Parquet); only a name is needed.

    Args:
        path: the file.
        latest: the last day that can stand on a line.
        given: heading by field, from `--map`.
        lenient: treat cells that are no day as empty instead of refusing the file.

    Raises:
        FileFaults: no column holds a name, sheet and line repeat, days are none.
        UnknownName: a mapped field does not exist.
    """
    table = read_table(path)
    columns = find_columns(path, table.frame.columns, FIELDS, given or {})
    if "name" not in columns and "last_name" not in columns:
        have = f"{headings_told(table.frame.columns)}. Say which with --map name=HEADING or last_name=HEADING"
        raise FileFaults(str(path), [Fault(1, "name", "no column holds the signers' names", have)])
    frame = table.frame.select(pl.col(heading).alias(field) for field, heading in columns.items())
    frame = numbered(frame)
    faults, total = _number_faults(frame, table)
    frame, found, count = read_day_columns(frame, table, columns, earliest=OLDEST, latest=latest, option="--on")
    if not lenient:
        faults, total = faults + found, total + count
    if total:
        raise FileFaults(str(path), sorted(faults, key=lambda f: (f.line or 0, f.column or "")), total)
    frame = marked(frame)
    own = table.frame
    missing = [field for field in ("sheet", "line") if field not in columns]
    own = pl.DataFrame([*(frame[field] for field in missing), *own.get_columns()]) if missing else own
    return Petition(own, frame, columns, path.name, table.sha256, count)


def marked(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the lines with `struck` and `blank` as true or false: crossed out, and with neither name nor address."""
    content = [field for field in CONTENT if field in frame.columns]
    crossed = pl.col("struck").str.to_lowercase().is_in(NOT_STRUCK).not_().fill_null(value=False)
    struck = crossed if "struck" in frame.columns else pl.lit(value=False)
    blank = pl.all_horizontal(pl.col(content).is_null()) if content else pl.lit(value=False)
    return frame.with_columns(struck.alias("struck"), blank.alias("blank"))


def numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the lines with `sheet` and `line`: where a file has none, sheet 1, and lines counted by row."""
    if "sheet" not in frame.columns:
        frame = frame.with_columns(pl.lit("1").alias("sheet"))
    if "line" not in frame.columns:
        frame = frame.with_columns(pl.int_range(1, pl.len() + 1).over("sheet").cast(pl.String).alias("line"))
    return frame


def _number_faults(frame: pl.DataFrame, table: Table) -> tuple[list[Fault], int]:
    ids = line_ids(frame)
    missing = ids.is_null().arg_true().to_numpy()
    repeated = repeats(ids)
    faults = [
        Fault(
            int(table.lines[at]),
            "sheet, line",
            "the sheet or line number is missing",
            "A line is known by both; fill them in",
        )
        for at in missing[:SHOWN]
    ]
    for at in repeated[:SHOWN]:
        before = int(table.lines[(ids == ids[int(at)]).arg_true()[0]])
        what = f"sheet and line of line {before} of the file stand here again"
        faults.append(Fault(int(table.lines[at]), "sheet, line", what, "Number each line of a sheet once"))
    return faults, len(missing) + len(repeated)
