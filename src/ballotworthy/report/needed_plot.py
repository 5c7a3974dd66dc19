"""How many signatures to file: the chance of passing over the number filed, as a page or a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt

from ballotworthy.report.altair_svg import drawn, marks, picture
from ballotworthy.report.svg import BLUE, INK, QUIET, RUST
from ballotworthy.report.templates import rendered
from ballotworthy.sufficiency.goal import Curve, Goal

WIDTH, HEIGHT = 700, 300
END, SAMPLE = "passes in the end", "passes on the sample alone"
COLOURS = {END: BLUE, SAMPLE: RUST}


def needed_page(title: str, sentences: Iterable[str], curve: Curve, goal: Goal) -> str:
    """Give the plot, the answer in sentences and its tables as one page of HTML that loads nothing."""
    plot = drawn(_chart(curve, goal), WIDTH, _in_words(goal))
    return rendered("needed.html.j2", title=title, sentences=list(sentences), plot=plot, goal=goal)


def needed_picture(title: str, curve: Curve, goal: Goal) -> bytes:
    """Give the plot under its title as a PNG."""
    return picture(_chart(curve, goal).properties(title=title), WIDTH)


def _chart(curve: Curve, goal: Goal) -> alt.LayerChart | alt.FacetChart:
    """Draw a line for each way to pass, the chance asked for, and the numbers that reach it."""
    x = alt.X("raw:Q", title="signatures filed", scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(format=",d"))
    y = alt.Y("chance:Q", title="chance", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"))
    colour = alt.Color("way:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None)
    points = _points(goal)
    asked = [{"chance": goal.chance}]
    return alt.layer(
        marks(asked).mark_rule(color=QUIET, strokeDash=[5, 3]).encode(y),
        marks(_lines(curve, goal)).mark_line(strokeWidth=2.5, interpolate="monotone").encode(x, y, colour),
        marks(points).mark_rule(color=QUIET, strokeDash=[2, 3]).encode(x, alt.Y("chance:Q"), y2=alt.Y2Datum(0)),
        marks(points).mark_point(color=INK, filled=True, opacity=1, size=80).encode(x, y),
        marks(points).mark_text(align="left", dx=7, dy=14, fontWeight="bold").encode(x, y, text="number:N"),
        marks(points).mark_text(align="left", dx=7, dy=30).encode(x, y, colour, text="way:N"),
        height=HEIGHT,
    )


def _lines(curve: Curve, goal: Goal) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = [{"raw": raw, "chance": found.end, "way": END} for raw, found in curve]
    if goal.asked.sample is not None:
        rows += [{"raw": raw, "chance": found.sample, "way": SAMPLE} for raw, found in curve]
    return rows


def _points(goal: Goal) -> Sequence[Mapping[str, Any]]:
    ways = ((goal.asked.end, END), (goal.asked.sample, SAMPLE))
    return [
        {"raw": raw, "chance": goal.chance, "way": way, "number": f"{raw:,}"} for raw, way in ways if raw is not None
    ]


def _in_words(goal: Goal) -> str:
    """Give what the plot shows, for those who cannot see it."""
    points = "; ".join(f"{point['number']}: {point['way']}" for point in _points(goal))
    return f"Signatures to file for a chance of {goal.chance * 100:g}%. {points}."
