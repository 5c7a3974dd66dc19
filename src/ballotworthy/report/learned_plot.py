"""What estimation learned: what was stated beforehand of every level and of every signer, and what these lines say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import altair as alt

from ballotworthy.match.level_table import LevelRow
from ballotworthy.match.weigh import Beliefs, Prior
from ballotworthy.report.altair_svg import Panel, marks
from ballotworthy.report.drawing import Drawing
from ballotworthy.report.level_rows import Rows, height_of, level_axis, level_rows, share_told
from ballotworthy.report.svg import BLUE, QUIET, RUST

WIDTH = 260
"""Of each panel, in pixels."""
SIGNERS = {
    "on_roll": "is a voter of the roll",
    "relative": "is an unregistered relative of a voter",
    "tenant": "lives where a voter is registered",
    "namesake": "bears a voter's name elsewhere",
    "neighbour": "lives in a voter's street",
}


def learned_plot(levels: Sequence[LevelRow], beliefs: Beliefs) -> Drawing:
    """Draw a ring for what was stated and a dot for what is believed now, m and u side by side.

    Args:
        levels: what `match.level_table` gives of these beliefs.
        beliefs: what the probabilities rest on.
    """
    stated, now = asdict(Prior()), asdict(beliefs.prior)
    signers: list[dict[str, Any]] = [{"row": "a line's signer|", "heading": True}]
    signers += [
        {"row": f"a line's signer|{words}", "heading": False, "m_stated": stated[name], "m_now": now[name]}
        for name, words in SIGNERS.items()
    ]
    rows = [*signers, *level_rows(levels, _told)]
    panels = (
        _panel(rows, "m", "signers' own records (m)", level_axis(rows)),
        _panel(rows, "u", "strangers' records (u)", level_axis(rows, labels=False)),
    )
    chart = alt.hconcat(*panels, spacing=24).resolve_scale(y="shared")
    return Drawing("What estimation learned", _in_words(levels, beliefs), chart)


def _told(level: LevelRow) -> dict[str, Any]:
    told = {"m_stated": level.stated_m, "m_now": level.m}
    return told if level.u is None else {**told, "u_stated": level.stated_u, "u_now": level.u}


def _panel(rows: Rows, name: str, title: str, axis: alt.Y) -> Panel:
    drawn = [
        {"row": row["row"], "stated": row[f"{name}_stated"], "now": row[f"{name}_now"],
         "color": BLUE if row[f"{name}_now"] >= row[f"{name}_stated"] else RUST}
        for row in rows
        if f"{name}_now" in row
    ]  # fmt: skip
    least = min(min(row["stated"], row["now"]) for row in drawn)
    ticks = alt.Axis(values=[10**-power for power in range(7)], format="~%", labelFlush=True)
    scale = alt.Scale(type="log", domain=[least / 1.5, 1], nice=False)
    stated, now = (alt.X(f"{key}:Q", title=title, scale=scale, axis=ticks) for key in ("stated", "now"))
    color = alt.Color("color:N", scale=None)
    return alt.layer(
        marks(rows).mark_point(opacity=0).encode(axis),
        marks(drawn).mark_rule(strokeWidth=2).encode(stated, axis, color, x2="now"),
        marks(drawn).mark_point(color=QUIET, fill="white", opacity=1, size=36).encode(stated, axis),
        marks(drawn).mark_point(filled=True, opacity=1, size=42).encode(now, axis, color),
        width=WIDTH, height=height_of(rows),
    )  # fmt: skip


def _in_words(levels: Sequence[LevelRow], beliefs: Beliefs) -> str:
    moved = max(levels, key=lambda level: max(level.m / level.stated_m, level.stated_m / level.m))
    return (
        "The ring is what was stated before these lines were looked at, the dot what is believed of them now; a step "
        "from one line of the scale to the next is ten times. Where a name decides, its own share on the roll takes "
        f"the place of u. What moved most: {moved.field} {moved.words}, from {share_told(moved.stated_m)} to "
        f"{share_told(moved.m)} of signers. {share_told(beliefs.prior.on_roll)} of the signers are thought to be on "
        f"the roll. These are {beliefs.source}."
    )
