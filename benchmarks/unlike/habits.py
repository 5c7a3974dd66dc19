"""What may happen in an invented petition: the shares a world is made with, and the kinds of world there are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Habits:
    """Shares from 0 to 1; of all lines unless said otherwise.

    Attributes:
        relatives: people of a voter's home and surname who are not registered.
        housemates: people of a voter's home and another surname who are not registered.
        strangers: people of nobody's home, who are not registered.
        namesakes: people who bear a voter's first and last name and live elsewhere.
        movers: voters who write another home than the roll has.
        repeats: lines of a voter who has signed before.
        juniors: of voters: a child at home bears a parent's whole name, with a suffix on the roll.
        initials: lines that write the first name as a letter.
        nicknames: lines that write a short form, where there is one.
        slips: how often hands slip; one is usual, of each generator's own rates.
        careless: of transcribers: those who slip eight times as often.
        told: the file of lines says who transcribed each.
        routes: of homes: on a rural route, with a box and no street.
        units_left_out: of lines from flats: those without the flat.
        asks: what the form asks for beside name and home: "none", "year" or "date" of birth.
        alike: of relatives: those with a given name like the voter's, where such a one is known.
        nearby: of movers: those who moved down the street, to a number a digit away.
    """

    relatives: float = 0.01
    housemates: float = 0.01
    strangers: float = 0.12
    namesakes: float = 0.005
    movers: float = 0.04
    repeats: float = 0.02
    juniors: float = 0.01
    initials: float = 0.01
    nicknames: float = 0.06
    slips: float = 1.0
    careless: float = 0.0
    told: bool = False
    routes: float = 0.0
    units_left_out: float = 0.15
    asks: str = "none"
    alike: float = 0.0
    nearby: float = 0.0


USUAL = Habits()

NO_HOME = "no home asked"
"""The kind that is judged by Washington's law, by which a voter counts who writes another home."""

KINDS: dict[str, tuple[Habits, ...]] = {
    "usual": (USUAL, replace(USUAL, asks="year"), replace(USUAL, asks="date")),
    "tidy": (replace(USUAL, slips=0.25, nicknames=0.02, initials=0.002), replace(USUAL, slips=0.1, strangers=0.05)),
    "sloppy": (replace(USUAL, slips=2.5), replace(USUAL, slips=2.0, nicknames=0.12, strangers=0.2)),
    "relatives": tuple(replace(USUAL, relatives=share) for share in (0.03, 0.06, 0.15, 0.28)),
    "careless transcribers": (
        replace(USUAL, careless=0.1),
        replace(USUAL, careless=0.1, told=True),
        replace(USUAL, careless=0.2, told=True),
    ),
    "initials in noisy hands": (replace(USUAL, initials=0.25, slips=2.0), replace(USUAL, initials=0.12, slips=1.5)),
    "juniors": (replace(USUAL, juniors=0.08), replace(USUAL, juniors=0.2)),
    "rural routes": (replace(USUAL, routes=0.1), replace(USUAL, routes=0.4)),
    "movers": (replace(USUAL, movers=0.12), replace(USUAL, movers=0.25)),
    "strangers": (replace(USUAL, strangers=0.02), replace(USUAL, strangers=0.35)),
    "namesakes": (replace(USUAL, namesakes=0.03), replace(USUAL, namesakes=0.08)),
    "crowded homes": (replace(USUAL, housemates=0.06), replace(USUAL, units_left_out=0.6, housemates=0.03)),
    "repeats": (replace(USUAL, repeats=0.08),),
    NO_HOME: (
        replace(USUAL, movers=0.04),
        replace(USUAL, movers=0.12),
        replace(USUAL, movers=0.25),
        replace(USUAL, movers=0.06, namesakes=0.03),
        replace(USUAL, movers=0.08, asks="year"),
    ),
    "look-alikes": (
        replace(USUAL, relatives=0.03, alike=0.1, nearby=0.1),
        replace(USUAL, relatives=0.05, alike=0.4, movers=0.06, nearby=0.3),
    ),
}
"""The kinds of world; the rates are jittered by a world's seed, so that no two are alike."""

KEPT = ("slips", "careless", "routes")
"""Left as the kind says: they are what makes it that kind."""


def jittered(habits: Habits, rng: np.random.Generator) -> Habits:
    """Give the habits with each share multiplied by a log-normal factor of its own (sigma 0.35), none above 0.9."""
    shares = {name: value for name, value in vars(habits).items() if isinstance(value, float) and name not in KEPT}
    return replace(habits, **{name: min(value * float(rng.lognormal(0, 0.35)), 0.9) for name, value in shares.items()})
