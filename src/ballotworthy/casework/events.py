"""What can happen in a case: every kind of event, who may write it, and what it says.

The order in which they may follow each other stands in `order.py`; both are docs/reference/record.md in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ballotworthy.casework.shapes import (
    Part,
    Shape,
    either,
    fault_in,
    is_count,
    is_day,
    is_digest,
    is_flag,
    is_id,
    is_line,
    is_positive,
    is_signature,
    is_string,
    is_text,
    is_whole,
    just,
    list_of,
    one_of,
    some_of,
    table,
    written,
)

FORMAT = "ballotworthy-record/1"
ROLES = ("manage", "decide", "resolve", "certify")
DISCLOSURES = ("closed", "proponents", "public")
SEARCHES = ("name", "address", "birth-date", "sound", "former-name", "district", "signature")
PURGED = ("names", "images", "keys")
MOST_LINES = 1_000
CELLS = 6

TEXT = Part("a text that is not blank", is_text)
LINE = Part("a text of one line that is not blank", is_line)
STRING = Part("a text", is_string)
DAY = Part("a day, YYYY-MM-DD", is_day)
COUNT = Part("a whole number from 0 on", is_count)
POSITIVE = Part("a whole number from 1 on", is_positive)
WHOLE = Part("a whole number", is_whole)
DIGEST = Part("a SHA-256 in 64 small hexadecimal digits", is_digest)
OUTCOME = Part("valid or invalid", one_of("valid", "invalid"))
ID = Part("the id of a person", is_id)
MAY = Part(f"a list of roles ({', '.join(ROLES)}), each once", some_of(*ROLES))
DISCLOSURE = Part("closed, proponents or public", one_of(*DISCLOSURES))
FLAG = Part("true or false", is_flag)
SHARE = Part("a share of 0. and up to six digits, such as 0.05", written(r"0\.\d{1,6}"))
PART = Part("a part of 1 with six decimals, such as 0.049713", written(r"0\.\d{6}|1\.0{6}"))
TOTAL = Part("a sum with six decimals", written(r"\d{1,16}\.\d{6}"))
MISREAD: Shape = {"lines": COUNT, "risk": SHARE}
SOURCE = Part("a citation and an address", table({"cite": STRING, "url": STRING}))


def _maybe(part: Part) -> Part:
    return part._replace(optional=True)


def _tables(words: str, shape: Shape, *, least: int = 0) -> Part:
    return Part(f"a list of {words}", list_of(table(shape), least=least))


RULING: Shape = {
    "line": LINE,
    "outcome": OUTCOME,
    "reason": _maybe(TEXT),
    "voter": _maybe(DIGEST),
    "roll": _maybe(DIGEST),
    "searches": Part(
        f"a list of {', '.join(SEARCHES)}, each once", list_of(one_of(*SEARCHES), distinct=True), optional=True
    ),
}
ANSWERS = _maybe(Part("the number of the event that it answers", is_positive))
VALUE = either(is_whole, is_string, is_flag, list_of(table({"name": STRING, "required": COUNT})))


@dataclass(frozen=True)
class Kind:
    """A kind of event: the role that may write it, the parts of its body."""

    role: str
    shape: Shape = field(default_factory=dict)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "opened": Kind(
            "manage",
            {
                "record": Part(FORMAT, one_of(FORMAT)),
                "case": LINE,
                "office": TEXT,
                "measure": TEXT,
                "place": TEXT,
                "kind": TEXT,
                "on": DAY,
                "filed": DAY,
                "key": Part("a public key in 64 small hexadecimal digits", is_digest),
                "voters": DIGEST,
                "disclosure": DISCLOSURE,
                "people": _tables("people, each with id and roles", {"id": ID, "may": MAY}, least=1),
            },
        ),
        "admitted": Kind("manage", {"id": ID, "may": MAY}),
        "dismissed": Kind("manage", {"id": ID}),
        "disclosed": Kind("manage", {"disclosure": DISCLOSURE, "why": TEXT}),
        "noted": Kind("manage", {"what": TEXT, "day": DAY}),
        "rules": Kind(
            "manage",
            {
                "text": TEXT,
                "sha256": DIGEST,
                "values": Part(
                    "the rules in force", lambda value: type(value) is dict and all(map(VALUE, value.values()))
                ),
                "reasons": Part("a list of grounds", list_of(is_text, distinct=True)),
                "required": _maybe(Part("a number and its source", table({"value": POSITIVE, "source": TEXT}))),
                "given": _maybe(_tables("rules given", dict.fromkeys(("rule", "value", "source"), TEXT), least=1)),
                "districts": _maybe(
                    _tables("districts", {"name": TEXT, "required": _maybe(COUNT), "at_most": _maybe(COUNT)})
                ),
            },
        ),
        "received": Kind("manage", {"batch": TEXT, "day": DAY, "sheets": COUNT, "lines": COUNT}),
        "counted": Kind("manage", {"batch": TEXT, "sheets": COUNT, "lines": COUNT, "explained": _maybe(TEXT)}),
        "lines": Kind(
            "manage",
            {
                "lines": Part(
                    "a list of 1 to 1,000 lines of six texts",
                    list_of(list_of(is_string, least=CELLS, most=CELLS), least=1, most=MOST_LINES),
                )
            },
        ),
        "frame": Kind("manage", {"sheets": COUNT, "lines": COUNT, "fingerprint": DIGEST, "ids": DIGEST}),
        "roll": Kind("manage", {"roll": DIGEST, "day": DAY, "voters": COUNT}),
        "proposals": Kind("manage", {"sha256": DIGEST, "lines": COUNT, "made_with": TEXT}),
        "risk_terms": Kind(
            "manage",
            {
                "risk_limit": SHARE,
                "unlinked": COUNT,
                "unlinked_risk": SHARE,
                "missing": COUNT,
                "misread": _maybe(Part("how many lines are allowed for, and at what risk", table(MISREAD))),
                "by_strata": _maybe(FLAG),
                "expected": _maybe(COUNT),
                "machine": _maybe(Part("what the machine's weights add up to", table({"total": TOTAL}))),
            },
        ),
        "seed": Kind(
            "manage",
            {
                "seed": LINE,
                "how": Part("dice or beacon", one_of("dice", "beacon")),
                "source": TEXT,
                "present": Part("a list of who was there", list_of(is_text)),
            },
        ),
        "sample": Kind(
            "manage",
            {
                "scope": Part("sample or all", one_of("sample", "all")),
                "why": TEXT,
                "strata": _tables(
                    "strata",
                    {
                        "stratum": TEXT,
                        "of": COUNT,
                        "size": COUNT,
                        "ids": Part("a list of line ids", list_of(is_string), optional=True),
                    },
                ),
            },
        ),
        "assigned": Kind("manage", {"person": ID, "lines": Part("a list of line ids", list_of(is_string, least=1))}),
        "decision": Kind("decide", {**RULING, "look": Part("1 or 2", either(just(1), just(2)))}),
        "weighed": Kind("decide", {"line": LINE, "further": COUNT}),
        "resolved": Kind("resolve", RULING),
        "corrected": Kind("resolve", {**RULING, "why": TEXT, "answers": ANSWERS}),
        "withdrawn": Kind("resolve", {"voter": DIGEST, "day": DAY}),
        "challenged": Kind(
            "resolve", {"line": LINE, "side": TEXT, "claim": OUTCOME, "reason": _maybe(TEXT), "day": DAY}
        ),
        "cured": Kind("resolve", {"line": LINE, "what": TEXT, "day": DAY}),
        "struck": Kind("resolve", {"line": LINE, "reason": TEXT, "why": TEXT, "answers": ANSWERS}),
        "counts": Kind(
            "certify",
            {
                "rows": _tables(
                    "rows",
                    {
                        "stratum": STRING,
                        "district": STRING,
                        **dict.fromkeys(("raw", "removed", "sample", "valid", "duplicates", "invalid"), COUNT),
                        "seen_2": _maybe(COUNT),
                        "seen_3": _maybe(COUNT),
                    },
                ),
                "reasons": _tables("grounds", {"reason": TEXT, "lines": POSITIVE}),
                "looks": _tables(
                    "people",
                    {"person": ID, **dict.fromkeys(("first", "second", "resolved", "corrected"), COUNT)},
                ),
            },
        ),
        "verdict": Kind(
            "certify",
            {
                "raw": COUNT,
                "estimate": WHOLE,
                "requirement": COUNT,
                "verdict": Part("a verdict", one_of("sufficient", "insufficient", "full-check", "undecided")),
                "rule": TEXT,
                "source": SOURCE,
                "requirement_source": SOURCE,
                "undecided": _maybe(
                    _tables("rules not held", dict.fromkeys(("rule", "missing", "would_decide"), TEXT), least=1)
                ),
                "bands": _maybe(
                    Part("bands", table({"insufficient_below": _maybe(WHOLE), "sufficient_above": _maybe(WHOLE)}))
                ),
                "districts": _maybe(
                    _tables(
                        "districts",
                        {
                            "name": STRING,
                            "estimate": WHOLE,
                            "counted": WHOLE,
                            "required": _maybe(COUNT),
                            "met": _maybe(Part("true or false", is_flag)),
                        },
                    )
                ),
                "steps": _tables("steps", dict.fromkeys(("stratum", "name", "value", "cite", "url"), STRING)),
            },
        ),
        "risk": Kind(
            "certify",
            {
                "lines": COUNT,
                "machine": _maybe(Part("a list of weights of six decimals", list_of(PART.fits))),
                "sufficient": PART,
                "insufficient": PART,
                "low": COUNT,
                "high": COUNT,
                "decided": Part("what is decided", one_of("sufficient", "insufficient", "not decided")),
                "statement": TEXT,
            },
        ),
        "certified": Kind(
            "certify",
            {"form": TEXT, "signature": Part("a signature in hexadecimal", is_signature), "certificate": DIGEST},
        ),
        "reopened": Kind("certify", {"order": TEXT, "day": DAY}),
        "purged": Kind(
            "manage",
            {"what": Part(f"a list of {', '.join(PURGED)}, each once", some_of(*PURGED, least=1)), "ground": TEXT},
        ),
    }
)


def fault_of(kind: str, body: Any) -> str | None:
    """Say what is wrong with the body of an event of that kind, in a sentence; None if nothing is."""
    known = KINDS.get(kind)
    if known is None:
        return f"there is no kind of event called {kind!r}"
    fault = fault_in(body, known.shape)
    return f"{kind}: {fault}" if fault else None
