"""Which lines two people look at: so many of a hundred by lot, and every one of the kinds that the manager names.

Lot goes by the frame's digest and the line's id, a kind by the first ruling or by what the machine makes of the line,
which the second person is not told. Only lines of the lot speak for all
others: once kinds were named in a case, the rates of wrong rulings are told of the lot's alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballotworthy.casework.case import Case
from ballotworthy.casework.framed import is_unwritten
from ballotworthy.casework.rulings import Ruling
from ballotworthy.errors import InputError

if TYPE_CHECKING:
    from ballotworthy.office.models import HeldCase
    from ballotworthy.verbs.case_expected import Weighed

REFUSED, CROSSED_OUT, GROUND = "refused", "crossed out", "ground "
"""Every line that is refused; every one that is accepted though crossed out or blank as filed; by ground, its key."""
LEFT, AGAINST, REPEAT = "left to a person", "against the machine", "perhaps a repeat"
"""Every line that the machine by itself would leave to a person; every one ruled otherwise than it finds likelier;
every one whose voter, as it finds, stands on another line too, or perhaps."""
BY_MACHINE = (LEFT, AGAINST, REPEAT)
MOST_WEIGHED = 200_000
"""Lines of a case of which the machine's probabilities are worked out."""


@dataclass(frozen=True)
class SecondLooks:
    """The share, in per cent, of lines that two people look at, and the kinds of which they look at every line."""

    share: int
    kinds: frozenset[str] = frozenset()

    @property
    def by_machine(self) -> bool:
        """Tell whether some kind asks what the machine makes of lines."""
        return not self.kinds.isdisjoint(BY_MACHINE)

    def wants(self, case: Case, line: str, first: Ruling, weighed: Weighed | None = None) -> bool:
        """Tell whether a second person looks at a line of that first ruling; `weighed` where `by_machine` asks it."""
        if self.by_lot(case, line) or self._of_kind(case, line, first):
            return True
        if weighed is None:
            return False
        if (LEFT in self.kinds and line in weighed.left) or (REPEAT in self.kinds and line in weighed.repeats):
            return True
        return AGAINST in self.kinds and weighed.is_against(line, first.outcome)

    def by_lot(self, case: Case, line: str) -> bool:
        """Tell whether lot gives a line to a second person, whatever was ruled."""
        fingerprint = case.frame.fixed["fingerprint"] if case.frame.fixed else ""
        chosen = hashlib.sha256(f"{fingerprint} second look {line}".encode()).digest()[:8]
        return int.from_bytes(chosen, "big") % 100 < self.share

    def _of_kind(self, case: Case, line: str, first: Ruling) -> bool:
        if not self.kinds:
            return False
        if first.outcome == "valid":
            return CROSSED_OUT in self.kinds and is_unwritten(case.frame.line(line).mark)
        return REFUSED in self.kinds or f"{GROUND}{first.reason}" in self.kinds


def second_looks_of(held: HeldCase) -> SecondLooks:
    """Give what the manager of a case has set."""
    return SecondLooks(held.second_share, frozenset(held.second_kinds))


def kinds_known(case: Case) -> list[str]:
    """Give the kinds that a case can have: by ground those of its law."""
    grounds = case.rules.reasons if case.rules else ()
    machine = BY_MACHINE if len(case.frame.lines) <= MOST_WEIGHED else ()
    return [REFUSED, CROSSED_OUT, *machine, *(f"{GROUND}{key}" for key in grounds)]


def set_kinds(held: HeldCase, case: Case, kinds: Collection[str]) -> None:
    """Set the kinds of a case; whoever calls saves it.

    Raises:
        InputError: there is no such kind.
    """
    if not set(kinds) <= set(kinds_known(case)):
        raise InputError("choose of which rulings two people look at every line from the list.")
    held.second_kinds = sorted(kinds)
    held.lot_alone = held.lot_alone and not kinds
