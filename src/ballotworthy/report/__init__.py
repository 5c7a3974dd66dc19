"""Pages for people: a result as plain values in, one self-contained page of HTML out."""

from ballotworthy.report.page import render_check

__all__ = ["render_check"]
