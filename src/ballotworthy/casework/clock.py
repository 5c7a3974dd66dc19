"""Whether a clock may be believed: a wrong one would lock a case until its day, since no event comes before another."""

from __future__ import annotations

import datetime as dt

RELEASED = dt.date(2026, 11, 28)
"""The day on which this version was made."""
AHEAD = dt.timedelta(days=200)
"""A case that stood still for longer is rare: a court's order that reopens it, a purge."""
BEFORE, AFTER = dt.timedelta(days=5 * 365), dt.timedelta(days=10 * 365)


def doubt_of(now: dt.datetime, last: str = "") -> str:
    """Say why the time of a clock is doubtful; "" where it is not.

    Args:
        now: what the clock says, with its zone.
        last: the time of the case's last event, as the record writes it; "" where there is none.
    """
    if not RELEASED - BEFORE <= now.date() <= RELEASED + AFTER:
        return f"the clock says {now.date()}, and this program was made on {RELEASED}"
    if last and now - dt.datetime.fromisoformat(last) > AHEAD:
        days = (now - dt.datetime.fromisoformat(last)).days
        return f"the clock says {now.date()}, {days:,} days after the last event of this case ({last[:10]})"
    return ""
