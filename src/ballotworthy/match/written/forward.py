"""How probable texts are under a picture: the forward pass of CTC over sorted texts, common beginnings once. Compiled.

Graves, Fernandez, Gomez & Schmidhuber 2006, "Connectionist temporal classification", section 4.1, with two changes: a
label may be missing at a price, and what the picture shows behind the text has a price a step. Divided by the best
path (each step by its likeliest class), so that 0 bits say: the picture shows this text and nothing else.
"""

from __future__ import annotations

import numpy as np

from ballotworthy.files.compiled import allocating
from ballotworthy.match.written.seen import SKIPS

NOTHING = -200.0
"""Bits of a text that was given up."""
LEAST = 1e-18
"""Probability of a beginning under which no text that begins so is looked at: 60 bits."""
BEHIND = 1e-11
"""The same, over that of the best text so far: 36 bits."""


def weigh_texts(
    steps: np.ndarray,
    tail: np.ndarray,
    labels: np.ndarray,
    *,
    sort: bool = True,
    skips: np.ndarray = SKIPS,
    least: float = NOTHING,
) -> np.ndarray:
    """Give the bits of each text, 0 or less for most; float64 (texts,).

    Args:
        steps, tail: of the cell, by `Seen.with_gap` and `Seen.tail`.
        labels: of the texts, by `labels_of`; sorted already where `sort` is false.
        skips: the price of each label that is not in the picture; float64 (CLASSES + 1,).
        least: bits under which a text is not asked for, and may be given up.
    """
    out = np.full(len(labels), NOTHING)
    if not len(labels) or not len(steps):
        return out
    order = np.argsort(labels.view(f"S{labels.shape[1]}").ravel(), kind="stable") if sort else np.arange(len(labels))
    ordered = np.ascontiguousarray(labels[order]) if sort else labels
    found = np.empty(len(labels))
    _forward(steps, tail, ordered, skips, max(LEAST, 2.0**least), found)
    out[order] = found
    return out


@allocating
def _forward(
    y: np.ndarray, tail: np.ndarray, labels: np.ndarray, skips: np.ndarray, least: float, out: np.ndarray
) -> None:
    """Weigh sorted texts; what adds less than a hundredth of `least` at a step is left out there.

    `lab[d, t]`: d labels are written and step t shows the last, `blk[d, t]`: a blank behind.
    """
    steps, width = y.shape[0], labels.shape[1]
    faint = max(LEAST, least / 100)
    lab, blk = np.zeros((width + 1, steps)), np.zeros((width + 1, steps))
    low, high = np.zeros(width + 1, np.int64), np.zeros(width + 1, np.int64)
    unseen = np.zeros(width + 1)
    unseen[0] = run = 1.0
    for t in range(steps):
        run *= y[t, 0]
        if run < faint:
            break
        blk[0, t] = run
        high[0] = t + 1
    before = np.zeros(width, np.uint8)
    done, dead, best = 0, -1, 0.0
    for i in range(labels.shape[0]):
        text = labels[i]
        d = 0
        while d < done and text[d] == before[d] and text[d] != 0:
            d += 1
        if dead >= 0 and d >= dead:
            out[i] = NOTHING
            continue
        dead = -1
        while d < width and text[d] != 0:
            c = text[d]
            skip = skips[c]
            new = d == 0 or text[d - 1] != c
            unseen[d + 1] = unseen[d] * skip
            shown, b, peak = 0.0, 0.0, unseen[d + 1]
            begin = low[d] if unseen[d] < faint else 0
            first, t = -1, begin
            while t < steps:
                inside = t < high[d]
                enter = unseen[d] if t == 0 else 0.0
                if t > 0 and low[d] <= t - 1 < high[d]:
                    enter += blk[d, t - 1] + (lab[d, t - 1] if new else 0.0)
                here = blk[d, t] + lab[d, t] if inside and t >= low[d] else 0.0
                shown, b = y[t, c] * (shown + enter), y[t, 0] * (b + shown) + skip * here
                if shown + b < faint:
                    if t >= high[d]:
                        break
                    shown, b = 0.0, 0.0
                elif first < 0:
                    first = t
                lab[d + 1, t], blk[d + 1, t] = shown, b
                peak = max(peak, shown + b)
                t += 1
            low[d + 1], high[d + 1] = max(first, begin), t
            before[d] = c
            d += 1
            done = d
            if peak < max(least, best * BEHIND):
                dead = d
                break
        if dead >= 0:
            out[i] = NOTHING
            continue
        done = d
        found = unseen[d] * tail[0]
        for t in range(low[d], high[d]):
            found = max(found, (lab[d, t] + blk[d, t]) * tail[t + 1])
        best = max(best, found)
        out[i] = np.log2(found) if found > 0 else NOTHING
