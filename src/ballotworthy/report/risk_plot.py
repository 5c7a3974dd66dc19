"""How soon a risk-limiting check ends: the share of checks settled over the lines looked at, as a page or a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt

from ballotworthy.report.altair_svg import drawn, marks, picture
from ballotworthy.report.svg import BLUE, INK, QUIET, RUST
from ballotworthy.report.templates import rendered

WIDTH, HEIGHT = 700, 300

Curves = Sequence[Mapping[str, Any]]
"""Points of the curves: `lines` looked at, the `share` of checks settled by then, and which `check`."""


def plan_page(title: str, sentences: Iterable[str], curves: Curves, statutory: Mapping[str, Any]) -> str:
    """Give the plot and the plan in sentences as one page of HTML that loads nothing."""
    plot = drawn(_chart(curves, statutory), WIDTH, _in_words(curves, statutory))
    return rendered("risk.html.j2", title=title, sentences=list(sentences), plot=plot)


def plan_picture(title: str, curves: Curves, statutory: Mapping[str, Any]) -> bytes:
    """Give the plot under its title as a PNG."""
    return picture(_chart(curves, statutory).properties(title=title), WIDTH)


def _chart(curves: Curves, statutory: Mapping[str, Any]) -> alt.LayerChart | alt.FacetChart:
    """Draw a line for each check over lines on a scale of powers of ten, and the mean of the place's own rule."""
    ticks = alt.Axis(format=",d", grid=False, values=[10**power for power in range(8)])
    x = alt.X("lines:Q", title="lines that people check", scale=alt.Scale(type="log", nice=False), axis=ticks)
    y = alt.Y("share:Q", title="checks settled", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%"))
    names = list(dict.fromkeys(row["check"] for row in curves))
    colour = alt.Color("check:N", scale=alt.Scale(domain=names, range=[BLUE, RUST][: len(names)]), legend=None)
    rule = [{"lines": statutory["lines"], "share": 0.06, "text": f"{statutory['place']}'s rule, on average"}]
    return alt.layer(
        marks(rule).mark_rule(color=QUIET, strokeDash=[5, 3]).encode(x),
        marks(rule).mark_text(align="right", dx=-6, color=INK).encode(x, y, text="text:N"),
        marks(curves).mark_line(strokeWidth=2.5, interpolate="step-after").encode(x, y, colour),
        marks(_labels(curves)).mark_text(align="left", dx=8, fontWeight="bold").encode(x, y, colour, text="check:N"),
        height=HEIGHT,
    )


def _labels(curves: Curves) -> list[Mapping[str, Any]]:
    """Give a point in the middle of each curve, where its name stands."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in curves:
        nearest = found.setdefault(row["check"], row)
        if abs(row["share"] - 0.3) < abs(nearest["share"] - 0.3):
            found[row["check"]] = row
    return list(found.values())


def _in_words(curves: Curves, statutory: Mapping[str, Any]) -> str:
    """Give what the plot shows, for those who cannot see it."""
    halves: dict[str, float] = {}
    for row in curves:
        if row["share"] >= 0.5:
            halves.setdefault(row["check"], row["lines"])
    half = "; ".join(f"{name}: half of the checks settled by {lines:,.0f} lines" for name, lines in halves.items())
    return f"{half}. {statutory['place']}'s rule: {statutory['lines']:,.0f} lines on average."
