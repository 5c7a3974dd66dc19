"""By which register a page laid voters out: a row names another voter, or nobody, in another register."""

from __future__ import annotations

from collections.abc import Callable

from ballotworthy.casework.bench import Bench
from ballotworthy.casework.case import Case
from ballotworthy.casework.ruled import named_roll
from ballotworthy.errors import Refused

CHANGED = (
    "the register was changed: another one was named since this page was made, and has other voters in the same "
    "places. Nothing was entered. Load the page again, and look again at the line, or for the voter."
)


def make_sure(bench: Bench, shown: str) -> None:
    """Make sure that a page was laid out by the register of a bench; `shown` is the digest that the page bears.

    Raises:
        Refused: it was laid out by another one, or does not say by which.
    """
    if shown != bench.digest:
        raise Refused(CHANGED)


def still_named(bench: Bench) -> Callable[[Case], None]:
    """Give what makes sure, while nobody else can write, that the register of a bench is the one named last.

    Between the look at a page and the record another process may name another one.
    """

    def sure(case: Case) -> None:
        """Raise `Refused` where another one was named."""
        if named_roll(case) != bench.digest:
            raise Refused(CHANGED)

    return sure
