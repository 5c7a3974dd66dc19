"""The packet of one objector: every line he challenged, his ground, what stands of it now, and what was ruled and why.

It holds what the record holds, and so no signer's name and no picture: those are found on the sheets by their numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

import polars as pl

from ballotworthy.casework import Case
from ballotworthy.casework.claims import Claim
from ballotworthy.casework.counting import counted_lines
from ballotworthy.casework.objectors import is_of, parts_of, shown
from ballotworthy.casework.ordered import ground_words
from ballotworthy.casework.rulings import Counted
from ballotworthy.certificate.forms import root
from ballotworthy.certificate.paper import code_rows, typeset
from ballotworthy.errors import InputError, Refused
from ballotworthy.law import REASONS
from ballotworthy.law.zones import local_day, zone_name

MOST_PRINTED = 2_000
"""So many challenged lines are printed; the table beside the paper holds them all."""
LOOKS = {"resolved": "resolution", "corrected": "correction", "struck": "taken out", "retyped": "typed anew"}
COLUMNS = ("event", "day", "side", "sheet", "line", "stratum", "claim", "ground", "stands", "cite", "answer", "ruled")


@dataclass(frozen=True)
class Objection:
    """A line that somebody challenged.

    Attributes:
        event, day, side: the challenge: its event, when it was brought, by whom in his own words.
        sheet, line, stratum: where the line stands.
        claim, ground: what he claims, and on which ground.
        stands: what holds of the line now; `cite` is the rule of the ground on which it does not count.
        answer: the event that answers him, "" where none does yet.
        ruled: what people ruled on the line, with its reasons, event by event.
    """

    event: int
    day: str
    side: str
    sheet: str
    line: str
    stratum: str
    claim: str
    ground: str
    stands: str
    cite: str
    answer: str
    ruled: Sequence[str]


def objectors_of(claims: Sequence[Claim]) -> dict[str, int]:
    """Give who challenged lines, each with how many; the part before a comma too, where it joins several papers.

    Names that look alike are one (`casework.objectors.parts_of`); what is hidden in a name is shown.
    """
    sides = [str(each.body["side"]) for each in claims if each.kind == "challenged"]
    names = {normalize("NFC", name) for side in sides for name in (side, re.split("[,，]", side)[0].strip())}
    named = {parts_of(name): shown(name) for name in sorted(names, reverse=True)}
    many = Counter(parts[:upto] for parts in map(parts_of, sides) for upto in range(1, len(parts) + 1))
    return {name: many[parts] for parts, name in sorted(named.items(), key=lambda each: each[1]) if parts}


def challenges_of(claims: Sequence[Claim], objector: str) -> list[Claim]:
    """Give the challenges of an objector, in their order.

    Raises:
        InputError: there are none of that name.
    """
    found = [each for each in claims if each.kind == "challenged" and is_of(objector, str(each.body["side"]))]
    if not found and (known := "; ".join(objectors_of(claims))):
        raise InputError(f"{shown(objector)} has challenged no line. There are: {known}.")
    if not found:
        raise InputError(f"{shown(objector)} has challenged no line. Nobody has.")
    return sorted(found, key=lambda each: each.seq)


def objections(
    case: Case, challenges: Sequence[Claim], events: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[Objection]:
    """Give what a packet says of challenges.

    Args:
        case: as it stands.
        challenges: of one objector.
        events: by line, what people ruled on it (`casework.claims.ruled_on`).
    """
    words, counted = ground_words(case), {}
    with suppress(Refused):  # not all lines are ruled on yet
        counted = counted_lines(case)
    found = []
    for each in challenges:
        place, body = case.frame.line(each.body["line"]), each.body
        stands, cite = _stands(case, place.id, counted, words)
        found.append(
            Objection(
                each.seq, body["day"], shown(str(body["side"])), place.sheet, place.line, place.stratum,
                "it counts" if body["claim"] == "valid" else "it does not count",
                _ground(words, body.get("reason", "")), stands, cite,
                f"event {each.answered}" if each.answered else "",
                [_ruled(one, words, case.opened["place"]) for one in events.get(place.id, ())],
            )
        )  # fmt: skip
    return found


def objections_table(rows: Sequence[Objection]) -> pl.DataFrame:
    """Give them as a table, a row a challenge."""
    texts = [{**vars(each), "event": str(each.event), "ruled": "; ".join(each.ruled)} for each in rows]
    return pl.DataFrame(texts, schema=dict.fromkeys(COLUMNS, pl.String()))


def objections_pdf(case: Case, objector: str, rows: Sequence[Objection]) -> bytes:
    """Give the packet as a paper, dated by the last event of the record."""
    at = local_day(case.opened["place"], case.at)
    head = {"seq": case.link.seq, "sha256": case.link.sha256}
    name, fixed = case.name, case.frame.fixed or {}
    data = {
        "case": name, "office": case.opened["office"], "measure": case.opened["measure"],
        "paper": "us-letter" if case.opened["place"].startswith("us-") else "a4",
        "signed": {"year": at.year, "month": at.month, "day": at.day},
        "head": head, "code": code_rows(f"ballotworthy head 1 {name.replace(' ', '_')} {head['seq']} {head['sha256']}"),
        "digests": [["head", case.link.sha256], ["frame", fixed.get("fingerprint", "")]],
        "objector": shown(objector), "certified": case.standing.closed,
        "open": f"{sum(not each.answer for each in rows):,}", "all": f"{len(rows):,}",
        "zone": zone_name(case.opened["place"]), "cut": len(rows) > MOST_PRINTED,
        "rows": [vars(each) for each in rows[:MOST_PRINTED]],
    }  # fmt: skip
    return typeset(root() / "certificate" / "objections.typ", data)


def _stands(case: Case, line: str, counted: Mapping[str, Counted], words: Mapping[str, str]) -> tuple[str, str]:
    """Give what holds of a line, and the rule of the ground on which it does not count."""
    if reason := case.struck.get(line):
        return f"taken out: {_ground(words, reason)}", _cite(case, reason)
    if case.sample is None or line not in case.sample.lines:
        return "not examined: it is not in the sample, which speaks for it as for all others", ""
    ruling = case.ruling(line)
    if ruling is None:
        looks = case.looks.get(line)
        differ = looks is not None and looks.differ
        return "two people see it differently, and nobody has ended it" if differ else "nobody has ruled on it yet", ""
    outcome, reason = (counted[line][:2]) if line in counted else (ruling.outcome, ruling.reason)
    if outcome == "valid":
        return "it counts", ""
    return f"it does not count: {_ground(words, reason)}", _cite(case, reason)


def _ground(words: Mapping[str, str], reason: str) -> str:
    return words.get(reason) or REASONS.get(reason, reason)


def _cite(case: Case, reason: str) -> str:
    ground = case.rules.reasons.get(reason) if case.rules else None
    return ground.source.cite if ground else ""


def _ruled(event: Mapping[str, Any], words: Mapping[str, str], place: str) -> str:
    """Say what somebody ruled: as which event, when, who, what, on which ground, after which searches, and why."""
    body = event["body"]
    what = LOOKS.get(event["kind"], "first look" if body.get("look") == 1 else "second look")
    parts = []
    if outcome := body.get("outcome"):
        parts.append("it counts" if outcome == "valid" else f"it does not count: {_ground(words, body['reason'])}")
    elif "reason" in body:
        parts.append(_ground(words, body["reason"]))
    if fields := body.get("fields"):
        parts.append(", ".join(fields))
    if searches := body.get("searches"):
        parts.append(f"searched by {' and '.join(searches)}")
    if order := body.get("order"):
        parts.append(f"order: {order}")
    if why := body.get("why"):
        parts.append(f"because: {why}")
    return f"event {event['seq']}, {local_day(place, event['at'])}, {what} by {event['by']}: {', '.join(parts)}"
