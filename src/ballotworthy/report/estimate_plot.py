"""The estimate with its uncertainty, drawn over the bands that decide."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ballotworthy.report.scale import Band, bands_of
from ballotworthy.report.svg import BLUE, INK, layer, layered, svg_of
from ballotworthy.report.words import known, number

TINTS = {"insufficient": "#f5e0d5", "full-check": "#f4f0e1", "undecided": "#ebebeb", "sufficient": "#d9e9e2"}

LABELS, HISTOGRAM, ROW = 66, 120, 40
"""Heights in pixels: the labels on top, the histogram, a row for each number below it."""

RAISED = 34
"""How far a middle band's label is raised above the others where the band is too narrow for it."""

COUNT = "datum.value < 0 ? '' : format(datum.value, ',d')"
"""A tick's label: no petition has fewer than no signatures."""

Marks = list[dict[str, Any]]
"""Rows as they are drawn: x in signatures, y in pixels from the top."""


def estimate_plot(result: Mapping[str, Any], width: int) -> Markup:
    """Draw the sample draws, the machine's interval and the estimate over the bands.

    Args:
        result: the result of a check, with every part at least empty.
        width: of the whole picture, in pixels.

    Returns:
        The SVG.
    """
    bands, required = bands_of(result), result["requirement"]
    low, high = bands[0].start, bands[-1].end
    narrow = len(bands) == 3 and (bands[1].end - bands[1].start) * width < 84 * (high - low)
    head = LABELS + (RAISED if narrow else 0)
    bars = _histogram(result, head)
    foot = head + (HISTOGRAM if bars else 0) + 10
    spans = _spans(result, foot)
    height = foot + ROW * len(spans)
    texts = [
        *_band_labels(bands, RAISED if narrow else 0),
        _needed(required, low, high, head - 14),
        *({**span, "align": _side(span["x"], low, high), "dx": 0, "weight": "normal"} for span in spans),
    ]
    points = [{**span, "y": span["y"] + 17} for span in spans]
    shades = [{"x": each.start, "x2": each.end, "y": 0, "y2": height, "tint": TINTS[each.key]} for each in bands]
    breaks = [head - 13, *(span["y"] for span in spans), height + 9]
    line = [
        {"x": required, "y": start + 9, "y2": end - 9} for start, end in itertools.pairwise(breaks)
    ]  # in pieces, so that it runs through no words
    ticks = {"grid": False, "tickCount": max(3, width // 110), "labelExpr": COUNT}
    x, y = _place("x", [low, high], ticks) | {"title": "valid signatures"}, _place("y", [height, 0], None)
    x2, y2 = {"field": "x2"}, {"field": "y2"}
    own = {key: {"expr": f"datum.{key}"} for key in ("align", "dx")} | {"fontWeight": {"expr": "datum.weight"}}
    spanned = [{**each, "x": each["low"]} for each in points if known(each["low"]) and known(each["high"])]
    layers = [
        layer(shades, "rect", {}, x=x, x2=x2, y=y, y2=y2, color=_as_it_is("tint")),
        layer(bars, "rect", {"color": BLUE, "opacity": 0.6}, x=x, x2=x2, y=y, y2=y2),
        layer(line, "rule", {"color": INK, "strokeDash": [5, 3], "strokeWidth": 1.5}, x=x, y=y, y2=y2),
        layer(spanned, "rule", {"color": BLUE, "strokeWidth": 3}, x=x, x2={"field": "high"}, y=y),
        layer(
            points,
            "point",
            {"color": INK, "filled": True, "opacity": 1, "size": 85},
            x=x,
            y=y,
            shape=_as_it_is("shape"),
        ),
        layer(texts, "text", own, x=x, y=y, text={"field": "text", "type": "nominal"}),
    ]
    return svg_of(layered(layers, width, height), _in_words(result, bands, spans))


def _place(field: str, domain: list[float], axis: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give how a field's numbers are laid over a domain."""
    scale = {"domain": domain, "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _as_it_is(field: str) -> dict[str, Any]:
    """Give the encoding of a field that names a colour or a shape itself."""
    return {"field": field, "type": "nominal", "scale": None}


def _in_words(result: Mapping[str, Any], bands: Sequence[Band], spans: Marks) -> str:
    """Give what the plot shows, for those who cannot see it."""
    limits = "; ".join(f"{band.label}: {band.limits}" for band in bands)
    rows = " ".join(f"{span['text']}." for span in spans)
    return f"{number(result['requirement'])} valid signatures needed. {limits}. {rows}"


def _histogram(result: Mapping[str, Any], top: float) -> Marks:
    """Give the bars of the draws, the highest as high as the histogram."""
    bins = (result["draws"] or {}).get("histogram") or []
    most = max((times for _, _, times in bins), default=0)
    floor = top + HISTOGRAM
    return [
        {"x": start, "x2": end, "y": floor - HISTOGRAM * times / most, "y2": floor}
        for start, end, times in bins
        if times
    ]


def _spans(result: Mapping[str, Any], top: float) -> Marks:
    """Give the rows under the histogram: each a point, its interval where there is one, and its words."""
    rows: Marks = []
    for name, part, middle in (
        ("By rulings, 95%", result["corrected"], "valid"),
        ("Sample draws, 95%", result["draws"], "mean"),
        ("Machine, all lines, its span", result["machine"], "expected"),
    ):
        if part and known(part.get(middle)):
            low, high = part.get("low"), part.get("high")
            text = f"{name}: {number(low)} to {number(high)}"
            rows.append({"x": part[middle], "low": low, "high": high, "text": text, "shape": "circle"})
    text = f"Estimate that decides: {number(result['estimate'])}"
    rows.append({"x": result["estimate"], "low": None, "high": None, "text": text, "shape": "diamond"})
    return [{**row, "y": top + ROW * place + 10} for place, row in enumerate(rows)]


def _band_labels(bands: Sequence[Band], raised: int) -> Marks:
    """Give each band's label and limits; the middle one stands higher by `raised`."""
    labels: Marks = []
    for band in bands:
        place: dict[str, Any] = {"x": (band.start + band.end) / 2, "align": "center", "dx": 0, "y": 14}
        if band is bands[0]:
            place |= {"x": band.start, "align": "left", "dx": 8, "y": 14 + raised}
        elif band is bands[-1]:
            place |= {"x": band.end, "align": "right", "dx": -8, "y": 14 + raised}
        labels.append({**place, "text": band.label, "weight": "bold"})
        labels.append({**place, "y": place["y"] + 16, "text": band.limits, "weight": "normal"})
    return labels


def _side(x: float, low: float, high: float) -> str:
    """Give the side of a text that stands at `x` so that the rest of it stays on the axis."""
    third = (high - low) / 3
    return "left" if x < low + third else "right" if x > high - third else "center"


def _needed(requirement: float, low: float, high: float, y: float) -> dict[str, Any]:
    """Give the label of the requirement, on the side of its line that has more room."""
    side = {"align": "left", "dx": 5} if requirement - low < high - requirement else {"align": "right", "dx": -5}
    return {**side, "x": requirement, "y": y, "text": f"{number(requirement)} needed", "weight": "bold"}
