"""The lines of a petition as filed: read from a file, each known by its sheet and line number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import find_columns, headings_told
from ballotworthy.files.day_order import Order
from ballotworthy.files.days import Reading, custom_of, read_day_columns
from ballotworthy.files.quantities import quantity
from ballotworthy.files.tables import Table, lost_told, read_table
from ballotworthy.files.zip_codes import rounded_told
from ballotworthy.petition.marks_unread import doubted_by_marks, marks_unread
from ballotworthy.petition.numbered import number_faults, numbered, numbering_told
from ballotworthy.petition.pictures import Pictures
from ballotworthy.petition.spoiled import NO_SIGNER
from ballotworthy.petition.strokes import with_strokes
from ballotworthy.petition.totals import without_totals
from ballotworthy.petition.written import (
    BROKEN,
    NOT_STRUCK,
    PERHAPS_STRUCK,
    as_meant,
    said_of,
    void_lines,
    without_signs,
)

FIELDS: Mapping[str, tuple[str, ...]] = {
    "sheet": ("sheet_number", "sheet_no", "sheet_id", "page", "page_number", "page_no", "petition_sheet",
              "petition_page", "section", "section_number", "packet", "packet_number", "part_petition",
              "part_petition_number"),
    "line": ("line_number", "line_no", "row", "row_number", "row_no", "signature_number", "signature_no",
             "signature_line", "sig_number", "sig_no", "entry", "entry_number"),
    "name": ("full_name", "signer", "printed_name", "print_name", "name_printed", "name_print", "printed_full_name",
             "full_printed_name", "legal_name", "full_legal_name", "name_as_registered", "registered_name",
             "signer_name", "signature_name", "name_signed", "signed_name", "name_on_signature"),
    "first_name": ("first", "firstname", "given_name", "fname", "forename", "printed_first_name", "name_first"),
    "middle_name": ("middle", "middlename", "middle_initial", "mname", "printed_middle_name", "name_middle"),
    "last_name": ("last", "lastname", "surname", "family_name", "lname", "printed_last_name", "name_last"),
    "suffix": ("name_suffix", "suffix_name", "name_sfx"),
    "house_number": ("number", "street_number", "street_no", "house_num", "house_no", "housenumber", "house",
                     "address_number"),
    "pre_direction": ("predirection", "pre_dir", "street_dir_prefix", "street_direction", "direction"),
    "street_name": ("street", "streetname"),
    "street_type": ("type", "streettype", "street_suffix"),
    "post_direction": ("postdirection", "post_dir", "street_dir_suffix"),
    "unit": ("apartment", "apt", "unit_number", "unit_no", "apartment_number", "apartment_no", "apt_number", "apt_no",
             "apt_or_unit", "unit_or_apt", "apt_unit", "unit_apt", "suite"),
    "address": ("residence", "residence_address", "residential_address", "res_address", "resident_address",
                "home_address", "physical_address", "street_address", "residence_street_address",
                "residential_street_address", "home_street_address", "res_street_address", "full_address",
                "complete_address", "address1", "address_line_1", "street_and_number", "number_and_street",
                "street_number_and_name", "house_number_and_street", "residence_street_and_number",
                "residence_number_and_street", "address_street_and_number", "place_of_residence",
                "address_of_residence", "residence_at", "registered_address", "address_as_registered",
                "voting_address", "permanent_address", "home"),
    "city": ("city_or_town", "town", "city_town", "town_or_city", "town_city", "municipality", "residence_city",
             "residential_city", "res_city", "city_or_township", "city_village_or_township", "city_town_or_village",
             "city_name", "city_of_residence", "village", "city_state", "city_and_state", "city_state_zip",
             "city_state_and_zip", "post_office"),
    "zip": ("zipcode", "zip_code", "zip5", "zip_5", "postal_code", "postcode", "post_code", "residence_zip",
            "residence_zip_code", "residential_zip", "res_zip"),
    "birth_date": ("birthdate", "dob", "date_of_birth", "birthday", "born"),
    "birth_year": ("birthyear", "yob", "year_of_birth", "year_born"),
    "signed_on": ("date", "date_signed", "signed", "signed_date", "signature_date", "date_of_signature",
                  "date_of_signing", "signing_date", "sign_date", "day_signed", "date_of_sig", "sig_date"),
    "county": ("county_name", "county_of_residence", "residence_county"),
    "ward": ("ward_number", "ward_no"),
    "circulator": ("circulator_id", "circulator_name", "circulator_number", "gatherer", "gatherer_name", "gatherer_id",
                   "collector", "circulated_by", "collected_by", "name_of_circulator"),
    "transcriber": ("transcriber_id", "transcribed_by", "batch", "batch_id", "batch_number", "operator", "operator_id",
                    "keyed_by", "keyer", "typed_by", "typist", "entered_by", "data_entry_by"),
    "struck": ("struck_out", "struck_through", "crossed_out", "crossed_off", "lined_out", "stricken", "strikethrough",
               "strikeout", "strikethru", "lined_through", "lined_thru", "crossed_through", "crossed_thru"),
}  # fmt: skip
NAMES = ("name", "first_name", "middle_name", "last_name")
CONTENT = (*NAMES, "house_number", "street_name", "address")
LATEST = dt.date(2098, 12, 31)
"""No line is dated later; which days are lawful is the check's question, not the matcher's."""
GRACE = dt.timedelta(days=366)
"""A line may bear a wrong day up to a year after the governing day; beyond that it is a fault of the file."""
OLDEST = 1880


@dataclass(frozen=True)
class Petition:
    """All lines of a petition.

    Attributes:
        given: the file as it is, its own columns of text; `sheet` and `line` put before them if it had none.
        frame: the columns of `FIELDS` that the file has, `sheet` and `line` always; days as dates, `birth_year`
            as a whole number, `struck` and `blank` as true or false; `above`, what was taken from the line above for a
            ditto mark, and `doubt`, why a person must look, both mostly empty; `signed_or`, where nothing tells the
            order of days and months, the day of signing in the other order.
        columns: which heading of the file held each field.
        unused: headings that hold no field known here.
        source: the file's name, without its folder.
        sha256: hex digest of the file's bytes.
        set_aside: number of cells that were no day and were treated as empty (only when lenient).
        remarks: what a reader must know of how the file was read, in sentences.
        pictures: what was seen in the cells, where the lines were read from scans.
        orders: by field of days, the order in which its cells were read, where they or the user tell it.
    """

    given: pl.DataFrame
    frame: pl.DataFrame
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    source: str
    sha256: str
    set_aside: int
    remarks: tuple[str, ...]
    pictures: Pictures | None = None
    orders: Mapping[str, Order] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Give the file's name and the number of lines: a traceback or a log must show no signer."""
        return f"Petition({self.source!r}: {quantity(self.frame.height, 'line')})"


def read_lines(
    path: Path | Table,
    *,
    latest: dt.date,
    given: Mapping[str, str] | None = None,
    lenient: bool = False,
    filed: dt.date | None = None,
    place: str | None = None,
    order: Order | None = None,
    as_written: bool = False,
) -> Petition:
    """Read petition lines (CSV or Parquet); only a name is needed.

    Args:
        path: the file, or the table in memory.
        latest: the last day that can stand on a line.
        given: heading by field, from `--map`.
        lenient: treat cells that are no day as empty instead of refusing the file.
        filed: the day of filing, by which a year of signing is understood that is not written out.
        place: whose custom orders days and months where no cell of the file does.
        order: the order of days and months, where the user says it.
        as_written: leave a sheet or line 01 as it is; what a record named so before is found by that name.

    Raises:
        FileFaults: no column holds a name, sheet and line repeat, days are none.
        UnknownName: a mapped field does not exist.
    """
    from_file = not isinstance(path, Table)
    table = path if isinstance(path, Table) else read_table(path)
    path = table.path
    columns = _not_numbered(find_columns(path, table.frame.columns, FIELDS, given or {}), given or {})
    if "name" not in columns and "last_name" not in columns:
        have = f"{headings_told(table.frame.columns)}. Say which with --map name=HEADING or last_name=HEADING"
        raise FileFaults(str(path), [Fault(1, "name", "no column holds the signers' names", have)])
    strokes: tuple[str, ...] = ()
    if from_file:
        table, columns, strokes = with_strokes(table, columns, path)
    table, totals = without_totals(table, columns, as_kept=as_written)
    frame = table.frame.select(pl.col(heading).alias(field) for field, heading in columns.items())
    frame = numbered(frame, as_written=as_written)
    faults, total = number_faults(frame, table)
    written = as_meant(frame)
    how = Reading(OLDEST, latest, "--on", order or None, custom_of(place), filed)
    days = read_day_columns(written, table, columns, how)
    if not lenient:
        faults, total = faults + days.faults, total + days.total
    if total:
        raise FileFaults(str(path), sorted(faults, key=lambda f: (f.line or 0, f.column or "")), total)
    void = void_lines(written)
    own = table.frame
    unused = tuple(heading for heading in own.columns if heading not in columns.values())
    marks = tuple(marks_unread(own, unused))
    frame = _with_broken_cells(_with_unread_days(days.frame, written), written)
    frame = _marked(doubted_by_marks(_with_doubtful_strokes(frame), marks), written, void)
    missing = [field for field in ("sheet", "line") if field not in columns]
    own = pl.DataFrame([*(frame[field] for field in missing), *own.get_columns()]) if missing else own
    told = (*said_of(totals, int(void.sum())), *numbering_told(missing), *(each.told for each in marks if each.told))
    zips = rounded_told(frame["zip"]) if "zip" in frame.columns else ()
    remarks = (*lost_told(table), *days.remarks, *zips, *strokes, *told)
    return Petition(own, frame, columns, unused, path.name, table.sha256, days.total, remarks, orders=days.orders)


def _with_unread_days(frame: pl.DataFrame, written: pl.DataFrame) -> pl.DataFrame:
    """Doubt lines on which something was written for the day of signing that is no day: a person may read it."""
    if "signed_on" not in frame.columns:
        return frame
    unread = frame["signed_on"].is_null() & written["signed_on"].is_not_null()
    words = pl.lit("the day of signing could not be read; ")
    return frame.with_columns(pl.when(unread).then(pl.concat_str("doubt", words)).otherwise("doubt").alias("doubt"))


def _with_broken_cells(frame: pl.DataFrame, written: pl.DataFrame) -> pl.DataFrame:
    """Doubt lines of which a spreadsheet lost a cell, as it shows with #REF!: a person may see what stood there."""
    names = [name for name in written.columns if name not in ("sheet", "line", "struck", "above", "doubt")]
    broken = written.select(pl.any_horizontal(pl.col(names).str.contains(BROKEN).fill_null(value=False))).to_series()
    words = pl.lit("a cell holds an error of a spreadsheet in place of what was written; ")
    return frame.with_columns(pl.when(broken).then(pl.concat_str("doubt", words)).otherwise("doubt").alias("doubt"))


def _with_doubtful_strokes(frame: pl.DataFrame) -> pl.DataFrame:
    """Doubt lines of which the file is not sure that they are struck: a person may look; they are not taken so."""
    if "struck" not in frame.columns:
        return frame
    perhaps = pl.col("struck").str.contains(PERHAPS_STRUCK).fill_null(value=False)
    words = pl.lit("the file is not sure that it is struck; ")
    return frame.with_columns(pl.when(perhaps).then(pl.concat_str("doubt", words)).otherwise("doubt").alias("doubt"))


def _not_numbered(columns: dict[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Take a column "Number" for the number of the line where no column holds a street without its number."""
    if "house_number" in given or "street_name" in columns or columns.get("house_number", "").lower() != "number":
        return columns
    heading = columns.pop("house_number")
    return columns if "line" in columns else {**columns, "line": heading}


def marked(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the lines with `struck` and `blank` as true or false: crossed out or void, and with no name and address."""
    content = [field for field in CONTENT if field in frame.columns]
    return _marked(frame, without_signs(frame, content), void_lines(frame))


def _marked(frame: pl.DataFrame, meant: pl.DataFrame, void: pl.Series) -> pl.DataFrame:
    content = [field for field in CONTENT if field in frame.columns]
    crossed = pl.col("struck").str.contains(f"{NOT_STRUCK}|{PERHAPS_STRUCK}").not_().fill_null(value=False)
    struck = crossed if "struck" in frame.columns else pl.lit(value=False)
    names = [field for field in NAMES if field in content]
    empty = [pl.col(field).is_null() for field in content if field not in names]
    empty += [pl.col(name).is_null() | pl.col(name).str.contains(NO_SIGNER) for name in names]
    blank = meant.select(pl.all_horizontal(empty)).to_series() if content else pl.lit(value=False)
    return frame.with_columns((struck | void).alias("struck"), blank.alias("blank"))
