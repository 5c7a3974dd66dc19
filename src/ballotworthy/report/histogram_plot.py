"""How sure a matching is: weights of the voters proposed, and the probability of each line's likeliest voter."""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import polars as pl

from ballotworthy.report.altair_svg import marks
from ballotworthy.report.drawing import Drawing
from ballotworthy.report.svg import BLUE, INK
from ballotworthy.report.words import count

WIDTH, HEIGHT = 700, 280
BITS = 2
"""Width of a bar of weights."""
BARS = 20
"""Bars of probabilities."""
FIRST, OTHER = "the likeliest voter of a line", "other voters proposed"
COLOURS = {FIRST: BLUE, OTHER: "#c9b79c"}


def weight_histogram(table: pl.DataFrame) -> Drawing:
    """Draw how many voters were proposed at each weight, a line's likeliest voter apart from the others.

    Args:
        table: what `match` gives: `rank`, `voter_id`, `weight`, `probability`.
    """
    there = table.filter(pl.col("voter_id").is_not_null())
    below: dict[float, int] = {}
    rows: list[dict[str, Any]] = []
    for kind, first in ((FIRST, True), (OTHER, False)):
        bits = there.filter((pl.col("rank") == 1) == first)["weight"].to_numpy()
        starts, many = np.unique(np.floor(bits / BITS) * BITS, return_counts=True)
        for start, pairs in zip(starts.tolist(), many.tolist(), strict=True):
            low = below.get(start, 0)
            below[start] = low + pairs
            rows.append({"start": start, "end": start + BITS, "low": low, "high": low + pairs, "kind": kind})
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
        legend=alt.Legend(title=None, orient="top", labelLimit=WIDTH, labelFontSize=12),
    )  # fmt: skip
    x = alt.X("start:Q", title="weight in bits", axis=alt.Axis(grid=False), scale=alt.Scale(nice=False, zero=False))
    y = alt.Y("low:Q", title="voters proposed", axis=alt.Axis(format=",d"))
    bars = marks(rows).mark_rect(stroke="white", strokeWidth=0.6).encode(x, y, colour, x2="end", y2="high")
    lines = table.filter(pl.col("rank") == 1)
    silent = lines.height - lines["voter_id"].count()
    words = (
        f"Of {count(lines.height, 'line')}, {lines.height - silent:,} have voters proposed and {silent:,} none. Well "
        "apart, the two heaps are easy lines; where they meet, look at the comparisons."
    )
    return Drawing("Weights of the voters proposed", words, alt.layer(bars, height=HEIGHT), WIDTH)


def probability_histogram(table: pl.DataFrame) -> Drawing:
    """Draw how many lines have a likeliest voter of each probability, with the number over each bar."""
    chances = table.filter((pl.col("rank") == 1) & pl.col("voter_id").is_not_null())["probability"].to_numpy()
    many, ends = np.histogram(chances, BARS, (0, 1))
    rows = [
        {"start": float(start), "end": float(end), "middle": float((start + end) / 2), "low": 0, "lines": int(lines),
         "told": f"{lines:,}"}
        for start, end, lines in zip(ends[:-1], ends[1:], many, strict=True)
        if lines
    ]  # fmt: skip
    scale = alt.Scale(domain=[0, 1], nice=False)
    percent = alt.Axis(format=".0%", grid=False)
    x = alt.X("start:Q", title="probability of the likeliest voter", scale=scale, axis=percent)
    y, high = alt.Y("low:Q", title="lines", axis=alt.Axis(format=",d")), alt.Y("lines:Q")
    middle = alt.X("middle:Q", scale=scale)
    chart = alt.layer(
        marks(rows).mark_rect(color=BLUE, stroke="white", strokeWidth=0.6).encode(x, y, x2="end", y2="lines"),
        marks(rows).mark_text(dy=-8, color=INK, fontSize=10.5).encode(middle, high, text="told:N"),
        height=HEIGHT,
    )
    sure = int((chances >= 0.95).sum())
    between = int(((chances > 0.05) & (chances < 0.95)).sum())
    words = (
        f"{count(sure, 'line')} with a voter of 95% or more; {between:,} between 5% and 95%, which want a person's eye."
    )
    return Drawing("Probability of each line's likeliest voter", words, chart, WIDTH)
