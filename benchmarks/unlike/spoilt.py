"""What spoils a cell on its way to the file: a slip of the hand, a blank lost, a spreadsheet that fills down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def slip(text: str, rng: np.random.Generator) -> str:
    """Give the text with a letter left out, doubled, changed about or another one."""
    at = int(rng.integers(0, max(len(text) - 1, 1)))
    if len(text) < 3 or not text[at].isalnum():
        return text
    other = str(rng.choice(list("0123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz")))
    head, one, next_one, rest = text[:at], text[at], text[at + 1], text[at + 2 :]
    return str(rng.choice([head + next_one + rest, head + one + one + next_one + rest, head + other + next_one + rest,
                           head + next_one + one + rest]))  # fmt: skip


def run_together(text: str, rng: np.random.Generator) -> str:
    """Give the text with a blank lost, or one too many."""
    if rng.random() < 0.12 and " " in text:
        at = int(rng.choice([at for at, letter in enumerate(text) if letter == " "]))
        return text[:at] + text[at + 1 :]
    if rng.random() < 0.07 and len(text) > 6:
        at = int(rng.integers(2, len(text) - 2))
        return f"{text[:at]} {text[at:]}"
    return text


def filled_down(addresses: Sequence[str], streets: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Give addresses as a spreadsheet spoils them: the one above counted on, a street completed from two letters."""
    found = list[str]()
    for address in addresses:
        number, _, street = address.partition(" ")
        above, _, their_street = (found[-1] if found else "").partition(" ")
        like = [way for way in streets if way[:2] == street[:2]]
        if above.isdigit() and rng.random() < 0.03:
            found.append(f"{int(above) + 1} {their_street}")
        else:
            found.append(f"{number} {rng.choice(like)}" if like and rng.random() < 0.05 else address)
    return found
