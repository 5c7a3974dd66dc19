"""What a whole sample will hold, from its first lines: limits for its signers and its repeats.

n lines were drawn, and the first k of them, in an order drawn by lot, are ruled:

    s of S signed       hypergeometric: s of k drawn without replacement from n, of which S are so
    d of D repeats      binomial(D, p), p = k(k-1) / (n(n-1)): a pair is seen once both of its lines are

Both are inverted, an end being the last number under which what was seen is not too strange (Clopper and Pearson,
"The use of confidence or fiducial limits", Biometrika 26 (1934), here of a finite whole). Repeats grow with the
square of what is ruled, so that half of a sample shows a quarter of them: whoever carries them on in proportion
foresees too much. Of a voter with more than two lines more is seen than p says; for the lower end of D a repeat is
seen with k/n, which is more than any number of lines of one voter can reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma

from ballotworthy.stats.chances import reached
from ballotworthy.stats.least import least


@dataclass(frozen=True)
class Limits:
    """Whole numbers between which another lies."""

    low: int
    high: int


def signers_limits(seen: Limits, ruled: int, whole: int, risk: float) -> Limits:
    """Give the limits of S.

    Args:
        seen: between what s lies, where some of the k lines have no ruling yet.
        ruled: k.
        whole: n.
        risk: the chance with which each end may be wrong.
    """
    refused = ruled - seen.low
    return Limits(whole - _most(refused, ruled, whole, risk), _most(seen.high, ruled, whole, risk))


def repeats_limits(seen: Limits, ruled: int, whole: int, risk: float) -> Limits:
    """Give the limits of D; `seen` is between what d lies, else as `signers_limits`."""
    rest = whole - ruled
    if not rest:
        return seen
    pairs = ruled * (ruled - 1) / (whole * (whole - 1))
    more = least(lambda number: 1 - reached(seen.high + number + 1, pairs, seen.high + 1) <= risk, rest)
    fewer = least(lambda number: reached(seen.low + number, ruled / whole, seen.low) > risk, rest)
    return Limits(seen.low + (fewer or 0), seen.high + (rest if more is None else more))


def _most(part: int, ruled: int, whole: int, risk: float) -> int:
    """Give the most that the whole may have, where its first lines have `part`."""
    rest = whole - ruled
    more = least(lambda number: _at_most(part, ruled, part + number + 1, whole) <= risk, rest)
    return part + (rest if more is None else more)


def _at_most(part: int, ruled: int, of: int, whole: int) -> float:
    """Give the chance that the first lines have at most `part`, where the whole has `of`: a hypergeometric's tail."""
    fewest = max(0, ruled - (whole - of))
    always = _log_choose(whole, ruled)
    return sum(
        exp(_log_choose(of, each) + _log_choose(whole - of, ruled - each) - always)
        for each in range(fewest, min(part, of, ruled) + 1)
    )


def _log_choose(whole: int, part: int) -> float:
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
