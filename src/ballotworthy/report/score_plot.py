"""How right a matching is: what was said against what is true, and precision by recall; as charts and as a page."""

from __future__ import annotations

import altair as alt

from ballotworthy.match.score import Score
from ballotworthy.report.altair_svg import marks
from ballotworthy.report.drawing import Drawing
from ballotworthy.report.svg import BLUE, INK, QUIET
from ballotworthy.report.templates import rendered

WIDTH, HEIGHT = 700, 300


def score_page(found: Score) -> str:
    """Give the page; it loads nothing."""
    drawings = {"reliability": reliability_plot(found).svg, "curve": curve_plot(found).svg}
    return rendered("score.html.j2", score=found, **drawings)


def reliability_plot(found: Score) -> Drawing:
    """Draw what was said against what is true, a dot a band, as large as it has lines."""
    percent, whole = alt.Axis(format=".0%", tickCount=5), alt.Scale(domain=[0, 1])
    said = alt.X("said:Q", title="probability said", axis=percent, scale=whole)
    true = alt.Y("true:Q", title="share that is right", axis=percent, scale=whole)
    size = alt.Size("lines:Q", legend=None, scale=alt.Scale(range=[30, 400]))
    bands = [
        {"said": band.said, "true": band.true, "lines": band.lines, "told": f"{band.lines:,}"} for band in found.bands
    ]
    even = marks([{"said": end, "true": end} for end in (0, 1)]).mark_line(color=QUIET, strokeDash=[4, 3])
    dots = marks(bands).mark_point(filled=True, color=BLUE, opacity=1)
    told = marks(bands).mark_text(align="left", dx=11, dy=6, fontSize=10.5, color=INK)
    chart = alt.layer(
        even.encode(said, true), dots.encode(said, true, size), told.encode(said, true, text="told:N"), height=HEIGHT
    )
    words = (
        "A dot is a band of probability, with its number of lines: on the dashed line, what was said is what is true."
    )
    return Drawing("Reliability", words, chart, WIDTH)


def curve_plot(found: Score) -> Drawing:
    """Draw precision by recall, the threshold going from high to low."""
    points = [
        {"recall": point.recall, "precision": point.precision, "threshold": point.threshold} for point in found.curve
    ]
    lowest = min((point.precision for point in found.curve), default=0.0)
    near = alt.Scale(domain=[max(0.0, lowest - 0.02), 1], nice=False, zero=False)
    x = alt.X("recall:Q", title="share of signers found", axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("precision:Q", title="share of what is taken that is right", axis=alt.Axis(format=".1%"), scale=near)
    line = marks(points).mark_line(color=BLUE).encode(x, y, alt.Order("threshold:Q", sort="descending"))
    words = (
        "Each point is a threshold of probability: how many signers it finds, and how much of what it takes is right."
    )
    return Drawing("Precision by recall", words, alt.layer(line, height=HEIGHT), WIDTH)
