"""The voter register: read, made comparable, packed, indexed, and kept as an immutable snapshot."""

from ballotworthy.roll.lookup import Found, look_up
from ballotworthy.roll.reading import Voters, read_voters
from ballotworthy.roll.snapshot import Roll, build_roll, open_roll, opening

__all__ = ["Found", "Roll", "Voters", "build_roll", "look_up", "open_roll", "opening", "read_voters"]
