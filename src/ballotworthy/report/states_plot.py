"""The states of the Union as a grid of squares: which ask for a convention, which perhaps, which do not."""

from __future__ import annotations

from typing import Any

import altair as alt
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ballotworthy.convention import Count
from ballotworthy.convention.events import SUBJECTS
from ballotworthy.convention.union import name_of, states_on
from ballotworthy.report.svg import BLUE, INK, RUST, drawn, marks

WIDTH, SIDE = 640, 52
ROWS = (
    "AK . . . . . . . . . . ME",
    ". . . . . . . . . . VT NH",
    ". WA ID MT ND MN IL WI MI NY RI MA",
    ". OR NV WY SD IA IN OH PA NJ CT .",
    ". CA UT CO NE MO KY WV VA MD DE .",
    ". . AZ NM KS AR TN NC SC . . .",
    ". . . . OK LA MS AL GA . . .",
    "HI . . . TX . . . . FL . .",
)
"""Every state once, as near to its place as squares allow."""
ASKS, PERHAPS, NOT = "asks for it", "perhaps", "does not"
COLOURS = {ASKS: BLUE, PERHAPS: RUST, NOT: "#e4e4e4"}


def states_svg(found: Count) -> str:
    """Draw the answer as an SVG element, named for those who cannot see it."""
    rows = [_square(found, state, x, y) for y, line in enumerate(ROWS) for x, state in enumerate(line.split())]
    squares = [row for row in rows if row]
    x = alt.X("x:O", axis=None, scale=alt.Scale(padding=0.08))
    y = alt.Y("y:O", axis=None, scale=alt.Scale(padding=0.08))
    scale = alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    legend = alt.Legend(title=None, orient="top", symbolType="square", labelFontSize=13)
    chart = alt.layer(
        marks(squares).mark_rect(cornerRadius=4).encode(x, y, alt.Color("stands:N", scale=scale, legend=legend)),
        marks(squares).mark_text(fontSize=13, fontWeight="bold").encode(
            x, y, text="state:N", color=alt.Color("ink:N", scale=None)
        ),
        height=SIDE * len(ROWS),
    )  # fmt: skip
    return drawn(chart, WIDTH, _in_words(found))


def states_html(found: Count) -> str:
    """Give the grid with the names beside it as one page that loads nothing and prints on paper."""
    environment = Environment(
        loader=PackageLoader("ballotworthy", "report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    plot = Markup(states_svg(found))  # noqa: S704 - drawn here from the codes of states
    applications = [(name_of(state), act) for state, act in found.standing.items()]
    doubtful = [(name_of(state), why) for state, why in found.doubtful.items()]
    page = environment.get_template("states.html.j2")
    return page.render(found=found, words=_in_words(found), plot=plot, applications=applications, doubtful=doubtful)


def _square(found: Count, state: str, x: int, y: int) -> dict[str, Any] | None:
    if state not in states_on(found.on):
        return None
    stands = ASKS if state in found.standing else PERHAPS if state in found.doubtful else NOT
    return {"x": x, "y": y, "state": state, "stands": stands, "ink": INK if stands == NOT else "white"}


def _in_words(found: Count) -> str:
    many = f"{found.count}" if found.count == found.high else f"{found.count} to {found.high}"
    what = SUBJECTS.get(found.subject, found.subject)
    return f"{many} of {found.needed} states ask for a convention on {found.on}, for {what}"
