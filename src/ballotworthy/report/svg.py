"""A Vega-Lite specification as SVG text that stands inside a page: drawn on this machine, named for who cannot see it.

The pictures of a check are specifications of our own: Altair takes longer to make one than it takes to draw it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

import vl_convert
from markupsafe import Markup

from ballotworthy.safe_text import safe_line

INK, QUIET, BLUE, RUST = "#1b1b1b", "#6b6b6b", "#1d4f7c", "#a33b0f"
"""Text and lines; lines that stay behind; what was measured; what needs a look."""

VERSION = "6.4"
"""The Vega-Lite that Altair writes."""

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


def layer(
    rows: Sequence[Mapping[str, Any]], mark: str, style: Mapping[str, Any], **encoding: Mapping[str, Any]
) -> dict[str, Any]:
    """Give a layer that draws these rows as marks in a style; of each channel, what of a row it shows and how."""
    return {"data": {"values": [dict(row) for row in rows]}, "mark": {"type": mark, **style}, "encoding": encoding}


def layered(layers: Sequence[Mapping[str, Any]], width: int, height: float) -> dict[str, Any]:
    """Give the specification of layers one over the other, `width` pixels wide in all, its text safe to show."""
    size = {"width": width, "height": height, "autosize": {"type": "fit-x", "contains": "padding"}}
    schema = f"https://vega.github.io/schema/vega-lite/v{VERSION}.json"
    return {"$schema": schema, "config": CONFIG, **size, "layer": [shown(each) for each in layers]}


def svg_of(chart: Mapping[str, Any], name: str) -> Markup:
    """Give a specification as an SVG element, named by `name`.

    It is markup: the renderer escapes the text in it. The element has a view box and no fixed size, so that a page
    can fit it to its column; its text takes the font of the page.
    """
    root, parts = _svg(json.dumps(chart)).split(">", 1)
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


def shown(part: Any) -> Any:
    """Give a part of a chart with safe text: the renderer ends the whole program at a control character."""
    if isinstance(part, str):
        return safe_line(part)
    if isinstance(part, dict):
        return {key: shown(value) for key, value in part.items()}
    return [shown(value) for value in part] if isinstance(part, list) else part
