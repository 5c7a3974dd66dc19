"""Support for a question over time, from polls: a Gaussian state space in closed form, kinds of question apart."""

from ballotworthy.support.polls import Poll, read_polls
from ballotworthy.support.support import Support, support_data, support_of
from ballotworthy.support.trend import Observed, Trend, trend_of

__all__ = ["Observed", "Poll", "Support", "Trend", "read_polls", "support_data", "support_of", "trend_of"]
