"""Show a measure: the whole road of one question as data and as a page, and an index of several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from ballotworthy.files.dated_rows import DatedRow
from ballotworthy.files.whole import whole_file, whole_folder
from ballotworthy.measure import Measure, Standing, index_page, measure_data, measure_page, read_measure, standing_of
from ballotworthy.measure.as_of import as_of
from ballotworthy.measure.pictures import pictures_of

MARKER = "index.html"
EXAMPLES = "calexit"


@dataclass(frozen=True)
class Shown:
    """A measure on a day: its file, what it holds, where it stands, and all that a page tells of it."""

    path: Path
    measure: Measure
    standing: Standing
    data: dict[str, Any]

    @property
    def file(self) -> str:
        """Give the name of its page."""
        return f"{self.path.stem}.html"

    def to_dict(self) -> dict[str, Any]:
        """Give it as `measure --json` prints it."""
        return self.data

    def __repr__(self) -> str:
        """Give its name and where it stands."""
        return f"Shown({self.measure.name!r}: {self.data['stands']})"

    def page(self) -> str:
        """Give its page."""
        return measure_page(self.data, pictures_of(self.measure, self.standing, self.path.parent))


def show_measure(path: Path, on: dt.date, today: dt.date | None = None) -> Shown:
    """Give what is held of a measure at the end of a day, and where it stands; what came later is left out and told.

    Raises:
        InputError: the file, its polls or its petition cannot be read.
        FileFaults: what is wrong in one of them, all at once.
    """
    found, later = as_of(read_measure(path, today=today), on)
    standing = standing_of(found, on)
    return Shown(path, found, standing, measure_data(found, standing, path.parent, today, later.words))


def write_page(shown: Shown, out: Path) -> None:
    """Write the page of a measure, whole or not at all."""
    page = shown.page()
    with whole_file(out) as place:
        place.write_text(page, "utf-8")


def write_pages(shown: Sequence[Shown], out: Path) -> None:
    """Write a page for each measure and an index into a folder, whole or not at all."""
    with whole_folder(out, marker=MARKER, holds=("*.html",)) as folder:
        for each in shown:
            (folder / each.file).write_text(each.page(), "utf-8")
        (folder / MARKER).write_text(index_page([(each.file, each.data) for each in shown]), "utf-8")


def measure_days(shown: Sequence[Shown]) -> list[DatedRow]:
    """Give every day of the measures as a row: what happened, deadlines by law, votes, statements."""
    return [row for each in shown for row in _days(each)]


def _days(shown: Shown) -> Iterator[DatedRow]:
    name = shown.measure.name

    def row(day: dt.date, series: str, what: str, source: str, address: str, **more: Any) -> DatedRow:
        title = f"{name}: {what}"
        cells = {"measure": name, "series": series, "what": what, "source": source, "address": address}
        return DatedRow(day, cells, title=title, text=source, url=address, **more)

    for each in shown.measure.dates:
        what = each.what.replace("-", " ")
        yield row(each.when.last, "happened", what, each.source.words, each.source.address, when=each.when)
    for due in shown.standing.due:
        for day, which in due.named:
            yield row(day, "deadline", f"{due.deadline.what}{which}", due.source.cite, due.source.url)
    for vote in shown.measure.votes:
        if vote.day:
            yield row(vote.day.last, "vote", vote.what, vote.source.words, vote.source.address, when=vote.day)
    for said in shown.measure.statements:
        what = f"{said.who} was asked: {said.question}"
        yield row(said.when.last, "statement", what, said.source.words, said.source.address, when=said.when)


def shipped_measures() -> list[Path]:
    """Give the files of the shipped example: the Calexit measures, by their names."""
    return sorted(Path(str(files("ballotworthy") / "measures" / EXAMPLES)).glob("*.toml"))
