"""People at random as texts, sorted once: what a picture says of those who have nothing to do with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.match.written.cells import home_texts
from ballotworthy.match.written.forward import Texts
from ballotworthy.match.written.lexicon import figures_of
from ballotworthy.match.written.signed import Ways, ways_of


@dataclass(frozen=True)
class Strangers:
    """The texts of people at random: their names, with the ways to sign them, and their addresses."""

    names: Ways
    homes: Texts


def strangers_of(some: np.ndarray) -> Strangers:
    """Give the texts of some people, `packed.RECORD`."""
    return Strangers(ways_of(some["first"], some["last"]), home_texts(figures_of(some), some["street"]))
