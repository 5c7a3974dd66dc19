"""The committee's check: lines, a roll and a place's law to outcomes and an estimate."""

from ballotworthy.check.check import Check, check
from ballotworthy.check.result import result

__all__ = ["Check", "check", "result"]
