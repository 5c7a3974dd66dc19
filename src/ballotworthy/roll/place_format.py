"""What a place's `roll.toml` says of its voter file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ballotworthy.files.places import place_file
from ballotworthy.files.toml_text import read_toml
from ballotworthy.roll.towns import plain_town


@dataclass(frozen=True)
class Format:
    """The columns of a place's voter file.

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
        FileFaults: its `roll.toml` is no TOML.
    """
    if place is None:
        return Format({}, {}, {})
    path = place_file(place, "law.toml").with_name("roll.toml")
    if not path.is_file():
        return Format({}, {}, {})
    data = read_toml(path, remedy="Write it as the shipped ones are written")
    towns = {plain_town(other): plain_town(town) for town, others in data.get("towns", {}).items() for other in others}
    return Format(data["columns"], data.get("values", {}), towns)
