"""The day at a place: a record's clock tells UTC, and the law counts the days of the office that takes petitions."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.places import own_folders, place_codes
from ballotworthy.files.toml_text import read_toml

FILE = "zones.toml"
EXAMPLE = 'Write the place and its zone as the IANA names it: us-ca = "America/Los_Angeles"'
AREAS = frozenset(
    ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific", "Etc")
)
"""Heads of the IANA's names; what stands beside them, such as `localtime`, is another zone on another machine."""


def zone_of(place: str) -> ZoneInfo | None:
    """Give the time zone of a place's office; None where none is known, and days are those of UTC.

    A user's folder of places may hold a `zones.toml` of its own, which wins.

    Raises:
        FileFaults: such a file names no zone for a place, or a place that there is not.
    """
    for path in (folder / FILE for folder in own_folders()):
        if path.is_file() and place in (own := _own(path, _stamp(path))):
            return _zone(own[place], place, path)
    return _shipped().get(place)


def local_day(place: str, when: dt.datetime | str) -> dt.date:
    """Give the day at a place of a moment: a time with its zone, or as a record writes it, in UTC.

    Raises:
        FileFaults: as `zone_of`.
    """
    moment = dt.datetime.fromisoformat(when) if isinstance(when, str) else when
    try:
        return moment.astimezone(zone_of(place) or dt.UTC).date()
    except OverflowError:  # on the first or the last day of the calendar
        return moment.date()


def zone_name(place: str) -> str:
    """Give the name of the zone by which days of a place are told: the IANA's, or UTC where none is known."""
    zone = zone_of(place)
    return zone.key if zone else "UTC"


def day_told(place: str, when: str) -> str:
    """Give the day at a place of a record's moment with its zone, and that of UTC where it is another.

    No record pins a zone, and whoever reads a paper may hold another for the place.
    """
    day, name = local_day(place, when), zone_name(place)
    return f"{day} ({name})" if f"{day}" == when[:10] else f"{day} ({name}; {when[:10]} by UTC)"


@lru_cache(maxsize=8)
def _own(path: Path, stamp: tuple[int, ...]) -> Mapping[str, Any]:  # noqa: ARG001 # it is read anew once it has changed
    table, codes = read_toml(path, remedy=EXAMPLE), place_codes()
    faults = [
        Fault(None, None, f"{key[:60]!r} is no place that is held here", _nearest(key, codes))
        for key in table
        if key not in codes
    ]
    if faults:
        raise FileFaults(str(path), faults)
    return table


def _stamp(path: Path) -> tuple[int, ...]:
    said = path.stat()
    return said.st_mtime_ns, said.st_ctime_ns, said.st_size, said.st_ino


def _nearest(key: str, codes: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(key.casefold(), codes, n=1, cutoff=0.8)
    return f"Write {close[0]}, if that is meant" if close else "Write the place as the folder of its law.toml is called"


@cache
def _shipped() -> dict[str, ZoneInfo]:
    path = Path(str(files("ballotworthy"))) / "places" / FILE
    return {place: _zone(name, place, path) for place, name in read_toml(path, remedy=EXAMPLE).items()}


def _zone(name: Any, place: str, path: Path) -> ZoneInfo:
    try:
        if name != "UTC" and name.split("/")[0] not in AREAS:
            raise ValueError(name)
        return ZoneInfo(name)
    except (ValueError, OSError, TypeError, KeyError, AttributeError):  # ZoneInfoNotFoundError is a KeyError
        fault = Fault(None, None, f"{str(name)[:60]!r} is no time zone, for {place}", EXAMPLE)
        raise FileFaults(str(path), [fault]) from None
