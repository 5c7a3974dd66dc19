"""How many of what, in words for people: "1 line", "2,000 lines"."""

from __future__ import annotations

from collections.abc import Collection

RUNS = 12
"""Runs of numbers that are named; the rest are counted."""


def quantity(number: int, one: str, many: str = "") -> str:
    """Give a number with thousands separated and its noun, in the plural where it is not one."""
    return f"{number:,} {one if number == 1 else many or plural(one)}"


def were(number: int, one: str) -> str:
    """Give a number and its noun with the verb that fits: "1 cell was", "3 cells were"."""
    return f"{quantity(number, one)} {'was' if number == 1 else 'were'}"


def plural(word: str) -> str:
    """Give the plural of an English word: "counties", "wards", "strata"."""
    if word == "stratum":
        return "strata"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else f"{word}s"


def in_runs(numbers: Collection[int]) -> str:
    """Give numbers in words: "4, 7 to 9"."""
    runs: list[list[int]] = []
    for each in sorted(numbers):
        if runs and each == runs[-1][1] + 1:
            runs[-1][1] = each
        else:
            runs.append([each, each])
    words = [f"{a:,}" if a == b else f"{a:,} to {b:,}" for a, b in runs]
    more = len(words) - RUNS
    return ", ".join(words[:RUNS]) + (f" and {more:,} more" if more > 0 else "")
