"""What becomes of each line: exact shares, blanks at the ends of sheets, strangers with bad circulators."""

from __future__ import annotations

import numpy as np

from ballotworthy.simulate.draws import Ints, chosen
from ballotworthy.simulate.rates import FATES, Rates
from ballotworthy.simulate.sheets import Lines

ORDINARY = 0
CODE = {fate: code for code, fate in enumerate(FATES, 1)}

BAD_ODDS = 8.0
"""How many times more likely a bad circulator's line is a stranger's."""


def make_fates(rng: np.random.Generator, lines: Lines, rates: Rates) -> Ints:
    """Give each line's fate: `ORDINARY` for a voter's good signature, or `CODE[name]` of one of `FATES`."""
    size = len(lines.sheet)
    fate = np.zeros(size, dtype=np.int64)

    def quota(name: str) -> int:
        share: float = getattr(rates, name)
        return min(round(share * size), int((fate == ORDINARY).sum()))

    fullness = rng.exponential(2.5, int(lines.sheet.max(initial=0)) + 1)[lines.sheet] + lines.line
    fate[np.argsort(-fullness, kind="stable")[: quota("blank")]] = CODE["blank"]

    free = np.flatnonzero(fate == ORDINARY)
    odds = np.where(lines.bad[free], BAD_ODDS, 1.0)
    fate[free[chosen(rng, odds, quota("not_registered"))]] = CODE["not_registered"]

    free = np.flatnonzero(fate == ORDINARY)
    if len(free):
        home = np.bincount(lines.county[free]).argmax()
        near = rng.permutation(free[lines.county[free] == home])
        fate[near[: quota("saboteur")]] = CODE["saboteur"]

    left = rng.permutation(np.flatnonzero(fate == ORDINARY))
    one_county = size == 0 or lines.county[0] == lines.county[-1]
    for name in FATES:
        if name in {"blank", "not_registered", "saboteur"} or (name == "out_of_jurisdiction" and one_county):
            continue
        taken, left = np.split(left, [quota(name)])
        fate[taken] = CODE[name]
    return fate
