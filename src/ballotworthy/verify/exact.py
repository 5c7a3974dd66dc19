"""Exact arithmetic for the estimate: rounding, roots and numbers in print, as the specification defines them."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, isqrt

DIGITS = 50


def rounded(number: Fraction, places: int) -> Fraction:
    """Round to some decimals, halves away from zero."""
    scaled = abs(number) * 10**places
    whole = floor(scaled + Fraction(1, 2))
    return Fraction(-whole if number < 0 else whole, 10**places)


def whole(number: Fraction, rounding: str) -> int:
    """Round to a whole number: nearest (halves up), down or up."""
    if rounding == "nearest":
        return floor(number + Fraction(1, 2))
    return floor(number) if rounding == "down" else ceil(number)


def root(number: Fraction) -> Fraction:
    """Give the square root of a number that is not negative, to 50 significant digits at least."""
    scale = 10 ** (2 * (DIGITS + len(str(number.denominator))))
    return Fraction(isqrt(number.numerator * scale // number.denominator), isqrt(scale))


def printed(number: Fraction, places: int = 0) -> str:
    """Give a number with its decimals and with commas at thousands."""
    value = rounded(number, places)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    front = f"{int(digits[: len(digits) - places]):,}"
    sign = "-" if value < 0 else ""
    return f"{sign}{front}.{digits[-places:]}" if places else f"{sign}{front}"


def share(number: Fraction) -> str:
    """Give a share as a percentage of two decimals."""
    return f"{printed(number * 100, 2)}%"
