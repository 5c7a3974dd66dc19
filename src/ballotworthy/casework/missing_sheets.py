"""Which sheets are missing, where sheets bear numbers: the gaps between the first and the last."""

from __future__ import annotations

from collections.abc import Collection

MOST_MISSING = 20


def missing_sheets(sheets: Collection[str]) -> str:
    """Say which numbers between the first sheet and the last are missing; "" where none is, or sheets bear no numbers.

    >>> missing_sheets({"1", "2", "5", "7"})
    '3, 4, 6'
    """
    if not sheets or not all(each.isascii() and each.isdigit() for each in sheets):
        return ""
    numbers = {int(each) for each in sheets}
    most = len(numbers) + MOST_MISSING  # a gap that is wider is none of missing sheets, but another way to number
    if max(numbers) - min(numbers) > 10 * most:
        return ""
    gone = sorted(set(range(min(numbers), max(numbers))) - numbers)
    more = f" and {len(gone) - MOST_MISSING:,} more" if len(gone) > MOST_MISSING else ""
    return ", ".join(map(str, gone[:MOST_MISSING])) + more
