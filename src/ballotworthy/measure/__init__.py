"""The whole road of one question, folded from the parts below: law, petition, polls, vote, what was said."""

from ballotworthy.measure.model import Dated, Fact, Measure, Report, Source, Statement, Vote
from ballotworthy.measure.page import index_page, measure_page
from ballotworthy.measure.reading import read_measure
from ballotworthy.measure.standing import Standing, standing_of
from ballotworthy.measure.told import measure_data

__all__ = [
    "Dated",
    "Fact",
    "Measure",
    "Report",
    "Source",
    "Standing",
    "Statement",
    "Vote",
    "index_page",
    "measure_data",
    "measure_page",
    "read_measure",
    "standing_of",
]
