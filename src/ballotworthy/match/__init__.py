"""Matching: for each line the voters who may have signed it, ranked, weighed field by field, and explained."""

from ballotworthy.match.evidence import evidence, searches, weigh_pairs
from ballotworthy.match.find import Matches, find
from ballotworthy.match.weigh import Prior

__all__ = ["Matches", "Prior", "evidence", "find", "searches", "weigh_pairs"]
