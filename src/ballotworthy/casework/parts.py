"""The parts that bodies of events are made of, each with the words that say what is expected."""

from __future__ import annotations

from ballotworthy.casework.shapes import (
    Part,
    Shape,
    either,
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
    list_of,
    one_of,
    some_of,
    table,
    written,
)
from ballotworthy.files.choices import SEARCHES

FORMATS = ("ballotworthy-record/1", "ballotworthy-record/2")
FORMAT = FORMATS[-1]
"""The version of the record in which a new case is opened; those of version 1 go on as they began."""
ROLES = ("manage", "decide", "resolve", "certify")
DISCLOSURES = ("closed", "proponents", "public")
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


def maybe(part: Part) -> Part:
    """Give a part that may be absent."""
    return part._replace(optional=True)


def tables(words: str, shape: Shape, *, least: int = 0) -> Part:
    """Give a part that is a list of objects of one shape, so many at least."""
    return Part(f"a list of {words}", list_of(table(shape), least=least))


RULING: Shape = {
    "line": LINE,
    "outcome": OUTCOME,
    "reason": maybe(TEXT),
    "voter": maybe(DIGEST),
    "roll": maybe(DIGEST),
    "searches": Part(
        f"a list of {', '.join(SEARCHES)}, each once", list_of(one_of(*SEARCHES), distinct=True), optional=True
    ),
}
RULING_2: Shape = {**RULING, "repeats": maybe(LINE), "order": maybe(TEXT)}
SIGNATURE = Part("a signature in hexadecimal", is_signature)
SECOND: Shape = {"second": maybe(ID), "alone": maybe(TEXT), "signed": maybe(SIGNATURE)}
"""An act of two people names the second, who signs if he has a key in the case, or says why there is none."""
ANSWERS = maybe(Part("the number of the event that it answers", is_positive))
VALUE = either(is_whole, is_string, is_flag, list_of(table({"name": STRING, "required": COUNT})))
