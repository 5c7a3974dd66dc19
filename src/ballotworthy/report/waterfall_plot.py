"""The evidence for one candidate as a waterfall: each comparison moves the sum of weights up or down."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from ballotworthy.match.waterfall import Step
from ballotworthy.report.altair_svg import marks, picture
from ballotworthy.report.svg import BLUE, INK, QUIET, RUST

ROW = 26
"""Height of a row in pixels."""


def waterfall_picture(steps: Sequence[Step], chance: float, width: int) -> bytes:
    """Draw the steps from top to bottom, the last row the sum; a PNG of twice `width` pixels."""
    rows = [_row(step) for step in steps]
    sign = "in favour" if steps[-1].total > 0 else "against"
    last = f"sum: {abs(steps[-1].total):.1f} bits {sign}, which is a probability of {chance:.1%}"
    rows.append({"words": last, "start": 0.0, "end": steps[-1].total, "told": f"{steps[-1].total:+.1f}", "color": INK})
    ends = [0.0, *(step.total for step in steps)]
    scale = alt.Scale(domain=[min(ends) - 3, max(ends) + 6], nice=False)
    names = alt.Axis(title=None, labelLimit=round(width * 0.5), labelPadding=8, domain=False, ticks=False)
    y = alt.Y("words:N", sort=None, axis=names)
    x = alt.X("start:Q", title="sum of weights in bits; each bit doubles the odds", scale=scale)
    beyond = alt.X("beyond:Q", scale=scale)
    chart = alt.layer(
        marks([{"start": 0}]).mark_rule(color=QUIET, strokeDash=[4, 3]).encode(x),
        marks(rows).mark_bar(height=ROW - 10).encode(x, y, alt.Color("color:N", scale=None), x2="end"),
        marks([{**row, "beyond": max(row["start"], row["end"])} for row in rows])
        .mark_text(align="left", dx=5)
        .encode(beyond, y, text="told:N"),
    )
    return picture(chart.properties(height=ROW * len(rows)), width)


def _row(step: Step) -> dict[str, str | float]:
    color = BLUE if step.weight > 0 else RUST
    start = step.total - step.weight
    return {"words": step.words, "start": start, "end": step.total, "told": f"{step.weight:+.1f}", "color": color}
