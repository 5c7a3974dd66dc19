"""Support for a question over time, from polls: a Gaussian state space in closed form, kinds of question apart."""

from ballotworthy.support.notes import Repeated, over, repeated
from ballotworthy.support.polls import Poll, read_polls
from ballotworthy.support.support import Change, Support, support_data, support_of
from ballotworthy.support.trend import Observed, Trend, trend_of

__all__ = [
    "Change",
    "Observed",
    "Poll",
    "Repeated",
    "Support",
    "Trend",
    "over",
    "read_polls",
    "repeated",
    "support_data",
    "support_of",
    "trend_of",
]
