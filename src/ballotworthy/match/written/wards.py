"""Wards read from pictures: which of the roll's wards a cell may show, and what that says of the voters found.

The wards of the roll are a finite list, so the picture is asked for each of these and for none else. Who signs a sheet
mostly lives near the others, so before its own picture is looked at, a line has the ward w with

    P(w) = (share of w on the roll + sum over the sheet's other lines of P(w | their pictures)) / (1 + other lines),

as a town has (`towns.py`). With y the probability of a text under the picture, a voter of ward w weighs

    log2 ((1 - m) y(w) / (sum over wards v of P(v) y(v), and of a text that is no ward's) + m),

with m how probable it is that another ward than the roll's stands there. Where the line bears a zip code or a city too,
which mostly tell the ward, it counts nobody twice: there it speaks against a voter alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from ballotworthy.match.matches import Matches
from ballotworthy.match.ranked_anew import ranked_anew
from ballotworthy.match.witness import Witness
from ballotworthy.match.written.cells import strange_bits
from ballotworthy.match.written.forward import weigh_texts
from ballotworthy.match.written.seen import WIDTH, Seen, alike, flatter, labels_of, seen_of
from ballotworthy.petition.pictures import Pictures
from ballotworthy.roll import Roll
from ballotworthy.roll.wards import plain_districts, ward_column

FIELD = "ward"
OTHER_WARD = 0.2
"""Share of signers who write another ward than the roll has for them, or what nobody can read; a guess."""
NO_WARD = 1.4
"""How many times as rare, in bits, as a text of no roll is a ward that is none of the roll's; on 60 drawn wards."""
BESIDE = 0.02
"""Price of a step of ink behind a ward: 12 is not 1."""
SPELLED = (("{}", 0.8), ("0{}", 0.05), ("WARD {}", 0.15))
"""How a ward that is a number is written, and how often; one that is a name is written so."""
MOST = 200
"""Wards beyond which a roll's column says little that the address does not: precincts."""


@dataclass(frozen=True)
class Wards:
    """The wards of a roll.

    Attributes:
        names: plain, ascending.
        share: of the roll's voters; float64 (wards,).
        labels: texts of them; uint8 (texts, WIDTH), sorted.
        of: which ward each text is of; int64 (texts,).
        bits: how rare it is among that ward's; float64 (texts,).
    """

    names: Sequence[str]
    share: np.ndarray
    labels: np.ndarray
    of: np.ndarray
    bits: np.ndarray


@dataclass(frozen=True)
class WardsSeen:
    """What the pictures of lines say of wards.

    Attributes:
        wards: of the roll.
        rows: lines with a picture of a ward.
        bits: of each ward under these pictures, beside what is usual on the sheet; float64 (rows, wards).
        chances: how probable each is, by picture and sheet; float64 (rows, wards).
    """

    wards: Wards
    rows: Sequence[int]
    bits: np.ndarray
    chances: np.ndarray


def wards_of(roll: Roll) -> Wards | None:
    """Gather the wards of a roll; None where it tells none, or more than `MOST`."""
    column = ward_column(roll)
    if column is None:
        return None
    counts = roll.voters.select(pl.col(column).cast(pl.String)).collect()[column].value_counts()
    counts = counts.with_columns(plain_districts(counts[column]).alias("ward")).filter(pl.col("ward") != "")
    counts = counts.group_by("ward").agg(pl.col("count").sum()).sort("ward")
    names = counts["ward"].to_list()
    if not 1 < len(names) <= MOST:
        return None
    share = counts["count"].to_numpy() / counts["count"].sum()
    each = [
        (form.format(name), at, often)
        for at, name in enumerate(names)
        for form, often in (SPELLED if name.isdigit() else (("{}", 1.0),))
    ]
    labels = labels_of(np.array([text for text, _, _ in each], f"S{WIDTH}").view(np.uint8).reshape(-1, WIDTH))
    order = np.argsort(labels.view(f"S{WIDTH}").ravel(), kind="stable")
    of, often = np.array([at for _, at, _ in each]), np.array([often for _, _, often in each])
    return Wards(names, share, np.ascontiguousarray(labels[order]), of[order], -np.log2(often)[order])


def wards_seen(frame: pl.DataFrame, pictures: Pictures, roll: Roll) -> WardsSeen | None:
    """Give what the pictures of a petition's lines say of the wards of a roll; None where neither tells any."""
    ids = list(frame.select("sheet", "line").iter_rows())
    rows = [at for at, (sheet, line) in enumerate(ids) if pictures.shows(sheet, line, FIELD)]
    wards = wards_of(roll) if rows else None
    if wards is None:
        return None
    cells = [pictures.of(sheet, line, FIELD) for sheet, line in (ids[at] for at in rows)]
    held = [(at, each) for at, each in zip(rows, cells, strict=True) if each is not None]
    if not held:
        return None
    seen = [seen_of(flatter(alike(each, 0.5, 0.0))) for _, each in held]
    likely = np.array([_likely(each, wards) for each in seen])
    strange = np.array([-NO_WARD * strange_bits(each) for each in seen])
    alone = _chances(likely, np.broadcast_to(wards.share, likely.shape), strange)
    sheets = [ids[at][0] for at, _ in held]
    prior = np.empty_like(likely)
    for sheet in dict.fromkeys(sheets):
        mine = np.array([each == sheet for each in sheets])
        prior[mine] = (wards.share + alone[mine].sum(axis=0) - alone[mine]) / max(int(mine.sum()), 1)
    usual = _whole(likely, prior, strange)
    known = np.logaddexp2(likely - usual[:, None] + np.log2(1 - OTHER_WARD), np.log2(OTHER_WARD))
    return WardsSeen(wards, [at for at, _ in held], known, _chances(likely, prior, strange))


def with_wards(matches: Matches, frame: pl.DataFrame, pictures: Pictures, roll: Roll) -> Matches:
    """Give the matches with each ranked voter, and whoever lives with him, weighed by the ward that a picture shows."""
    seen = wards_seen(frame, pictures, roll)
    if seen is None:
        return matches
    lines = frame.height
    bits = np.zeros((lines, len(seen.wards.names) + 1))
    bits[seen.rows, :-1] = seen.bits
    told = [name for name in ("zip", "city") if name in frame.columns]
    beside = frame.select(pl.any_horizontal(pl.col(told).is_not_null())).to_series().to_numpy() if told else False
    bits = np.where(np.broadcast_to(beside, (lines,))[:, None], np.minimum(bits, 0.0), bits)
    ranked = np.unique(matches.records[matches.records >= 0])
    column = ward_column(roll) or ""
    owners = pl.Series(roll.owners[ranked].astype(np.int64))
    theirs = plain_districts(roll.voters.select(pl.col(column).gather(owners)).collect()[column])
    place = {name: at for at, name in enumerate(seen.wards.names)}
    witness = Witness(
        FIELD, "as the picture shows it", bits, ranked, np.array([place.get(each, -1) for each in theirs])
    )
    rows, ranks = np.nonzero(matches.records >= 0)
    added = np.zeros_like(matches.weights)
    added[rows, ranks] = witness.of(rows, matches.records[rows, ranks])
    anew, _ = ranked_anew(replace(matches, witness=witness), roll, added, added)
    return anew


def _likely(cell: Seen, wards: Wards) -> np.ndarray:
    """Give log2 of the probability of a picture under each ward, over all ways to write it; float64 (wards,)."""
    weighed = weigh_texts(cell.with_gap(BESIDE), cell.tail(BESIDE), wards.labels, sort=False) - wards.bits
    found = np.full(len(wards.names), -np.inf)
    np.logaddexp2.at(found, wards.of, weighed)
    return found


def _whole(likely: np.ndarray, prior: np.ndarray, strange: np.ndarray) -> np.ndarray:
    each = np.hstack([likely + np.log2(prior), strange[:, None]])
    return np.asarray(np.logaddexp2.reduce(each, axis=1))


def _chances(likely: np.ndarray, prior: np.ndarray, strange: np.ndarray) -> np.ndarray:
    return np.asarray(np.exp2(likely + np.log2(prior) - _whole(likely, prior, strange)[:, None]))
