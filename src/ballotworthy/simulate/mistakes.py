"""The mistakes of hands and keyboards: one slip at a time, weighted to letters and digits that look alike."""

from __future__ import annotations

from ballotworthy.simulate.draws import Draw, one_of
from ballotworthy.simulate.words import BESIDE, LOOKALIKES


def slip(text: str, draw: Draw) -> str:
    """Give `text` with one mistake: six in ten a look-alike, or a letter dropped, swapped, doubled.

    A text of fewer than two characters comes back as it is, and so may one in which the slip changes nothing.
    """
    if len(text) < 2:
        return text
    kind = draw()
    if kind < 0.6:
        return lookalike(text, draw)
    at = int(draw() * (len(text) - 1))
    if kind < 0.74:
        return text[: at + 1] + text[at + 2 :]  # dropped, never the first letter
    if kind < 0.84:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]  # swapped
    if kind < 0.92:
        return text[: at + 1] + text[at:]  # doubled
    key = BESIDE.get(text[at + 1])
    return text if key is None else text[: at + 1] + one_of(key, draw) + text[at + 2 :]


def slips(text: str, draw: Draw) -> str:
    """Give `text` with one mistake, and one in seven times with another: a bad hand is bad twice."""
    once = slip(text, draw)
    return slip(once, draw) if draw() < 1 / 7 else once


def lookalike(text: str, draw: Draw) -> str:
    """Give `text` with one group of characters read as another that looks like it, if one occurs."""
    found = [
        (at, width)
        for at in range(len(text))
        for width in (1, 2)
        if text[at : at + width] in LOOKALIKES and at + width <= len(text)
    ]
    if not found:
        return text
    at, width = one_of(found, draw)
    return text[:at] + one_of(LOOKALIKES[text[at : at + width]], draw) + text[at + width :]


def digit_slip(number: str, draw: Draw) -> str:
    """Give a number with one digit misread as a digit, swapped with its neighbour, dropped or doubled."""
    if not number:
        return number
    at = int(draw() * len(number))
    kind = draw()
    if kind < 0.6:
        likes = [like for like in LOOKALIKES.get(number[at], ()) if like.isdigit()]
        return number[:at] + one_of(likes, draw) + number[at + 1 :] if likes else number
    if kind < 0.85 and len(number) > 1:
        at = min(at, len(number) - 2)
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if kind < 0.93 and len(number) > 2:
        return number[:at] + number[at + 1 :]
    return number[: at + 1] + number[at:]


def scrawl(text: str, draw: Draw) -> str:
    """Give what a keyer makes of an illegible entry: a letter or two and question marks."""
    return " ".join("".join(c if draw() < 0.3 else "?" for c in word) for word in text.split())
