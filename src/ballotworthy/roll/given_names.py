"""Whose a first name is: the share of women among its bearers, by the US census of 1990."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ballotworthy.roll.frequencies import WIDTH


def share_of_women(first: str) -> float | None:
    """Give the share of women among the bearers of a plain first name, cut as a record cuts it; None where unknown."""
    women, men = _shares("female").get(first, 0.0), _shares("male").get(first, 0.0)
    return women / (women + men) if women + men else None


@cache
def _shares(sex: str) -> dict[str, float]:
    """Give the share of one sex that bears each first name, from the `names` package."""
    shares: dict[str, float] = {}
    for line in files("names").joinpath(f"dist.{sex}.first").read_text("ascii").splitlines():
        name, share = line.split()[:2]
        shares[name[: WIDTH["first"]]] = shares.get(name[: WIDTH["first"]], 0.0) + float(share)
    return shares
