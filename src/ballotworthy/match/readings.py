"""Lines packed for the kernel, each in every order in which its name may have been written.

A name in one cell has a usual reading and may have others (see `roll.orders`). With shares believed of the orders and
those of the names on the roll, Bayes' rule says how probable each reading is before a voter is looked at:

    share of a reading = believed of the order x share of its first name x share of its last name, over their sum.

What a reading finds counts by that share: `doubt` is its -log2 and is taken from the weight of the last name. So "Mary
Lee Smith" is read in one way, "Nguyen Van Anh" in two, and a voter's whole record decides. Where the word before the
last name may be a surname of its own, as in "Maria Gomez Rodriguez", it is kept beside the last name, and a voter of
either is as good as one of the other. A family name of three words that the roll has is one more reading, and so is one
of several words that stands first, and one without a title or degree.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.match.beginnings import put_beginnings
from ballotworthy.match.family_first import led_names
from ballotworthy.match.long_names import long_names
from ballotworthy.match.nicknames import pack_other_names
from ballotworthy.match.respelled import respelled
from ballotworthy.match.run_on import apart
from ballotworthy.match.spanish_homes import number_first
from ballotworthy.match.words_beside import bare_names
from ballotworthy.roll import Roll
from ballotworthy.roll.frequencies import EIGHTHS, Frequencies
from ballotworthy.roll.orders import FAMILY_FIRST, FAMILY_FIRST_GIVEN_LAST, INITIAL_LAST, ORDERS
from ballotworthy.roll.packed import LINE, RECORD, letters
from ballotworthy.roll.quick_orders import Orders, no_orders, read_orders
from ballotworthy.roll.records import pack_people, words_of_names

LONG, LED, BARE = range(ORDERS, ORDERS + 3)
"""The orders in which the last three words are the family's name, as one on the roll is, in which several words at the
beginning are, and in which words at either end are no part of the name."""
BELIEVED = np.zeros(ORDERS + 3)
"""How often a name in one cell is written in each order; guesses, but for what the names themselves say."""
BELIEVED[[FAMILY_FIRST, FAMILY_FIRST_GIVEN_LAST, INITIAL_LAST, LONG, LED, BARE]] = 0.02, 0.01, 0.40, 0.50, 0.02, 0.04
LEAST = 8 * EIGHTHS
"""Doubt above which a reading is left out: 1 in 256."""
SURNAME = 8
"""Eighths of a bit by which a word may be rarer as a last name than as a first name and still count as a surname."""
BEFORE = 16
"""Letters kept of the word before the last name."""
ROWS = 125_000
"""Lines that one thread packs at a time."""


@dataclass(frozen=True)
class Lines:
    """Lines as the kernel takes them.

    Attributes:
        main: the most usual reading of each; `packed.LINE` (lines,).
        more: other readings, still with the nicknames of the usual one; `packed.LINE` (readings,).
        of: the row of the line that each is a reading of, ascending; int64 (readings,).
        again: whether a reading repeats the name of one before it, with another address; bool (readings,).
        written: whether a line was read from pictures; bool (lines,).
        unread: share of what such a line may say that is not looked for; float64 (lines,).
        spelled: signers as the roll spells words that it does not know, see `respelled`; `packed.RECORD` (spellings,).
        spelled_of: the row of the line that each is a spelling of, ascending; int64 (spellings,).
    """

    main: np.ndarray
    more: np.ndarray
    of: np.ndarray
    again: np.ndarray
    written: np.ndarray
    unread: np.ndarray
    spelled: np.ndarray
    spelled_of: np.ndarray

    def some(self, rows: np.ndarray) -> Lines:
        """Give the lines of these rows, which ascend."""
        kept, place = _among(self.of, rows)
        spelled, spelled_place = _among(self.spelled_of, rows)
        return Lines(
            self.main[rows], self.more[kept], place, self.again[kept], self.written[rows], self.unread[rows],
            self.spelled[spelled], spelled_place,
        )  # fmt: skip

    def other(self, doubtful: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give the other readings of the lines that are `doubtful`, bool (lines,), the line of each, and `again`."""
        kept = doubtful[self.of]
        more = self.more[kept]
        more["other"], more["others"] = pack_other_names(more["who"]["first"])
        return more, self.of[kept], self.again[kept]


def _among(of: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tell which of what belongs to rows `of` belongs to some of `rows`, which ascend, and give the place of each."""
    if not len(rows):
        return np.zeros(len(of), np.bool_), np.zeros(0, np.int64)
    place = np.searchsorted(rows, of)
    kept = rows[np.minimum(place, len(rows) - 1)] == of
    return kept, place[kept]


def pack_lines(lines: pl.DataFrame, roll: Roll) -> Lines:
    """Pack lines as the kernel wants them, names weighed by how rare they are on this roll; on all cores.

    A line is packed by itself: cut anyhow, the lines give the same bits.
    """
    lines = number_first(apart(lines), roll)
    packed = np.zeros(lines.height, LINE)
    begins = range(0, lines.height, ROWS)

    def part(begin: int) -> tuple[np.ndarray, np.ndarray]:
        rows = slice(begin, begin + ROWS)
        more, of = _pack(lines[rows], roll, packed[rows])
        return more, of + begin

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        parts = [(np.zeros(0, LINE), np.zeros(0, np.int64)), *pool.map(part, begins)]
    more, of = (np.concatenate(each) for each in zip(*parts, strict=True))
    spelled = respelled(packed, roll.frequencies, roll.size)
    return Lines(packed, more, of, np.zeros(len(more), np.bool_), *_typed(len(packed)), *spelled)


def _pack(lines: pl.DataFrame, roll: Roll, packed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Write some lines into `packed`, and give their other readings, `packed.LINE`, with the row of each; int64."""
    packed["who"] = pack_people(lines, roll.frequencies, roll.towns)
    packed["street_bits"] = roll.frequencies.street_bits(packed["who"])
    packed["other"], packed["others"] = pack_other_names(packed["who"]["first"])
    put_beginnings(packed, roll.frequencies)
    for part, less in zip(
        ("birth_less", "day_less"), roll.common_births.said_less(packed["who"]["birth"]), strict=True
    ):
        packed[part] = np.minimum(less * EIGHTHS, 255).round()
    rows, orders = _orders(lines)
    _put_before(packed, rows, orders, lines, roll.frequencies)
    who, of, order = _read_anew(packed["who"], rows, orders, _two_words(lines, packed["who"]))
    if len(rows):
        who, of, order = _with_long(packed["who"], rows, lines["name"].gather(rows), roll.frequencies, (who, of, order))
    roll.frequencies.weigh(who)
    doubt, packed["doubt"] = _doubts(packed["who"], who, of, order)
    kept = np.flatnonzero(doubt <= LEAST)
    kept = kept[np.argsort(of[kept], kind="stable")]
    more = packed[of[kept]]
    more["who"], more["doubt"], more["before"] = who[kept], doubt[kept], 0
    more["turned"] = ~np.isin(order[kept], (INITIAL_LAST, LONG, BARE))
    return more, of[kept]


def _typed(lines: int) -> tuple[np.ndarray, np.ndarray]:
    """Give `written` and `unread` of lines that people typed."""
    return np.zeros(lines, np.bool_), np.zeros(lines)


def _orders(lines: pl.DataFrame) -> tuple[np.ndarray, Orders]:
    """Give the rows whose name stands in one cell and has three words or a hyphen, and its other orders."""
    if "name" not in lines.columns:
        return np.zeros(0, np.int64), no_orders(0)
    name = pl.col("name")
    several = (name.str.count_matches(" ", literal=True) > 1) | name.str.contains("-", literal=True)
    alone = pl.col("last_name").is_null() if "last_name" in lines.columns else pl.lit(value=True)
    rows = lines.select((several & alone).fill_null(value=False).alias("read")).to_series().arg_true().to_numpy()
    texts = lines["name"].gather(rows)
    return rows.astype(np.int64), read_orders(texts, words_of_names())


def _two_words(lines: pl.DataFrame, who: np.ndarray) -> np.ndarray:
    """Give the rows of names in one cell that are two words, first name and last name."""
    if "name" not in lines.columns:
        return np.zeros(0, np.int64)
    name = pl.col("name")
    bare = (name.str.count_matches(" ", literal=True) == 1) & ~name.str.contains("[,-]")
    alone = pl.col("last_name").is_null() if "last_name" in lines.columns else pl.lit(value=True)
    two = lines.select((bare & alone).fill_null(value=False).alias("two")).to_series().to_numpy()
    whole = (who["first"][:, 1] > 0) & (who["last"][:, 1] > 0) & (who["middle"][:, 0] == 0) & (who["suffix"] == 0)
    return np.flatnonzero(two & whole)


def _put_before(
    packed: np.ndarray, rows: np.ndarray, orders: Orders, lines: pl.DataFrame, frequencies: Frequencies
) -> None:
    """Keep the word before the last name where it is rather a surname than a given name."""
    before = np.zeros((len(packed), BEFORE), np.uint8)
    if "middle_name" in lines.columns:
        behind = lines["middle_name"].fill_null("").str.to_uppercase().str.extract(r"([A-Z]{2,})\s*$", 1)
        before[:] = letters(behind.fill_null(""), BEFORE)
    before[rows] |= orders.before
    some = np.flatnonzero(before[:, 1])
    word = np.zeros(len(some), RECORD)
    word["last"], word["first"] = before[some], before[some, : word["first"].shape[1]]
    frequencies.weigh(word)
    surname = word["last_bits"].astype(int) <= word["first_bits"].astype(int) + SURNAME
    packed["before"][some[surname]] = before[some[surname]]
    packed["before_bits"][some[surname]] = word["last_bits"][surname]


def _read_anew(
    who: np.ndarray, rows: np.ndarray, orders: Orders, two: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the signer of every other reading, the row of the line it is of, and its order."""
    place, order = np.nonzero(orders.there)
    several = len(place)
    of = np.concatenate([rows[place], two])
    found = who[of]
    for name in ("first", "middle", "last"):
        found[name][:several] = getattr(orders, name)[place, order]
    width = found["first"].shape[1]
    found["last"][several:] = 0
    found["last"][several:, :width], found["first"][several:] = who["first"][two], who["last"][two, :width]
    return found, of, np.concatenate([order, np.full(len(two), FAMILY_FIRST)])


def _with_long(
    usual: np.ndarray,
    rows: np.ndarray,
    names: pl.Series,
    frequencies: Frequencies,
    others: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give what `_read_anew` gives, and names that end in a family name of three words, begin with one, or are bare.

    Where such a name begins with two surnames the reading with one of them says the same of a voter, and is left out.
    """
    who, of, order = others
    for which, read in ((LONG, long_names), (LED, led_names), (BARE, bare_names)):
        found, names_read = read(names, frequencies)
        more, mine = usual[rows[found]], rows[found]
        for part in ("first", "middle", "last"):
            more[part] = names_read[part]
        if which == LED:
            kept = ~_says_the_same(who, of, order, more, mine)
            who, of, order = who[kept], of[kept], order[kept]
        who, of, order = np.r_[who, more], np.r_[of, mine], np.r_[order, np.full(len(found), which)]
    return who, of, order


def _says_the_same(
    who: np.ndarray, of: np.ndarray, order: np.ndarray, led: np.ndarray, led_of: np.ndarray
) -> np.ndarray:
    """Tell which readings, family's name first and two given names, one of `led` says too: bool, as `order`."""
    first = set(zip(led_of.tolist(), map(bytes, led["first"]), strict=True))
    same = np.asarray(order == FAMILY_FIRST_GIVEN_LAST)
    rows = np.flatnonzero(same)
    same[rows] = [(row, bytes(name)) in first for row, name in zip(of[rows].tolist(), who["first"][rows], strict=True)]
    return same


def _doubts(usual: np.ndarray, who: np.ndarray, of: np.ndarray, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give -log2 of the share of each other reading, and of each line's usual one; eighths of a bit, at most 255."""
    believed = BELIEVED[order]
    main = np.ones(len(usual))
    np.subtract.at(main, of, believed)
    main *= _share(usual)
    each = believed * _share(who)
    total = main.copy()
    np.add.at(total, of, each)
    return _eighths(each / total[of]), _eighths(main / total)


def _share(who: np.ndarray) -> np.ndarray:
    """Give the share of people who bear both names, one independent of the other."""
    return np.asarray(2.0 ** (-(who["first_bits"].astype(float) + who["last_bits"]) / EIGHTHS))


def _eighths(share: np.ndarray) -> np.ndarray:
    return np.asarray(np.minimum(-EIGHTHS * np.log2(share), 255).round().astype(np.uint8))
