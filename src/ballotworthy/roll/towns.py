"""Towns made comparable, and the town that stands at the end of an address."""

from __future__ import annotations

import re

from ballotworthy.roll.addresses import STATES, ZIP
from ballotworthy.roll.plain import plain
from ballotworthy.roll.street_words import UNIT_WORDS, state_names, words

BEHIND = re.compile(rf",\s*(?:{'|'.join(state_names().values())})\.?(?:\s+\d{{5}}(?:-\d{{4}})?)?$", re.IGNORECASE)
"""The name of a state behind a town and a comma; without the comma "Port Washington" is a town."""


def plain_town(text: str) -> str:
    """Give a town as all its spellings are written alike: "City of Mt. Shasta" and "Mount Shasta, CA" are one.

    Directions and the words that street types share with towns take their abbreviations, North N and Springs SPGS;
    Saint, Mount and Fort are written out before another word.
    """
    known, tokens = words(), plain(re.sub(BEHIND, "", text)).split()
    if len(tokens) > 2 and tokens[1] == "OF" and tokens[0] in ("CITY", "TOWN", "VILLAGE"):
        tokens = tokens[2:]
    if len(tokens) > 1 and tokens[-1].isdecimal():
        tokens = tokens[:-1]
    if len(tokens) > 1 and tokens[-1] in STATES.split("|"):
        tokens = tokens[:-1]
    before = [
        known.words.get(word) or known.directions.get(word) or known.types.get(word, word) for word in tokens[:-1]
    ]
    return " ".join([*before, *(known.types.get(word, word) for word in tokens[-1:])])


def town_of_line(line: str) -> str:
    """Give the town that stands behind a comma at the end of an address, or nothing.

    "12 Oak St, Springfield CA 94016" has one; without a comma it cannot be told from the street's name.
    """
    upper = re.sub(BEHIND, "", plain_line(line))
    behind = re.sub(rf"(?:{ZIP})|[\s,]+(?:{STATES})\.?$", "", upper)
    behind = re.sub(rf"[\s,]+(?:{STATES})\.?$", "", behind)
    head, comma, town = behind.rpartition(",")
    is_town = comma and head.strip() and re.fullmatch(r"[^\W\d_][^\d#]*", town.strip())
    return plain_town(town) if is_town and not re.match(rf"\s*(?:{UNIT_WORDS})\b", town) else ""


def plain_line(text: str) -> str:
    """Give a line of an address in capitals, lines of one cell behind each other with commas."""
    return re.sub(r"[\r\n]+", ", ", text.upper().strip())
