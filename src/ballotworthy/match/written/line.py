"""The readings of one line: for each voter whom its pictures allow, the line as it reads if that voter wrote it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.match.written.cells import Pairs, crossed
from ballotworthy.match.written.lexicon import NUMBER_BITS, Lexicon, figures
from ballotworthy.match.written.sought import NAMES, at_homes, likeliest, living_with, numbers_of, voters_of
from ballotworthy.match.written.weighed import LineSeen, middles, with_theirs
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
MOST_DOUBT = 255


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
        names = seen.weighed_names(pairs).likely().with_more(seen.weighed_names(own_name))
    if seen.address:
        pairs = crossed(lexicon.numbers, lexicon.streets, seen.address)
        homes = seen.weighed_homes(pairs).likely().with_more(seen.weighed_homes(own_home))
    looked = likeliest(names, NAMES)
    asked = {bytes(one) + bytes(two) for one, two in zip(names.one[looked], names.two[looked], strict=True)}
    numbers = voters_of(names, homes, looked, roll)
    names, homes, name_rows, home_rows = with_theirs(names, homes, roll.records[numbers], seen, roll)
    best = np.argsort(-(names.seen[name_rows] + homes.seen[home_rows]), kind="stable")[:TOGETHER]
    likeliest_voters = roll.records[numbers[best]]
    more_numbers = np.setdiff1d(living_with(likeliest_voters, roll), numbers)
    names, homes, more_names, more_homes = with_theirs(names, homes, roll.records[more_numbers], seen, roll)
    name_rows, home_rows = np.append(name_rows, more_names), np.append(home_rows, more_homes)
    found = roll.records[np.append(numbers, more_numbers)]
    together = at_homes(found, likeliest_voters)
    name_doubts, home_doubts = seen.name_doubts(names), seen.home_doubts(homes)
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
    initials = np.where(name_rows != mine, found["middle"][:, 0], 0)
    chosen = np.stack([name_rows, home_rows, zips, initials], axis=1)[order]
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
    doubts = name_doubts[name_rows[rows]]
    more["home_doubt"] = _eighths(home_doubts[home_rows[rows]] + zip_bits[rows])
    more["number_off"] = _eighths(seen.numbers_off(homes, home_rows[rows]))
    renamed = name_rows[rows] != mine
    more["before"][renamed], more["before_bits"][renamed], more["turned"][renamed] = 0, 0, 0
    if seen.name:
        some = filled[renamed]
        doubts[renamed] += middles(some, found[rows][renamed], name_rows[rows][renamed], seen.name)
        filled[renamed] = some
    more["doubt"] = _eighths(doubts)
    named = name_rows[rows]
    again = np.array([named[at] == mine or named[at] in named[:at] for at in range(len(rows))], np.bool_)
    sought = np.array([bytes(one) + bytes(two) in asked for one, two in zip(names.one, names.two, strict=True)])
    unread = max(0.0, 1 - float((2.0 ** -name_doubts[sought]).sum())) if seen.name else 0.0
    return Read(main, more, again, unread)


def _name_bits(who: np.void) -> float:
    """Give how rare a name as read is; a name of one word is rarer by a missing one."""
    bare = int(who["first"][0] == 0) + int(who["last"][0] == 0)
    return (float(who["first_bits"]) + float(who["last_bits"])) / EIGHTHS + 12.0 * bare


def _home_bits(line: np.void) -> float:
    street = float(line["street_bits"]) / EIGHTHS if line["who"]["street"][0] else NO_STREET
    number = NUMBER_BITS if line["who"]["number"] else NO_STREET
    return street + number


def _eighths(bits: np.ndarray | float) -> np.ndarray:
    return np.asarray(np.clip(np.rint(np.asarray(bits) * EIGHTHS), 0, MOST_DOUBT).astype(np.uint8))
