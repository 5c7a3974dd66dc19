"""Grounds on which a line is refused at the desk: what must have been done first, and common words for them."""

from __future__ import annotations

from collections.abc import Callable, Collection

from ballotworthy.casework.rulings import DUPLICATE
from ballotworthy.errors import Refused
from ballotworthy.law.model import Reason
from ballotworthy.law.reasons import REASONS

NOT_FOUND = frozenset({"not-registered", "not-found"})
"""Grounds that say that no voter was found: they need searches, one by name alone and one by address alone."""
ELSEWHERE = "out-of-jurisdiction"
"""On this ground nobody is refused unsearched either, unless the page shows him as a voter of another district."""
LIKE_OTHERS = frozenset(
    {"not-registered", "registered-late", "cancelled", "inactive", "different-address", "out-of-jurisdiction"}
)
"""Grounds that laws put in words hardly to be told apart: "not a registered voter", three times over."""


def make_sure_of(reason: str, line: str, searched: Collection[str], stands_elsewhere: Callable[[], bool]) -> None:
    """Make sure that a line may be refused on a ground.

    Args:
        reason: the ground's key; empty where the line is accepted.
        line: its id.
        searched: by what alone its signer was searched for.
        stands_elsewhere: tells whether the page shows a voter of another part of the place.

    Raises:
        Refused: nobody searched for the voter who was not found, or the line is to be accepted.
    """
    if not {"name", "address"} <= set(searched) and (
        reason in NOT_FOUND or (reason == ELSEWHERE and not stands_elsewhere())
    ):
        raise Refused(
            f"line {line}: nobody is called not registered before he was searched for by name alone and by address "
            "alone: both at once find only whom both fit. Search for him each way, then refuse."
        )
    if reason == DUPLICATE:
        raise Refused(
            f"line {line}: whoever signed several times is accepted on each line, and the count keeps what the law "
            "lets count. Choose the voter by his number; one who stands on another line is said so above his key."
        )


def plain_words(ground: Reason) -> str:
    """Give the common words beside the law's own, where these are like those of another ground; else nothing."""
    plain = REASONS[ground.key] if ground.key in LIKE_OTHERS else ""
    return "" if plain == ground.words else plain
