"""Reconciliation: the count against the manifest, the register and itself; every mismatch with its place.

Where manifest and records disagree, nothing is dropped: a card without a record, or a record without a card, is a
phantom, which an audit counts against the outcome (Bañuelos and Stark, "Limiting Risk by Turning Manifest Phantoms into
Evil Zombies", 2012, arXiv:1207.3413).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from ballotworthy.vote.canvass import Canvass, Count, Place
from ballotworthy.vote.cards import Cards
from ballotworthy.vote.manifest import Manifest
from ballotworthy.vote.results import Remark
from ballotworthy.vote.words import folded


@dataclass(frozen=True)
class Phantoms:
    """Cards by the manifest and by the records.

    Attributes:
        manifest, records: how many there are by each.
        without_record: cards of the manifest that no record tells of.
        without_card: records of which the manifest has no card.
    """

    manifest: int
    records: int
    without_record: int
    without_card: int

    @property
    def population(self) -> int:
        """Give the cards that an audit draws from, phantoms among them."""
        return self.manifest + self.without_card


def against_manifest(cards: Cards, manifest: Manifest) -> tuple[Phantoms, tuple[Remark, ...]]:
    """Compare the cards of each batch."""
    by_tabulator = any(batch.tabulator for batch in manifest.batches)
    keys = ["tabulator", "batch"] if by_tabulator else ["batch"]
    counted = cards.frame.group_by(keys, maintain_order=True).len("cards")
    records = {
        tuple(part or "" for part in key) if by_tabulator else ("", key[0] or ""): number
        for *key, number in counted.iter_rows()
    }
    without_record = without_card = 0
    remarks = []
    for batch in manifest.batches:
        found = records.get(batch.key, 0)
        if found == batch.cards:
            continue
        without_record += max(batch.cards - found, 0)
        without_card += max(found - batch.cards, 0)
        where = f"{manifest.file}, line {batch.line}"
        name = " ".join(part for part in batch.key if part)
        if not found:
            what = f"batch {name} has {batch.cards:,} cards, and no record tells of it"
            remedy = "Give its records, or correct the spelling of the batch; until then all of it are phantoms"
        else:
            more = f"{abs(batch.cards - found):,} {'without a record' if found < batch.cards else 'records too many'}"
            what = f"batch {name} has {batch.cards:,} cards and {found:,} records: {more}"
            remedy = "Count the batch again; an audit takes each as a phantom, against the outcome"
        remarks.append(Remark(where, what, remedy))
    for key, found in records.items():
        if key not in manifest.by_key:
            without_card += found
            name = " ".join(part for part in key if part) or "without a name"
            what = f"batch {name} has {found:,} records and is not in the manifest"
            remarks.append(Remark(manifest.file, what, f"Add it to the manifest{_near(key, manifest)}"))
    return Phantoms(manifest.total, len(cards), without_record, without_card), tuple(remarks)


def against_register(canvass: Canvass, registered: Mapping[Place, int], file: str) -> tuple[Remark, ...]:
    """Tell precincts of the register without results, and the other way round."""
    voted = {
        (folded(county or ""), folded(precinct or "")): precinct or "(none)"
        for county, precinct in canvass.precincts.select("county", "precinct").unique(maintain_order=True).iter_rows()
    }
    remarks = [
        Remark(file, f"precinct {' '.join(part for part in key if part)} has {number:,} voters and no results",
               "Give its results, or say that nothing was voted on there")
        for key, number in registered.items() if key not in voted
    ]  # fmt: skip
    remarks += [
        Remark(file, f"precinct {name} has results and is not in the register", "Add it, or correct its spelling")
        for key, name in voted.items() if key not in registered
    ]  # fmt: skip
    return tuple(remarks)


def within(canvass: Canvass) -> tuple[Remark, ...]:
    """Tell where there are more votes than ballots, or more ballots than voters, in a precinct or in all."""
    remarks = []
    for measure, county, precinct, *numbers in canvass.precincts.iter_rows():
        place = " ".join(part for part in (county, precinct) if part)
        where = f"precinct {place}" if place else ""
        remarks += list(_impossible(where, measure, Count(*numbers), whole=canvass.cards is None))
    for measure, count in canvass.totals.items():
        remarks += list(_impossible("in all", measure, count, whole=canvass.cards is None))
    return tuple(remarks)


def _impossible(where: str, measure: str, count: Count, *, whole: bool) -> Iterator[Remark]:
    known = [each for each in (count.yes, count.no, count.blank, count.invalid) if each is not None]
    if count.cast is not None and sum(known) > count.cast:
        what = f"“{measure}” has {sum(known):,} votes, blanks and overvotes, and {count.cast:,} ballots were cast"
        yield Remark(where, what, "One of the two is wrong: ask for both")
    elif whole and count.stood is not None and count.cast is not None and count.stood < count.cast:
        what = f"“{measure}” stands on {count.stood:,} of {count.cast:,} ballots cast"
        yield Remark(where, what, "It stands on some ballots only, or votes are missing")
    if count.cast is None and count.registered is not None and sum(known) > count.registered:
        marked = f"“{measure}” has {sum(known):,} votes, blanks and overvotes"
        what = f"{marked}, and {count.registered:,} people are registered"
        yield Remark(where, what, "The register may be of another day or area than the vote")
    if count.cast is not None and count.registered is not None and count.cast > count.registered:
        what = f"{count.cast:,} ballots were cast, and {count.registered:,} people are registered"
        yield Remark(where, what, "The register may be of another day than the vote")


def _near(key: tuple[str, ...], manifest: Manifest) -> str:
    """Give a batch of the manifest that differs only by zeros in front, blanks or case."""
    plain = tuple(folded(part).lstrip("0") for part in key)
    for other in manifest.by_key:
        if tuple(folded(part).lstrip("0") for part in other) == plain:
            return f", or write it as there: {' '.join(part for part in other if part)}"
    return ""


def phantoms_table(cards: Cards, manifest: Manifest) -> pl.DataFrame:
    """Give cards and records of each batch as a table: tabulator, batch, manifest, records."""
    by_tabulator = any(batch.tabulator for batch in manifest.batches)
    keys = ["tabulator", "batch"] if by_tabulator else ["batch"]
    listed = pl.DataFrame(
        [(each.tabulator, each.name, each.cards) for each in manifest.batches],
        schema={"tabulator": pl.String(), "batch": pl.String(), "manifest": pl.Int64()}, orient="row",
    ).select(*keys, "manifest")  # fmt: skip
    counted = cards.frame.group_by(keys).len("records").with_columns(pl.col("records").cast(pl.Int64))
    joined = listed.join(counted, on=keys, how="full", coalesce=True, maintain_order="left_right")
    return joined.with_columns(pl.col("manifest", "records").fill_null(0))
