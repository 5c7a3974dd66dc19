"""Comparisons from outside: a further column of lines and roll, declared in a small file and weighed beside ours."""

from ballotworthy.match.further.columns import FurtherColumn, further_columns
from ballotworthy.match.further.declared import Further, declared
from ballotworthy.match.further.weighed import Weighed, weigh_further

__all__ = ["Further", "FurtherColumn", "Weighed", "declared", "further_columns", "weigh_further"]
