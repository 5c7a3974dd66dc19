"""The kinds of events: who may write each, and what its body must hold, as the specification's tables say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from .form import DIGEST
from .values import (
    BREAKS,
    SIGNATURE,
    Test,
    array,
    both,
    each_once,
    is_count,
    is_day,
    is_digest,
    is_flag,
    is_id,
    is_one_line,
    is_positive,
    is_string,
    is_text,
    is_whole,
    matching,
    one_of,
    record,
)

ROLES = frozenset({"manage", "decide", "resolve", "certify"})
SEARCHES = frozenset({"name", "address", "birth-date", "sound", "former-name", "district", "signature"})
FORMATS = ("ballotworthy-record/1", "ballotworthy-record/2")


def is_ruled(body: Mapping[str, Any]) -> bool:
    """Whether a ruling says what its outcome asks for."""
    if body["outcome"] == "valid":
        return "reason" not in body and "voter" in body and "roll" in body
    return "reason" in body


def _frame_line(value: Any) -> bool:
    return (
        type(value) is list
        and len(value) == 6
        and all(type(cell) is str and not BREAKS.search(cell) for cell in value)
        and bool(value[0] and value[1] and value[2])
        and (value[4] in ("", "blank", "struck", "removed") or (value[4].startswith("removed:") and len(value[4]) > 8))
        and (not value[5] or DIGEST.fullmatch(value[5]) is not None)
    )


def _sorted_by(key: str) -> Test:
    return lambda value: all(one[key] < two[key] for one, two in pairwise(value))


def _sample(body: Mapping[str, Any]) -> bool:
    return all(("ids" in stratum) == (body["scope"] == "sample") for stratum in body["strata"])


is_share = matching(re.compile(r"0\.\d{1,6}", re.ASCII))
is_part = matching(re.compile(r"0\.\d{6}|1\.0{6}", re.ASCII))
ROLES_TEST = each_once(one_of(*sorted(ROLES)))
DISCLOSURE = one_of("closed", "proponents", "public")
PERSON = record(id=is_id, may=ROLES_TEST)
SOURCE = record(cite=is_string, url=is_string)
RULING = {
    "line": is_text,
    "outcome": one_of("valid", "invalid"),
    "reason_": is_text,
    "voter_": is_digest,
    "roll_": is_digest,
    "searches_": each_once(one_of(*sorted(SEARCHES))),
}
NUMBERS = ("raw", "removed", "sample", "valid", "duplicates", "invalid", "seen_2_", "seen_3_")
ROW = {**dict.fromkeys(NUMBERS, is_count), "stratum": is_string, "district": is_string}
STRATUM = record(stratum=is_text, of=is_count, size=is_count, ids_=array(is_text))
VALUE = {"value": is_string, "cite": is_string, "url": is_string}

KINDS: Mapping[str, tuple[str, Test]] = MappingProxyType(
    {
        "opened": (
            "manage",
            record(
                record=one_of(*FORMATS),
                case=is_one_line,
                office=is_text,
                measure=is_text,
                place=is_text,
                kind=is_text,
                on=is_day,
                filed=is_day,
                key=is_digest,
                voters=is_digest,
                disclosure=DISCLOSURE,
                people=both(array(PERSON, 1), lambda people: len({each["id"] for each in people}) == len(people)),
            ),
        ),
        "admitted": ("manage", PERSON),
        "dismissed": ("manage", record(id=is_id)),
        "disclosed": ("manage", record(disclosure=DISCLOSURE, why=is_text)),
        "noted": ("manage", record(what=is_text, day=is_day)),
        "rules": (
            "manage",
            record(
                text=is_text,
                sha256=is_digest,
                values=lambda value: type(value) is dict,
                reasons=both(array(is_text), lambda names: all(a < b for a, b in pairwise(names))),
                required_=record(value=is_positive, source=is_text),
                given_=array(record(rule=is_text, value=is_text, source=is_text), 1),
                districts_=both(
                    array(record(name=is_text, required_=is_count, at_most_=is_count)),
                    lambda districts: len({each["name"] for each in districts}) == len(districts),
                ),
            ),
        ),
        "received": ("manage", record(batch=is_text, day=is_day, sheets=is_count, lines=is_count)),
        "counted": ("manage", record(batch=is_text, sheets=is_count, lines=is_count, explained_=is_text)),
        "lines": ("manage", record(lines=array(_frame_line, 1, 1000))),
        "frame": ("manage", record(sheets=is_count, lines=is_count, fingerprint=is_digest, ids=is_digest)),
        "roll": ("manage", record(roll=is_digest, day=is_day, voters=is_count)),
        "proposals": ("manage", record(sha256=is_digest, lines=is_count, made_with=is_text)),
        "seed": (
            "manage",
            both(
                record(seed=is_one_line, how=one_of("dice", "beacon"), source=is_text, present=array(is_text)),
                lambda body: body["how"] == "beacon" or bool(body["present"]),
            ),
        ),
        "sample": (
            "manage",
            both(
                record(scope=one_of("sample", "all"), why=is_text, strata=both(array(STRATUM), _sorted_by("stratum"))),
                _sample,
            ),
        ),
        "assigned": ("manage", record(person=is_id, lines=array(is_text))),
        "decision": ("decide", both(record(**RULING, look=one_of(1, 2)), is_ruled)),
        "resolved": ("resolve", both(record(**RULING), is_ruled)),
        "corrected": ("resolve", both(record(**RULING, why=is_text, answers_=is_positive), is_ruled)),
        "withdrawn": ("resolve", record(voter=is_digest, day=is_day)),
        "challenged": (
            "resolve",
            both(
                record(line=is_text, side=is_text, claim=one_of("valid", "invalid"), reason_=is_text, day=is_day),
                lambda body: body["claim"] == "invalid" or "reason" not in body,
            ),
        ),
        "cured": ("resolve", record(line=is_text, what=is_text, day=is_day)),
        "struck": ("resolve", record(line=is_text, reason=is_text, why=is_text, answers_=is_positive)),
        "counts": (
            "certify",
            record(
                rows=array(record(**ROW)),
                reasons=array(record(reason=is_text, lines=is_positive)),
                looks=array(
                    record(person=is_id, first=is_count, second=is_count, resolved=is_count, corrected=is_count)
                ),
            ),
        ),
        "verdict": (
            "certify",
            record(
                raw=is_count,
                estimate=is_whole,
                requirement=is_count,
                verdict=one_of("sufficient", "insufficient", "full-check", "undecided"),
                rule=is_text,
                source=SOURCE,
                requirement_source=SOURCE,
                undecided_=array(record(rule=is_text, missing=is_text, would_decide=is_text), 1),
                bands_=record(insufficient_below_=is_whole, sufficient_above_=is_whole),
                districts_=array(
                    record(name=is_text, estimate=is_whole, counted=is_whole, required_=is_count, met_=is_flag)
                ),
                steps=array(record(stratum=is_string, name=is_string, **VALUE)),
            ),
        ),
        "risk_terms": (
            "manage",
            record(
                risk_limit=is_share,
                unlinked=is_count,
                unlinked_risk=is_share,
                missing=is_count,
                misread_=record(lines=is_count, risk=is_share),
                by_strata_=is_flag,
                expected_=is_count,
                machine_=record(total=matching(re.compile(r"\d{1,16}\.\d{6}", re.ASCII))),
            ),
        ),
        "weighed": ("decide", record(line=is_text, further=is_count)),
        "risk": (
            "certify",
            record(
                lines=is_count,
                machine_=array(is_part),
                sufficient=is_part,
                insufficient=is_part,
                low=is_count,
                high=is_count,
                decided=one_of("sufficient", "insufficient", "not decided"),
                statement=is_text,
            ),
        ),
        "certified": (
            "certify",
            record(form=is_text, signature=matching(SIGNATURE), certificate=is_digest),
        ),
        "reopened": ("certify", record(order=is_text, day=is_day)),
        "purged": ("manage", record(what=each_once(one_of("names", "images", "keys"), 1), ground=is_text)),
    }
)
"""Each kind: the role that may write it, and the test of its body."""
