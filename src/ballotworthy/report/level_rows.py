"""Rows of a chart of levels: the name of each comparison, and under it its levels in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import altair as alt

from ballotworthy.match.level_table import LevelRow

ROW = 17
"""Height of a row in pixels."""
Rows = Sequence[Mapping[str, Any]]

_HEADING = "split(datum.value, '|')[1] == ''"


def level_rows(levels: Sequence[LevelRow], told: Callable[[LevelRow], Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give a row for each comparison's name (`heading` is true), then one for each of its levels with what is told."""
    rows: list[dict[str, Any]] = []
    for field, group in groupby(levels, key=lambda level: level.field):
        rows.append({"row": f"{field}|", "heading": True})
        rows += [{"row": f"{field}|{level.words}", "heading": False, **told(level)} for level in group]
    return rows


def level_axis(rows: Rows, *, labels: bool = True) -> alt.Y:
    """Give the axis of the rows, the names of comparisons bold; without labels for a panel that stands to the right."""
    axis = alt.Axis(
        title=None, domain=False, ticks=False, labels=labels, labelLimit=360, labelPadding=8,
        labelExpr=f"{_HEADING} ? split(datum.value, '|')[0] : split(datum.value, '|')[1]",
        labelFontWeight=alt.condition(_HEADING, alt.value("bold"), alt.value("normal")),
    )  # fmt: skip
    return alt.Y("row:N", sort=[row["row"] for row in rows], axis=axis)


def height_of(rows: Rows) -> int:
    """Give the height of a panel in pixels."""
    return ROW * len(rows)


def share_told(share: float) -> str:
    """Give a share in percent, as short as tells it: 86%, 1.4%, 0.06%, 0.001%."""
    return f"{share:.0%}" if share >= 0.095 else f"{share:.1%}" if share >= 0.0095 else f"{100 * share:.1g}%"
