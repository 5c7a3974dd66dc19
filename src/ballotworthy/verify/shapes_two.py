"""The kinds of events of version 2 of the record: those of version 1 that say more, and the new ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from .form import DIGEST
from .seeds import is_beacon, is_seed
from .shapes import FORMATS, KINDS, RULING, is_ruled
from .values import (
    BREAKS,
    SIGNATURE,
    Test,
    array,
    both,
    each_once,
    is_day,
    is_digest,
    is_id,
    is_one_line,
    is_positive,
    is_text,
    matching,
    one_of,
    record,
)

is_name = matching(re.compile("[a-z][a-z_]{0,31}"))
is_chain = matching(re.compile("[a-z0-9-]{1,64}"))
RULING_2 = {**RULING, "repeats_": is_text, "order_": is_text}
SECOND = {"second_": is_id, "alone_": is_text, "signed_": matching(SIGNATURE)}
BEACON = {
    "kind": one_of("chain", "lottery"),
    "chain_": is_chain,
    "round_": is_positive,
    "lottery_": is_one_line,
    "day_": is_day,
}
UNWRITTEN = ("blank", "struck")


def _repeated(body: Mapping[str, Any]) -> bool:
    if not (is_ruled(body) and _ordered(body)):
        return False
    if body.get("reason") == "duplicate":
        return "voter" in body and "repeats" in body
    return "repeats" not in body


def _ordered(body: Mapping[str, Any]) -> bool:
    return (body.get("reason") == "ordered") == ("order" in body)


def _by_two(body: Mapping[str, Any]) -> bool:
    return ("second" in body) != ("alone" in body) and ("second" in body or "signed" not in body)


def _frame_line(value: Any) -> bool:
    if not (type(value) is list and len(value) == 6):
        return False
    if not all(type(cell) is str and not BREAKS.search(cell) for cell in value):
        return False
    kind, _, ground = value[4].partition(":")
    marked = not value[4] or (kind in (*UNWRITTEN, "removed") and is_text(ground))
    return marked and all(map(is_text, value[:3])) and (not value[5] or bool(DIGEST.fullmatch(value[5])))


def _opened(body: Mapping[str, Any]) -> bool:
    rest = {name: said for name, said in body.items() if name != "practice"}
    practice = "practice" not in body or (body["practice"] is True and body.get("record") == FORMATS[1])
    return practice and KINDS["opened"][1](rest)


def _marked(body: Mapping[str, Any]) -> bool:
    return any(line[4] for line in body["lines"]) == ("marked" in body)


def _names(value: Any) -> bool:
    return array(is_name, 1)(value) and all(one < two for one, two in pairwise(value))


KINDS_2: Mapping[str, tuple[str, Test]] = MappingProxyType(
    {
        **KINDS,
        "opened": ("manage", _opened),
        "lines": ("manage", both(record(lines=array(_frame_line, 1, 1000), marked_=is_day), _marked)),
        "beacon_named": (
            "manage",
            both(
                record(
                    kind=one_of("chain", "lottery"),
                    chain_=is_chain,
                    round_=is_positive,
                    lottery_=is_one_line,
                    day_=is_day,
                ),
                is_beacon,
            ),
        ),
        "seed": (
            "manage",
            both(
                record(
                    seed=is_one_line,
                    how=one_of("dice", "beacon"),
                    source=is_text,
                    present=array(is_text),
                    throws_=is_positive,
                ),
                lambda body: (body["how"] == "beacon" or bool(body["present"])) and is_seed(body),
            ),
        ),
        "clock_declared": (
            "manage",
            record(since=is_positive, second=is_id, why=is_text, signed_=matching(SIGNATURE)),
        ),
        "key_changed": (
            "manage",
            both(
                record(
                    key=is_digest,
                    own=matching(SIGNATURE),
                    old_=matching(SIGNATURE),
                    lost_=record(second=is_id, notice=is_text),
                    signed_=matching(SIGNATURE),
                ),
                lambda body: ("old" in body) != ("lost" in body) and ("lost" in body or "signed" not in body),
            ),
        ),
        "retyped": ("decide", record(line=is_text, fields=_names, text=is_digest, why=is_text)),
        "second_key": ("manage", record(person=is_id, key=is_digest, own=matching(SIGNATURE))),
        "decision": ("decide", both(record(**RULING_2, look=one_of(1, 2)), _repeated)),
        "resolved": ("resolve", both(record(**RULING_2), _repeated)),
        "corrected": ("resolve", both(record(**RULING_2, why=is_text, answers_=is_positive), _repeated)),
        "withdrawn": ("resolve", record(voter=is_digest, day=is_day, ground=is_text)),
        "struck": (
            "resolve",
            both(record(line=is_text, reason=is_text, why=is_text, answers_=is_positive, order_=is_text), _ordered),
        ),
        "certified": (
            "certify",
            both(record(form=is_text, signature=matching(SIGNATURE), certificate=is_digest, **SECOND), _by_two),
        ),
        "purged": (
            "manage",
            both(
                record(
                    what=each_once(one_of("names", "images", "keys"), 1), ground=is_text, lawful_from=is_day, **SECOND
                ),
                _by_two,
            ),
        ),
    }
)
"""Each kind of version 2: the role that may write it, and the test of its body."""
