"""What each comparison weighs: m, u and bits of every level, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from ballotworthy.match.level_table import LevelRow
from ballotworthy.report.altair_svg import Panel, marks
from ballotworthy.report.drawing import Drawing
from ballotworthy.report.level_rows import Rows, height_of, level_axis, level_rows, share_told
from ballotworthy.report.svg import BLUE, INK, QUIET, RUST

SHARE, BITS = 130, 330
"""Widths in pixels: of the panels of m and u, and of the panel of bits."""


def weights_plot(levels: Sequence[LevelRow], rested: str) -> Drawing:
    """Draw m, u and weight of every level; the weight of a level that a name decides has a span of its own.

    Args:
        levels: what `match.level_table` gives.
        rested: what the weights rest on, in words.
    """
    rows = level_rows(levels, _told)
    panels = (
        _shares(rows, "m", "signers' own (m)", level_axis(rows)),
        _shares(rows, "u", "strangers' (u)", level_axis(rows, labels=False)),
        _bits(rows),
    )
    most = max(levels, key=lambda level: level.weight)
    words = (
        "Each row is one way in which a line and a voter can agree or differ. m: how often it is seen between a "
        "signer's line and the signer's own record; u: how often between strangers. The bar is log2 of m over u: each "
        "bit doubles the odds. Where a name decides, the bar is for a name of usual rarity on this roll, and the thin "
        f"line reaches from a common to a rare one. The most telling is: {most.field} {most.words}, "
        f"{most.weight:+.1f} bits. These are {rested}."
    )
    chart = alt.hconcat(*panels, spacing=14).resolve_scale(y="shared")
    return Drawing("Weights of every comparison", words, chart)


def _told(level: LevelRow) -> dict[str, Any]:
    return {
        "m": level.m, "u": level.u or 0.0, "bits": level.weight, "low": level.low, "high": level.high,
        "color": BLUE if level.weight > 0 else RUST, "bits_told": f"{level.weight:+.1f}",
        "m_told": share_told(level.m), "u_told": "by the name" if level.u is None else share_told(level.u),
    }  # fmt: skip


def _shares(rows: Rows, name: str, title: str, axis: alt.Y) -> Panel:
    filled = [row for row in rows if not row["heading"]]
    ticks = alt.Axis(values=[0, 0.5, 1], format=".0%")
    x = alt.X(f"{name}:Q", title=title, scale=alt.Scale(domain=[0, 1.35], nice=False), axis=ticks)
    return alt.layer(
        marks(rows).mark_point(opacity=0).encode(axis),
        marks(filled).mark_bar(height=9, color=QUIET).encode(x, axis),
        marks(filled).mark_text(align="left", dx=4, fontSize=10.5, color=INK).encode(x, axis, text=f"{name}_told:N"),
        width=SHARE, height=height_of(rows),
    )  # fmt: skip


def _bits(rows: Rows) -> Panel:
    filled, axis = [row for row in rows if not row["heading"]], level_axis(rows, labels=False)
    low, high = min(row["low"] for row in filled), max(row["high"] for row in filled)
    scale = alt.Scale(domain=[min(low, 0) - 3, high + 3], nice=False)
    x = alt.X("bits:Q", title="weight in bits", scale=scale)
    up = [{**row, "at": row["high"]} for row in filled if row["bits"] > 0]
    down = [{**row, "at": row["low"]} for row in filled if row["bits"] <= 0]
    at = alt.X("at:Q", scale=scale)
    return alt.layer(
        marks(rows).mark_point(opacity=0).encode(axis),
        marks([{"zero": 0}]).mark_rule(color=QUIET).encode(alt.X("zero:Q", scale=scale)),
        marks(filled).mark_bar(height=9).encode(x, axis, alt.Color("color:N", scale=None)),
        marks([row for row in filled if row["low"] != row["high"]]).mark_rule(color=INK, strokeWidth=1.2).encode(
            alt.X("low:Q", scale=scale), axis, x2="high"
        ),
        marks(up).mark_text(align="left", dx=5, fontSize=10.5, color=INK).encode(at, axis, text="bits_told:N"),
        marks(down).mark_text(align="right", dx=-5, fontSize=10.5, color=INK).encode(at, axis, text="bits_told:N"),
        width=BITS, height=height_of(rows),
    )  # fmt: skip
