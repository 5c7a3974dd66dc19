"""The committee's check: lines, a roll and a place's law to outcomes and an estimate."""

from ballotworthy.check.check import Check, check, judge
from ballotworthy.check.corrected import Corrected, correct
from ballotworthy.check.result import result
from ballotworthy.check.ruled import Ruled, read_ruled
from ballotworthy.check.to_rule import to_rule

__all__ = ["Check", "Corrected", "Ruled", "check", "correct", "judge", "read_ruled", "result", "to_rule"]
