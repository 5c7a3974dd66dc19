"""A voter file read: its columns found, its days understood, its faults told all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ballotworthy.errors import SHOWN, Fault, FileFaults
from ballotworthy.files.columns import find_columns, headings_told, seem_data
from ballotworthy.files.day_order import Order
from ballotworthy.files.days import Reading, custom_of, read_day_columns
from ballotworthy.files.distinct import repeats
from ballotworthy.files.row_looks import row_looks
from ballotworthy.files.tables import Table, lost_told, read_table
from ballotworthy.files.zip_codes import rounded_told
from ballotworthy.roll.attainers import attainers
from ballotworthy.roll.birth_years import years_apart
from ballotworthy.roll.doubted import doubted
from ballotworthy.roll.fields import FIELDS, RESIDENCE
from ballotworthy.roll.house_columns import house_columns, without_mail
from ballotworthy.roll.persons import OFF, persons
from ballotworthy.roll.place_format import Format, place_format
from ballotworthy.roll.registers import LAYOUTS, NOT_KNOWN, Register, by_headings, by_lines, by_rows, heading_of
from ballotworthy.roll.statuses import Statuses, everybody, read_statuses
from ballotworthy.roll.together import further_districts, together
from ballotworthy.roll.told import Seen, blank_fields, remarks, undated

OLDEST = 1880


@dataclass(frozen=True)
class Voters:
    """A voter file in the columns of `FIELDS` that it has, plus `voter_id` and `status` always.

    Attributes:
        frame: texts; days as dates; `birth_year` as a whole number; `status` one of `statuses.STANDINGS`.
        columns: which heading of the file held each field.
        joined: by field, the further headings whose cells were read behind its own.
        kept: further headings of districts, kept under their own names.
        unused: headings of which nothing was read.
        taken_on: the day the file was taken from the register.
        source: the file's name, without its folder.
        sha256: hex digest of the file's bytes.
        set_aside: number of cells that were no day and were treated as empty (only when lenient).
        towns: for other names of a town, in plain form, the name that is meant.
        statuses: number of voters by status code as written; empty where no column holds one.
        remarks: sentences that whoever builds the roll must read: what it was taken for, what was not found.
    """

    frame: pl.DataFrame
    columns: Mapping[str, str]
    joined: Mapping[str, tuple[str, ...]]
    kept: tuple[str, ...]
    unused: tuple[str, ...]
    taken_on: dt.date
    source: str
    sha256: str
    set_aside: int
    towns: Mapping[str, str]
    statuses: Mapping[str, int]
    remarks: tuple[str, ...]

    @property
    def filled(self) -> dict[str, str]:
        """Give `columns` without those by which lines are refused and of which not one cell is filled."""
        silent = blank_fields(self.frame, self.columns) | (set() if self.statuses else {"status"})
        return {field: heading for field, heading in self.columns.items() if field not in silent}


def read_voters(
    path: Path,
    *,
    taken_on: dt.date,
    place: str | None = None,
    given: Mapping[str, str] | None = None,
    lenient: bool = False,
    order: Order | None = None,
    statuses: Mapping[str, str] | None = None,
    heading: bool = True,
) -> Voters:
    """Read a voter file (CSV, Parquet, or fixed width where the layout is known).

    Args:
        path: the file.
        taken_on: the day it was taken; no day in it may be later.
        place: whose `roll.toml` names the columns; None for common names only.
        given: heading by field, from `--map`; wins over the place.
        lenient: treat cells that are no day as empty instead of refusing the file.
        order: the order of days and months, where the user says it; else the file's own, else the register's or the
            place's custom.
        statuses: standing by status code, from `--status`; wins over the place and the register.
        heading: False where the user says that the file has no heading line.

    Raises:
        FileFaults: columns are missing, voter ids repeat or are missing, days are none, a status code is unknown.
        UnknownName: a mapped field or the place does not exist.
    """
    table = read_table(path, LAYOUTS, heading=heading)
    known, register = place_format(place), _register_of(table)
    columns = _columns(path, table, given or {}, known, register)
    cells = together(table, columns, register)
    frame = _meant(cells.frame, known.values, register.values if register else {})
    frame, columns, years = years_apart(frame, columns)
    read = _standing(frame, columns, statuses or {}, known, register)
    frame = frame.with_columns(read.standing)
    ids = _id_faults(frame, table, columns)
    custom = (register.day_order if register else None) or custom_of(place)
    days = read_day_columns(frame, table, columns, Reading(OLDEST, taken_on, "--taken-on", order, custom))
    young = attainers(days.frame, columns, taken_on, said="of_age_on" in (given or {}))
    frame, columns = young.frame, dict(young.columns)
    alone = [fault for fault in (read.fault, young.fault) if fault]
    _refuse(path, ids, (alone, len(alone)), ([], 0) if lenient else (days.faults, days.total))
    kept = further_districts(table, columns)
    frame = _whole(frame, kept.values())
    seen = Seen(years, cells.masked, bool(read.codes), blank_fields(frame, columns))
    used = {*columns.values(), *kept, *(name for names in cells.joined.values() for name in names)}
    unused = tuple(heading for heading in table.frame.columns if heading not in used)
    doubts = doubted(frame, columns, table, None if register else unused, row_looks(path))
    frame = frame if doubts.why is None else frame.with_columns(doubts.why)
    zips = rounded_told(frame["zip"]) if "zip" in frame.columns else ()
    left = (*undated(frame, columns), *zips, *doubts.remarks)
    told = (*lost_told(table), *remarks(table, register, columns, seen), *young.remarks, *days.remarks, *left)
    return Voters(
        frame, columns, cells.joined, tuple(kept), unused, taken_on, path.name, table.sha256, days.total, known.towns,
        read.codes, told,
    )  # fmt: skip


def _refuse(path: Path, *found: tuple[Sequence[Fault], int]) -> None:
    """Refuse the file for all its faults at once; each of `found` is those told in words, and how many there are."""
    if total := sum(many for _, many in found):
        faults = [fault for told, _ in found for fault in told]
        raise FileFaults(str(path), sorted(faults, key=lambda each: (each.line or 0, each.column or "")), total)


def _whole(frame: pl.DataFrame, districts: Iterable[pl.Series]) -> pl.DataFrame:
    """Give the voters with ids (their numbers where there are none), districts, and which records are one person's."""
    if "voter_id" not in frame.columns:
        frame = frame.with_columns(pl.int_range(1, pl.len() + 1).cast(pl.String).alias("voter_id"))
    frame = frame.with_columns(districts)
    several = persons(frame)
    return frame if several is None else frame.with_columns(several)


def _standing(
    frame: pl.DataFrame, columns: Mapping[str, str], said: Mapping[str, str], known: Format, register: Register | None
) -> Statuses:
    """Give each voter's standing by the codes of user, place and register; everybody is active where there are none."""
    if "status" not in columns:
        return Statuses(everybody(frame.height), {}, None)
    tables = dict(register.values.get("status", {}) if register else {}) | dict(known.values.get("status", {}))
    return read_statuses(frame["status"], columns["status"], said, tables)


def _register_of(table: Table) -> Register | None:
    if table.form == "headed":
        return by_headings(table.frame.columns)
    first = table.frame.head(1)
    if table.form == "headless":
        return by_rows([[cell or "" for cell in first.row(0)]])
    return by_lines(table.first_lines)


def _columns(
    path: Path, table: Table, given: Mapping[str, str], known: Format, register: Register | None
) -> dict[str, str]:
    headings = table.frame.columns
    own = _numbered(register) if register and table.form != "headed" else register.columns if register else {}
    columns = find_columns(path, headings, FIELDS, given, known.columns, own, RESIDENCE)
    twice = [field for field in DECIDING if columns.get(field) in table.repeated and field not in given]
    if twice:
        remedy = (
            f"Say which one decides by its number, such as --map {twice[0]}=#{headings.index(columns[twice[0]]) + 1}"
        )
        what = "more than one column has this name"
        raise FileFaults(str(path), [Fault(1, columns[field], what, remedy) for field in twice])
    if {"first_name", "last_name"} <= set(columns) and "name" not in given:
        columns.pop("name", None)  # the whole name again
    if "last_name" not in columns and "name" not in columns:
        if table.form == "headless" or seem_data(headings):
            raise FileFaults(str(path), [Fault(1, None, *NOT_KNOWN)])
        have = f"{headings_told(headings)}. Say which with --map last_name=HEADING or name=HEADING"
        raise FileFaults(str(path), [Fault(1, "last_name", "no column holds the voters' last names", have)])
    if "registration_date" not in columns and "first_registered" in columns:
        columns["registration_date"] = columns.pop("first_registered")  # the one day that there is
    if register is None:
        columns = without_mail(table.frame, columns, given)
    return _with_units(house_columns(path, table.frame, columns, given), given, table.frame)


def _with_units(columns: dict[str, str], given: Mapping[str, str], cells: pl.DataFrame) -> dict[str, str]:
    """Take the whole address in place of its parts where no part is the unit: the whole may hold it.

    A column of whole addresses that lacks those of voters who have parts holds but the addresses that have none.
    """
    if "address" not in columns or "unit" in columns or "street_name" not in columns or PARTS & set(given):
        return columns
    if (cells[columns["address"]].is_null() & cells[columns["street_name"]].is_not_null()).any():
        return columns
    return {field: heading for field, heading in columns.items() if field not in PARTS}


DECIDING = ("voter_id", "status", "status_date", "registration_date")
"""Fields that decide whether a voter counts: of two columns of one name neither is taken for granted."""
PARTS = {"house_number", "pre_direction", "street_name", "street_type", "post_direction"}


def _numbered(register: Register) -> Mapping[str, str]:
    if register.headless is not None:
        return {field: f"#{at}" for field, at in register.headless.numbers.items()}
    return {field: heading_of(span) for field, span in register.fixed.fields.items()} if register.fixed else {}


def _meant(frame: pl.DataFrame, *tables: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    """Give the codes of all fields but the status by their meaning."""
    for values in tables:
        frame = frame.with_columns(
            pl.col(field).replace(dict(meaning))
            for field, meaning in values.items()
            if field in frame.columns and field != "status"
        )
    return frame


def _id_faults(frame: pl.DataFrame, table: Table, columns: Mapping[str, str]) -> tuple[list[Fault], int]:
    if "voter_id" not in frame.columns:
        return [], 0
    ids, heading = frame["voter_id"], columns["voter_id"]
    missing = ids.is_null().arg_true().to_numpy()
    standing = ~frame["status"].is_in(OFF)  # a voter may have old records beside the one that stands
    repeated = repeats(ids.zip_with(standing, ids.clear(len(ids))))
    faults = [
        Fault(int(table.lines[at]), heading, "the voter id is missing", "Give each voter one") for at in missing[:SHOWN]
    ]
    rounded = ids.str.contains(r"^\d(?:[.,]\d+)?[Ee]\+\d+$").fill_null(value=False).arg_true().to_numpy()
    for at in rounded[:SHOWN]:
        what = "a spreadsheet has rounded the voter id there, and several voters may share it"
        faults.append(Fault(int(table.lines[at]), heading, what, "Export the column again as text"))
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
    return faults, len(missing) + len(rounded) + len(repeated)
