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

    `lab[d, t + 1]`: d labels are written and step t shows the last, `blk[d, t + 1]`: a blank behind; before the first
    step `blk[d, 0]` is what it costs that none of the d labels is in the picture. Beyond `low[d]` and `high[d]`, which
    are one more than steps too, both are 0.
    """
    steps, width = y.shape[0], labels.shape[1]
    faint = max(LEAST, least / 100)
    lab, blk = np.zeros((width + 1, steps + 1)), np.zeros((width + 1, steps + 1))
    low, high = np.zeros(width + 1, np.int64), np.zeros(width + 1, np.int64)
    none = np.ascontiguousarray(y[:, 0])
    shows = np.ascontiguousarray(y.T)
    blk[0, 0] = run = 1.0
    for t in range(steps):
        run *= none[t]
        if run < faint:
            break
        blk[0, t + 1] = run
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
            skip, shown_by = skips[c], shows[c]
            new = 1.0 if d == 0 or text[d - 1] != c else 0.0
            lab_before, blk_before, lab_now, blk_now = lab[d], blk[d], lab[d + 1], blk[d + 1]
            unseen = blk_before[0] * skip
            shown, b, peak = 0.0, 0.0, unseen
            begin, end = low[d] if blk_before[0] < faint else 0, high[d]
            first, t = -1, begin
            lab_now[1 : begin + 1] = 0.0
            blk_now[1 : begin + 1] = 0.0
            blk_now[0] = unseen
            while t < steps:
                enter = blk_before[t] + new * lab_before[t]
                here = blk_before[t + 1] + lab_before[t + 1]
                shown, b = shown_by[t] * (shown + enter), none[t] * (b + shown) + skip * here
                if shown + b < faint:
                    if t >= end:
                        break
                    shown, b = 0.0, 0.0
                elif first < 0:
                    first = t
                lab_now[t + 1], blk_now[t + 1] = shown, b
                peak = max(peak, shown + b)
                t += 1
            lab_now[t + 1 :] = 0.0
            blk_now[t + 1 :] = 0.0
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
        found = blk[d, 0] * tail[0]
        for t in range(low[d], high[d]):
            found = max(found, (lab[d, t + 1] + blk[d, t + 1]) * tail[t + 1])
        best = max(best, found)
        out[i] = np.log2(found) if found > 0 else NOTHING
