"""An Altair chart as SVG that stands inside a page, as PNG, or as its Vega-Lite specification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert
from altair.utils import schemapi
from markupsafe import Markup

from ballotworthy.report.svg import CONFIG, VERSION, shown, svg_of

schemapi.disable_debug_mode()
"""Altair would check each part of a plot against its schema, for a third of the time that drawing takes."""


def marks(values: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """Give a chart of these rows, still to be told what they are drawn as."""
    return alt.Chart(alt.InlineData(values=[dict(value) for value in values]))


Panel = alt.LayerChart | alt.FacetChart
Chart = Panel | alt.HConcatChart


def drawn(chart: Chart, width: int | None, name: str) -> Markup:
    """Give the chart as `svg_of` does, `width` pixels wide in all, or as wide as its panels."""
    return svg_of(spec(chart, width), name)


def picture(chart: Chart, width: int | None) -> bytes:
    """Give the chart as a PNG of twice `width` pixels, sharp on any screen."""
    png: bytes = vl_convert.vegalite_to_png(spec(chart, width), vl_version=VERSION, scale=2, allowed_base_urls=[])
    return png


def spec(chart: Chart, width: int | None) -> dict[str, Any]:
    """Give the chart's Vega-Lite specification, its text safe to show; that it is one, tests make sure."""
    if width is not None:
        chart = chart.properties(width=width, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    return {**shown(chart.to_dict(validate=False)), "config": CONFIG}
