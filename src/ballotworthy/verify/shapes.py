"""The kinds of events: who may write each, and what its body must hold, as the specification's tables say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from .form import DIGEST

Test = Callable[[Any], bool]
ROLES = frozenset({"manage", "decide", "resolve", "certify"})
SEARCHES = frozenset({"name", "address", "birth-date", "sound", "former-name", "district", "signature"})
FORMATS = ("ballotworthy-record/1", "ballotworthy-record/2")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
TIME = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", re.ASCII)
SIGNATURE = re.compile(r"[0-9a-f]{128}")
SEEN = re.compile("[^\x00-\x20]")
_PLAIN = frozenset({str, int, bool})
UNSEEN = re.compile("[\x00-\x20]")
BREAKS = re.compile("[\t\n\r]")


def is_string(value: Any) -> bool:
    """Whether it is a string, perhaps empty."""
    return type(value) is str


def is_text(value: Any) -> bool:
    """Whether it is a string that is not blank."""
    return type(value) is str and SEEN.search(value) is not None


def is_one_line(value: Any) -> bool:
    """Whether it is a text without a line feed."""
    return is_text(value) and "\n" not in value


def is_id(value: Any) -> bool:
    """Whether it is a text without blanks."""
    return is_text(value) and not UNSEEN.search(value)


def is_whole(value: Any) -> bool:
    """Whether it is a whole number."""
    return type(value) is int


def is_count(value: Any) -> bool:
    """Whether it is a whole number from 0."""
    return type(value) is int and value >= 0


def is_positive(value: Any) -> bool:
    """Whether it is a whole number from 1."""
    return type(value) is int and value >= 1


def is_digest(value: Any) -> bool:
    """Whether it is sixty-four small hexadecimal digits."""
    return type(value) is str and DIGEST.fullmatch(value) is not None


def is_day(value: Any) -> bool:
    """Whether it is a day of the calendar."""
    return type(value) is str and _is_day(value)


def is_time(value: str) -> bool:
    """Whether it is a second of UTC, 2026-11-03T16:48:21Z."""
    return TIME.fullmatch(value) is not None and _is_day(value[:10])


def is_flag(value: Any) -> bool:
    """Whether it is true or false."""
    return type(value) is bool


@lru_cache(maxsize=4096)
def _is_day(value: str) -> bool:
    if not DAY.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def one_of(*allowed: Any) -> Test:
    """Give a test for one of some values, of the same type."""
    known = frozenset((type(each), each) for each in allowed)
    return lambda value: type(value) in _PLAIN and (type(value), value) in known


def matching(pattern: re.Pattern[str]) -> Test:
    """Give a test for strings of a form."""
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def array(test: Test, least: int = 0, most: int | None = None) -> Test:
    """Give a test for arrays whose items pass another."""

    def fits(value: Any) -> bool:
        return type(value) is list and least <= len(value) <= (most or len(value)) and all(map(test, value))

    return fits


def each_once(test: Test, least: int = 0) -> Test:
    """Give a test for arrays of strings that pass another, none twice."""
    fits = array(test, least)
    return lambda value: fits(value) and len(set(value)) == len(value)


def record(**keys: Test) -> Test:
    """Give a test for objects with these keys and no other; a key that ends in `_` may be absent."""
    must = frozenset(key for key in keys if not key.endswith("_"))
    tests = {key.rstrip("_"): test for key, test in keys.items()}

    def fits(value: Any) -> bool:
        if type(value) is not dict or not must <= value.keys():
            return False
        for key, held in value.items():
            test = tests.get(key)
            if test is None or not test(held):
                return False
        return True

    return fits


def both(first: Test, second: Test) -> Test:
    """Give a test that passes what two others pass."""
    return lambda value: first(value) and second(value)


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
