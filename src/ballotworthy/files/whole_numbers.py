"""Whole numbers in cells and options: digits only, and no more of them than a count of people can have."""

from __future__ import annotations

import re

MOST_DIGITS = 12
"""A million times a million; no petition, roll or vote comes near, and exact arithmetic stays quick."""
NUMBER_LIKE = re.compile(r"[\de\s.,:%+()-]{1,60}", re.ASCII)


def read_whole(text: str) -> int | None:
    """Give the number that a text writes in digits, None where it is none or has more than `MOST_DIGITS`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def not_whole(text: str | None) -> str:
    """Say what is wrong with a text that `read_whole` refuses; neither thousands of digits nor words are said again."""
    if text is None:
        return "the cell is empty"
    if text.isascii() and text.isdigit():
        return f"a number of {len(text):,} digits stands there, and no count has more than {MOST_DIGITS}"
    return f"{text!r} is not a whole number" if NUMBER_LIKE.fullmatch(text) else "the text there is not a whole number"
