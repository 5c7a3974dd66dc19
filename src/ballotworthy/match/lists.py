"""Lists of the index under a key: where one begins, how long it is, and the voters of one house number. Compiled."""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import compiled, inlined
from ballotworthy.match.comparisons import house_number, street, town
from ballotworthy.match.tables import Believed, Space, Voters
from ballotworthy.match.weigh import NUMBER, STREET, TOWN
from ballotworthy.roll.keys import HOME_TOWN, NUMBER_STREET, other_keys


@inlined
def is_whole(key: np.uint64, roll: Voters) -> bool:
    """Tell whether a key's bucket lies within the index, as it does unless that is damaged."""
    return bool(roll.starts[np.int64(key >> np.uint64(roll.shift)) + 1] <= roll.filed.shape[0])


@inlined
def begin_of(key: np.uint64, roll: Voters) -> int:
    """Give where a key's bucket begins in the index."""
    return int(roll.starts[np.int64(key >> np.uint64(roll.shift))])


@inlined
def size_of(key: np.uint64, roll: Voters) -> int:
    """Give the number of entries in a key's bucket."""
    bucket = np.int64(key >> np.uint64(roll.shift))
    return int(roll.starts[bucket + 1]) - int(roll.starts[bucket])


@compiled
def crowd_of(line: np.void, roll: Voters, believed: Believed, space: Space, many: int) -> tuple[int, float]:
    """Give how many voters live at the line's house number, and what more than `many` add to `TENANTS`.

    So it is known before the first search, which looks at those alone who bear a name of the line: with them alone a
    namesake among a thousand voters of a park was as good as sure.
    """
    who, bits = line["who"], believed.bits
    kind = HOME_TOWN if who["zip"] else NUMBER_STREET
    if other_keys(1 << kind, who, who["first"], space.kinds, space.keys, 0) == 0:
        return 0, 0.0
    size = size_of(space.keys[0], roll)
    where = bits[NUMBER, house_number.AGREES] + bits[STREET, street.AGREES] + line["street_bits"] / 8
    where += bits[TOWN, town.ZIP] if kind == HOME_TOWN else 0.0
    return size, size * 2.0**where / roll.voters if size > many else 0.0
