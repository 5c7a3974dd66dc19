"""Signed heads: with one, the office vouches for everything up to an event, and can change none of it unseen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ballotworthy.errors import InputError
from ballotworthy.record.canonical import canonical, parse
from ballotworthy.record.chain import Link
from ballotworthy.record.keys import OfficeKey

FORMAT = "ballotworthy-head/1"
FIELD = 2**255 - 19
EIGHTH = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
"""The y of the points of order 8; those of order 1, 2 and 4 have 1, -1 and 0."""
PARTS = {"case", "head", "key", "seq", "sha256", "signature"}


@dataclass(frozen=True)
class Head:
    """A signed head: the case, where its chain stands, the office's public key, the signature."""

    case: str
    link: Link
    key: str
    signature: str


def message(case: str, link: Link) -> bytes:
    """Give the bytes that are signed."""
    return f"ballotworthy head 1\n{case}\n{link.seq}\n{link.sha256}\n".encode()


def sign(key: OfficeKey, case: str, link: Link) -> Head:
    """Give the head of a case, signed."""
    return Head(case, link, key.public, key.sign(message(case, link)))


def is_signed(head: Head) -> bool:
    """Tell whether the signature of a head is that of its key."""
    return is_signed_text(head.key, head.signature, message(head.case, head.link))


def is_signed_text(key: str, signature: str, text: bytes) -> bool:
    """Tell whether a signature of a text is a public key's."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key_message(case: str, link: Link, new: str) -> bytes:
    return f"ballotworthy key 1\n{case}\n{link.seq}\n{link.sha256}\n{new}\n".encode()


def sign_key(key: OfficeKey, case: str, link: Link, new: str) -> str:
    """Give a key's signature that a case is signed with the key `new` from behind `link` on."""
    return key.sign(_key_message(case, link, new))


def is_key_signed(case: str, link: Link, new: str, signature: str, *, by: str) -> bool:
    """Tell whether a change to the key `new` behind `link` is signed by a public key."""
    return is_signed_text(by, signature, _key_message(case, link, new))


def is_key(public: str) -> bool:
    """Tell whether only its owner can sign for a public key: it is of no small order, and written as in RFC 8032."""
    y = int.from_bytes(bytes.fromhex(public), "little") & (2**255 - 1)
    return y < FIELD and y not in (0, 1, FIELD - 1, EIGHTH, FIELD - EIGHTH)


def head_file(head: Head) -> bytes:
    """Give the content of a head's file."""
    parts = {"case": head.case, "head": FORMAT, "key": head.key, **head.link._asdict(), "signature": head.signature}
    return canonical(parts) + b"\n"


def read_head(path: Path) -> Head:
    """Give the head that a file holds; its signature is not checked here.

    Raises:
        InputError: the file cannot be read, or holds no head.
    """
    try:
        found = parse(path.read_bytes().removesuffix(b"\n"))
        if found.keys() != PARTS or found["head"] != FORMAT:
            raise ValueError
        return Head(str(found["case"]), Link(int(found["seq"]), str(found["sha256"])), found["key"], found["signature"])
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from error
    except (ValueError, AttributeError) as error:
        raise InputError(f"{path} does not hold a signed head of a record.") from error
