"""Matching: for each line the voters who may have signed it, ranked, weighed field by field, and explained."""

from ballotworthy.match.evidence import evidence, searches
from ballotworthy.match.find import find
from ballotworthy.match.matches import Matches
from ballotworthy.match.pairs import weigh_pairs
from ballotworthy.match.ranked import ranked
from ballotworthy.match.weigh import Beliefs, Prior

__all__ = ["Beliefs", "Matches", "Prior", "evidence", "find", "ranked", "searches", "weigh_pairs"]
