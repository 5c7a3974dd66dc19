"""What wrong rulings would do: error rates by blind re-reads, and how many errors the statement bears.

A check takes rulings as true. Some accepted and some refused lines, drawn by the seed, are therefore read again
by somebody who does not know the first ruling. The rates and their limits (Clopper and Pearson, 1934) stand
beside the statement, together with the rates at which it would no longer hold: if the weights as ruled add up
to at least L, and a share y of the acceptances is wrong, at least (1 - y) L remain; if they add up to at most H
of N lines, and a share x of the refusals is wrong, at most H + x (N - H).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from ballotworthy.errors import InputError
from ballotworthy.stats.risk.shares import least_share, most_share


@dataclass(frozen=True)
class Rate:
    """An error rate: `changed` of `read` second readings differ; between `low` and `high` with 95% confidence."""

    read: int
    changed: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """Give the share that changed, None where nothing was read again."""
        return self.changed / self.read if self.read else None


def rate_of(read: int, changed: int) -> Rate:
    """Give the rate with its exact 95% limits, 0 and 1 where nothing was read again."""
    if not read:
        return Rate(0, 0, 0.0, 1.0)
    return Rate(read, changed, least_share(changed, read, 0.025), most_share(changed, read, 0.025))


def wrongly_accepted(read: int, changed: int, lines: int, risk: float) -> int:
    """Give the most lines that people accept wrongly, too few with a chance of at most `risk`.

    The upper limit of the share of acceptances that is wrong (Clopper and Pearson) is taken of all lines of the frame,
    since nobody knows beforehand how many will be accepted; a wrongly accepted line adds at most 1 to the weights.

    Args:
        read: acceptances, drawn at random, that somebody read again without knowing the first ruling.
        changed: those of them that were found wrong.
        lines: N.
        risk: the chance that the limit is too low.

    Raises:
        InputError: the counts contradict each other, or nothing was read again.
    """
    if not 0 <= changed <= read:
        raise InputError(f"{changed:,} of {read:,} acceptances cannot have been found wrong; correct the counts.")
    if not read:
        raise InputError("no acceptance was read again, so nothing limits how many are wrong.")
    return ceil(lines * most_share(changed, read, risk))


def wrong_acceptances_borne(lower: float, required: int, refusals_wrong: float, lines: int) -> float:
    """Give the share of acceptances that may be wrong while the petition is still sufficient, 0 to 1.

    Args:
        lower: L, the least that the weights as ruled add up to.
        required: R.
        refusals_wrong: the share of refusals taken to be wrong, which gives some back; 0 to count on none.
        lines: N.
    """
    if lower <= 0:
        return 0.0
    return min(1.0, max(0.0, (lower + refusals_wrong * (lines - lower) - required) / lower))


def wrong_refusals_borne(upper: float, required: int, acceptances_wrong: float, lines: int) -> float:
    """Give the share of refusals that may be wrong while the petition is still insufficient, 0 to 1."""
    rest = lines - upper
    if rest <= 0:
        return 0.0
    return min(1.0, max(0.0, (required - 1 - upper * (1 - acceptances_wrong)) / rest))
