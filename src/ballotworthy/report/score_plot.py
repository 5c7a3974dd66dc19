"""How right a matching is, as a page with two plots: what was said against what is true, and precision by recall."""

from __future__ import annotations

import altair as alt
from markupsafe import Markup

from ballotworthy.match.score import Score
from ballotworthy.report.svg import BLUE, QUIET, drawn, marks
from ballotworthy.report.templates import rendered

WIDTH, HEIGHT = 700, 300


def score_page(found: Score) -> str:
    """Give the page; it loads nothing."""
    return rendered("score.html.j2", score=found, reliability=reliability_plot(found), curve=curve_plot(found))


def reliability_plot(found: Score) -> Markup:
    """Give the plot of what was said against what is true, a dot a band, as large as it has lines."""
    percent, whole = alt.Axis(format=".0%", tickCount=5), alt.Scale(domain=[0, 1])
    said = alt.X("said:Q", title="probability said", axis=percent, scale=whole)
    true = alt.Y("true:Q", title="share that is right", axis=percent, scale=whole)
    size = alt.Size("lines:Q", legend=None, scale=alt.Scale(range=[30, 400]))
    bands = [{"said": band.said, "true": band.true, "lines": band.lines} for band in found.bands]
    even = marks([{"said": end, "true": end} for end in (0, 1)]).mark_line(color=QUIET, strokeDash=[4, 3])
    dots = marks(bands).mark_point(filled=True, color=BLUE, opacity=1)
    chart = alt.layer(even.encode(said, true), dots.encode(said, true, size)).properties(height=HEIGHT)
    return drawn(chart, WIDTH, "What was said of lines against what is true of them, by band of probability.")


def curve_plot(found: Score) -> Markup:
    """Give the plot of precision by recall, the threshold going from high to low."""
    points = [{"recall": point.recall, "precision": point.precision} for point in found.curve]
    lowest = min((point.precision for point in found.curve), default=0.0)
    near = alt.Scale(domain=[max(0.0, lowest - 0.02), 1], nice=False, zero=False)
    x = alt.X("recall:Q", title="share of signers found", axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("precision:Q", title="share of what is taken that is right", axis=alt.Axis(format=".1%"), scale=near)
    line = marks(points).mark_line(color=BLUE).encode(x, y, alt.Order("recall:Q"))
    return drawn(alt.layer(line).properties(height=HEIGHT), WIDTH, "Precision against recall, by threshold.")
