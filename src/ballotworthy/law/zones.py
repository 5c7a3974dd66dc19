"""The day at a place: a record's clock tells UTC, and the law counts the days of the office that takes petitions."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.places import own_folders
from ballotworthy.files.toml_text import read_toml

FILE = "zones.toml"
EXAMPLE = 'Write the place and its zone as the IANA names it: us-ca = "America/Los_Angeles"'


def zone_of(place: str) -> ZoneInfo | None:
    """Give the time zone of a place's office; None where none is known, and days are those of UTC.

    A user's folder of places may hold a `zones.toml` of its own, which wins.

    Raises:
        FileFaults: such a file names no zone for a place.
    """
    for path in (folder / FILE for folder in own_folders()):
        if path.is_file() and place in (own := read_toml(path, remedy=EXAMPLE)):
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


@cache
def _shipped() -> dict[str, ZoneInfo]:
    path = Path(str(files("ballotworthy"))) / "places" / FILE
    return {place: _zone(name, place, path) for place, name in read_toml(path, remedy=EXAMPLE).items()}


def _zone(name: Any, place: str, path: Path) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, TypeError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        fault = Fault(None, None, f"{str(name)[:60]!r} is no time zone, for {place}", EXAMPLE)
        raise FileFaults(str(path), [fault]) from None
