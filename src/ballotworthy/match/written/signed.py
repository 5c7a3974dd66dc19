"""What the picture of a signature says of names: written out, or begun with their first letters, or nothing.

A signature is a third reading of the name. Few are written out; of most the first letters of each part can be read,
and what runs out behind them shows nothing; some are of no use at all. With y(w) the picture's probability under a name
written in the way w, over the mean of it for people at random, a name gains

    log2 (sum over ways w of share(w) x y(w)^trust(w) + the rest).
"""

from __future__ import annotations

import numpy as np

from ballotworthy.match.written.cells import names_seen
from ballotworthy.match.written.forward import NOTHING, weigh_texts
from ballotworthy.match.written.seen import Seen, joined, labels_of

WHOLE = 0.25
"""Share of signatures that are the name written out; these were fitted on drawn hands at hard noise."""
BEGUN = ((1, 0.25), (2, 0.25))
"""First letters of each part that can be read, and the share of signatures of which no more can be."""
TRUST_WHOLE, TRUST_BEGUN = 0.7, 0.8
"""What the bits of a name and of first letters count: of a whole roll some name always fits what runs out."""
RUN_OUT = 0.4
"""Price of a step of ink behind these letters."""


def ways_seen(signature: Seen, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Give the bits of names in each way to sign; float64 (1 + BEGUN, names)."""
    steps, tail = signature.with_gap(RUN_OUT), signature.tail(RUN_OUT)
    found = [names_seen(signature, first, last)]
    for count, _ in BEGUN:
        begun = np.hstack([first[:, :count], last[:, :count]])
        each, of = np.unique(begun, axis=0, return_inverse=True)
        texts = joined(np.ascontiguousarray(each[:, :count]), b"\x01", np.ascontiguousarray(each[:, count:]))
        found.append(weigh_texts(steps, tail, labels_of(texts))[of.ravel()])
    return np.stack(found)


def usual_ways(signature: Seen, some: np.ndarray) -> np.ndarray:
    """Give log2 of the mean probability of each way to sign under people at random, `packed.RECORD`; float64.

    One whom it fits best is left out: that may be the signer.
    """
    bits = np.sort(ways_seen(signature, some["first"], some["last"]), axis=1)[:, :-1]
    return np.asarray(np.logaddexp2.reduce(bits, axis=1, initial=NOTHING) - np.log2(max(len(some), 1)))


def signed(signature: Seen, first: np.ndarray, last: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Give the bits that a signature adds to names; float64 (names,)."""
    shares = np.array([WHOLE, *(share for _, share in BEGUN)])
    trust = np.array([TRUST_WHOLE, *[TRUST_BEGUN] * len(BEGUN)])[:, None]
    read = np.log2(shares)[:, None] + trust * (ways_seen(signature, first, last) - usual[:, None])
    return np.asarray(np.logaddexp2.reduce(np.vstack([read, np.full(len(first), np.log2(1 - shares.sum()))]), axis=0))
