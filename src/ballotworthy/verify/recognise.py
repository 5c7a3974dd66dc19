"""What a file is, by the beginning of its content: a record, or another paper of a case, or none."""

from __future__ import annotations

import re

START = 65_536
"""Bytes of a file's beginning by which it is known (docs/reference/record.md, "Which file is which")."""
EVENT_KEYS = (rb'"kind":\s*"', rb'"prev":\s*"', rb'"seq":\s*\d', rb'"body":\s*\{')
PACKED = rb"\A(PK\x03\x04|\x1f\x8b|[\s\S]{257}ustar(\x00|  \x00))"
PAGE = rb"(?i)\A\s*<(!doctype|html|\?xml)"
HOLDERS = (PACKED, PAGE, rb"\A%PDF")
"""How files begin that hold others, or a page: they are no record, whatever is in them."""
OTHERS = (
    (PACKED, "packed; unpack it first"),
    (PAGE, "a page of the web"),
    (rb"\A%PDF", "a PDF"),
    (rb'"ballotworthy-head/\d+"', "a signed head"),
    (rb'"ballotworthy-certificate/\d+"', "a certificate"),
    (rb"\A\s*[0-9a-f]{64}\s*\Z", "a public key"),
    (rb"\Aballotworthy (office|voters|person) key 1", "a secret key, which should never leave the office"),
    (rb"\A\Z", "empty"),
)


def is_record(start: bytes) -> bool:
    """Tell whether a file that begins so is a record, sound or damaged: an event's keys stand there."""
    if any(re.search(pattern, start) for pattern in HOLDERS):
        return False
    return all(re.search(key, start) for key in EVENT_KEYS)


def what_else(start: bytes) -> str:
    """Say what a file is that is no record, as far as its beginning tells."""
    return next((words for pattern, words in OTHERS if re.search(pattern, start)), "something else")
