"""The most frequent line of a record, a decision in plain words, read in one step."""

from __future__ import annotations

import re

from .form import GREATEST, Event

WORDS = r'"([^"\\\x00-\x1f]*)"'
DIGEST = r'"([0-9a-f]{64})"'
DECISION = re.compile(
    rf'\{{"at":{WORDS},"body":\{{"line":{WORDS},"look":([12]),"outcome":{WORDS}(?:,"reason":{WORDS})?'
    rf'(?:,"roll":{WORDS})?(?:,"searches":\["([a-z\-]+(?:","[a-z\-]+)*)"\])?(?:,"voter":{WORDS})?\}},"by":{WORDS},"kind":"decision",'
    rf'"prev":{DIGEST},"seq":([1-9][0-9]{{0,15}}),"sha256":{DIGEST}\}}'
)
"""A canonical decision whose strings need no escapes: what it matches is in the one form by its very shape."""


def quick_decision(raw: bytes) -> Event | None:
    """Give the event of a line that is such a decision; None leaves it to the full reading."""
    try:
        found = DECISION.fullmatch(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    if found is None:
        return None
    at, line, look, outcome, reason, roll, searches, voter, by, prev, seq, sha256 = found.groups()
    number = int(seq)
    if number > GREATEST:
        return None
    body = {"line": line, "look": int(look), "outcome": outcome}
    if reason is not None:
        body["reason"] = reason
    if roll is not None:
        body["roll"] = roll
    if searches is not None:
        body["searches"] = searches.split('","')
    if voter is not None:
        body["voter"] = voter
    return Event(number, "decision", by, at, body, prev, sha256)
