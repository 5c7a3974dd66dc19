"""Keys of people who stand second in an act, and what they sign with them."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from ballotworthy.record.canonical import canonical
from ballotworthy.record.chain import Link
from ballotworthy.record.keys import PersonKey
from ballotworthy.record.signing import is_signed_text

SIGNED = "signed"
"""The part of a body that holds the second person's signature of the rest of it."""


def sign_own_key(key: PersonKey, case: str, link: Link, person: str) -> str:
    """Give a person's signature that a key is his from behind `link` on."""
    return key.sign(_own(case, link, person, key.public))


def is_own_key(case: str, link: Link, person: str, key: str, signature: str) -> bool:
    """Tell whether a person's key is signed by itself."""
    return is_signed_text(key, signature, _own(case, link, person, key))


def sign_second(key: PersonKey, case: str, link: Link, kind: str, body: Mapping[str, Any]) -> str:
    """Give the second person's signature of an act behind `link`, whose body lacks nothing but this."""
    return key.sign(_act(case, link, kind, body))


def is_second_signed(key: str, case: str, link: Link, kind: str, body: Mapping[str, Any]) -> bool:
    """Tell whether an act is signed by the second person's key."""
    return is_signed_text(key, body.get(SIGNED, ""), _act(case, link, kind, body))


def _own(case: str, link: Link, person: str, key: str) -> bytes:
    return f"ballotworthy second key 1\n{case}\n{link.seq}\n{link.sha256}\n{person}\n{key}\n".encode()


def _act(case: str, link: Link, kind: str, body: Mapping[str, Any]) -> bytes:
    said = sha256(canonical({name: part for name, part in body.items() if name != SIGNED})).hexdigest()
    return f"ballotworthy second 1\n{case}\n{link.seq}\n{link.sha256}\n{kind}\n{said}\n".encode()
