"""The readings of one line: for each voter whom its pictures allow, the line as it reads if that voter wrote it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.match.written.cells import Pairs, crossed, spelled
from ballotworthy.match.written.ends import ends_seen, with_ends
from ballotworthy.match.written.everybody import Everybody, likeliest_of_all
from ballotworthy.match.written.initials import with_initials
from ballotworthy.match.written.lexicon import FIGURES, NUMBER_BITS, Lexicon, Some, figures
from ballotworthy.match.written.relatives import other_first_names
from ballotworthy.match.written.sought import Parts, at_homes, living_with, numbers_of, voters_of
from ballotworthy.match.written.towns import town_doubts
from ballotworthy.match.written.weighed import (
    UNREAD_HOME,
    LineSeen,
    or_unread,
    unread,
    with_theirs,
    without_unread,
)
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import EIGHTHS
from ballotworthy.roll.house_numbers import HYPHENED

READINGS = 16
"""Readings of a line at most, beside the text as read."""
TOGETHER, LIVING_TOGETHER = 4, 16
"""Likely voters whose households are all read by their own names, and how many of these at most."""
ENDED = 60
"""Likely voters of whose addresses type and unit are read too."""
NO_STREET = 14.0
"""How rare, in bits, a text without number or street is where an address should stand."""
ANOTHER = 5.0
"""Bits that a name or an address counts against a voter, from which on the picture is taken to show another: it may be
that the text as read is right and the voter's is another."""
UNREADABLE = 12.5
"""Bits at most that a town counts against a voter."""
MOST_DOUBT = 255


@dataclass(frozen=True)
class Read:
    """What a line's pictures say.

    Attributes:
        main: the line as read, with its doubts; `packed.LINE` of one row.
        more: other readings, likeliest first; `packed.LINE` (readings,).
        again: which of these repeat the name of one before; bool (readings,).
        unread: share of what the line may be for which no voter was looked up.
    """

    main: np.ndarray
    more: np.ndarray
    again: np.ndarray
    unread: float


@dataclass(frozen=True)
class Sought:
    """What is sought of a line by its own pictures: likely names and addresses, and whom these point to.

    Attributes:
        names, homes: likely readings, and the text as read.
        numbers: records of voters, ascending; int64.
    """

    names: Pairs
    homes: Pairs
    numbers: np.ndarray


def sought_of(line: np.ndarray, seen: LineSeen, lexicon: Lexicon, roll: Roll, everybody: Everybody | None) -> Sought:
    """Seek the likely names, addresses and voters of a line, `packed.LINE` of one row as its text was packed."""
    own_name, own_home = _as_read(line)
    names, homes = own_name, own_home
    name_words, home_words = (_words_of(each) for each in (own_name, own_home))
    if seen.name:
        name_words = lexicon.firsts.best(seen.name), lexicon.lasts.best(seen.name)
        names = seen.weighed_names(crossed(*name_words)).likely().with_more(seen.weighed_names(own_name))
    if seen.address:
        home_words = lexicon.numbers.best(seen.address, FIGURES), lexicon.streets.best(seen.address)
        homes = seen.weighed_homes(crossed(*home_words)).likely().with_more(seen.weighed_homes(own_home))
    parts = Parts(*name_words, *home_words)
    numbers = voters_of(names, homes, parts, roll)
    if everybody is not None:
        numbers = np.union1d(numbers, likeliest_of_all(everybody, seen, parts, lexicon))
    return Sought(names, homes, numbers)


def _as_read(line: np.ndarray) -> tuple[Pairs, Pairs]:
    """Give the name and the address of a line's text, of which no picture says anything."""
    who = line["who"][0]
    number = figures(np.array([who["number"] if who["number"] < HYPHENED else 0]))
    name = Pairs(who["first"][None], who["last"][None], np.array([_name_bits(who)]), np.zeros(1))
    return name, Pairs(number, who["street"][None], np.array([_home_bits(line[0])]), np.zeros(1))


def read_line(line: np.ndarray, seen: LineSeen, sought: Sought, lexicon: Lexicon, roll: Roll) -> Read:
    """Read a line, `packed.LINE` of one row as its text was packed, by its pictures, the roll and what was sought."""
    who = line["who"][0]
    own_name, own_home = _as_read(line)
    names, homes, numbers, name_rows, home_rows, likeliest_voters = _pointed_to(sought, seen, roll)
    found, household = roll.records[numbers], _of_household(numbers, homes, home_rows, seen)
    name_doubts, home_doubts = seen.name_doubts(names), seen.home_doubts(homes)
    town_bits, own_town = town_doubts(found, who, seen.town, lexicon.towns)
    mine, here = names.row_of(own_name.one[0], own_name.two[0]), homes.row_of(own_home.one[0], own_home.two[0])
    # a voter's own name or address is read where the picture allows it, else what it most probably says; of those who
    # live with a likely voter each by the own name, since of them one is only as likely as the picture says
    likely_name, likely_home = int(name_doubts.argmin()), int(home_doubts.argmin())
    named, housed = (names.bits - name_doubts)[name_rows], (homes.bits - home_doubts)[home_rows]
    read = (seen.rare(homes) - home_doubts)[home_rows]
    ends = _ends(found, named + housed + household - town_bits, read, seen, lexicon)
    together = at_homes(found, likeliest_voters) | (household >= 0) & _beside(numbers, seen)
    together &= name_doubts[name_rows] < MOST_DOUBT / EIGHTHS
    other_name = ((named < -ANOTHER) | (name_doubts[name_rows] >= MOST_DOUBT / EIGHTHS)) & ~together
    other_home = (housed + ends < -ANOTHER) | (home_doubts[home_rows] - ends >= MOST_DOUBT / EIGHTHS)
    ends[other_home], household[other_home] = 0, 0
    name_rows = np.where(other_name, likely_name, name_rows)
    home_rows = np.where(other_home, likely_home, home_rows)
    other_town = (town_bits <= UNREADABLE) & (seen.town.bits is not None)
    zips = np.where(other_town, found["zip"], who["zip"])
    cities = np.where(other_town & (found["zip"] == 0), found["city"], who["city"])  # with a zip code it is not asked
    town_bits = np.where(other_town, town_bits, own_town)
    main = line.copy()
    main["doubt"], main["home_doubt"] = _eighths(name_doubts[mine]), _eighths(home_doubts[here] + own_town)
    likely = np.where(other_name, -ANOTHER, named) - town_bits
    likely += np.where(other_home, -ANOTHER, housed + ends + household)
    initials = np.where(name_rows != mine, found["middle"][:, 0], 0)
    kinds = np.where(ends != 0, found["unit"] * np.int64(256) + found["type"], 0)
    more_likely = np.rint(household * EIGHTHS).astype(np.int64)
    another = (name_rows != mine) | (home_rows != here) | (zips != who["zip"]) | (cities != who["city"]) | (ends != 0)
    readings = np.stack([name_rows, home_rows, zips, cities, initials, kinds, more_likely], axis=1)
    rows = _chosen(likely, readings, another, together)
    relative, relative_names, relative_bits = other_first_names(
        names, name_doubts, name_rows[rows] if seen.name else name_rows[:0], home_rows[rows]
    )
    own = len(rows)
    rows, named_as = np.append(rows, rows[relative]), np.append(name_rows[rows], relative_names)
    more = np.repeat(line, len(rows))
    filled = _spelled(more, names, named_as, homes, home_rows[rows], here, roll)
    filled["zip"], filled["city"] = zips[rows], cities[rows]
    doubts = np.append(name_doubts[named_as[:own]], relative_bits)
    told = ends[rows] - with_ends(filled, found[rows], ends[rows]) + household[rows]
    more["home_doubt"] = _eighths(home_doubts[home_rows[rows]] + town_bits[rows] - told)
    more["number_off"] = _eighths(seen.numbers_off(homes, home_rows[rows]))
    renamed = named_as != mine
    more["before"][renamed], more["before_bits"][renamed], more["turned"][renamed] = 0, 0, 0
    renamed[own:] = False
    if seen.name:
        some = filled[renamed]
        doubts[renamed] += with_initials(some, found[rows][renamed], seen.name, lexicon.some)
        filled[renamed] = some
    more["doubt"] = _eighths(doubts)
    again = [at >= own or each == mine or each in named_as[:at] for at, each in enumerate(named_as)]
    not_sought = _not_sought(names, name_doubts, homes, home_doubts, sought, seen)
    return Read(main, more, np.array(again, np.bool_), not_sought)


def _pointed_to(
    sought: Sought, seen: LineSeen, roll: Roll
) -> tuple[Pairs, Pairs, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give the voters of whom a line may be, and the names and addresses with theirs.

    After names and homes come the records of voters, the row of each among the names and among the homes, and of the
    likeliest, whose households were looked up too, what the records hold.
    """
    names, homes, numbers = sought.names, sought.homes, sought.numbers
    if seen.beside is not None:
        numbers = np.union1d(numbers, seen.beside.numbers)
    names, homes, name_rows, home_rows = with_theirs(names, homes, roll.records[numbers], seen, roll)
    added = (names.bits - seen.name_doubts(names))[name_rows] + (homes.bits - seen.home_doubts(homes))[home_rows]
    added += _of_household(numbers, homes, home_rows, seen)
    likeliest = roll.records[numbers[np.argsort(-added, kind="stable")[:TOGETHER]]]
    more = np.setdiff1d(living_with(likeliest, roll), numbers)
    names, homes, more_names, more_homes = with_theirs(names, homes, roll.records[more], seen, roll)
    rows = np.append(name_rows, more_names), np.append(home_rows, more_homes)
    return names, homes, np.append(numbers, more), *rows, likeliest


def _chosen(likely: np.ndarray, readings: np.ndarray, another: np.ndarray, together: np.ndarray) -> np.ndarray:
    """Give the rows of the likeliest readings, of alike ones the first, that are `another` than the text as read.

    Behind the first `READINGS` come those of voters who live `together` with a likely one.
    """
    order = np.argsort(-likely, kind="stable")
    _, first = np.unique(readings[order], axis=0, return_index=True)
    rows = order[np.sort(first)]
    rows = rows[another[rows]]
    return np.append(rows[:READINGS], rows[READINGS:][together[rows[READINGS:]]][:LIVING_TOGETHER])


def _spelled(
    more: np.ndarray, names: Pairs, named_as: np.ndarray, homes: Pairs, housed_at: np.ndarray, here: int, roll: Roll
) -> np.ndarray:
    """Write into the rows of a line the names and homes as which each reads it, and give whom they name.

    `here` is the row of the home as read.
    """
    filled = more["who"]
    filled["first"], filled["last"] = names.one[named_as], names.two[named_as]
    roll.frequencies.weigh(filled)
    filled["number"] = np.where(housed_at != here, numbers_of(homes.one[housed_at]), filled["number"])
    filled["street"] = homes.two[housed_at]
    more["street_bits"] = roll.frequencies.street_bits(filled)
    return filled


def _of_household(numbers: np.ndarray, homes: Pairs, home_rows: np.ndarray, seen: LineSeen) -> np.ndarray:
    """Give what the lines beside a line say of voters more than they say of their addresses, in bits."""
    if seen.beside is None or seen.address is None:
        return np.zeros(len(numbers))
    said = (homes.bits - seen.rare(homes))[home_rows]
    return np.asarray(np.minimum(seen.beside.of(numbers) - said, 1.0))


def _beside(numbers: np.ndarray, seen: LineSeen) -> np.ndarray:
    """Tell which voters the lines beside a line point to; bool (voters,)."""
    return np.zeros(len(numbers), np.bool_) if seen.beside is None else seen.beside.of(numbers) > 0


def _not_sought(
    names: Pairs, name_doubts: np.ndarray, homes: Pairs, home_doubts: np.ndarray, sought: Sought, seen: LineSeen
) -> float:
    """Give the share of what name and home may say for which no voter was looked up."""
    asked_homes = set(spelled(sought.homes.one, sought.homes.two))
    if seen.beside is not None:
        asked_homes |= set(spelled(seen.beside.one, seen.beside.two))
    asked_names = set(spelled(sought.names.one, sought.names.two))
    of_name = _unasked(names, name_doubts, asked_names) if seen.name else 0.0
    return of_name * (_unasked(homes, home_doubts, asked_homes) if seen.address else 1.0)


def _unasked(pairs: Pairs, doubts: np.ndarray, asked: set[bytes]) -> float:
    """Give the share of what a cell may say for which no voter was looked up."""
    sought = np.array([each in asked for each in spelled(pairs.one, pairs.two)], np.bool_)
    return max(0.0, 1 - float((2.0 ** -doubts[sought]).sum()))


def _ends(found: np.ndarray, likely: np.ndarray, housed: np.ndarray, seen: LineSeen, lexicon: Lexicon) -> np.ndarray:
    """Give the bits that type and unit add to what the likeliest voters' homes have, `housed`; 0 for the others."""
    ends = np.zeros(len(found))
    if seen.address is not None:
        share = unread(seen.address, UNREAD_HOME)
        best = np.argsort(-likely, kind="stable")[:ENDED]
        read = without_unread(housed[best], share)
        ends[best] = or_unread(read + ends_seen(seen.address, found[best], lexicon), share) - housed[best]
    return ends


def _words_of(pair: Pairs) -> tuple[Some, Some]:
    """Give the two words of a text as read, of which no picture says anything."""
    return Some(pair.one, pair.bits, pair.seen), Some(pair.two, pair.bits, pair.seen)


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
