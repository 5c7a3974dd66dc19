"""Charts as a folder: each as SVG and as its Vega-Lite specification, and all of them on one page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ballotworthy.files.whole import refuse_foreign, whole_folder
from ballotworthy.report.drawing import Drawing
from ballotworthy.report.templates import rendered

MARKER = "charts.html"
NAMES = ("weights", "learned", "pairs", "probabilities", "reliability", "precision-recall")
"""Of all charts that there are."""
OUTPUTS = (MARKER, *(f"{name}.{ending}" for name in NAMES for ending in ("svg", "json")))

Charts = Mapping[str, Drawing]
"""Drawings by name, such as `weights`: the name of their files and of their place on the page."""


def charts_page(title: str, charts: Charts) -> str:
    """Give all charts on one page."""
    return rendered("charts.html.j2", title=title, charts=charts)


def refuse_other_folder(folder: str | Path) -> None:
    """Refuse a folder that holds what is not ours, before any work.

    Raises:
        InputError: it does.
    """
    refuse_foreign(Path(folder), MARKER, OUTPUTS)


def write_charts(title: str, charts: Charts, folder: str | Path) -> None:
    """Write charts.html, and NAME.svg and NAME.json of each chart, the folder whole or not at all.

    Raises:
        InputError: the folder holds what is not an earlier output of this kind.
        OutputError: it could not be written.
    """
    with whole_folder(Path(folder), marker=MARKER, holds=OUTPUTS) as made:
        for name, drawing in charts.items():
            drawing.write(made / f"{name}.svg")
            drawing.write(made / f"{name}.json")
        (made / MARKER).write_text(charts_page(title, charts), "utf-8")
