"""Names as people write them short: "Chas." is Charles, "Hdez." is Hernández."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType


def _read(part: str) -> Mapping[str, str]:
    """Give each short form of one part of `short_names.toml` with what it stands for, in plain capitals."""
    table = tomllib.loads(files(__package__).joinpath("short_names.toml").read_text("utf-8"))[part]
    return MappingProxyType({short: name for name, shorts in table["names"].items() for short in shorts})


GIVEN_NAMES = _read("given")
"""Short forms that are no name of their own; those that are, such as "Jos" and "Alex", are nicknames."""
FAMILY_NAMES = _read("family")
MAYBE = _read("maybe")
"""Short forms that may also be a name as they stand, such as "Ma": they count as nicknames."""
