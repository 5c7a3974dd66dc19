"""Pictures for the demo: sheets of its petition filled by invented hands, scanned, and cut into rows and cells.

Its lines were typed, by whoever invented them, so nothing is read here: a sheet takes a second in place of four.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ballotworthy.casework.bound_lines import LINES, ROWS
from ballotworthy.files.cells import write_table
from ballotworthy.files.choices import Level
from ballotworthy.scan.installed import require_extra
from ballotworthy.sheets import plain_form
from ballotworthy.simulate.hands import fonts_in
from ballotworthy.simulate.scans import scanned_sheet
from ballotworthy.stats.draw import draw
from ballotworthy.verbs.case_scans import CELLS

if TYPE_CHECKING:
    from ballotworthy.scan.cuts import Cut

LEVEL: Level = "middle"
SCANS, TYPED = "scans", "typed.csv"


def looked_at_first(lines: pl.DataFrame, seed: str, sheets: int) -> list[str]:
    """Give the sheets of the lines that the desk shows first: as drawn, stratum after stratum."""
    found: dict[str, None] = {}
    for _, part in sorted(lines.group_by("district"), key=lambda each: str(each[0])):
        ids = [f"{sheet}-{line}" for sheet, line in part.select("sheet", "line").iter_rows()]
        found |= dict.fromkeys(each.partition("-")[0] for each in draw(seed, ids, len(ids)))
    return list(found)[:sheets]


def cut_sheets(invented: Path, work: Path, *, seed: str, drawn_by: str, sheets: int) -> int:
    """Draw some sheets of an invented petition and cut them, as `sheets read` keeps rows and cells; give how many.

    The scans go to `scans` beside the petition, the lines of all other sheets to `typed.csv` in the private folder.

    Args:
        invented: the folder of the simulation.
        work: a private folder, which becomes one of sheets that were read.
        seed: of the invention.
        drawn_by: the seed that draws the sample.
        sheets: at most so many.

    Raises:
        InputError: the extra `scan` or every handwriting font is missing.
    """
    require_extra()
    fonts = fonts_in(None)
    import cv2  # here, since an office without the extra has a demo too
    import numpy as np

    from ballotworthy.scan.cuts import cuts_of

    lines, form = pl.read_csv(invented / LINES, infer_schema=False), plain_form()
    for each in (work / ROWS, work / CELLS, invented / SCANS):
        each.mkdir()
    done = []
    for sheet in looked_at_first(lines, drawn_by, sheets):
        scan = scanned_sheet(lines.filter(pl.col("sheet") == sheet), form, int(sheet), LEVEL, seed, fonts)
        (invented / SCANS / f"{int(sheet):05}.jpg").write_bytes(scan)
        grey = cv2.imdecode(np.frombuffer(scan, np.uint8), cv2.IMREAD_GRAYSCALE)
        if cuts := cuts_of(np.asarray(grey), form, int(sheet)):
            _keep(work, sheet, cuts)
            done.append(sheet)
    write_table(lines.filter(pl.col("sheet").is_in(done)), work / LINES)
    write_table(lines.filter(~pl.col("sheet").is_in(done)), work / TYPED)
    return len(done)


def _keep(work: Path, sheet: str, cuts: list[Cut]) -> None:
    import cv2

    for cut in cuts:
        cv2.imwrite(str(work / ROWS / f"{sheet}-{cut.line}.png"), cut.picture)
        for field, picture in cut.cells.items():
            cv2.imwrite(str(work / CELLS / f"{sheet}-{cut.line}-{field}.png"), picture)
