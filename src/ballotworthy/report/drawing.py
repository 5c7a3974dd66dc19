"""A chart handed over: Altair to go on with, SVG for a page, a file by its ending."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ballotworthy.errors import InputError
from ballotworthy.files.whole import whole_file
from ballotworthy.report.altair_svg import Chart, drawn, picture, spec

ENDINGS = (".svg", ".png", ".json")


@dataclass(frozen=True)
class Drawing:
    """A chart.

    Attributes:
        title: what it shows, in a line.
        words: how to read it, and what it shows for those who cannot see it.
        altair: the chart, to be changed, joined with others or saved as Altair does.
        width: of the picture in pixels; None for a chart of several panels, which have their own.
    """

    title: str
    words: str
    altair: Chart
    width: int | None = None

    @cached_property
    def svg(self) -> Markup:
        """The chart as an SVG element that stands inside a page."""
        return drawn(self.altair, self.width, f"{self.title}. {self.words}")

    def to_dict(self) -> dict[str, Any]:
        """Give the chart's Vega-Lite specification."""
        return spec(self.altair, self.width)

    def write(self, path: str | Path) -> None:
        """Write the chart, whole or not at all: .svg, .png, or .json, its Vega-Lite specification.

        Raises:
            InputError: the file is called otherwise.
            OutputError: it could not be written.
        """
        path = Path(path)
        ending = path.suffix.lower()
        if ending not in ENDINGS:
            raise InputError(
                f"a chart is no {path.suffix or 'file without an ending'}. Name {path} .svg, .png or .json."
            )
        with whole_file(path) as file:
            if ending == ".png":
                file.write_bytes(picture(self.altair, self.width))
            elif ending == ".json":
                file.write_text(json.dumps(self.to_dict(), indent=2) + "\n", "utf-8")
            else:
                file.write_text(str(self.svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1), "utf-8")

    def __repr__(self) -> str:
        """Give the title."""
        return f"Drawing({self.title!r})"

    def _repr_html_(self) -> str:
        """Give the picture, for a notebook."""
        return f'<div style="max-width:60rem;background:#fff">{self.svg}</div>'
