"""The allowances: for lines that repeat a signer and were not linked, and for lines that people accept wrongly."""

from __future__ import annotations

from dataclasses import dataclass

from ballotworthy.errors import InputError
from ballotworthy.stats.risk.readers import wrongly_accepted
from ballotworthy.stats.risk.unlinked import unlinked_by_decoys, unlinked_by_keys

Three = tuple[int, int, int]
UNLINKED_SHARE = 5
"""An allowance takes a fifth of the risk limit unless told otherwise."""


@dataclass(frozen=True)
class Allowance:
    """So many lines, and how they were found in words; no words where no allowance is made."""

    lines: int
    words: str


def allowance_of(given: int | None, keys: Three | None, decoys: Three | None, risk: float) -> Allowance:
    """Give the allowance by the one way that is asked for.

    Args:
        given: the lines themselves.
        keys: further lines of a signer found by a first key, by a second, and by both.
        decoys: repeats keyed in on purpose, those of them found, and true links found.
        risk: the chance that the limit is too low.

    Raises:
        InputError: two ways are asked for, the counts contradict each other, or the risk cannot be.
    """
    if sum(each is not None for each in (given, keys, decoys)) > 1:
        raise InputError("--unlinked, --keys and --decoys are three ways to one number; give one of them.")
    if given is None and keys is None and decoys is None:
        return Allowance(0, "")
    if not 0 < risk < 1:
        raise InputError(f"--unlinked-risk {risk:g} cannot be; give a share above 0 and below the risk limit.")
    if keys is not None:
        first, second, both = keys
        words = f"two independent keys found {first:,} and {second:,} repeating lines, {both:,} of them the same"
        return Allowance(unlinked_by_keys(first, second, both, risk), words)
    if decoys is not None:
        keyed, found, links = decoys
        words = f"of {keyed:,} repeats keyed in on purpose the search found {found:,}, beside {links:,} true ones"
        return Allowance(unlinked_by_decoys(keyed, found, links, risk), words)
    return Allowance(given or 0, "as given")


def misread_of(rereads: tuple[int, int] | None, lines: int, risk: float) -> Allowance:
    """Give the allowance for wrong acceptances from blind second readings; none where none are given.

    Args:
        rereads: acceptances read again blindly, and those of them found wrong.
        lines: lines of the frame.
        risk: the chance that the limit is too low.

    Raises:
        InputError: the counts contradict each other, or the risk cannot be.
    """
    if rereads is None:
        return Allowance(0, "")
    if not 0 < risk < 1:
        raise InputError(f"--checker-risk {risk:g} cannot be; give a share above 0 and below the risk limit.")
    read, changed = rereads
    words = f"of {read:,} acceptances read again blindly {changed:,} were wrong"
    return Allowance(wrongly_accepted(read, changed, lines, risk), words)
