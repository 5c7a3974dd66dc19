"""What the picture of a signature says of names: written out, or begun with their first letters, or nothing.

A signature is a third reading of the name. Few are written out; of most the first letters of each part can be read,
and what runs out behind them shows nothing; some are of no use at all. With y(w) the picture's probability under a name
written in the way w, over the mean of it for people at random, a name gains

    log2 (sum over ways w of share(w) x y(w)^trust(w) + the rest).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.match.written.cells import either_seen, name_texts
from ballotworthy.match.written.forward import NOTHING, Texts, texts_of, weigh_texts
from ballotworthy.match.written.seen import Seen, joined, labels_of

WHOLE = 0.25
"""Share of signatures that are the name written out; these were fitted on drawn hands at hard noise."""
BEGUN = ((1, 0.25), (2, 0.25))
"""First letters of each part that can be read, and the share of signatures of which no more can be."""
TRUST_WHOLE, TRUST_BEGUN = 0.7, 0.8
"""What the bits of a name and of first letters count: of a whole roll some name always fits what runs out."""
RUN_OUT = 0.4
"""Price of a step of ink behind these letters."""


@dataclass(frozen=True)
class Ways:
    """Names as they may be signed: `usual` and `turned` whole, and `begun`, texts with the one that each name has."""

    usual: Texts
    turned: Texts
    begun: tuple[tuple[Texts, np.ndarray], ...]


def ways_of(first: np.ndarray, last: np.ndarray) -> Ways:
    """Give the texts of names in each way to sign."""
    begun = []
    for count, _ in BEGUN:
        letters = np.hstack([first[:, :count], last[:, :count]])
        each, of = np.unique(letters, axis=0, return_inverse=True)
        texts = joined(np.ascontiguousarray(each[:, :count]), b"\x01", np.ascontiguousarray(each[:, count:]))
        begun.append((texts_of(labels_of(texts)), of.ravel()))
    return Ways(*name_texts(first, last), tuple(begun))


def ways_seen(signature: Seen, ways: Ways) -> np.ndarray:
    """Give the bits of names in each way to sign; float64 (1 + BEGUN, names)."""
    steps, tail = signature.with_gap(RUN_OUT), signature.tail(RUN_OUT)
    begun = [weigh_texts(steps, tail, texts)[of] for texts, of in ways.begun]
    return np.stack([either_seen(signature, ways.usual, ways.turned), *begun])


def usual_ways(signature: Seen, some: Ways) -> np.ndarray:
    """Give log2 of the mean probability of each way to sign under people at random; float64 (1 + BEGUN,).

    One whom it fits best is left out: that may be the signer.
    """
    whole = ways_seen(signature, some)
    bits = np.sort(whole, axis=1)[:, :-1]
    return np.asarray(np.logaddexp2.reduce(bits, axis=1, initial=NOTHING) - np.log2(max(whole.shape[1], 1)))


def signed(signature: Seen, ways: Ways, usual: np.ndarray) -> np.ndarray:
    """Give the bits that a signature adds to names; float64 (names,)."""
    shares = np.array([WHOLE, *(share for _, share in BEGUN)])
    trust = np.array([TRUST_WHOLE, *[TRUST_BEGUN] * len(BEGUN)])[:, None]
    read = np.log2(shares)[:, None] + trust * (ways_seen(signature, ways) - usual[:, None])
    rest = np.full(read.shape[1], np.log2(1 - shares.sum()))
    return np.asarray(np.logaddexp2.reduce(np.vstack([read, rest]), axis=0))
