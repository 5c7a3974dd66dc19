"""The share of valid lines by group, sorted, each with its span."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ballotworthy.report.svg import BLUE, QUIET, RUST, layer, layered, svg_of
from ballotworthy.report.words import known

ROW = 21
"""Height of a row in pixels."""


def validity_plot(groups: Sequence[Mapping[str, Any]], overall: float | None, width: int, name: str) -> Markup:
    """Draw a dot and an interval for each group, and the share of all lines as a dashed line.

    Groups that need review are diamonds of another colour, and say so; a group without a share is left out.

    Args:
        groups: rows of a result with `name`, `validity`, `low`, `high` and perhaps `review`.
        overall: the share of all lines, None to leave the line out.
        width: of the whole picture, in pixels.
        name: what the picture is, for those who cannot see it.

    Returns:
        The SVG, or "" for fewer than two groups, which need no comparison.
    """
    rows = [_row(group) for group in groups if known(group["validity"])]
    rows.sort(key=lambda row: row["validity"])
    if len(rows) < 2:
        return Markup()
    low = max(0.0, min(row["low"] for row in rows) - 0.02)
    high = min(1.0, max(row["high"] for row in rows) + 0.02)
    reviews = [_beside(row, (low + high) / 2) for row in rows if row["shape"] == "diamond"]
    names = {"title": None, "labelLimit": round(width * 0.32), "labelPadding": 8, "domain": False, "ticks": False}
    y = {"field": "name", "type": "nominal", "sort": [row["name"] for row in rows], "axis": names}
    percent = {"format": ".0%", "tickCount": max(3, width // 130)}
    scale = {"domain": [low, high], "nice": False, "zero": False}
    title = "share of lines that are valid"
    x = {"field": "x", "type": "quantitative", "title": title, "scale": scale, "axis": percent}
    shape, color = ({"field": field, "type": "nominal", "scale": None} for field in ("shape", "color"))
    beside = {"color": RUST, "fontSize": 11} | {key: {"expr": f"datum.{key}"} for key in ("align", "dx")}
    all_lines = [{"x": overall}] if known(overall) else []
    spans, dots = ([{**row, "x": row[key]} for row in rows] for key in ("low", "validity"))
    layers = [
        layer(all_lines, "rule", {"color": QUIET, "strokeDash": [4, 3]}, x=x),
        layer(spans, "rule", {"strokeWidth": 2}, x=x, y=y, color=color, x2={"field": "high"}),
        layer(dots, "point", {"filled": True, "opacity": 1, "size": 70}, x=x, y=y, color=color, shape=shape),
        layer(reviews, "text", beside, x=x, y=y, text={"value": "needs review"}),
    ]
    return svg_of(layered(layers, width, ROW * len(rows)), name)


def _row(group: Mapping[str, Any]) -> dict[str, Any]:
    """Give a group as it is drawn; an interval that is not known shrinks to the dot."""
    validity = group["validity"]
    low, high = (group[end] if known(group[end]) else validity for end in ("low", "high"))
    review = bool(group.get("review"))
    return {
        "name": str(group["name"]),
        "validity": validity,
        "low": low,
        "high": high,
        "shape": "diamond" if review else "circle",
        "color": RUST if review else BLUE,
    }


def _beside(row: Mapping[str, Any], middle: float) -> dict[str, Any]:
    """Give the place of a row's words: beyond the end of its interval that has more room."""
    if (row["low"] + row["high"]) / 2 < middle:
        return {**row, "x": row["high"], "align": "left", "dx": 6}
    return {**row, "x": row["low"], "align": "right", "dx": -6}
