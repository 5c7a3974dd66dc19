"""A voter file read: its columns found, its days understood, its faults told all at once."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.columns import find_columns, headings_told, plain_heading
from ballotworthy.files.days import Order, Reading, custom_of, read_day_columns
from ballotworthy.files.distinct import each_distinct, repeats
from ballotworthy.files.places import place_file
from ballotworthy.files.tables import Table, read_table
from ballotworthy.roll.towns import plain_town

FIELDS: Mapping[str, tuple[str, ...]] = {
    "voter_id": ("id", "regno", "voterref", "voter_ref", "voterid", "voter_number", "regid", "registration_number",
                 "statevoterid", "state_voter_id", "registrantid", "voter_reg_num", "sos_voterid",
                 "voter_identification_number"),
    "last_name": ("last", "lastname", "lname", "surname", "family_name", "namelast", "name_last", "last_nm"),
    "first_name": ("first", "firstname", "fname", "given", "given_name", "forename", "namefirst", "name_first",
                   "first_nm"),
    "middle_name": ("middle", "middlename", "mname", "middle_initial", "namemiddle", "name_middle", "midl_name"),
    "suffix": ("name_suffix", "namesuffix", "suffix_name", "name_sfx", "suffix_lbl"),
    "name": ("full_name", "fullname", "voter_name"),
    "former_last_name": ("former_name", "maiden_name", "previous_last_name", "former_last"),
    "house_number": ("number", "house_num", "housenumber", "street_number", "streetnumber", "house_no", "regstnum",
                     "addressnumber", "address_number", "street_num"),
    "pre_direction": ("predirection", "street_dir_prefix", "pre_dir", "street_direction", "direction",
                      "predirectional", "regstpredirection", "direction_prefix"),
    "street_name": ("street", "streetname", "regstname", "st_name", "residential_street_name"),
    "street_type": ("type", "streettype", "street_suffix", "regsttype", "st_type"),
    "post_direction": ("postdirection", "street_dir_suffix", "post_dir", "regstpostdirection", "direction_suffix"),
    "unit": ("apartment", "apt", "unit_number", "apartment_number", "regunitnumber", "apt_num", "unit_num"),
    "address": ("residence", "residence_address", "res_address", "residential_address", "street_address", "address1",
                "residential_address1", "res_street_address", "address_line_1", "full_address"),
    "city": ("town", "residence_city", "res_city", "regcity", "residential_city", "res_city_desc", "city_name"),
    "zip": ("zipcode", "zip_code", "zip5", "postal_code", "residence_zip", "res_zip", "regzipcode", "residential_zip"),
    "birth_date": ("born", "birthdate", "dob", "date_of_birth"),
    "birth_year": ("birthyear", "yob", "year_of_birth", "yearofbirth"),
    "registration_date": ("registered", "registrationdate", "reg_date", "registered_on", "date_of_registration",
                          "registr_dt", "original_registration_date"),
    "status": ("voter_status", "status_code", "statuscode", "voter_status_desc"),
    "status_date": ("cancelled_on", "cancellation_date", "status_changed_on"),
    "county": ("county_name", "countycode", "county_code", "county_desc"),
    "district": ("congressional_district", "legislative_district", "ward", "precinct"),
    "mailing_address": ("mail_address", "mailing_address1", "mail1", "mail_addr1"),
}  # fmt: skip
CANCELLED = r"(?i)^(?:c$|canc|cancel|purge|remov|delet|decea|term)"
INACTIVE = r"(?i)^(?:i$|inac)"
OLDEST = 1880


@dataclass(frozen=True)
class Voters:
    """A voter file in the columns of `FIELDS` that it has, plus `voter_id` and `status` always.

    Attributes:
        frame: texts; days as dates; `birth_year` as a whole number; `status` active, inactive or cancelled.
        columns: which heading of the file held each field.
        unused: headings that hold no field known here.
        taken_on: the day the file was taken from the register.
        source: the file's name, without its folder.
        sha256: hex digest of the file's bytes.
        set_aside: number of cells that were no day and were treated as empty (only when lenient).
        towns: for other names of a town, in plain form, the name that is meant.
        remarks: what a reader must know of how the file was read, in sentences.
    """

    frame: pl.DataFrame
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    taken_on: dt.date
    source: str
    sha256: str
    set_aside: int
    towns: Mapping[str, str]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Format:
    """What a place's `roll.toml` says of its voter file.

    Attributes:
        columns: heading by field.
        values: for a field, the meaning of its codes.
        towns: for other names of a town, in plain form, the name that is meant.
    """

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    towns: Mapping[str, str]


def place_format(place: str | None) -> Format:
    """Give the format of a place's voter file; an empty one for None, and for a place without `roll.toml`.

    Raises:
        UnknownName: there is no such place.
    """
    if place is None:
        return Format({}, {}, {})
    path = place_file(place, "law.toml").with_name("roll.toml")
    if not path.is_file():
        return Format({}, {}, {})
    data = tomllib.loads(path.read_text("utf-8"))
    towns = {plain_town(other): plain_town(town) for town, others in data.get("towns", {}).items() for other in others}
    return Format(data["columns"], data.get("values", {}), towns)


def read_voters(
    path: Path,
    *,
    taken_on: dt.date,
    place: str | None = None,
    given: Mapping[str, str] | None = None,
    lenient: bool = False,
    order: Order | None = None,
) -> Voters:
    """Read a voter file (CSV or Parquet).

    Args:
        path: the file.
        taken_on: the day it was taken; no day in it may be later.
        place: whose `roll.toml` names the columns; None for common names only.
        given: heading by field, from `--map`; wins over the place.
        lenient: treat cells that are no day as empty instead of refusing the file.
        order: the order of days and months, where the user says it; else the file's own, else the place's custom.

    Raises:
        FileFaults: columns are missing, voter ids repeat or are missing, days are none.
        UnknownName: a mapped field or the place does not exist.
    """
    table = read_table(path)
    known = place_format(place)
    columns = find_columns(path, table.frame.columns, FIELDS, given or {}, known.columns)
    if "last_name" not in columns and "name" not in columns:
        have = f"{headings_told(table.frame.columns)}. Say which with --map last_name=HEADING or name=HEADING"
        raise FileFaults(str(path), [Fault(1, "last_name", "no column holds the voters' last names", have)])
    frame = table.frame.select(pl.col(heading).alias(field) for field, heading in columns.items())
    frame = frame.with_columns(
        pl.col(field).replace(dict(meaning)) for field, meaning in known.values.items() if field in frame.columns
    )
    faults, total = _id_faults(frame, table, columns)
    days = read_day_columns(frame, table, columns, Reading(OLDEST, taken_on, "--taken-on", order, custom_of(place)))
    frame = days.frame
    if not lenient:
        faults, total = faults + days.faults, total + days.total
    if total:
        raise FileFaults(str(path), sorted(faults, key=lambda f: (f.line or 0, f.column or "")), total)
    if "voter_id" not in frame.columns:
        frame = frame.with_columns(pl.int_range(1, pl.len() + 1).cast(pl.String).alias("voter_id"))
    frame = frame.with_columns(_status(frame), *_districts(table, columns))
    unused = tuple(heading for heading in table.frame.columns if heading not in columns.values())
    return Voters(frame, columns, unused, taken_on, path.name, table.sha256, days.total, known.towns, days.remarks)


def _id_faults(frame: pl.DataFrame, table: Table, columns: Mapping[str, str]) -> tuple[list[Fault], int]:
    if "voter_id" not in frame.columns:
        return [], 0
    ids, heading = frame["voter_id"], columns["voter_id"]
    missing = ids.is_null().arg_true().to_numpy()
    repeated = repeats(ids)
    faults = [
        Fault(int(table.lines[at]), heading, "the voter id is missing", "Give each voter one") for at in missing[:SHOWN]
    ]
    for at in repeated[:SHOWN]:
        before = int(table.lines[(ids == ids[int(at)]).arg_true()[0]])
        what = f"the voter id of line {before} stands here again"
        faults.append(
            Fault(
                int(table.lines[at]),
                heading,
                what,
                "Keep one row a voter, or map the column that tells them apart",
            )
        )
    return faults, len(missing) + len(repeated)


def _status(frame: pl.DataFrame) -> pl.Series:
    if "status" not in frame.columns:
        return pl.Series("status", ["active"]).new_from_index(0, frame.height)
    return each_distinct(frame["status"], _standing).alias("status")


def _standing(status: str) -> str:
    return "cancelled" if re.search(CANCELLED, status) else "inactive" if re.search(INACTIVE, status) else "active"


def _districts(table: Table, columns: Mapping[str, str]) -> list[pl.Series]:
    """Keep every further district column of the file under its own plain heading, the first where two are alike."""
    taken = set(columns.values())
    kept: dict[str, pl.Series] = {}
    for heading in table.frame.columns:
        name = plain_heading(heading)
        if heading not in taken and name not in FIELDS and re.search(r"district|ward|precinct", name):
            kept.setdefault(name, table.frame[heading].alias(name))
    return list(kept.values())
