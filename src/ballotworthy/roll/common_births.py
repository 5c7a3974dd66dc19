"""Birth dates that many voters of a roll have: 1 January of people without papers, or what a clerk fills in.

Two strangers share a whole birth date once in twenty thousand pairs, a day of the year once in 366. Where one date, or
one day, is far commoner on the roll, that two people share it says so much less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SAMPLE = 200_000
"""Voters looked at, evenly spread over the roll."""
DATES, DAYS = 20_000, 366
"""Birth dates and days of the year that strangers share as if they were all alike."""
COMMON, BORNE = 8, 5
"""How many times commoner than others a date or day must be, and how many voters must have it, to be a common one."""
OF_YEAR = 511
"""The bits of a birth date that hold its month and day."""


@dataclass(frozen=True)
class CommonBirths:
    """Common birth dates and days of the year, ascending, each with the bits that it says less; uint32, float64."""

    dates: np.ndarray
    less: np.ndarray
    days: np.ndarray
    days_less: np.ndarray

    @staticmethod
    def of(births: np.ndarray) -> CommonBirths:
        """Count them on a roll; `births` are year x 512 + month x 32 + day, 0 where unknown."""
        some = births[:: max(len(births) // SAMPLE, 1)]
        some = some[some & 31 > 0]
        return CommonBirths(*_common(some, DATES), *_common(some & OF_YEAR, DAYS))

    def said_less(self, births: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give by how many bits each date says less, and its day of the year; float64 (dates,)."""
        return _looked_up(self.dates, self.less, births), _looked_up(self.days, self.days_less, births & OF_YEAR)


def _common(values: np.ndarray, alike: int) -> tuple[np.ndarray, np.ndarray]:
    each, counts = np.unique(values, return_counts=True)
    times = (counts - 1) / max(len(values) - 1, 1) * alike
    kept = (times >= COMMON) & (counts >= BORNE)
    return each[kept], np.log2(times[kept])


def _looked_up(common: np.ndarray, less: np.ndarray, asked: np.ndarray) -> np.ndarray:
    if not len(common):
        return np.zeros(len(asked))
    place = np.minimum(np.searchsorted(common, asked), len(common) - 1)
    return np.where(common[place] == asked, less[place], 0.0)
