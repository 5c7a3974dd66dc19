"""The charts of a matching: what comparisons weigh, what estimation learned, how sure the lines are."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from ballotworthy.match import Beliefs
from ballotworthy.match.further import Further
from ballotworthy.match.level_table import further_rows, level_table
from ballotworthy.report.charts_page import Charts
from ballotworthy.report.histogram_plot import probability_histogram, weight_histogram
from ballotworthy.report.learned_plot import learned_plot
from ballotworthy.report.weights_plot import weights_plot
from ballotworthy.roll import Roll


def match_charts(
    table: pl.DataFrame, beliefs: Beliefs | None, roll: Roll | None, further: Sequence[Further] = ()
) -> Charts:
    """Give the charts by name.

    Args:
        table: what `match` gives: `rank`, `voter_id`, `weight`, `probability`.
        beliefs: what the probabilities rest on; None where each region has its own.
        roll: the snapshot, None where there were several; then `weights` and `learned` are left out.
        further: comparisons from outside, whose levels stand behind ours.
    """
    charts = {"pairs": weight_histogram(table), "probabilities": probability_histogram(table)}
    if beliefs is None or roll is None:
        return charts
    levels = [*level_table(beliefs, roll), *(row for each in further for row in further_rows(each))]
    return {"weights": weights_plot(levels, beliefs.source), "learned": learned_plot(levels, beliefs), **charts}
