"""A roll on disk: an immutable snapshot of the voter register with its day, its source's digest and its index.

X.roll/
  snapshot.json      what it is: format, place, day taken, source, SHA-256, number of voters
  voters.arrow       the voter file's fields, memory-mapped
  records.npy        one 64-byte record a voter, and one more for each former name
  owners.npy         which voter each record belongs to
  starts.npy, filed.npy    the index (see index.py)
  by-*.npy           the directory for look-ups (see directory.py)
  frequencies.parquet      how rare each name is on this roll
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tokenize import TokenError
from typing import Any
from zipfile import BadZipFile

import numpy as np
import polars as pl

from ballotworthy.errors import Fault, FileFaults, InputError
from ballotworthy.files.arrays import mapped
from ballotworthy.files.known_folders import folder_told
from ballotworthy.files.notebook import as_table
from ballotworthy.files.progress import Progress, silent
from ballotworthy.files.quantities import quantity
from ballotworthy.files.whole import whole_folder
from ballotworthy.roll.common_births import CommonBirths
from ballotworthy.roll.digests import digests_of
from ballotworthy.roll.directory import LENGTHS, Directory, build_directory, open_directory, save_directory
from ballotworthy.roll.former_names import with_former_names
from ballotworthy.roll.frequencies import Frequencies, count_names, open_frequencies, save_frequencies
from ballotworthy.roll.index import Index, build_index, open_index, save_index
from ballotworthy.roll.packed import RECORD, names_home
from ballotworthy.roll.reading import Voters
from ballotworthy.roll.records import pack_people

FORMAT = 7
MARKER = "snapshot.json"
VOTERS = "voters.arrow"
OUTPUTS = (VOTERS, "*.npy", "frequencies.parquet")
READ_AT_ONCE = 16_384
"""Voters that are read where one is asked for."""
DAMAGE = (
    OSError, EOFError, KeyError, TypeError, ValueError, SyntaxError, TokenError, RecursionError, OverflowError,
    IndexError, BadZipFile,
    pl.exceptions.PolarsError, pl.exceptions.PanicException,
)  # fmt: skip
"""What NumPy and Polars raise on files that are not what they were."""


@dataclass(frozen=True)
class Roll:
    """An open snapshot.

    Attributes:
        path: its folder.
        place: the code of the place whose columns it was read with, or None.
        taken_on: the day the voter file was taken from the register.
        source, sha256: name and digest of the voter file.
        size: number of voters.
        voters: one row a voter, read only where it is asked; the fields of `roll.reading.FIELDS` that the file had.
        records: packed people, `packed.RECORD`; one a voter, then one a former name.
        owners: row in `voters` of each record; uint32.
        index: records by key.
        directory: records by what a clerk types.
        frequencies: how rare the names are.
        towns: for other names of a town, in plain form, the name that is meant.
        columns: which heading of the voter file held each field, without those of which not one cell is filled.
    """

    path: Path
    place: str | None
    taken_on: dt.date
    source: str
    sha256: str
    size: int
    voters: pl.LazyFrame
    records: np.ndarray
    owners: np.ndarray
    index: Index
    directory: Directory
    frequencies: Frequencies
    towns: Mapping[str, str]
    columns: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """Give what it is: folder, place, number of voters, day, source and digest; nothing of a voter."""
        return {
            "roll": str(self.path),
            "place": self.place,
            "voters": self.size,
            "taken_on": self.taken_on.isoformat(),
            "source": self.source,
            "sha256": self.sha256,
            "columns": dict(self.columns),
        }

    def __repr__(self) -> str:
        """Give the folder, the number of voters and the day: a traceback or a log must show no voter."""
        return f"Roll({str(self.path)!r}: {quantity(self.size, 'voter')}, taken on {self.taken_on})"

    def _repr_html_(self) -> str:
        """Give what it is as a table for a notebook: a page that is passed on must show no voter."""
        told = self.to_dict()
        read = ", ".join(f"{field} from {heading}" for field, heading in told.pop("columns").items())
        return as_table("Roll", [*((name, value) for name, value in told.items() if value is not None), ("read", read)])

    @cached_property
    def suffix_share(self) -> float:
        """Give the share of records that have a suffix."""
        return np.count_nonzero(self.records["suffix"]) / max(len(self.records), 1)

    @cached_property
    def common_births(self) -> CommonBirths:
        """Give the birth dates that many of its voters have."""
        return CommonBirths.of(self.records["birth"][: self.size])

    @cached_property
    def homes(self) -> np.ndarray:
        """Tell which records name a home; bool (records,)."""
        return names_home(self.records)

    @property
    def home_share(self) -> float:
        """Give the share of records that name a home."""
        return np.count_nonzero(self.homes) / max(len(self.records), 1)

    @cached_property
    def voter_ids(self) -> pl.Series:
        """Give the id of each voter, read when it is first asked.

        Raises:
            FileFaults: that part of the snapshot is damaged.
        """
        try:
            return self.voters.select("voter_id").collect()["voter_id"]
        except DAMAGE as error:
            raise damaged(self.path, error) from error

    def ids_of(self, owners: np.ndarray) -> pl.Series:
        """Give the ids of these voters, by their numbers.

        Raises:
            FileFaults: there is no voter of such a number: a part of the snapshot is damaged.
        """
        try:
            return self.voter_ids[owners]
        except DAMAGE as error:
            raise damaged(self.path, error) from error


def build_roll(voters: Voters, path: Path, *, place: str | None = None, progress: Progress = silent) -> None:
    """Write a snapshot folder, whole or not at all.

    Raises:
        InputError: `path` holds something that is no snapshot.
        OutputError: it could not be written.
    """
    with whole_folder(path, marker=MARKER, holds=OUTPUTS, private=True) as folder, ThreadPoolExecutor(1) as beside:
        progress("reduce to plain names and addresses", 0, 4)
        frame = voters.frame
        writing = [
            beside.submit(frame.write_ipc, folder / VOTERS, compression="uncompressed", record_batch_size=READ_AT_ONCE)
        ]
        records = pack_people(frame, towns=voters.towns)
        progress("count names", 1, 4)
        frequencies = count_names(records)
        frequencies.weigh(records)
        records, owners = with_former_names(frame, records, frequencies)
        progress("index", 2, 4)
        writing += [
            beside.submit(np.save, folder / "records.npy", records),
            beside.submit(np.save, folder / "owners.npy", owners),
        ]
        index = build_index(records)
        writing.append(beside.submit(save_index, index, folder))
        save_directory(build_directory(records), folder)
        progress("write", 3, 4)
        save_frequencies(frequencies, folder / "frequencies.parquet")
        for each in writing:
            each.result()
        digests = digests_of(folder)
        facts = {
            "format": FORMAT,
            "place": place,
            "taken_on": voters.taken_on.isoformat(),
            "source": voters.source,
            "sha256": voters.sha256,
            "voters": voters.frame.height,
            "columns": voters.filled,
            "cells_set_aside": voters.set_aside,
            "towns": dict(voters.towns),
            "digests": digests,
        }
        (folder / MARKER).write_text(json.dumps(facts, indent=2) + "\n", "utf-8")
        progress("write", 4, 4)


def open_roll(path: Path, *, whole: bool = False) -> Roll:
    """Open a snapshot by memory map; only what is looked at is read.

    Args:
        path: its folder.
        whole: read what matching rests on once, and make sure that it is what was built.

    Raises:
        InputError: there is no snapshot at `path`.
        FileFaults: it was written by another version, or parts of it are missing or, as far as looked at, scratched.
    """
    if not (path / MARKER).is_file():
        if what := folder_told(path):
            raise InputError(f"{path} is {what}. Build a roll: ballotworthy roll build VOTERS.csv -o VOTERS.roll")
        file = f"{path}" if path.is_file() else f"VOTERS.csv -o {path}"
        remedy = f"Build one: ballotworthy roll build {file}"
        raise InputError(f"{path} is not a roll snapshot (it has no {MARKER}). {remedy}")
    try:
        facts = json.loads((path / MARKER).read_text("utf-8"))
        if facts["format"] != FORMAT:
            what = f"the snapshot has format {facts['format']}, this version reads {FORMAT}"
            raise FileFaults(str(path), [Fault(None, None, what, "Build it again from the voter file")])
        if whole and digests_of(path) != facts["digests"]:
            raise ValueError("the contents are not those that were built")
        roll = Roll(
            path=path,
            place=facts["place"],
            taken_on=dt.date.fromisoformat(facts["taken_on"]),
            source=facts["source"],
            sha256=facts["sha256"],
            size=int(facts["voters"]),
            voters=pl.scan_ipc(path / VOTERS),
            records=mapped(path / "records.npy"),
            owners=mapped(path / "owners.npy"),
            index=open_index(path),
            directory=open_directory(path),
            frequencies=open_frequencies(path / "frequencies.parquet"),
            towns=dict(facts["towns"]),
            columns=dict(facts["columns"]),
        )
        _check_parts(roll)
        return roll
    except DAMAGE as error:
        raise damaged(path, error) from error


def opening(roll: str | Path | Roll) -> Callable[[], Roll]:
    """Begin to open a snapshot, whole, on another core; what is given back waits for it.

    That gives, and raises, what `open_roll` does; an open roll is given back as it is.
    """
    if isinstance(roll, Roll):
        return lambda: roll
    beside = ThreadPoolExecutor(1)
    opened = beside.submit(open_roll, Path(roll), whole=True)
    beside.shutdown(wait=False)
    return opened.result


def damaged(path: Path, error: BaseException) -> FileFaults:
    """Give the error of a snapshot of which a part could not be read."""
    what = f"a part of the snapshot is missing or damaged ({type(error).__name__})"
    return FileFaults(str(path), [Fault(None, None, what, "Build it again from the voter file")])


def _check_parts(roll: Roll) -> None:
    """Refuse parts that do not belong together, as after a copy that stopped half-way.

    Raises:
        ValueError: they do not.
    """
    rows = roll.voters.select(pl.len()).collect().item()
    starts, filed = roll.index.starts, roll.index.filed
    flat = (roll.owners, starts, filed, *roll.directory.starts, *roll.directory.ordered)
    lists = zip(roll.directory.starts, roll.directory.ordered, strict=True)
    if not (
        roll.records.dtype == RECORD
        and roll.records.ndim == 1
        and rows == roll.size <= len(roll.records) == len(roll.owners)
        and (len(starts) - 1).bit_count() == 1
        and starts[-1] == len(filed)
        and all(each.dtype == np.uint32 and each.ndim == 1 for each in flat)
        and tuple(len(begins) for begins in roll.directory.starts) == LENGTHS
        and all(begins[-1] == len(listed) for begins, listed in lists)
    ):
        raise ValueError("the parts do not belong together")
