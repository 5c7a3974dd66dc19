"""The states of the Union as a grid of squares: which ask for a convention, which perhaps, which do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
from markupsafe import Markup

from ballotworthy.convention import Act, Count
from ballotworthy.convention.events import DISPUTES, SUBJECTS
from ballotworthy.convention.union import name_of, states_on
from ballotworthy.convention.words import count_words, range_words, reached_words
from ballotworthy.report.altair_svg import drawn, marks
from ballotworthy.report.svg import BLUE, INK, RUST
from ballotworthy.report.templates import rendered

WIDTHS = {"wide": 640, "narrow": 335}
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


def states_svg(found: Count, width: int = WIDTHS["wide"]) -> Markup:
    """Draw the answer as an SVG element so wide in pixels, named for those who cannot see it."""
    side = round(width / len(ROWS[0].split()))
    size = max(10, side // 4)
    rows = [_square(found, state, x, y) for y, line in enumerate(ROWS) for x, state in enumerate(line.split())]
    squares = [row for row in rows if row]
    x = alt.X("x:O", axis=None, scale=alt.Scale(padding=0.08))
    y = alt.Y("y:O", axis=None, scale=alt.Scale(padding=0.08))
    scale = alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    legend = alt.Legend(title=None, orient="top", symbolType="square", labelFontSize=max(11, size))
    chart = alt.layer(
        marks(squares).mark_rect(cornerRadius=4).encode(x, y, alt.Color("stands:N", scale=scale, legend=legend)),
        marks(squares).mark_text(fontSize=size, fontWeight="bold").encode(
            x, y, text="state:N", color=alt.Color("ink:N", scale=None)
        ),
        height=side * len(ROWS),
    )  # fmt: skip
    return drawn(chart, width, count_words(found))


@dataclass(frozen=True)
class Depends:
    """What a count depends on.

    Attributes:
        moved: the count where one open question is answered otherwise, in words; still: the changes that do nothing.
        answers: the count under every combination of answers, in words; held: how far the table is complete.
        ends: what days that are not known exactly do to the count; "" if all are.
        counted: how the open questions are answered here; acts: all of the table until the day.
    """

    moved: tuple[tuple[str, Count], ...]
    still: str
    answers: tuple[tuple[str, Count], ...]
    held: str
    ends: str
    counted: str
    acts: tuple[Act, ...]


def states_plots(found: Count) -> dict[str, Markup]:
    """Give the drawing for paper and desk, and for a phone."""
    return {name: states_svg(found, width) for name, width in WIDTHS.items()}


def states_html(found: Count, depends: Depends) -> str:
    """Give the grid, what the answer depends on, and the application of each state as one page that loads nothing."""
    return rendered(
        "states.html.j2", found=found, words=count_words(found), depends=depends,
        plots=states_plots(found), range_words=range_words, reached_words=reached_words, disputed=DISPUTES,
        name_of=name_of, subjects=SUBJECTS,
    )  # fmt: skip


def _square(found: Count, state: str, x: int, y: int) -> dict[str, Any] | None:
    if state not in states_on(found.on):
        return None
    stands = ASKS if state in found.standing else PERHAPS if state in found.doubtful else NOT
    return {"x": x, "y": y, "state": state, "stands": stands, "ink": INK if stands == NOT else "white"}
