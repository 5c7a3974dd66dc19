"""What a register's status codes say of a voter: active, inactive, cancelled or pending; never guessed.

A code is read by what the user says (`--status`), then by the place's data and the register's own table, then by plain
English words. A code that none of them knows is a fault with its count: taken for active, it would let a purged or a
refused voter count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from ballotworthy.errors import SHOWN, Fault, InputError, UnknownName

STANDINGS = ("active", "inactive", "cancelled", "pending")
"""Pending: asked for or refused, and so not registered on the day."""
ASK = "ask"
"""What a register's table says of a code that must not be read by the common words."""
EMPTY = "empty"
"""How an empty cell is named in messages and in `--status`."""
WORDS: Mapping[str, str] = {
    **dict.fromkeys(("a", "active", "registered"), "active"),
    **dict.fromkeys(("i", "inactive", "inact"), "inactive"),
    **dict.fromkeys(("c", "canc", "cancel", "cancelled", "canceled", "purged", "removed", "deleted", "deceased",
                     "terminated"), "cancelled"),
    **dict.fromkeys(("pending", "denied", "rejected", "incomplete", "ineligible", "not eligible", "not registered",
                     "unregistered", "preregistered", "pre registered", "prereg"), "pending"),
}  # fmt: skip
"""Words and letters that mean one thing in every register held; tests hold the letters against their tables."""
TURNED = {"?", "not", "no", "un", "never", "pending", "proposed", "reinstated", "restored", "reactivated"}
"""What may say the contrary beside "cancelled" or "inactive"."""
MANY = 60
"""A column with more different texts is no status."""
FEW = 12
"""Voters above which a status stands at least twice on the average."""


@dataclass(frozen=True)
class Statuses:
    """A status column read.

    Attributes:
        standing: of `STANDINGS`, one a voter.
        codes: voters by code as written, most first.
        fault: what could not be read, or None.
    """

    standing: pl.Series
    codes: Mapping[str, int]
    fault: Fault | None


def parse_statuses(pairs: Sequence[str]) -> dict[str, str]:
    """Read `--status CODE=STANDING` options.

    Raises:
        InputError: one has no equals sign, or a code is named twice.
        UnknownName: what it is to mean is none of `STANDINGS`.
    """
    given: dict[str, str] = {}
    for pair in pairs:
        code, _, standing = (part.strip() for part in pair.rpartition("="))
        if not (code and standing) or _plain(code) in given:
            raise InputError(
                f"--status {pair} is not of the form CODE=STANDING, each code once. Example: --status P=pending."
            )
        given[_plain(code)] = standing
    return _plain_given(given)


def _plain_given(given: Mapping[str, str]) -> dict[str, str]:
    """Give standings by code, the codes as all are compared.

    Raises:
        UnknownName: what one is to mean is none of `STANDINGS`.
    """
    for standing in given.values():
        if standing not in STANDINGS:
            raise UnknownName("standing", standing, STANDINGS)
    return {_plain(code): standing for code, standing in given.items()}


def read_statuses(cells: pl.Series, heading: str, given: Mapping[str, str], known: Mapping[str, str]) -> Statuses:
    """Read a status column; an empty one, like a missing one, leaves every voter active.

    Args:
        cells: the column, empty cells null.
        heading: of the file, for the fault.
        given: standing by code as somebody wrote it, such as with `--status`.
        known: standing by code, from the place's and the register's data.

    Raises:
        UnknownName: a code is to mean none of `STANDINGS`.
    """
    given = _plain_given(given)
    counted = cells.fill_null(EMPTY).value_counts(sort=True, name="n").sort("n", cells.name, descending=[True, False])
    codes = dict(counted.iter_rows())
    if set(codes) <= {EMPTY} and EMPTY not in given:
        return Statuses(everybody(len(cells)), {}, None)
    tables = [given, {_plain(code): standing for code, standing in known.items()}]
    meant = {code: _standing(code, tables) for code in codes}
    unknown = {code: codes[code] for code, standing in meant.items() if standing is None}
    if unknown:
        return Statuses(everybody(len(cells)), codes, _fault(heading, codes, unknown, meant))
    standing = cells.fill_null(EMPTY).replace_strict(meant, return_dtype=pl.String).alias("status")
    return Statuses(standing, codes, None)


def everybody(count: int) -> pl.Series:
    """Give the standing of voters of whom the file says none: active."""
    return pl.Series("status", ["active"], dtype=pl.String).new_from_index(0, count)


def _standing(code: str, tables: Sequence[Mapping[str, str]]) -> str | None:
    plain = _plain(code)
    for table in tables:
        if plain in table:
            return None if table[plain] == ASK else table[plain]
    if plain in WORDS:
        return WORDS[plain]
    words = plain.split()
    said = {WORDS[word] for word in words if len(word) > 1 and word in WORDS}
    reasoned = len(words) > 1 and len(words[0]) > 1 and words[0] in WORDS and not TURNED & set(words)
    return said.pop() if reasoned and said in ({"cancelled"}, {"inactive"}) else None


def _plain(code: str) -> str:
    """Give the words of a code; a mark that may qualify it, as in "A?" and "active*", is one more."""
    return " ".join(re.findall(r"[^\W_]+|[?*!+~]", code.lower())) or code.strip().lower()


def _fault(
    heading: str, codes: Mapping[str, int], unknown: Mapping[str, int], meant: Mapping[str, str | None]
) -> Fault:
    if len(codes) > MANY or FEW < sum(codes.values()) < 2 * len(codes):  # such as names, which no message says
        what = f"it holds {len(codes):,} different texts, too many for a status"
        return Fault(None, heading, what, "Say which column holds the status with --map status=HEADING")
    are = "is" if len(unknown) == 1 else "are"
    many = f"{len(unknown)} of its {len(codes)} codes {are} not known" if len(codes) > 1 else "its code is not known"
    more = f", and {len(unknown) - SHOWN:,} more" if len(unknown) > SHOWN else ""
    what = f"{many}: {_listed(dict(list(unknown.items())[:SHOWN]))}{more}"
    first = next(iter(unknown))
    remedy = (
        f"Say what each means with --status CODE=STANDING, here --status {_quoted(first)}=STANDING, where STANDING is "
        f"{', '.join(STANDINGS[:-1])} or {STANDINGS[-1]} (pending: not registered on the day)"
    )
    understood = {f"{code} = {standing}": codes[code] for code, standing in meant.items() if standing}
    told = f". Known here: {_listed(dict(list(understood.items())[:SHOWN]))}" if understood else ""
    return Fault(None, heading, what, remedy + told)


def _listed(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{code} ({count:,})" for code, count in numbers.items())


def _quoted(code: str) -> str:
    return f'"{code}"' if re.search(r"\W", code) else code
