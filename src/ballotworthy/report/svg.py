"""A chart as SVG text that stands inside a page: drawn on this machine, named for those who cannot see it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import altair as alt
import vl_convert
from altair.utils import schemapi
from markupsafe import Markup

from ballotworthy.safe_text import safe_line

schemapi.disable_debug_mode()
"""Altair would check each part of a plot against its schema, for a third of the time that drawing takes."""

INK, QUIET, BLUE, RUST = "#1b1b1b", "#6b6b6b", "#1d4f7c", "#a33b0f"
"""Text and lines; lines that stay behind; what was measured; what needs a look."""

VERSION = ".".join(alt.SCHEMA_VERSION.split(".")[:2])

CONFIG = {
    "aria": False,  # the picture has one name of its own; its parts have none
    "background": "white",
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "domainColor": QUIET,
        "gridColor": "#e4e4e4",
        "labelColor": INK,
        "labelFontSize": 12,
        "tickColor": QUIET,
        "titleColor": INK,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "text": {"fontSize": 12, "color": INK, "baseline": "middle"},
}


def marks(values: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """Give a chart of these rows, still to be told what they are drawn as."""
    return alt.Chart(alt.InlineData(values=[dict(value) for value in values]))


Panel = alt.LayerChart | alt.FacetChart
Chart = Panel | alt.HConcatChart


def drawn(chart: Chart, width: int | None, name: str) -> Markup:
    """Give the chart as an SVG element `width` pixels wide in all, or as wide as its panels, named by `name`.

    It is markup: the renderer escapes the text in it. The element has a view box and no fixed size, so that a page
    can fit it to its column; its text takes the font of the page.
    """
    root, parts = _svg(json.dumps(spec(chart, width))).split(">", 1)
    box = re.search(r'viewBox="[^"]*"', root)
    if box is None:
        raise ValueError("the drawing has no view box")
    named = f'<svg {box[0]} role="img" aria-label="{escape(safe_line(name))}">'
    return Markup(named + parts.replace(' font-family="sans-serif"', ""))  # noqa: S704 - drawn here, its text escaped


@lru_cache(maxsize=32)
def _svg(told: str) -> str:
    """Draw a specification; the same picture stands on the pages of several measures, and takes half a second."""
    svg: str = vl_convert.vegalite_to_svg(told, vl_version=VERSION, allowed_base_urls=[])
    return svg


def picture(chart: Chart, width: int | None) -> bytes:
    """Give the chart as a PNG of twice `width` pixels, sharp on any screen."""
    png: bytes = vl_convert.vegalite_to_png(spec(chart, width), vl_version=VERSION, scale=2, allowed_base_urls=[])
    return png


def spec(chart: Chart, width: int | None) -> dict[str, Any]:
    """Give the chart's Vega-Lite specification, its text safe to show; that it is one, tests make sure."""
    if width is not None:
        chart = chart.properties(width=width, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    return {**_shown(chart.to_dict(validate=False)), "config": CONFIG}


def _shown(part: Any) -> Any:
    """Give a part of a chart with safe text: the renderer ends the whole program at a control character."""
    if isinstance(part, str):
        return safe_line(part)
    if isinstance(part, dict):
        return {key: _shown(value) for key, value in part.items()}
    return [_shown(value) for value in part] if isinstance(part, list) else part
