"""Exact numbers as law writes them: halves rounded up, taken to the next whole, printed with all digits."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from math import ceil, floor

DIGITS = 50


def rounded(value: Fraction, places: int) -> Fraction:
    """Give `value` rounded to `places` decimals, halves away from nothing (0.005 becomes 0.01)."""
    scale, whole = 10**places, value.denominator
    near = (2 * abs(value.numerator) * scale + whole) // (2 * whole)
    return Fraction(-near if value < 0 else near, scale)


def whole(value: Fraction, rounding: str) -> int:
    """Give `value` made whole: "nearest" (halves up), "down" or "up"."""
    match rounding:
        case "nearest":
            return int(rounded(value, 0))
        case "up":
            return ceil(value)
        case _:
            return floor(value)


def up(value: Fraction) -> int:
    """Give the next whole number: `value` itself when it is whole."""
    return ceil(value)


def shown(value: Fraction | int, places: int) -> str:
    """Give `value` in words with thousands separated, at exactly `places` decimals: 1,074.8095."""
    exact = rounded(Fraction(value), places)
    with localcontext() as context:
        context.prec = DIGITS
        number = Decimal(exact.numerator) / Decimal(exact.denominator)
        return f"{number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,}"


def percent(share: Fraction, places: int = 2) -> str:
    """Give a share as a percentage: Fraction(7147, 10000) is 71.47%."""
    return f"{shown(share * 100, places)}%"


def root(value: Fraction) -> Fraction:
    """Give the square root to fifty significant digits, which no count of people can tell from exact."""
    with localcontext() as context:
        context.prec = DIGITS
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())
