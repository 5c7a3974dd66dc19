"""The cards that an audit draws from: those of the manifest, beside their records where there are some.

A card is known by tabulator, batch and its number in the batch, "T1/B7/12". A card of the manifest without a record is
recorded as one on which the measure does not stand; where cards of one ballot share a number, or none is given, cards
are numbered in the order of the records; a record without a card keeps its place in the draw, and its card
will not be found, which counts against the outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from ballotworthy.errors import Fault, FileFaults
from ballotworthy.files.cells import neutral
from ballotworthy.safe_text import safe_line
from ballotworthy.vote.cards import MARKS, Cards
from ballotworthy.vote.manifest import Batch, Manifest

COLUMNS = ("card", "container", "tabulator", "batch", "position", "imprinted", "recorded", "district")
NAMES = ("container", "tabulator", "batch", "imprinted", "district", "card")


@dataclass(frozen=True)
class Population:
    """All cards, a row each: `COLUMNS`, `recorded` being a mark's name in small letters, "" without records."""

    frame: pl.DataFrame

    @property
    def ids(self) -> list[str]:
        """Give the cards' ids, in the order of the manifest."""
        return self.frame["card"].to_list()


def population_of(manifest: Manifest, cards: Cards | None = None, measure: str = "") -> Population:
    """Give the population of a manifest, with what the records say of a measure.

    Raises:
        FileFaults: records name a batch that the manifest has not, cards of two batches would bear one name, or a name
            begins as formulas do: the list of cards to fetch is opened in spreadsheets, and comes back from them.
    """
    records = _by_batch(manifest, cards, measure) if cards is not None else {}
    rows = [row for batch in manifest.batches for row in _rows(batch, records.get(batch.key, []), cards is not None)]
    schema = dict.fromkeys(COLUMNS, pl.String()) | {"position": pl.Int64()}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    alike = frame.filter(pl.col("card").is_duplicated()).select("card", "tabulator", "batch").rows()
    if alike:
        card, *_ = alike[0]
        batches = [f"{tabulator or '(none)'} {batch}" for name, tabulator, batch in alike if name == card]
        what = f"a card of {' and one of '.join(batches)} (tabulator and batch) would both be called {card}"
        raise FileFaults(manifest.file, [Fault(None, None, what, "Name one of the batches without a slash")])
    _refuse_formulas(frame, manifest.file)
    return Population(frame)


def _refuse_formulas(frame: pl.DataFrame, file: str) -> None:
    safe = neutral(frame)
    for name in NAMES:
        for text in frame[name].filter(frame[name] != safe[name]).head(1):
            what = f"the {name} {safe_line(text)} would be a formula to a spreadsheet"
            raise FileFaults(file, [Fault(None, None, what, "Give it another name, which begins with no sign")])


def _rows(batch: Batch, records: list[tuple[int | None, str, str]], compared: bool) -> Iterator[tuple[object, ...]]:
    places = [position for position, _, _ in records]
    if None in places or len(set(places)) < len(places):  # cards of one ballot bear its number: each has its place
        ordered = sorted(records, key=lambda each: each[0] or 0) if None not in places else records
        records = [(at, imprinted, mark) for at, (_, imprinted, mark) in enumerate(ordered, 1)]
    said = {position: (imprinted, mark) for position, imprinted, mark in records}
    missing = "absent" if compared else ""
    for position in sorted({*range(1, batch.cards + 1), *(each for each in said if each is not None)}):
        imprinted, mark = said.get(position, ("", missing))
        name = "/".join(part for part in (batch.tabulator, batch.name, str(position)) if part)
        yield name, batch.container, batch.tabulator, batch.name, position, imprinted, mark, batch.district


def _by_batch(
    manifest: Manifest, cards: Cards, measure: str
) -> dict[tuple[str, str], list[tuple[int | None, str, str]]]:
    """Give the records of each batch: position, what is printed on the card, and the mark."""
    by_tabulator = any(batch.tabulator for batch in manifest.batches)
    names = list(MARKS)
    found: dict[tuple[str, str], list[tuple[int | None, str, str]]] = {}
    columns = cards.frame.select("tabulator", "batch", "position", "imprinted")
    if not by_tabulator:
        _refuse_two_machines(manifest, columns)
    for (tabulator, batch, position, imprinted), mark in zip(
        columns.iter_rows(), cards.votes[measure].tolist(), strict=True
    ):
        key = (tabulator or "" if by_tabulator else "", batch or "")
        found.setdefault(key, []).append((position, imprinted or "", names[mark]))
    if unknown := [key for key in found if key not in manifest.by_key]:
        remedy = "Give the manifest of these records, or add the batch to it with its cards"
        names = ["/".join(filter(None, key)) or "(empty)" for key in unknown]
        what = "there is no batch {}, and records are of it"
        raise FileFaults(manifest.file, [Fault(None, None, what.format(name), remedy) for name in names])
    return found


def _refuse_two_machines(manifest: Manifest, records: pl.DataFrame) -> None:
    """Refuse records of one batch and number from two machines, where the manifest names no machines."""
    numbered = records.filter(pl.col("position").is_not_null() & pl.col("tabulator").is_not_null())
    of = pl.col("tabulator")
    shared = (
        numbered.group_by("batch", "position", maintain_order=True)
        .agg(of.first().alias("one"), of.last().alias("other"))
        .filter(pl.col("one") != pl.col("other"))
    )
    if shared.height:
        batch, _, one, other = shared.row(0)
        what = f"records of tabulator {one} and of tabulator {other} are of batch {batch}, with the same numbers"
        raise FileFaults(manifest.file, [Fault(None, None, what, "Add a column Tabulator, and a row for each of them")])
