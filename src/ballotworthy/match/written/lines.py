"""Packed lines with the readings that their pictures allow, in the place of the orders of their names."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import polars as pl

from ballotworthy.files.progress import Progress, silent
from ballotworthy.match.readings import Lines
from ballotworthy.match.written.beside import Beside
from ballotworthy.match.written.everybody import Everybody, everybody_of
from ballotworthy.match.written.lexicon import Lexicon, lexicon_of
from ballotworthy.match.written.line import Read, Sought, read_line, sought_of
from ballotworthy.match.written.seen import Seen, alike, flatter, seen_of
from ballotworthy.match.written.strangers import Strangers, strangers_of
from ballotworthy.match.written.towns import TownSeen, believed, rare_beside, weighed
from ballotworthy.match.written.weighed import LineSeen, Usual, usual_of
from ballotworthy.petition.pictures import Pictures
from ballotworthy.roll import Roll

LOOKS = {
    "name": (0.0, 0.5), "signature": (0.0, 0.5), "address": (0.2, 0.2), "zip": (0.5, 0.0), "city": (0.0, 0.5)
}  # fmt: skip
"""By field, what letters count of figures that they look like, and figures of letters."""
FIELDS = ("name", "address", "city", "zip")
"""A line is read by its pictures where one of these is."""
KEPT = 10_000
"""Lines of which is kept what was sought, some 30 kB each, for the reading with the lines beside them."""
SHEETS = 64
"""Sheets whose towns are kept in memory."""


@dataclass(frozen=True)
class Sources:
    """What lines are read by.

    Attributes:
        ids: sheet and line of each line of the petition.
        pictures: the folder that was read.
        roll: whose voters may have written them.
        lexicon, everybody, strangers: its words.
        sought: of lines that were read, what is sought by their own pictures, and what these say of people at random.
    """

    ids: Sequence[tuple[str, str]]
    pictures: Pictures
    roll: Roll
    lexicon: Lexicon
    everybody: Everybody | None
    strangers: Strangers
    sought: dict[int, tuple[Usual, Sought]]

    @property
    def rows(self) -> list[int]:
        """The lines of which a picture speaks."""
        return [at for at, each in enumerate(self.ids) if any(self.pictures.shows(*each, field) for field in FIELDS)]


def sources_of(frame: pl.DataFrame, pictures: Pictures, roll: Roll) -> Sources | None:
    """Gather what the lines of a petition are read by; None where no picture speaks of any."""
    ids = list(frame.select("sheet", "line").iter_rows())
    if not any(pictures.shows(sheet, line, field) for sheet, line in ids for field in FIELDS):
        return None
    lexicon = lexicon_of(roll)
    return Sources(ids, pictures, roll, lexicon, everybody_of(roll, lexicon), strangers_of(lexicon.some), {})


def with_pictures(lines: Lines, sources: Sources, progress: Progress = silent) -> Lines:
    """Give packed lines, as `pack_lines` gave them, as their pictures may be read; one without any stays as it is."""
    return _as_read(lines, read_rows(lines, sources, sources.rows, {}, progress))


def with_pictures_beside(
    lines: Lines, sources: Sources, beside: Mapping[int, Beside], progress: Progress = silent
) -> tuple[Lines, np.ndarray]:
    """Give some lines, as they were packed, read by their pictures and by `beside`, and the row of each; int64."""
    read = read_rows(lines, sources, sorted(beside), beside, progress)
    rows = np.array(list(read), np.int64)
    places = {int(row): place for place, row in enumerate(rows)}
    return _as_read(lines.some(rows), {places[row]: each for row, each in read.items()}), rows


def read_rows(
    lines: Lines, sources: Sources, rows: Sequence[int], beside: Mapping[int, Beside], progress: Progress = silent
) -> dict[int, Read]:
    """Read some lines by their pictures; those of which no picture speaks are left out."""
    ids, pictures, lexicon = sources.ids, sources.pictures, sources.lexicon
    on_sheet: dict[str, list[str]] = {}
    for sheet, line in pictures.read.select("sheet", "line").iter_rows():
        on_sheet.setdefault(sheet, []).append(line)

    @lru_cache(maxsize=SHEETS)
    def towns_on(sheet: str) -> tuple[dict[str, np.ndarray | None], dict[str, np.ndarray]]:
        bits = {line: town_of(sheet, line) for line in on_sheet.get(sheet, ())}
        return bits, {line: believed(each, lexicon.towns.bits) for line, each in bits.items() if each is not None}

    def town_of(sheet: str, line: str) -> np.ndarray | None:
        typed = f"{sheet}-{line}-zip" in pictures.typed  # a person says more than a picture
        zip_code, city = (_seen(pictures, sheet, line, field) for field in ("zip", "city"))
        return weighed(zip_code, None if typed else city, lexicon.towns)

    def one(at: int) -> Read | None:
        sheet, line = ids[at]
        name, signature, address = (_seen(pictures, sheet, line, field) for field in ("name", "signature", "address"))
        towns, told = towns_on(sheet)
        if not (name or address or line in told):
            return None
        rare = rare_beside([each for other, each in told.items() if other != line], lexicon.towns)
        near = beside.get(at) if address is not None else None
        town, own = TownSeen(towns.get(line), rare), lines.main[at : at + 1]
        if (kept := sources.sought.get(at)) is None:
            usual = usual_of(name, signature, address, sources.strangers)
            seen = LineSeen(name, signature, address, town, usual)
            kept = usual, sought_of(own, seen, lexicon, sources.roll, sources.everybody)
            if len(sources.sought) < KEPT:
                sources.sought[at] = kept
        seen = LineSeen(name, signature, address, town, kept[0], near)
        return read_line(own, seen, kept[1], lexicon, sources.roll)

    read: dict[int, Read] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done, (at, found) in enumerate(zip(rows, pool.map(one, rows), strict=True), 1):
            if found is not None:
                read[at] = found
            progress("read by the roll", done, len(rows))
    return read


def _as_read(lines: Lines, read: Mapping[int, Read]) -> Lines:
    """Give packed lines with some of them, by row, as they were read."""
    rows = list(read)
    main, unread = lines.main.copy(), np.zeros(len(lines.main))
    for at, each in read.items():
        main[at], unread[at] = each.main[0], each.unread
    typed = ~np.isin(lines.of, rows)
    more = [lines.more[typed], *(each.more for each in read.values())]
    of = [lines.of[typed], *(np.full(len(each.more), at) for at, each in read.items())]
    again = [np.zeros(typed.sum(), np.bool_), *(each.again for each in read.values())]
    order = np.argsort(np.concatenate(of), kind="stable")
    return replace(
        lines,
        main=main,
        more=np.concatenate(more)[order],
        of=np.concatenate(of)[order].astype(np.int64),
        again=np.concatenate(again)[order],
        written=np.isin(np.arange(len(main)), rows),
        unread=unread,
    )


def _seen(pictures: Pictures, sheet: str, line: str, field: str) -> Seen | None:
    posteriors = pictures.of(sheet, line, field)
    return None if posteriors is None else seen_of(flatter(alike(posteriors, *LOOKS[field])))
