"""A batch as its file gives it: its lines as the frame will list them, and how it was read. Nothing is entered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ballotworthy.casework.case import Case
from ballotworthy.casework.framed import is_unwritten
from ballotworthy.casework.how_read import HowRead, filed_in
from ballotworthy.casework.listed_apart import refuse_alike
from ballotworthy.casework.listing import OWN_COLUMNS, listing
from ballotworthy.casework.room import Room
from ballotworthy.errors import InputError
from ballotworthy.files.columns import plain_heading
from ballotworthy.files.day_order import Order
from ballotworthy.files.quantities import quantity
from ballotworthy.law import Rules
from ballotworthy.petition import Petition
from ballotworthy.petition.lines import FIELDS, GRACE
from ballotworthy.petition.strata import NOT_STATED, stratum_column


@dataclass(frozen=True)
class Batch:
    """A batch that was read.

    Attributes:
        petition: the file as it was read, with its names.
        lines: its lines as the frame will list them, without a name.
        how: how it was read.
        unused: headings that hold nothing known.
        own: by what it tells, the heading of each column that a case reads beside those of a line: that by which the
            law divides, and its own (`OWN_COLUMNS`).
    """

    petition: Petition
    lines: Sequence[list[str]]
    how: HowRead
    unused: Sequence[str]
    own: Mapping[str, str]

    @property
    def found(self) -> dict[str, int]:
        """Give how many sheets and lines it holds."""
        return {"sheets": len({line[0] for line in self.lines}), "lines": len(self.lines)}


def read_batch(
    room: Room,
    lines: Path,
    *,
    name: str,
    stratum: str = "",
    mapping: Mapping[str, str] | None = None,
    lenient: bool = False,
    dates: Order | None = None,
    settled: bool = False,
) -> Batch:
    """Read a file of lines as a batch of a case.

    Args:
        room: the case.
        lines: the file, CSV or Parquet.
        name: what the batch is called.
        stratum: the stratum of the lines whose own cells do not say it.
        mapping: which heading holds a field, or that by which the law divides, such as district.
        lenient: treat cells that are no day of the calendar as empty.
        dates: the order of days and months; the file's own days decide if absent.
        settled: refuse days of signing that can be read in two ways, where nothing tells the order.

    Raises:
        FileFaults: what is wrong in the file; all of it.
        InputError: it is a folder, or two names in it, or one and another of the case, look alike; the law takes a
            county or a city as one whole, and nothing says which, or two are said.
    """
    case = room.case()
    if case.rules is None:
        raise InputError(f"the case in {room.folder} has no law pinned; open it anew.")
    if lines.is_dir():
        raise InputError(
            f"{lines} is a folder. A case takes in a file: the folder's lines.csv, once people have read what the "
            "machine could not."
        )
    given, divided = _without_division(mapping or {}, case.rules.divided_by)
    how = HowRead(case.rules.place, case.rules.on + GRACE, filed_in(case), given, lenient, dates)
    petition = how.read(lines)
    stratum = _of_the_whole(case, case.rules, stratum, petition)
    if settled and "signed_or" in petition.frame.columns:
        raise InputError(f"{lines} is not taken in: {' '.join(petition.remarks)}")
    listed = [list(line) for line in listing(petition, case.rules, stratum, divided)]
    if case.version == 1:
        listed = [[*line[:4], _without_ground(line[4]), line[5]] for line in listed]
    refuse_alike(case, name, listed)
    own = _own_columns(petition, case.rules.divided_by, divided)
    return Batch(petition, listed, how, [each for each in petition.unused if each not in own.values()], own)


def _own_columns(petition: Petition, by: str | None, divided: str) -> dict[str, str]:
    """Give, by what it tells, the heading of each column that the frame reads and the lines do not."""
    plain = {plain_heading(heading): heading for heading in petition.unused}
    own = {name: plain[name] for name in OWN_COLUMNS if name in plain}
    if by is not None:
        own.pop(by, None)
        heading = divided or stratum_column(petition.given.columns, by, petition.columns)
        if heading is not None and heading not in petition.columns.values():
            own[by] = heading
    return own


def _of_the_whole(case: Case, rules: Rules, stratum: str, petition: Petition) -> str:
    """Give the stratum of a petition that the law does not divide.

    It is what the office says, or the case has already, or the one county of the law that every line names.
    """
    if rules.divided_by is not None:
        return stratum
    before = {name for name, _ in case.frame.rows}
    whole = rules.stratum.value
    if not before and not stratum and whole.startswith("the "):
        stratum = _named_by_all(petition, rules, whole)
    if stratum and before and stratum not in before:
        raise InputError(
            f"the law draws from all lines as one, and those of the case stand under {', '.join(sorted(before))}: "
            f"{stratum} would be another part, sampled apart. Say the same name with --stratum NAME, or none."
        )
    return stratum or next(iter(before), "")


def _named_by_all(petition: Petition, rules: Rules, whole: str) -> str:
    """Give the county that every line names, where the law knows it; a city or a district may be where people live.

    Raises:
        InputError: no column tells it, or it cannot be taken for sure; which column was seen is said.
    """
    nothing = (
        f"{whole} is one whole by law, and nothing says which it is: its lines would stand under "
        f"{rules.place_name}. Say its name with --stratum NAME."
    )
    kind = whole.removeprefix("the ")
    heading = stratum_column(petition.given.columns, kind, petition.columns)
    if heading is None:
        raise InputError(nothing)
    names = {text for each in petition.given[heading].cast(pl.String) if each and (text := each.strip())}
    if len(names) != 1:
        raise InputError(
            f"{nothing} The column {heading} names {len(names):,} of them, so it does not tell."
            if names
            else f"{nothing} The column {heading} is empty."
        )
    name = str(names.pop())
    if kind == "county" and name in {each.name for each in rules.strata}:
        return name
    raise InputError(
        f"{nothing} The column {heading} says {name} wherever it says anything; type that name if it is the one."
    )


def told_of_strata(batch: Batch, rules: Rules) -> list[str]:
    """Warn of strata that the law does not have, such as a county with a slip; nothing where it names none of them."""
    known = {stratum.name for stratum in rules.strata}
    stated = Counter(line[2] for line in batch.lines if line[2] != NOT_STATED)
    odd = [f"{name} ({quantity(lines, 'line')})" for name, lines in sorted(stated.items()) if name not in known]
    if rules.divided_by is None or not odd or not known & stated.keys():
        return []
    return [
        f"Warning: {rules.place_name} has no {rules.divided_by} of this name: {', '.join(odd)}. Each name makes a part "
        "of its own, which is sampled and counted apart; if it is miswritten, correct the file first."
    ]


def _without_division(mapping: Mapping[str, str], by: str | None) -> tuple[dict[str, str], str]:
    """Give which heading holds a field, and apart the one that tells what the law divides by; "" for none."""
    given, name = dict(mapping), plain_heading(by or "")
    return given, given.pop(name, "") if by and name not in FIELDS else ""


def _without_ground(mark: str) -> str:
    """Give a mark as version 1 of the record writes it: blank and struck lines without a ground."""
    return mark.partition(":")[0] if is_unwritten(mark) else mark
