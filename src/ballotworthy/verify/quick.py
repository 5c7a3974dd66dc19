"""The most frequent line of a record, a decision in plain words, read and found fit in one step."""

from __future__ import annotations

import re
from functools import lru_cache

from .form import GREATEST, Event
from .shapes import SEARCHES

PLAIN = r'"(?=[^"]*[!#-~])([^"\\\x00-\x20]+)"'
DIGEST = r'"([0-9a-f]{64})"'
SOUGHT = r'(?:,"searches":\["([a-z\-]+(?:","[a-z\-]+)*)"\])?'
BATCH = r'(?:"batch":\{"at":([1-9][0-9]{0,15}),"of":([1-9][0-9]{0,15})\},)?'
DECISION = re.compile(
    rf'\{{"at":{PLAIN},{BATCH}"body":\{{"line":{PLAIN},"look":([12]),"outcome":'
    rf'(?:"valid","roll":{DIGEST}{SOUGHT},"voter":{DIGEST}'
    rf'|"invalid","reason":{PLAIN}(?:,"roll":{DIGEST})?{SOUGHT}(?:,"voter":{DIGEST})?)\}}'
    rf',"by":{PLAIN},"kind":"decision","prev":{DIGEST},"seq":([1-9][0-9]{{0,15}}),"sha256":{DIGEST}\}}'
)
"""A canonical decision whose strings hold neither escapes nor blanks: what it matches passes V2 and V7 by its shape."""


def quick_decision(raw: bytes) -> Event | None:
    """Give the event of a line that is such a decision; None leaves it to the full reading."""
    try:
        found = DECISION.fullmatch(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    if found is None:
        return None
    at, place, of, line, look, roll, sought, voter, reason, roll_2, sought_2, voter_2, by, prev, seq, sha256 = (
        found.groups()
    )
    number, searches = int(seq), _searches(sought or sought_2)
    batch = (int(place), int(of)) if place else None
    if number > GREATEST or searches is None or (batch and (batch[0] > batch[1] or not 1 < batch[1] <= GREATEST)):
        return None
    body = {"line": line, "look": int(look), "outcome": "invalid" if reason else "valid"}
    if reason in ("duplicate", "ordered"):  # which of the two versions it must fit is for the full reading
        return None
    if reason:
        body["reason"] = reason
        roll, voter = roll_2, voter_2
    if roll:
        body["roll"] = roll
    if searches:
        body["searches"] = list(searches)
    if voter:
        body["voter"] = voter
    return Event(number, "decision", by, at, body, prev, sha256, batch)


@lru_cache(maxsize=512)
def _searches(told: str | None) -> tuple[str, ...] | None:
    """Give the searches, or None where one is unknown or stands twice."""
    names = tuple(told.split('","')) if told else ()
    return names if len(set(names)) == len(names) and set(names) <= SEARCHES else None
