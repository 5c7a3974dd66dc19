"""A line of a record: one event in canonical form (RFC 8785), read so that no other form passes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

GREATEST = 9007199254740991
DEEPEST = 32
TOO_DEEP = "it is nested more deeply than a record may be"
KEYS = frozenset({"at", "body", "by", "kind", "prev", "seq", "sha256"})
KEY = re.compile(r"[a-z][a-z0-9_]*")
DIGEST = re.compile(r"[0-9a-f]{64}")
HASH_AT_THE_END = re.compile(rb',"sha256":"([0-9a-f]{64})"\}\Z')
IN_A_BATCH = re.compile(rb'\{"at":"[^"\\]*","batch":\{"at":([1-9][0-9]{0,15}),"of":([1-9][0-9]{0,15})\},')
TAIL = len(',"sha256":""') + 64


class Malformed(Exception):
    """A line that is not the canonical form of an event; the message says what is wrong with it."""


class NotText(Malformed):
    """A line that is not UTF-8."""


class Event(NamedTuple):
    """An event as it stands in its line."""

    seq: int
    kind: str
    by: str
    at: str
    body: dict[str, Any]
    prev: str
    sha256: str
    batch: tuple[int, int] | None = None


RETURNED = (
    "it ends in a carriage return too, as where a program for mail or source code gave a file the line ends of another "
    "system: ask for the record as it was, in a zip"
)


def _refuse(_: str) -> NoReturn:
    raise Malformed("a number in it is not whole")


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
_decode = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).decode


def canonical(value: Mapping[str, Any]) -> str:
    """Give the canonical form of an object whose keys and numbers are those a record may hold."""
    return _encode(value)


def read_object(raw: bytes) -> dict[str, Any]:
    """Give the object that a line without its line feed is the canonical form of.

    Raises:
        Malformed: it is not, or holds what a record may not hold.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise NotText("it is not UTF-8") from None
    try:
        value = _decode(text)
        same = _encode(value) == text
    except RecursionError:
        raise Malformed(TOO_DEEP) from None
    except ValueError:
        raise Malformed("it is not JSON") from None
    if not isinstance(value, dict):
        raise Malformed("it is not an object")
    if not same and text.endswith("\r"):
        raise Malformed(RETURNED)
    if not same:
        raise Malformed("it is not the one form in which it may be written")
    fault = _fault(value)
    if fault:
        raise Malformed(fault)
    return value


def read_event(raw: bytes) -> Event:
    """Give the event of a line without its line feed.

    Raises:
        Malformed: the line is not the canonical form of an object with the seven keys, of the right types.
    """
    value = read_object(raw)
    batch = value.pop("batch", None)
    if value.keys() != KEYS:
        raise Malformed("it has not exactly the seven keys of an event")
    seq, body = value["seq"], value["body"]
    if type(seq) is not int or seq < 1:
        raise Malformed("its seq is not a number from 1")
    if type(body) is not dict:
        raise Malformed("its body is not an object")
    for key in ("at", "by", "kind"):
        if type(value[key]) is not str:
            raise Malformed(f"its {key} is not a text")
    for key in ("prev", "sha256"):
        if type(value[key]) is not str or not DIGEST.fullmatch(value[key]):
            raise Malformed(f"its {key} is not a digest")
    if batch is not None and not _is_batch(batch):
        raise Malformed("its place in its batch is none")
    place = None if batch is None else (batch["at"], batch["of"])
    return Event(seq, value["kind"], value["by"], value["at"], body, value["prev"], value["sha256"], place)


def _is_batch(batch: Any) -> bool:
    """Whether it is a place in a batch of two events or more."""
    if type(batch) is not dict or batch.keys() != {"at", "of"} or {type(each) for each in batch.values()} != {int}:
        return False
    return bool(1 <= batch["at"] <= batch["of"] and batch["of"] > 1)


def place_of(raw: bytes) -> tuple[int, int] | None:
    """Give the place in its batch with which a line begins, be it an event or not."""
    found = IN_A_BATCH.match(raw)
    return (int(found[1]), int(found[2])) if found else None


def sha256_of(data: bytes) -> str:
    """Give the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def own_hash(raw: bytes) -> str:
    """Give the hash that the content of an event's line gives: the SHA-256 of the line without its last key."""
    return sha256_of(raw[: -TAIL - 1] + b"}")


def claimed_hash(raw: bytes) -> str | None:
    """Give the hash that ends a line which may be no event, or None."""
    found = HASH_AT_THE_END.search(raw)
    return found[1].decode() if found else None


def _fault(value: Any, depth: int = 1) -> str:
    """Give what a value holds that a record may not, or nothing; `depth` counts the objects and arrays around it."""
    kind = type(value)
    if depth > DEEPEST and kind in (dict, list):
        return TOO_DEEP
    if kind is str or kind is bool:
        return ""
    if kind is int:
        return "" if -GREATEST <= value <= GREATEST else "a number in it is too great"
    if kind is dict:
        for key, below in value.items():
            if not KEY.fullmatch(key):
                return "one of its keys has letters that no key may have"
            if type(below) is not str:
                fault = _fault(below, depth + 1)
                if fault:
                    return fault
        return ""
    if kind is list:
        for below in value:
            if type(below) is not str:
                fault = _fault(below, depth + 1)
                if fault:
                    return fault
        return ""
    return "it holds null"
