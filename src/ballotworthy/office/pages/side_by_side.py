"""Candidates as the work page shows them: a key each, and line and voter side by side, the words that differ marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from ballotworthy.office.languages import say
from ballotworthy.office.words import chance_said
from ballotworthy.roll.street_words import words
from ballotworthy.verbs.case_bench import Candidate

Chosen = Callable[[str], Sequence[str]]
LIKELY = 0.5
"""A candidate less probable than this is not accepted by the key of the first: his digit must be meant."""
SIGNED, STATUS = "signed, registered", "status"
CANCELLED = "cancelled"
ENDED = (CANCELLED, "pending")
"""Standings in which nobody is registered."""
NOT_THEN, SINCE_WHEN, WHICH_DAY = "not then", "since when", "which day"
NEVER = dt.date.min.isoformat()
"""The first day of gathering signatures where the law sets none."""
KEYED = 9
"""So many of those shown have a digit for a key; who searches by name or address alone may see more."""
NOBODY, UNLIKELY, DOUBTFUL, UNTOLD = "nobody", "unlikely", "doubtful", "untold"
"""Why one key accepts no voter."""


def keyed(
    candidates: Sequence[Candidate],
    best: int,
    chosen: Chosen,
    withdrew: Callable[[str], bool],
    signatures: Callable[[Candidate], Sequence[str]],
) -> list[dict[str, Any]]:
    """Give candidates with their keys (`KEYED`), words of line and voter marked where the other side lacks them.

    One key accepts the first of them only where it is more likely than all else and nothing speaks against his
    registration (`barred_of`) and he has not withdrawn; `best` is 0 for voters searched for. `chosen` tells in which
    looks at the line a voter, by his id, was chosen, and `withdrew` whether he withdrew; `signatures` gives the
    addresses of his reference signatures.
    """
    return [
        {
            "key": str(at + 1) if at < KEYED else "",
            "first": at == 0
            and best > 0
            and (each.chance or 0) > LIKELY
            and not (barred_of(each) or each.elsewhere or withdrew(each.voter_id)),
            "withdrew": withdrew(each.voter_id),
            "barred": barred_of(each),
            "candidate": each,
            "name": next((side["voter"] for side in each.sides if side["what"] == "name"), ""),
            "chosen": chosen(each.voter_id),
            "chance": "" if each.chance is None else chance_said(each.chance),
            "sides": [side for each_side in each.sides for side in _marked(each_side)],
            "signatures": signatures(each),
        }
        for at, each in enumerate(candidates)
    ]


def why_none(candidates: Sequence[dict[str, Any]], *, unclear: bool) -> str:
    """Say why one key accepts none of some candidates with their keys; "" where it accepts the first.

    `unclear` is a line that speaks against itself: crossed out, or without what the law asks of it. `UNTOLD` is a look
    that is not told what the machine thinks.
    """
    if not candidates:
        return NOBODY
    if candidates[0]["first"]:
        return ""
    chance = candidates[0]["candidate"].chance
    if unclear or (chance or 0) > LIKELY:
        return DOUBTFUL
    return UNTOLD if chance is None else UNLIKELY


def barred_of(candidate: Candidate) -> str:
    """Say what the register has against a voter: `NOT_THEN` where he was not registered on the day of signing.

    `SINCE_WHEN` where his registration has ended and the day of that, or of signing, is not told; `WHICH_DAY` where he
    registered on a day on which the line, which tells none, may have been signed already; "" where nothing.
    """
    said = {side["what"]: side for side in candidate.sides}
    signed, registered = (said.get(SIGNED, {}).get(which, "") for which in ("line", "voter"))
    standing, since = (*said.get(STATUS, {}).get("voter", "").split(), "", "")[:2]
    begin, end = candidate.days or ("", "")
    if (signed and registered > signed) or (end and registered > end):
        return NOT_THEN
    if standing in ENDED and not (standing == CANCELLED and signed and since > signed):
        return NOT_THEN if since and signed else SINCE_WHEN
    return WHICH_DAY if end and begin != NEVER and registered > begin else ""


def _marked(side: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give a row, or two: the day of signing is not to equal the day of registration, only to follow it."""
    line, voter = side["line"], side["voter"]
    if side["what"] == SIGNED:
        late = bool(line and voter and voter > line)
        rows = [("signed", line, ""), ("registered", "", _mark(voter) if late else voter)]
        return [{"what": what, "line": left, "voter": right, "same": False} for what, left, right in rows]
    if side["what"] == STATUS:  # the program's word; a day may follow it
        standing, blank, since = voter.partition(" ")
        return [{**side, "voter": f"{say(standing)}{blank}{since}"}]
    return [{**side, "line": _words(line, voter), "voter": _words(voter, line)}]


def nearest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give voters who were searched for, first those who lack the fewest words of the line: what the page marks."""
    return sorted(candidates, key=_lacking)


def _lacking(candidate: Candidate) -> int:
    sides = (each for each in candidate.sides if each["what"] not in (SIGNED, STATUS) and each["voter"])
    return sum(len(_bare_words(each["line"]) - _bare_words(each["voter"])) for each in sides)


def _bare_words(text: str) -> set[str]:
    return {_bare(word) for word in text.split()}


def _words(text: str, other: str) -> SafeString:
    """Give the words of one side for the page: hundreds stand on it, and a template is slow at each."""
    if not other:
        return conditional_escape(text)
    there = _bare_words(other)
    shown = [conditional_escape(word) if _bare(word) in there else _mark(word) for word in text.split()]
    return SafeString(" ".join(shown))


def _mark(text: str) -> SafeString:
    return format_html("<mark>{}</mark>", text)


def _bare(word: str) -> str:
    """Give a word as it is compared for the eye: Street, St. and ST are no difference worth a mark."""
    plain, known = word.upper().strip(".,#"), words()
    return known.types.get(plain) or known.directions.get(plain) or plain
