"""The drawings of a measure's page: support over time, the states that ask for a convention."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from ballotworthy.measure.beyond import convention_shown
from ballotworthy.measure.model import Measure
from ballotworthy.measure.polls import polls_of
from ballotworthy.measure.standing import Standing
from ballotworthy.report.states_plot import states_plots
from ballotworthy.report.support_plot import support_plots

Pictures = Mapping[str, Mapping[str, Markup]]


def pictures_of(measure: Measure, standing: Standing, folder: Path) -> Pictures:
    """Give the drawings that the measure has, each by width: `support`, `states`."""
    drawn: dict[str, Mapping[str, Markup]] = {}
    courses = [asked.course for asked in polls_of(measure, folder, standing.on) if asked.course]
    if courses:
        drawn["support"] = support_plots(courses)
    if measure.convention:
        drawn["states"] = states_plots(convention_shown(measure.convention, standing.on))
    return drawn
