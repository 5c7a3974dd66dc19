"""A proposed form as form.toml, and drawn over its page for a person to correct."""

from __future__ import annotations

import json
from collections.abc import Sequence

import cv2
import numpy as np

from ballotworthy.scan.learned import Proposal
from ballotworthy.sheets.labels import UNKNOWN

HEAD = """# What `sheets learn` found. Look at the picture beside this file, and correct what is wrong here.
# All places are left, top, right, bottom. field: as in lines.csv, "signature", "" for what is not read, "?" where it
# is not known: write what is asked there, since `sheets read` refuses "?".
"""
GUESSED = """# No lines stand between its columns: their edges were set by the headings. Look at them first.
# A white row may follow the last shaded one: then add 1 to rows, and its height to the bottom of the table.
"""
BEYOND = """# So many bands of the table, above or below these rows, are of another height. If people sign there,
# this form cannot be read, since all its rows must be of one height: key its sheets by hand. If nobody
# does, take this line out.
"""
BACK = """# Lines printed on the page behind, by which backs are known. Take out what people wrote there.
"""
COLOURS = {UNKNOWN: (0, 0, 220), "": (150, 150, 150), "signature": (200, 120, 0)}
OTHERS = (0, 140, 0)


def toml_of(proposal: Proposal, back: Sequence[str] = ()) -> str:
    """Give the text of form.toml; `back` are the lines by which its back is known."""
    height, width = proposal.picture.shape
    table = proposal.table
    place = _list(table.left / width, table.edges[0] / height, table.right / width, table.edges[-1] / height)
    text = HEAD
    if proposal.guessed:
        text += GUESSED
    text += f"page = [{width}, {height}]\ntable = {place}\nrows = {len(table.edges) - 1}\n"
    if proposal.beyond:
        text += f"{BEYOND}beyond = {proposal.beyond}\n"
    if back:
        text += f"{BACK}back = [{', '.join(_text(each) for each in back)}]\n"
    wide, tall = table.right - table.left, table.pitch
    for column in proposal.columns:
        region = column.region
        box = _list(region.x0 / wide, region.y0 / tall, region.x1 / wide, region.y1 / tall)
        text += f"\n[[columns]]\nfield = {_text(column.field)}\nlabel = {_text(column.label)}\nbox = {box}\n"
        if column.caption is not None:
            shares = [each / (wide if at % 2 == 0 else tall) for at, each in enumerate(column.caption)]
            text += f"caption = {_list(*shares)}\n"
        text += f"letters = {region.letters}\n" if region.letters else ""
        text += f"written = {_text(column.written)}\n" if column.written else ""
    for words in proposal.prints:
        at = words.box
        box = _list(at.x0 / width, at.y0 / height, at.x1 / width, at.y1 / height)
        text += f"\n[[print]]\nwords = {_text(words.text)}\nbox = {box}\n"
    return text


def drawn(proposal: Proposal) -> np.ndarray:
    """Give the page with its rows numbered, its boxes framed and named, the print it is known by underlined."""
    shown = cv2.cvtColor(proposal.picture, cv2.COLOR_GRAY2BGR)
    table = proposal.table
    for number, top in enumerate(table.edges[:-1], 1):
        cv2.putText(shown, str(number), (max(2, table.left - 50), round(top) + 40), 0, 1.0, (200, 0, 200), 2)
        for column in proposal.columns:
            region, colour = column.region, COLOURS.get(column.field, OTHERS)
            at = table.left + region.x0 + 3, round(top) + region.y0 + 3
            to = table.left + region.x1 - 3, round(top) + region.y1 - 3
            cv2.rectangle(shown, at, to, colour, 2)
            if number == 1:
                name = (column.field or "not read") + (f" x{region.letters}" if region.letters else "")
                cv2.putText(shown, name, (at[0] + 6, to[1] - 8), 0, 0.9, colour, 2)
    for words in proposal.prints:
        cv2.line(shown, (words.box.x0, words.box.y1), (words.box.x1, words.box.y1), (200, 0, 200), 2)
    return np.asarray(shown)


def _list(*shares: float) -> str:
    return f"[{', '.join(f'{min(1.0, max(0.0, each)):.5f}' for each in shares)}]"


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)  # a JSON string is a basic string of TOML
