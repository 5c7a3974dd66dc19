"""The readings of one line: for each voter whom its pictures allow, the line as it reads if that voter wrote it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ballotworthy.match.written.cells import (
    BEHIND_NAME,
    BETWEEN,
    Pairs,
    addresses_seen,
    crossed,
    names_seen,
    strange_bits,
)
from ballotworthy.match.written.forward import NOTHING, weigh_texts
from ballotworthy.match.written.lexicon import NUMBER_BITS, Lexicon, figures
from ballotworthy.match.written.seen import Seen, joined, labels_of
from ballotworthy.match.written.sought import NAMES, at_homes, likeliest, living_with, numbers_of, voters_of
from ballotworthy.match.written.zips import zip_doubts
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import EIGHTHS
from ballotworthy.roll.house_numbers import HYPHENED

READINGS = 16
"""Readings of a line at most, beside the text as read."""
TOGETHER, LIVING_TOGETHER = 4, 16
"""Likely voters whose households are all read by their own names, and how many of these at most."""
NO_STREET = 14.0
"""How rare, in bits, a text without number or street is where an address should stand."""
UNREADABLE = 25.0
"""Bits at most that a name, an address or a zip code counts against a voter: it may be that the text as read is right
and the voter's is another."""
TRUST, ILLEGIBLE = 0.5, 25.0
"""What the signature counts beside the name, of which it is another writing by the same hand; and the most bits that it
counts against a name, since a signature need not be legible."""
NUMBERS = 40
"""House numbers that a picture likes best, with which the number of an address is compared."""
MOST_DOUBT = 255
ZIP_ERROR, STRANGE_ZIP = 0.02, 16.0
"""How often a zip code is none of the roll's, and how rare such a one is, in bits."""
NOTHING_BITS = 99.0
CLEARLY = 6.0
"""Bits by which a picture must show another middle name than the voter's initial or none."""


@dataclass(frozen=True)
class LineSeen:
    """The cells of a line that a picture speaks for, None where none does; how rare each zip code is on its sheet."""

    name: Seen | None
    signature: Seen | None
    address: Seen | None
    zip: Seen | None
    zip_rare: np.ndarray


@dataclass(frozen=True)
class Read:
    """What a line's pictures say.

    Attributes:
        main: the line as read, with its doubts; `packed.LINE` of one row.
        more: other readings, likeliest first; `packed.LINE` (readings,).
        again: which of these repeat the name of one before; bool (readings,).
        unread: share of what the name may be for which no voter was looked up.
    """

    main: np.ndarray
    more: np.ndarray
    again: np.ndarray
    unread: float


def read_line(line: np.ndarray, seen: LineSeen, lexicon: Lexicon, roll: Roll) -> Read:
    """Read a line, `packed.LINE` of one row as its text was packed, by its pictures and the roll."""
    who = line["who"][0]
    number = figures(np.array([who["number"] if who["number"] < HYPHENED else 0]))
    own_name = Pairs(who["first"][None], who["last"][None], np.array([_name_bits(who)]), np.zeros(1))
    own_home = Pairs(number, who["street"][None], np.array([_home_bits(line[0])]), np.zeros(1))
    names, homes = own_name, own_home
    if seen.name:
        pairs = crossed(lexicon.firsts, lexicon.lasts, seen.name)
        names = _weighed_names(pairs, seen).likely().with_more(_weighed_names(own_name, seen))
    if seen.address:
        pairs = crossed(lexicon.numbers, lexicon.streets, seen.address)
        homes = _weighed_homes(pairs, seen).likely().with_more(_weighed_homes(own_home, seen))
    looked = likeliest(names, NAMES)
    asked = {bytes(one) + bytes(two) for one, two in zip(names.one[looked], names.two[looked], strict=True)}
    numbers = voters_of(names, homes, looked, roll)
    names, homes, name_rows, home_rows = _with_theirs(names, homes, roll.records[numbers], seen, roll)
    best = np.argsort(-(names.seen[name_rows] + homes.seen[home_rows]), kind="stable")[:TOGETHER]
    likeliest_voters = roll.records[numbers[best]]
    more_numbers = np.setdiff1d(living_with(likeliest_voters, roll), numbers)
    names, homes, more_names, more_homes = _with_theirs(names, homes, roll.records[more_numbers], seen, roll)
    name_rows, home_rows = np.append(name_rows, more_names), np.append(home_rows, more_homes)
    found = roll.records[np.append(numbers, more_numbers)]
    together = at_homes(found, likeliest_voters)
    name_doubts = names.doubts(_strange_name(seen)) if seen.name else np.zeros(len(names.bits))
    home_doubts = homes.doubts(strange_bits(seen.address)) if seen.address else np.zeros(len(homes.bits))
    zip_bits, own_zip = zip_doubts(found, who, seen.zip, lexicon.zips, seen.zip_rare)
    mine, here = names.row_of(own_name.one[0], own_name.two[0]), homes.row_of(own_home.one[0], own_home.two[0])
    # a voter's own name or address is read where the picture allows it, else what it most probably says; of those who
    # live with a likely voter each by the own name, since of them one is only as likely as the picture says
    likely_name, likely_home = int(name_doubts.argmin()), int(home_doubts.argmin())
    together &= name_doubts[name_rows] < MOST_DOUBT / EIGHTHS  # more could not be told of a reading
    other_name = (names.seen[name_rows] < names.seen.max() - UNREADABLE) & ~together
    other_home = homes.seen[home_rows] < homes.seen.max() - UNREADABLE
    name_rows = np.where(other_name, likely_name, name_rows)
    home_rows = np.where(other_home, likely_home, home_rows)
    other_zip = zip_bits <= UNREADABLE / 2
    zips = np.where(other_zip, found["zip"], who["zip"]) if seen.zip else np.full(len(found), who["zip"])
    zip_bits = np.where(other_zip, zip_bits, own_zip)
    main = line.copy()
    main["doubt"], main["home_doubt"] = _eighths(name_doubts[mine]), _eighths(home_doubts[here] + own_zip)
    likely = names.seen[name_rows] + homes.seen[home_rows] - zip_bits
    likely -= (name_rows == likely_name) * names.bits[likely_name] * other_name
    likely -= (home_rows == likely_home) * homes.bits[likely_home] * other_home
    order = np.argsort(-likely, kind="stable")
    chosen = np.stack([name_rows, home_rows, zips], axis=1)[order]
    _, first = np.unique(chosen, axis=0, return_index=True)
    rows = order[np.sort(first)]
    rows = rows[(name_rows[rows] != mine) | (home_rows[rows] != here) | (zips[rows] != who["zip"])]
    rows = np.append(rows[:READINGS], rows[READINGS:][together[rows[READINGS:]]][:LIVING_TOGETHER])
    more = np.repeat(line, len(rows))
    filled = more["who"]
    filled["first"], filled["last"] = names.one[name_rows[rows]], names.two[name_rows[rows]]
    roll.frequencies.weigh(filled)
    another = home_rows[rows] != here
    filled["number"] = np.where(another, numbers_of(homes.one[home_rows[rows]]), filled["number"])
    filled["street"] = homes.two[home_rows[rows]]
    filled["zip"] = zips[rows]
    more["street_bits"] = roll.frequencies.street_bits(filled)
    more["doubt"] = _eighths(name_doubts[name_rows[rows]])
    more["home_doubt"] = _eighths(home_doubts[home_rows[rows]] + zip_bits[rows])
    if seen.address and len(rows):
        more["number_off"] = _eighths(_numbers_off(homes, home_rows[rows], seen.address))
    renamed = name_rows[rows] != mine
    more["before"][renamed], more["before_bits"][renamed], more["turned"][renamed] = 0, 0, 0
    if seen.name:
        _middles(filled, found[rows], renamed, seen.name)
    named = name_rows[rows]
    again = np.array([named[at] == mine or named[at] in named[:at] for at in range(len(rows))], np.bool_)
    sought = np.array([bytes(one) + bytes(two) in asked for one, two in zip(names.one, names.two, strict=True)])
    unread = max(0.0, 1 - float((2.0 ** -name_doubts[sought]).sum())) if seen.name else 0.0
    return Read(main, more, again, unread)


def _weighed_names(pairs: Pairs, seen: LineSeen) -> Pairs:
    """Weigh names by the cell of the name, and by the signature as far as it can be read."""
    bits = np.zeros(len(pairs.bits)) if seen.name is None else names_seen(seen.name, pairs.one, pairs.two)
    if seen.signature is not None:
        bits = bits + TRUST * np.maximum(names_seen(seen.signature, pairs.one, pairs.two), -ILLEGIBLE)
    return Pairs(pairs.one, pairs.two, pairs.bits, bits)


def _strange_name(seen: LineSeen) -> float:
    """Give the bits of all names that the roll does not think of."""
    own = 0.0 if seen.name is None else strange_bits(seen.name)
    return own + (0.0 if seen.signature is None else TRUST * min(strange_bits(seen.signature), ILLEGIBLE))


def _weighed_homes(pairs: Pairs, seen: LineSeen) -> Pairs:
    bits = np.zeros(len(pairs.bits)) if seen.address is None else addresses_seen(seen.address, pairs.one, pairs.two)
    return Pairs(pairs.one, pairs.two, pairs.bits, bits)


def _numbers_off(homes: Pairs, rows: np.ndarray, seen: Seen) -> np.ndarray:
    """Give the bits by which the picture rather shows another number on the street of each of some addresses."""
    by_sight = np.argsort(-homes.seen, kind="stable")
    _, first = np.unique(homes.one[by_sight], axis=0, return_index=True)
    numbers = homes.one[by_sight[np.sort(first)[:NUMBERS]]]
    streets, of = np.unique(homes.two[rows], axis=0, return_inverse=True)
    one, two = np.tile(numbers, (len(streets), 1)), np.repeat(streets, len(numbers), axis=0)
    best = addresses_seen(seen, one, two).reshape(len(streets), -1).max(axis=1, initial=NOTHING)
    return np.asarray(np.maximum(best[of.ravel()] - homes.seen[rows], 0.0))


def _name_bits(who: np.void) -> float:
    """Give how rare a name as read is; a name of one word is rarer by a missing one."""
    bare = int(who["first"][0] == 0) + int(who["last"][0] == 0)
    return (float(who["first_bits"]) + float(who["last_bits"])) / EIGHTHS + 12.0 * bare


def _home_bits(line: np.void) -> float:
    street = float(line["street_bits"]) / EIGHTHS if line["who"]["street"][0] else NO_STREET
    number = NUMBER_BITS if line["who"]["number"] else NO_STREET
    return street + number


def _bits_of(records: np.ndarray) -> np.ndarray:
    return np.asarray((records["first_bits"].astype(float) + records["last_bits"]) / EIGHTHS)


def _with_theirs(
    names: Pairs, homes: Pairs, found: np.ndarray, seen: LineSeen, roll: Roll
) -> tuple[Pairs, Pairs, np.ndarray, np.ndarray]:
    """Give the readings with names and addresses of voters, and the rows of each voter's own."""
    theirs = Pairs(found["first"], found["last"], _bits_of(found), np.zeros(len(found)))
    names, name_rows = _with_voters(names, theirs, seen if seen.name else None, _weighed_names)
    street_bits = roll.frequencies.street_bits(found) / EIGHTHS
    theirs = Pairs(_figures_of(found), found["street"], street_bits + NUMBER_BITS, np.zeros(len(found)))
    homes, home_rows = _with_voters(homes, theirs, seen if seen.address else None, _weighed_homes)
    return names, homes, name_rows, home_rows


def _with_voters(
    pairs: Pairs, voters: Pairs, seen: LineSeen | None, weighed: Callable[[Pairs, LineSeen], Pairs]
) -> tuple[Pairs, np.ndarray]:
    """Give the readings with those of voters' own, and the row of each voter's; without a picture nothing is added."""
    if seen is None or not len(voters.bits):
        return pairs, np.zeros(len(voters.bits), np.int64)
    both = np.hstack([voters.one, voters.two])
    wide = np.ascontiguousarray(both).view(f"V{both.shape[1]}").ravel()
    _, first, place = np.unique(wide, return_index=True, return_inverse=True)
    whole = pairs.with_more(weighed(voters.some(first), seen))
    rows = np.array([whole.row_of(voters.one[at], voters.two[at]) for at in first], np.int64)
    return whole, rows[place.ravel()]


def _middles(filled: np.ndarray, voters: np.ndarray, renamed: np.ndarray, seen: Seen) -> None:
    """Write the middle name of renamed readings: none, the voter's initial or the one as read, by the picture."""
    rows = np.flatnonzero(renamed)
    if not len(rows):
        return
    first, last, initial = filled["first"][rows], filled["last"][rows], voters["middle"][rows, :1]
    steps, tail = seen.with_gap(BETWEEN), seen.tail(BEHIND_NAME)
    forms = (joined(first, b" ", last), joined(first, b" ", initial, b" ", last), joined(first, b" \x01", last))
    none, theirs, other = weigh_texts(steps, tail, labels_of(np.vstack(forms))).reshape(3, -1)
    theirs = np.where(initial[:, 0] != 0, theirs, none)
    kept = other > np.maximum(none, theirs) + CLEARLY
    middles = np.zeros((len(rows), filled["middle"].shape[1]), np.uint8)
    middles[:, :1] = np.where((theirs > none)[:, None], initial, 0)
    filled["middle"][rows] = np.where(kept[:, None], filled["middle"][rows], middles)


def _eighths(bits: np.ndarray | float) -> np.ndarray:
    return np.asarray(np.clip(np.rint(np.asarray(bits) * EIGHTHS), 0, MOST_DOUBT).astype(np.uint8))


def _figures_of(records: np.ndarray) -> np.ndarray:
    return figures(np.where(records["number"] < HYPHENED, records["number"], 0))
