"""How many lines repeat a signer without having been linked to the other line, at most: capture and recapture.

Two keys that look for repeats independently, such as name with birth year and address with the look of the
signature, find `first` and `second` of them, `both` the same. If there are D in all and the keys miss
independently, then given their numbers what both find is hypergeometric, as if `second` were drawn from D of
which `first` are marked. The greatest D under which so many common finds are not too improbable is an upper
limit of D; what neither found is D less what they found together. Sekar and Deming, JASA 44 (1949) 101-115;
Chapman, "Some properties of the hypergeometric distribution with applications to zoological sample censuses"
(1951); the exact limit is that of the hypergeometric test.

Repeats keyed in on purpose, decoys, are the same with one key in place of two: all decoys are marked, the key
finds some of them and some others.

It is wrong where what one key misses the other misses too, say a name that was keyed wrongly under a wrong
address; then the limit is too low. That is why the keys must share no field, and why decoys must be written as
real signers write.
"""

from __future__ import annotations

from math import lgamma

import numpy as np

from ballotworthy.errors import InputError

FAR = 10**9


def unlinked_by_keys(first: int, second: int, both: int, risk: float) -> int:
    """Give the most lines that neither of two independent keys has linked, too few with at most `risk`.

    Args:
        first, second: further lines of a signer that each key has found.
        both: those that both have found.
        risk: the chance that the limit is too low.

    Raises:
        InputError: the counts contradict each other, or the keys have found nothing in common.
    """
    if not 0 <= both <= min(first, second):
        raise InputError(
            f"{both:,} lines found by both keys cannot be with {first:,} and {second:,} found by each; correct them."
        )
    if not both:
        raise InputError("the two keys have found no line in common, so nothing limits what both have missed.")
    found = first + second - both
    return _most(first, second, both, risk) - found


def unlinked_by_decoys(decoys: int, recognised: int, links: int, risk: float) -> int:
    """Give the most lines that the search has not linked, by the decoys that it has not linked.

    Args:
        decoys: repeats keyed in on purpose.
        recognised: those of them that the search has linked.
        links: further lines of a signer that it has linked, decoys apart.
        risk: the chance that the limit is too low.

    Raises:
        InputError: the counts contradict each other, or no decoy was recognised.
    """
    if not 0 <= recognised <= decoys or links < 0:
        raise InputError(f"{recognised:,} of {decoys:,} decoys cannot have been recognised; correct the counts.")
    if not recognised:
        raise InputError("no decoy was recognised, so nothing limits what the search has missed.")
    return _most(decoys, recognised + links, recognised, risk) - decoys - links


def _most(marked: int, caught: int, both: int, risk: float) -> int:
    """Give the greatest population under which at least `both` common finds have a chance of more than `risk`."""
    low, high = marked + caught - both, 2 * (marked + caught)
    while high < FAR and _common(high, marked, caught, both) > risk:
        low, high = high, 2 * high
    if high >= FAR:
        raise InputError("the keys have too few finds in common to limit what both have missed; look for more.")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _common(middle, marked, caught, both) > risk else (low, middle)
    return low


def _common(population: int, marked: int, caught: int, least: int) -> float:
    """Give the chance that at least `least` of `caught` drawn from a population are among its `marked`."""
    first, last = max(least, marked + caught - population), min(marked, caught)
    counts = np.arange(first, last, dtype=float)
    rest = population - marked - caught
    ratios = np.log((marked - counts) / (counts + 1)) + np.log((caught - counts) / (rest + counts + 1))
    start = _choices(marked, first) + _choices(population - marked, caught - first) - _choices(population, caught)
    return min(1.0, float(np.exp(start + np.concatenate(([0.0], np.cumsum(ratios)))).sum()))


def _choices(whole: int, part: int) -> float:
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
