"""Support over time: every poll with its error, the course of opinion with its interval, kinds of question apart."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any

import altair as alt
import numpy as np
from markupsafe import Markup

from ballotworthy.report.altair_svg import drawn, marks
from ballotworthy.report.svg import INK
from ballotworthy.report.templates import rendered
from ballotworthy.support import Support

WIDTHS = {"wide": 700, "narrow": 335}
HEIGHT = 260
COLOURS = ("#1d4f7c", "#a33b0f", "#1e6b4f", "#8a6d00", "#6a3d80", "#4a4a4a", "#0f7a87", "#8a2f52")
SHAPES = ("circle", "diamond", "square", "triangle-up", "cross", "triangle-down", "stroke", "triangle-right")
"""Kinds differ by colour and by shape, so that paper without colour tells them too."""
Z95 = 1.959963984540054
SOON, LATE = 200, 1500
"""Days up to which the axis names days, and months."""


@dataclass(frozen=True)
class Said:
    """Sentences of an answer: of each course, and of all of them together."""

    each: tuple[tuple[str, ...], ...]
    whole: tuple[str, ...]


def support_svg(courses: Sequence[Support], limit: Fraction | None = None, width: int = WIDTHS["wide"]) -> Markup:
    """Draw the courses as an SVG element, named for those who cannot see it.

    Args:
        courses: one a kind of question; a line and its band are drawn where a kind has two polls or more.
        limit: the share that the rule asks for, drawn as a dashed line.
        width: of the whole picture, in pixels.
    """
    names = [_named(course, width) for course in courses]
    dots = [row for course, name in zip(courses, names, strict=True) for row in _dots(course, name)]
    band = [row for course, name in zip(courses, names, strict=True) for row in _band(course, name)]
    held = [row[end] for row in (*dots, *band) for end in ("low", "high")]
    ends = [*held, float(limit)] if limit is not None and courses[0].of_decided else held
    domain = [max(0.0, min(ends) - 0.02), min(1.0, max(ends) + 0.02)]
    days = [dt.date.fromisoformat(row["x"]) for row in (*dots, *band)]
    x = alt.X("x:T", title=None, scale=alt.Scale(type="utc"), axis=_days(max(days) - min(days), width))
    who = "of the decided" if all(course.of_decided for course in courses) else "of all who were asked"
    axis = alt.Axis(format=".0%", tickCount=6)
    y = alt.Y("y:Q", title=f"for it, {who}", scale=alt.Scale(domain=domain, nice=False, zero=False), axis=axis)
    legend = alt.Legend(
        title=None, orient="top", columns=1, labelLimit=width, labelFontSize=12, symbolOpacity=1, symbolSize=60,
        labelExpr="split(datum.label, '|')",
    )  # fmt: skip
    colours = alt.Scale(domain=names, range=list(COLOURS[: len(names)]), type="ordinal")
    shapes = alt.Scale(domain=names, range=list(SHAPES[: len(names)]), type="ordinal")
    color, shape = (alt.Color("kind:N", scale=colours, legend=legend), alt.Shape("kind:N", scale=shapes, legend=legend))
    rule = [{"y": float(limit)}] if limit is not None and domain[0] <= float(limit) <= domain[1] else []
    low = alt.Y("low:Q", scale=alt.Scale(domain=domain, nice=False, zero=False), title=f"for it, {who}", axis=axis)
    chart = alt.layer(
        marks(band).mark_area(opacity=0.16).encode(x, low, color, y2="high"),
        marks(band).mark_line(strokeWidth=2).encode(x, y, color),
        marks(rule).mark_rule(color=INK, strokeDash=[5, 3]).encode(alt.Y("y:Q")),
        marks(dots).mark_rule(strokeWidth=1, opacity=0.55).encode(x, low, color, y2="high"),
        marks(dots).mark_point(filled=True, opacity=1, size=60).encode(x, y, color, shape),
    )
    return drawn(chart.properties(height=HEIGHT), width, _in_words(courses))


def support_plots(courses: Sequence[Support], limit: Fraction | None = None) -> dict[str, Markup]:
    """Give the drawing for paper and desk, and for a phone."""
    return {name: support_svg(courses, limit, width) for name, width in WIDTHS.items()}


def support_html(
    courses: Sequence[Support], drawn_of: Sequence[Support], said: Said, limit: Fraction | None = None
) -> str:
    """Give the answer in words, the drawing and the polls as one page that loads nothing and prints on paper.

    Args:
        courses: one a kind of question; drawn_of: the same as they are drawn, all of them shares of the same people.
        said: the sentences of each course, in their order, and those on all of them.
        limit: the share that the rule asks for.
    """
    groups = list(zip(courses, said.each, strict=True))
    plots = support_plots(drawn_of, limit)
    return rendered("support.html.j2", groups=groups, plots=plots, limit=limit, whole=said.whole)


def _named(course: Support, width: int) -> str:
    """Give the question, cut by bars into lines that fit the width; the legend splits it there."""
    name = (course.question or course.kind or "the question").replace("|", "/")
    return "|".join(textwrap.wrap(name, max(20, width // 8)))


def _dots(course: Support, name: str) -> list[dict[str, Any]]:
    rows = []
    for poll, share in zip(course.polls, course.shares, strict=True):
        middle = poll.when.first + (poll.when.last - poll.when.first) / 2
        part = min(((poll.support or 0) + (poll.oppose or 0)) / 100, 1.0) if course.of_decided else 1.0
        reach = Z95 * sqrt(max(share * (1 - share), 0.0196) / (part * (poll.n or 500)))
        rows.append({"x": middle.isoformat(), "y": share, "low": max(0.0, share - reach),
                     "high": min(1.0, share + reach), "kind": name})  # fmt: skip
    return rows


def _band(course: Support, name: str) -> list[dict[str, Any]]:
    if len(course.polls) < 2:
        return []
    sd = np.sqrt(course.trend.sd**2 + course.common**2)
    low, high = np.clip(course.trend.mean - Z95 * sd, 0, 1), np.clip(course.trend.mean + Z95 * sd, 0, 1)
    return [
        {"x": day.isoformat(), "y": float(mean), "low": float(one), "high": float(two), "kind": name}
        for day, mean, one, two in zip(course.days, course.trend.mean, low, high, strict=True)
    ]


def _days(long: dt.timedelta, width: int) -> alt.Axis:
    shape = "%-d %b" if long.days <= SOON else "%b %Y" if long.days <= LATE else "%Y"
    return alt.Axis(format=shape, tickCount=max(3, width // 110), grid=False, labelOverlap=True)


def _in_words(courses: Sequence[Support]) -> str:
    told = []
    for course in courses:
        share, sd = course.forecast
        many = f"{len(course.polls)} poll{'' if len(course.polls) == 1 else 's'}"
        told.append(
            f"{course.question or course.kind or 'the question'}: {many}, {100 * share:.0f}% on {course.on}, "
            f"{100 * (share - Z95 * sd):.0f} to {100 * (share + Z95 * sd):.0f}"
        )
    return "Support over time. " + "; ".join(told)
