"""Ballotworthy: from signed petition sheets to a decided vote."""

__version__ = "0.1.0"
