"""The canvass: ballots, votes, over- and undervotes of each measure, in all and by precinct, batch and mode.

What nobody says stays unknown and is never taken as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ballotworthy.vote.cards import Cards, Mark
from ballotworthy.vote.results import Remark, Results, Tally, Unit
from ballotworthy.vote.words import folded

NUMBERS = ("yes", "no", "blank", "invalid", "cast", "registered")
KEYS = {"precincts": ("county", "precinct"), "batches": ("tabulator", "batch"), "modes": ("mode",)}
PILES = ("provisional", "uocava", "absentee", "early", "mail", "military", "overseas", "federal", "election day")
"""Words of "precincts" that are kinds of ballots: nobody is registered there."""
Place = tuple[str, str]


@dataclass(frozen=True)
class Count:
    """Numbers of one measure; None is unknown.

    Attributes:
        yes, no: valid votes.
        blank, invalid: ballots on which nothing is marked, or more than may be.
        cast: ballots of the measure's area.
        registered: people on its register.
    """

    yes: int | None = None
    no: int | None = None
    blank: int | None = None
    invalid: int | None = None
    cast: int | None = None
    registered: int | None = None

    @property
    def turnout(self) -> float | None:
        """Give ballots cast by people registered, None where one is unknown or nobody is registered."""
        return self.cast / self.registered if self.cast is not None and self.registered else None

    @property
    def stood(self) -> int | None:
        """Give the ballots on which it stood: all four numbers together."""
        parts = [self.yes, self.no, self.blank, self.invalid]
        return None if None in parts else sum(each for each in parts if each is not None)


@dataclass(frozen=True)
class Canvass:
    """The counts of all measures.

    Attributes:
        totals: by measure.
        precincts, batches, modes: tables with `measure`, their key and the `NUMBERS`; rows in the order of the files.
        cards, ballots: how many there are; None where only totals were given.
        remarks: what does not fit.
        others: contests that are no measure.
    """

    totals: Mapping[str, Count]
    precincts: pl.DataFrame
    batches: pl.DataFrame
    modes: pl.DataFrame
    cards: int | None
    ballots: int | None
    remarks: tuple[Remark, ...]
    others: tuple[str, ...]


def canvass_of(results: Results, registered: Mapping[Place, int] | None = None) -> Canvass:
    """Count results.

    Args:
        results: of one kind, as `together` gives them.
        registered: people on the register by county and precinct, folded; what the files say if absent.
    """
    known = {(folded(each.county), folded(each.precinct)): each for each in results.units}
    if registered is not None:
        known = _registered(known, registered)
    if results.cards is None:
        return _of_tallies(results, known)
    return _of_cards(results, results.cards, known)


def _registered(units: Mapping[Place, Unit], registered: Mapping[Place, int]) -> dict[Place, Unit]:
    of = {
        key: Unit(each.county, each.precinct, registered.get(key), each.cast, each.where) for key, each in units.items()
    }
    return of | {key: Unit(*key, number, None, "the register") for key, number in registered.items() if key not in of}


def _of_cards(results: Results, cards: Cards, units: Mapping[Place, Unit]) -> Canvass:
    groups = {name: _grouped(cards, [key for key in keys if key != "county"]) for name, keys in KEYS.items()}
    hidden: dict[str, list[Tally]] = {}
    for row in results.tallies:
        hidden.setdefault(row.measure, []).append(row)
    tables: dict[str, list[pl.DataFrame]] = {name: [] for name in KEYS}
    totals, remarks = {}, list(results.remarks)
    single = not results.says_ballots
    for measure, marks in cards.votes.items():
        found = np.bincount(marks, minlength=len(Mark))
        cast, doubts = _cast(cards, marks, measure, single=single)
        remarks += doubts
        here = {}
        for name, (keys, codes, ballots) in groups.items():
            table = np.bincount(codes.astype(np.int64) * len(Mark) + marks, minlength=keys.height * len(Mark))
            frame = _counted(measure, keys, table.reshape(-1, len(Mark)), ballots)
            here[name] = frame
            tables[name].append(frame)
        count = Count(int(found[Mark.YES]), int(found[Mark.NO]), int(found[Mark.BLANK]), int(found[Mark.INVALID]), cast)
        register = _sum_registered(here["precincts"], units)
        totals[measure] = _with_sums(
            Count(count.yes, count.no, count.blank, count.invalid, cast, register), hidden.get(measure, ())
        )
    frames = {name: _stacked(name, each) for name, each in tables.items()}
    frames["precincts"] = _with_registered(frames["precincts"], units)
    return Canvass(
        totals, frames["precincts"], frames["batches"], frames["modes"], len(cards), cards.ballots, tuple(remarks),
        results.others,
    )  # fmt: skip


def _grouped(cards: Cards, keys: Sequence[str]) -> tuple[pl.DataFrame, np.ndarray, np.ndarray]:
    """Give the groups, the group of each card, and the ballots in each group."""
    groups = cards.frame.select(keys).unique(maintain_order=True).with_row_index("group")
    joined = cards.frame.select(*keys, "ballot").join(
        groups, on=list(keys), how="left", nulls_equal=True, maintain_order="left"
    )
    by_group = joined.group_by("group").agg(pl.col("ballot").n_unique().alias("cast"))
    ballots = groups.join(by_group, on="group", how="left", maintain_order="left")["cast"].to_numpy()
    return groups.drop("group"), joined["group"].to_numpy(), ballots


def _counted(measure: str, keys: pl.DataFrame, table: np.ndarray, ballots: np.ndarray) -> pl.DataFrame:
    columns = {
        name: pl.Series(name, table[:, mark].astype(np.int64))
        for name, mark in (("yes", Mark.YES), ("no", Mark.NO), ("blank", Mark.BLANK), ("invalid", Mark.INVALID))
    }
    frame = keys.with_columns(
        pl.lit(measure).alias("measure"), *columns.values(), pl.Series("cast", ballots.astype(np.int64))
    )
    stands = table[:, [Mark.YES, Mark.NO, Mark.BLANK, Mark.INVALID]].sum(axis=1) > 0
    return frame.filter(pl.Series(stands))


def _cast(cards: Cards, marks: np.ndarray, measure: str, *, single: bool) -> tuple[int | None, list[Remark]]:
    """Give the ballots of the measure's area: all of the styles on which it stands; `single` where a record is one."""
    there = pl.Series(marks > 0)
    frame = cards.frame.select("style", "ballot")
    on = frame.filter(there)
    if on.height == frame.height:
        return int(frame["ballot"].n_unique()), []
    ballots = int(on["ballot"].n_unique())
    remarks = []
    if ballots < on.height:
        what = f"“{measure}” stands on more than one card of {on.height - ballots:,} ballots"
        remarks.append(Remark("", what, "Ask how they are counted: here each card counts"))
    styles = on["style"].unique()
    if frame["style"].null_count():
        what = f"“{measure}” stands on {on.height:,} of {frame.height:,} cards, and their ballot styles are not given"
        remarks.append(Remark("", what, "Give the ballots cast in its area with --cast"))
        return None, remarks
    area = frame.filter(pl.col("style").is_in(styles.implode()))
    if single and area.height > on.height:
        what = f"“{measure}” stands on {on.height:,} of {area.height:,} cards of its ballot styles"
        remedy = "A ballot has several cards, or records lack it: give the ballots cast in its area with --cast"
        return None, [*remarks, Remark("", what, remedy)]
    return int(area["ballot"].n_unique()), remarks


def _with_sums(count: Count, hidden: Iterable[Tally]) -> Count:
    rows = list(hidden)
    if not rows:
        return count
    yes, no = (_sum([*(getattr(row, side) for row in rows), getattr(count, side)]) for side in ("yes", "no"))
    return Count(yes, no, None, None, None, count.registered)


def _of_tallies(results: Results, units: Mapping[Place, Unit]) -> Canvass:
    by_measure: dict[str, list[Tally]] = {}
    for row in results.tallies:
        by_measure.setdefault(row.measure, []).append(row)
    totals: dict[str, Count] = {}
    places, modes = [], []
    for measure, rows in by_measure.items():
        wholes = [row for row in rows if not row.mode]
        there = [units.get((folded(row.county), folded(row.precinct))) for row in wholes]
        voters = [unit for row, unit in zip(wholes, there, strict=True) if not _is_pile(row.precinct, unit)]
        totals[measure] = Count(
            _sum(row.yes for row in wholes),
            _sum(row.no for row in wholes),
            _sum(row.blank for row in wholes),
            _sum(row.invalid for row in wholes),
            _sum(unit.cast if unit else None for unit in there),
            _sum(unit.registered if unit else None for unit in voters),
        )
        for row, unit in zip(wholes, there, strict=True):
            pile = _is_pile(row.precinct, unit)
            known = (unit.cast, None if pile else unit.registered) if unit else (None, None)
            places.append((measure, row.county, row.precinct, row.yes, row.no, row.blank, row.invalid, *known))
        of_mode: dict[str, list[Tally]] = {}
        for row in rows:
            if row.mode:
                of_mode.setdefault(row.mode, []).append(row)
        for mode, parts in of_mode.items():
            sums = (_sum(getattr(row, side) for row in parts) for side in ("yes", "no", "blank", "invalid"))
            modes.append((measure, mode, *sums, None, None))
    number = dict.fromkeys(NUMBERS, pl.Int64())
    text = {"measure": pl.String(), "county": pl.String(), "precinct": pl.String()}
    return Canvass(
        totals,
        pl.DataFrame(places, schema={**text, **number}, orient="row"),
        _stacked("batches", []),
        pl.DataFrame(modes, schema={"measure": pl.String(), "mode": pl.String(), **number}, orient="row"),
        None, None, results.remarks, results.others,
    )  # fmt: skip


def _is_pile(precinct: str, unit: Unit | None) -> bool:
    """Say whether a precinct is a kind of ballot, where nobody is registered."""
    return (unit is None or not unit.registered) and any(word in folded(precinct) for word in PILES)


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = list(numbers)
    return None if not known or None in known else sum(each for each in known if each is not None)


def _stacked(name: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    schema = {"measure": pl.String(), **dict.fromkeys(KEYS[name], pl.String()), **dict.fromkeys(NUMBERS, pl.Int64())}
    if not frames:
        return pl.DataFrame(schema=schema)
    frame = pl.concat(frames)
    absent = [pl.lit(None, kind).alias(column) for column, kind in schema.items() if column not in frame.columns]
    return frame.with_columns(absent).select(list(schema))


def _sum_registered(precincts: pl.DataFrame, units: Mapping[Place, Unit]) -> int | None:
    if not units:
        return None
    found = [units.get(("", folded(name or ""))) for name in precincts["precinct"].to_list()]
    return _sum(each.registered if each else None for each in found)


def _with_registered(precincts: pl.DataFrame, units: Mapping[Place, Unit]) -> pl.DataFrame:
    if not units:
        return precincts
    numbers = [
        unit.registered if (unit := units.get((folded(county or ""), folded(name or "")))) else None
        for county, name in precincts.select("county", "precinct").iter_rows()
    ]
    return precincts.with_columns(pl.Series("registered", numbers, pl.Int64()))
