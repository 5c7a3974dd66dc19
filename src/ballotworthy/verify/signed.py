"""Signed heads: what the office vouches for, and whether it did (V21, V23, V24)."""

from __future__ import annotations

from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .form import Event, Malformed, canonical, read_object, sha256_of
from .values import SIGNATURE, is_digest, is_one_line, is_positive, matching, one_of, record

_fits = record(
    case=is_one_line,
    head=one_of("ballotworthy-head/1"),
    key=is_digest,
    seq=is_positive,
    sha256=is_digest,
    signature=matching(SIGNATURE),
)


def read_head(data: bytes) -> dict[str, Any]:
    """Give the signed head that a file holds.

    Raises:
        Malformed: it holds none.
    """
    if not data.endswith(b"\n"):
        raise Malformed("it does not end in a line feed")
    head = read_object(data[:-1])
    if not _fits(head):
        raise Malformed("it has not exactly the keys of a signed head")
    return head


P = 2**255 - 19
EIGHTH = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
OF_SMALL_ORDER = frozenset({0, 1, P - 1, EIGHTH, P - EIGHTH})


def is_weak(key: str) -> bool:
    """Whether a public key is a point of small order, under which anybody can sign, or no point that RFC 8032 has."""
    y = int.from_bytes(bytes.fromhex(key), "little") & (2**255 - 1)
    return y >= P or y in OF_SMALL_ORDER


def vouches(key: str, signature: str, case: str, seq: int, sha256: str) -> bool:
    """Whether a signature is the key's, on the head of a case; a weak key's is nobody's."""
    return _is_signed(key, signature, f"ballotworthy head 1\n{case}\n{seq}\n{sha256}\n")


def vouches_for_key(key: str, signature: str, case: str, seq: int, sha256: str, new: str) -> bool:
    """Whether a signature is the key's, on the change to a new key behind the head of a case."""
    return _is_signed(key, signature, f"ballotworthy key 1\n{case}\n{seq}\n{sha256}\n{new}\n")


def vouches_for_own(key: str, signature: str, case: str, seq: int, sha256: str, person: str) -> bool:
    """Whether a person's key is signed by itself, behind the head of a case."""
    return _is_signed(key, signature, f"ballotworthy second key 1\n{case}\n{seq}\n{sha256}\n{person}\n{key}\n")


def vouches_second(key: str, case: str, event: Event) -> bool:
    """Whether an act is signed by the key of its second person: all that its body says but this signature."""
    body = {name: said for name, said in event.body.items() if name != "signed"}
    text = f"{case}\n{event.seq - 1}\n{event.prev}\n{event.kind}\n{sha256_of(canonical(body).encode())}"
    return _is_signed(key, event.body.get("signed", ""), f"ballotworthy second 1\n{text}\n")


def _is_signed(key: str, signature: str, text: str) -> bool:
    if is_weak(key):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
