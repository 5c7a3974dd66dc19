"""The stratum of each line: which column tells it, and what becomes of a line that tells none, for every use.

One whole, where the law does not divide, bears the place's name, whatever columns there are. Where it divides, a line's
stratum is its cell of the column of that name. Of lines that tell none

    an estimate (`estimated_strata`) makes a stratum of their own, and says so: a committee's check need not wait;
    a case (`filed_strata`) takes what the office says of the batch, or refuses: a frame is fixed for good;
    a sample (`unstated`, by `framed_file`) is refused: nobody knows from which stratum to draw them.

Lines that the law does not count as filed need no stratum. "Kern County" beside "Kern" is one stratum to an estimate
and refused by the others, as "KERN" is; beside "Baltimore city" nobody knows which "Baltimore" is meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.columns import find_columns, headings_told, plain_heading
from ballotworthy.petition.lines import FIELDS, Petition

NOT_STATED = "not stated"
"""The stratum of a line that names none, in an estimate; a sample is never drawn from it."""
KIND = re.compile(r"^(?:county|parish|borough) of |,? (?:county|cnty|cty|co|parish|borough)[.]?$", re.IGNORECASE)
CITY = re.compile(r"^city of |,? city$", re.IGNORECASE)


def without_kind(name: str) -> str:
    """Give the name of a county without the word that says it is one: "Kern" of "Kern County" and "County of Kern"."""
    return KIND.sub("", name)


def stratum_column(headings: Sequence[str], by: str, mapped: Mapping[str, str]) -> str | None:
    """Give the heading of the column that tells the strata `by` which the law divides, None where there is none.

    `mapped` is the heading of each field as the file was read or as the user says: it wins.
    """
    if by in mapped:
        return mapped[by]
    plain = plain_heading(by)
    wanted = {by: (plain, *FIELDS.get(plain, (f"{plain}_name",)))}
    return find_columns(Path(), headings, wanted, {}).get(by)


def stated_strata(petition: Petition, by: str) -> pl.Series | None:
    """Give the stratum that each line states, null where it states none; None where no column tells strata."""
    heading = stratum_column(petition.given.columns, by, petition.columns)
    return None if heading is None else _stated(petition.given[heading])


def estimated_strata(petition: Petition, by: str | None, whole: str, by_law: Collection[str] = ()) -> pl.Series:
    """Give the stratum of each line for an estimate.

    Args:
        petition: the lines.
        by: the column by which the law divides; None where it does not.
        whole: the name of the place, for lines of one whole; also where no column tells strata.
        by_law: the names of the strata that the law has.

    Raises:
        FileFaults: a name may be that of a county or of the city beside it.
    """
    stated = None if by is None else stated_strata(petition, by)
    if by is None or stated is None:
        return pl.Series("stratum", [whole]).new_from_index(0, petition.frame.height)
    spelled = spellings(stated, by_law)
    heading = stratum_column(petition.given.columns, by, petition.columns)
    if faults := list(_of_city_or_county(stated, spelled, heading)):
        raise FileFaults(petition.source, faults)
    return stated.replace(spelled).fill_null(NOT_STATED)


def spellings(stated: pl.Series, by_law: Collection[str] = ()) -> dict[str, str]:
    """Give of each stratum the spelling of most of the lines, among those that name the same.

    The same are names that differ in capitals, blanks and the word county alone; not so where the law, whose strata are
    `by_law`, has two of these.
    """
    several = {kin for kin, names in Counter(map(_kin, {*by_law})).items() if names > 1}
    spelled: dict[str, str] = {}
    by_lines = stated.drop_nulls().alias("stratum").value_counts().sort("count", "stratum", descending=[True, False])
    keys = {name: _folded(name) if _kin(name) in several else _kin(name) for name in by_lines["stratum"]}
    for name, key in keys.items():
        spelled.setdefault(key, name)
    return {name: spelled[key] for name, key in keys.items()}


def _of_city_or_county(stated: pl.Series, spelled: Mapping[str, str], heading: str | None) -> Iterator[Fault]:
    """Give a fault for each name that stands beside that of a county and of a city alike, and may mean either."""
    cities = {_folded(CITY.sub("", name)): name for name in spelled if CITY.search(name)}
    counties = {spelled[name]: name for name in spelled if without_kind(name) != name}
    for name, most in spelled.items():
        city, county = cities.get(_folded(name)), counties.get(most)
        if city and county:
            what = f"{name} may be {county} or {city}, which other lines name"
            at = int((stated == name).arg_max() or 0)
            yield Fault(at + 2, heading, what, "Write which of them is meant")


def _kin(name: str) -> str:
    return _folded(without_kind(name))


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


def filed_strata(
    petition: Petition, by: str | None, whole: str, given: str, heading: str = "", *, unwritten_count: bool
) -> list[str]:
    """Give the stratum of each line for a frame that is fixed for good.

    Args:
        petition: the lines.
        by: the column by which the law divides; None where it does not.
        whole: the name of the place, for lines of one whole.
        given: what the office says of all lines that do not say it themselves, "" for nothing.
        heading: of the column that tells it, as the office says; found by its name if empty.
        unwritten_count: whether blank and struck lines count as filed.

    Raises:
        FileFaults: no column tells strata, or a line that counts as filed states none, and nothing was given; there
            is no column of that heading.
    """
    if by is None:
        return [given or whole] * petition.frame.height
    if heading and heading not in petition.given.columns:
        have = headings_told(petition.given.columns)
        raise FileFaults(petition.source, [Fault(1, heading, "there is no such column", have)])
    stated = _stated(petition.given[heading]) if heading else stated_strata(petition, by)
    if stated is None:
        if given:
            return [given] * petition.frame.height
        which = f"name the one that tells it with --map {plain_heading(by)}=HEADING"
        remedy = f"Add a column {by}, {which}, or say it of the whole batch with --stratum NAME"
        what = f"no column tells the {by} of a line, and {whole} samples and counts each {by} on its own"
        raise FileFaults(petition.source, [Fault(1, by, what, remedy)])
    if given:
        return stated.fill_null(given).to_list()
    empty = unstated(stated, petition.frame, unwritten_count=unwritten_count).arg_true().to_list()
    if empty:
        remedy = f"Write the {by} of each line that counts as filed, or say it of all others with --stratum NAME"
        faults = [Fault(at + 2, petition.columns.get(by, by), "the cell is empty", remedy) for at in empty]
        raise FileFaults(petition.source, faults, len(faults))
    return stated.fill_null(NOT_STATED).to_list()


def unstated(stated: pl.Series, lines: pl.DataFrame, *, unwritten_count: bool) -> pl.Series:
    """Tell which lines lack a stratum that they need; bool (lines,).

    Args:
        stated: the stratum that each line states, null for none.
        lines: their `blank` and `struck`.
        unwritten_count: whether blank and struck lines count as filed.
    """
    lacking = stated.is_null()
    return lacking if unwritten_count else lacking & ~(lines["blank"] | lines["struck"])


def _stated(cells: pl.Series) -> pl.Series:
    text = cells.cast(pl.String).str.strip_chars()
    return text.set(text == "", None).alias("stratum")
