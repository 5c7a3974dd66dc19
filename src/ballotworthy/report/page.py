"""The result of a check as one page of HTML that carries all it needs: its style, its plots, no script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from ballotworthy.report import words
from ballotworthy.report.estimate_plot import estimate_plot
from ballotworthy.report.tables import Groups, by_stratum, circulators, outcomes, sources, strata
from ballotworthy.report.templates import rendered
from ballotworthy.report.validity_plot import validity_plot

WIDTHS = {"wide": 700, "narrow": 335}
"""Each plot is drawn twice, so wide in pixels, for paper and desk and for a phone; the page shows one."""

SHOWN = 25
"""How many rows of a long table stand open; the others are folded."""

NEEDED = ("place", "kind", "on", "raw", "requirement", "estimate", "verdict")
"""The parts that a result must have."""

EMPTY: Mapping[str, Any] = {
    "ballotworthy": "",
    "place_name": "",
    "requirement_source": None,
    "verdict_rule": "",
    "verdict_source": None,
    "thresholds": None,
    "steps": [],
    "corrected": None,
    "machine": {},
    "draws": {},
    "by_reason": [],
    "by_stratum": [],
    "stratum_word": "stratum",
    "by_circulator": [],
    "screen": {},
    "duplicates": {},
    "look_first": [],
    "columns": {},
    "inputs": {},
    "notes": [],
}
"""What stands for the parts of a result that are absent or null."""


def render_check(result: Mapping[str, Any]) -> str:
    """Give the report of a committee's check as HTML text.

    The page loads nothing: its style and plots are inside it, and its only addresses are links to the law.

    Args:
        result: the content of `result.json`. Its place, kind, day (`on`), raw count, requirement, estimate
            and verdict must be there; what else is absent, null or empty is left out of the page.

    Raises:
        KeyError: a part that must be there is missing.
    """
    given = {key: result[key] for key in EMPTY if result.get(key) is not None}
    whole = {**EMPTY, **given, **{key: result[key] for key in NEEDED}}
    groups = [strata(whole["by_stratum"], whole["stratum_word"]), circulators(whole["by_circulator"])]
    return rendered(
        "check.html.j2",
        **whole,
        sentence=words.verdict_sentence(whole),
        corrected_sentence=words.corrected_sentence(whole) if whole["corrected"] else None,
        estimate_plots={size: estimate_plot(whole, width) for size, width in WIDTHS.items()},
        groups=[(table, _validity_plots(table)) for table in groups if table.rows],
        outcomes=outcomes(whole["by_reason"]),
        steps_by_stratum=by_stratum(whole["steps"]),
        sources=sources(whole),
        bands=words.BANDS,
        shown=SHOWN,
    )


def _validity_plots(table: Groups) -> dict[str, Markup]:
    """Give the plot of a table's open rows at each width; nothing where there is none to compare."""
    name = f"Share of valid lines by {table.word}, each with its span."
    rows = table.rows[:SHOWN]
    plots = {size: validity_plot(rows, table.overall, width, name) for size, width in WIDTHS.items()}
    return {size: plot for size, plot in plots.items() if plot}
