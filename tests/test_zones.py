"""The day at a place: every place has the zone of its office, and a record's time falls on the day it was there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ballotworthy.errors import FileFaults
from ballotworthy.files.places import VARIABLE, place_codes
from ballotworthy.files.toml_text import read_toml
from ballotworthy.law.zones import local_day, zone_of

INVENTED = {"zz-example"}


@pytest.mark.parametrize("place", place_codes())
def test_every_place_but_an_invented_one_has_the_zone_of_its_country(place: str) -> None:
    zone = zone_of(place)
    assert (zone is None) == (place in INVENTED)
    assert zone is None or zone.key.split("/")[0] == {"us": "America", "ca": "America", "nz": "Pacific"}.get(
        place[:2], "Europe"
    )


@pytest.mark.parametrize(
    ("place", "at", "day"),
    [
        ("us-ca", "2026-07-01T06:59:59Z", "2026-06-30"),
        ("us-ca", "2026-07-01T07:00:00Z", "2026-07-01"),
        ("us-ca", "2026-12-01T07:59:59Z", "2026-11-30"),  # an hour later in winter
        ("us-az", "2026-07-01T06:59:59Z", "2026-06-30"),
        ("us-nd", "2026-07-01T04:59:59Z", "2026-06-30"),
        ("us-ak", "2026-07-01T07:59:59Z", "2026-06-30"),
        ("nz", "2026-06-30T12:00:00Z", "2026-07-01"),
        ("zz-example", "2026-07-01T00:00:00Z", "2026-07-01"),
        ("unheard-of", "2026-06-30T23:59:59Z", "2026-06-30"),
        ("us-ca", "0001-01-01T00:00:00Z", "0001-01-01"),
    ],
)
def test_a_time_of_a_record_falls_on_the_day_that_it_was_at_the_place(place: str, at: str, day: str) -> None:
    assert local_day(place, at) == local_day(place, dt.datetime.fromisoformat(at)) == dt.date.fromisoformat(day)


def test_a_folder_of_places_names_zones_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "zz-own"
    own.mkdir()
    (own / "law.toml").write_text("", "utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert zone_of("zz-own") is None
    (tmp_path / "zones.toml").write_text('zz-own = "Pacific/Honolulu"\nus-ca = "Mars"\n', "utf-8")
    with pytest.MonkeyPatch.context() as once:
        read: list[Path] = []
        once.setattr(
            "ballotworthy.law.zones.read_toml", lambda path, **more: read.append(path) or read_toml(path, **more)
        )
        days = {local_day("zz-own", "2026-07-01T09:59:59Z") for _ in range(3)}
        assert (days, read) == ({dt.date(2026, 6, 30)}, [tmp_path / "zones.toml"])
    with pytest.raises(FileFaults, match=r"zones.toml cannot be used: 1 fault.\n  'Mars' is no time zone, for us-ca"):
        zone_of("us-ca")
    for name in ("localtime", "posixrules", "posix/America/Chicago", "Factory", 7):
        (tmp_path / "zones.toml").write_text(f"zz-own = {name!r}\n", "utf-8")
        with pytest.raises(FileFaults, match=f"'{name}' is no time zone, for zz-own"):
            zone_of("zz-own")
    (tmp_path / "zones.toml").write_text('zz-own = "UTC"\nZZ-Example = "Europe/Rome"\n', "utf-8")
    with pytest.raises(FileFaults, match=r"'ZZ-Example' is no place that is held here\. Write zz-example, if"):
        zone_of("us-ca")
