"""How probable texts are under a picture: the forward pass of CTC over sorted texts, common beginnings once. Compiled.

Graves, Fernandez, Gomez & Schmidhuber 2006, "Connectionist temporal classification", section 4.1, with two changes: a
label may be missing at a price, and what the picture shows behind the text has a price a step. Divided by the best
path (each step by its likeliest class), so that 0 bits say: the picture shows this text and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ballotworthy.files.compiled import compiled
from ballotworthy.match.written.seen import SKIPS

NOTHING = -200.0
"""Bits of a text that was given up."""
LEAST = 1e-18
"""Probability of a beginning under which no text that begins so is looked at: 60 bits."""
BEHIND = 1e-11
"""The same, over that of the best text so far: 36 bits."""
ROUNDED = 1 + 1e-9
"""What a bound may be too low by, as numbers are rounded."""


@dataclass(frozen=True)
class Texts:
    """Texts that are weighed under many pictures, sorted once.

    Attributes:
        labels: of the texts, by `labels_of`, in their order.
        order: where each was; int64 (texts,).
    """

    labels: np.ndarray
    order: np.ndarray


def texts_of(labels: np.ndarray) -> Texts:
    """Sort texts by their labels."""
    order = np.argsort(labels.view(f"S{labels.shape[1]}").ravel(), kind="stable")
    return Texts(np.ascontiguousarray(labels[order]), order)


def weigh_texts(
    steps: np.ndarray,
    tail: np.ndarray,
    labels: np.ndarray | Texts,
    *,
    sort: bool = True,
    skips: np.ndarray = SKIPS,
    least: float = NOTHING,
) -> np.ndarray:
    """Give the bits of each text, 0 or less for most; float64 (texts,).

    Args:
        steps, tail: of the cell, by `Seen.with_gap` and `Seen.tail`.
        labels: of the texts, by `labels_of`, or sorted; sorted already where `sort` is false.
        skips: the price of each label that is not in the picture; float64 (CLASSES + 1,).
        least: bits under which a text is not asked for, and may be given up.
    """
    sorted_ones = labels if isinstance(labels, Texts) else texts_of(labels) if sort and len(labels) else None
    ordered = sorted_ones.labels if sorted_ones is not None else np.asarray(labels)
    found = np.full(len(ordered), NOTHING)
    if not len(ordered) or not len(steps):
        return found
    shows = np.ascontiguousarray(steps.T)
    deep, wide = ordered.shape[1] + 1, len(steps) + 2
    room = (np.empty((3, deep, wide)), np.zeros(deep), np.zeros((2, deep), np.int64), np.zeros(deep, np.uint8))
    _forward(shows, _reach(shows), tail, ordered, skips, max(LEAST, 2.0**least), found, *room)
    if sorted_ones is None:
        return found
    out = np.empty(len(found))
    out[sorted_ones.order] = found
    return out


def _reach(shows: np.ndarray) -> np.ndarray:
    """Give, by label and step, the sum of what paths have that show the label from that step on and no other."""
    reach, run = np.empty_like(shows), np.zeros(len(shows))
    for step in range(shows.shape[1] - 1, -1, -1):
        run = shows[:, step] * (1 + run)
        reach[:, step] = run
    return reach


@compiled
def _forward(
    shows: np.ndarray, reach: np.ndarray, tail: np.ndarray, labels: np.ndarray, skips: np.ndarray, least: float,
    out: np.ndarray, room: np.ndarray, sums: np.ndarray, span: np.ndarray, before: np.ndarray,
) -> None:  # fmt: skip
    """Weigh sorted texts; what adds less than a hundredth of `least` at a step is left out there.

    `lab[d, t + 1]`: d labels are written and step t shows the last, `blk[d, t + 1]`: a blank behind, `both`: either;
    before the first step `blk[d, 0]` is what it costs that none of the d labels is in the picture. Beyond `low[d]` and
    `high[d]`, which are one more than steps too, all are 0 where they are looked at; `sums[d]` is all of `both[d]`. A
    label is given up unlooked at where all that enters it, each as far as it `reach`es, comes to too little.
    """
    steps, width = shows.shape[1], labels.shape[1]
    faint = max(LEAST, least / 100)
    lab, blk, both, low, high, none = room[0], room[1], room[2], span[0], span[1], shows[0]
    _begin(none, lab[0], blk[0], both[0], sums, high, faint)
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
            skip, asked = skips[c], max(least, best * BEHIND)
            come = blk[d] if d > 0 and text[d - 1] == c else both[d]
            begin, end = low[d] if blk[d, 0] < faint else 0, high[d]
            stop = min(end + 1, steps)
            before[d] = c
            done = d + 1
            if (_entering(come, reach[c], begin, stop) + skip * sums[d]) * ROUNDED < asked:
                dead = done
                break
            shown_by, here, lab_now, blk_now, both_now = shows[c], both[d], lab[d + 1], blk[d + 1], both[d + 1]
            unseen = blk[d, 0] * skip
            shown, b, peak, total = 0.0, 0.0, unseen, unseen
            first, t = -1, begin
            lab_now[begin], blk_now[begin], both_now[begin] = 0.0, 0.0, 0.0
            blk_now[0], both_now[0] = unseen, unseen
            while t < steps:
                if t < stop:
                    shown, b = shown_by[t] * (shown + come[t]), none[t] * (b + shown) + skip * here[t + 1]
                else:
                    shown, b = shown_by[t] * shown, none[t] * (b + shown)
                either = shown + b
                if either < faint:
                    if t >= end:
                        break
                    shown, b, either = 0.0, 0.0, 0.0
                elif first < 0:
                    first = t
                lab_now[t + 1], blk_now[t + 1], both_now[t + 1] = shown, b, either
                total += either
                peak = max(peak, either)
                t += 1
            lab_now[t + 1], blk_now[t + 1], both_now[t + 1] = 0.0, 0.0, 0.0
            sums[d + 1], low[d + 1], high[d + 1] = total, max(first, begin), t
            d += 1
            if peak < asked:
                dead = d
                break
        if dead >= 0:
            out[i] = NOTHING
            continue
        done = d
        found = blk[d, 0] * tail[0]
        for t in range(low[d], high[d]):
            found = max(found, both[d, t + 1] * tail[t + 1])
        best = max(best, found)
        out[i] = np.log2(found) if found > 0 else NOTHING


@compiled
def _begin(
    none: np.ndarray, lab: np.ndarray, blk: np.ndarray, both: np.ndarray, sums: np.ndarray, high: np.ndarray,
    faint: float,
) -> None:  # fmt: skip
    """Write what nothing written comes to at each step."""
    lab[:], blk[:], both[:] = 0.0, 0.0, 0.0
    blk[0] = both[0] = sums[0] = run = 1.0
    for t in range(none.shape[0]):
        run *= none[t]
        if run < faint:
            break
        blk[t + 1] = both[t + 1] = run
        sums[0] += run
        high[0] = t + 1


@compiled
def _entering(come: np.ndarray, reach: np.ndarray, begin: int, stop: int) -> float:
    """Give the sum of what enters a label at each step, as far as it reaches."""
    one = two = three = four = 0.0
    t = begin
    while t + 3 < stop:
        one += come[t] * reach[t]
        two += come[t + 1] * reach[t + 1]
        three += come[t + 2] * reach[t + 2]
        four += come[t + 3] * reach[t + 3]
        t += 4
    while t < stop:
        one += come[t] * reach[t]
        t += 1
    return (one + two) + (three + four)
