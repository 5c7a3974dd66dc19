"""The voter register: read, made comparable, packed, indexed, and kept as an immutable snapshot."""

from ballotworthy.roll.reading import Voters, read_voters
from ballotworthy.roll.snapshot import Roll, build_roll, open_roll

__all__ = ["Roll", "Voters", "build_roll", "open_roll", "read_voters"]
