"""Days of circulators' declarations read from pictures: which days of the time for gathering a blank may show.

A declaration is made from the day on which circulation may begin to the filing, and mostly not before the last signer
of its sheet. So each day of that list is weighed under the picture, in all the ways people write it, and those around
it too. A day is said only where all others together are next to impossible; where several remain, it is open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ballotworthy.check.seen_days import AFTER, BEFORE, CLEARER, DOUBT, ELSEWHERE, LONGEST
from ballotworthy.check.signing_days import window
from ballotworthy.files.day_order import ORDERS
from ballotworthy.files.days import custom_of
from ballotworthy.law import Rules
from ballotworthy.match.written.cells import strange_bits
from ballotworthy.match.written.days import Spelled, day_bits, figures_seen, spelled
from ballotworthy.petition import Petition
from ballotworthy.petition.declared import DAYS, DECLARATION, is_told, last_signed, told_of_declarations
from ballotworthy.petition.pictures import Pictures

EARLIER, NEAR, RATIO = 0.1, 0.6, 0.85
"""Share of declarations dated before the last signer of their sheet; of either kind the share dated near that day, and
how these thin out from one day to the next, as believed beforehand; guesses. The others are of any lawful day."""
MISSED = 0.05
"""Probability at most that a day is none of those taken: that a figure is not in the picture costs no more."""


@dataclass(frozen=True)
class _Calendar:
    """The days that are weighed, which of them lie in the time for gathering, and how people write them."""

    days: Sequence[dt.date]
    inside: np.ndarray
    texts: Spelled

    def believed(self, last: dt.date | None) -> np.ndarray:
        """Give the share of each day on a sheet whose last signer is of a day, as far as it is known; float64."""
        off = np.array([0 if last is None else (day - last).days for day in self.days])
        even = self.inside / self.inside.sum()
        sides = [self.inside & (off < 0), self.inside & (off >= 0)]
        if last is not None and all(side.any() for side in sides):
            near = [np.where(side, RATIO ** np.abs(off), 0.0) for side in sides]
            parts = [
                NEAR * each / each.sum() + (1 - NEAR) * side / side.sum()
                for side, each in zip(sides, near, strict=True)
            ]
            even = EARLIER * parts[0] + (1 - EARLIER) * parts[1]
        return np.asarray((1 - ELSEWHERE) * even + ELSEWHERE * ~self.inside / max((~self.inside).sum(), 1))

    def likely(self, picture: np.ndarray, last: dt.date | None) -> list[dt.date]:
        """Give the days that a blank may show, likeliest first; none where it may show another, or no day."""
        ready = figures_seen(picture)
        bits = np.append(day_bits(ready, self.texts, len(self.days)), -strange_bits(ready))
        chances = 2.0 ** (bits - max(bits.max(), -200.0)) * np.append(self.believed(last), 1.0)
        chances /= chances.sum()
        inside, outside = np.append(self.inside, False), np.append(~self.inside, False)
        if bits[outside].max() > bits[inside].max() + CLEARER or chances[inside].sum() < 1 - DOUBT:
            return []
        order = np.argsort(-chances, kind="stable")
        kept = order[: int((np.cumsum(chances[order]) < 1 - MISSED).sum()) + 1]
        return [self.days[at] for at in kept if inside[at]]


def declared_days(petition: Petition, rules: Rules) -> Mapping[tuple[str, str], Sequence[dt.date]]:
    """Give the days that each blank for a day may show, by sheet and name of the blank; none where none is clear.

    A blank without a picture is left out, as where the time for gathering is too long to tell anything.
    """
    begin, end = window(rules)
    if petition.pictures is None or (end - begin).days >= LONGEST:
        return {}
    pictures: Mapping[tuple[str, str], np.ndarray] = _pictures(petition.pictures)
    if not pictures:
        return {}
    days = [begin + dt.timedelta(at) for at in range(-BEFORE, (end - begin).days + 1 + AFTER)]
    inside, custom = np.array([begin <= day <= end for day in days]), custom_of(rules.place)
    calendar = _Calendar(days, inside, spelled(days, [custom] if custom else ORDERS, inside.tolist()))
    last = last_signed(petition.frame, end)
    return {(sheet, name): calendar.likely(picture, last.get(sheet)) for (sheet, name), picture in pictures.items()}


def with_seen_declared(petition: Petition, rules: Rules) -> Petition:
    """Give the petition with what is told of its declarations by the days that their pictures show."""
    shown = declared_days(petition, rules)
    if petition.pictures is None or not shown:
        return petition
    told = told_of_declarations(
        petition.pictures.folder, petition.frame, latest=window(rules)[1], place=rules.place, shown=shown
    )
    return replace(petition, remarks=(*(each for each in petition.remarks if not is_told(each)), *told))


def _pictures(pictures: Pictures) -> dict[tuple[str, str], np.ndarray]:
    found = {}
    for sheet in pictures.read["sheet"].unique(maintain_order=True).to_list():
        for name in DAYS:
            if (picture := pictures.of(sheet, DECLARATION, name)) is not None:
                found[sheet, name] = picture
    return found
