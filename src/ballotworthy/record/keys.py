"""Keys in files that only their owner may read: the office's signing key, a person's own, a case's key for voters."""

from __future__ import annotations

import hmac
import os
import re
import secrets
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ballotworthy.errors import InputError, OutputError

OFFICE = "ballotworthy office key 1"
PERSON = "ballotworthy person key 1"
VOTERS = "ballotworthy voters key 1"
COMMITMENT = "ballotworthy"
OTHERS = 0o077


@dataclass(frozen=True)
class SigningKey:
    """A key with which somebody signs; `public` is the half that is published, in hexadecimal."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """Give the 32 bytes of the public key in hexadecimal."""
        return self.private.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> str:
        """Give the signature in hexadecimal; the same message always gives the same (RFC 8032)."""
        return self.private.sign(message).hex()


class OfficeKey(SigningKey):
    """The key with which an office signs."""


class PersonKey(SigningKey):
    """The key with which a person signs what he is the second person of."""


@dataclass(frozen=True)
class VoterKey:
    """The key under which the voters of one case are hashed."""

    secret: bytes

    def __repr__(self) -> str:
        """Give nothing of the secret away."""
        return "VoterKey(...)"

    def hashed(self, voter: str) -> str:
        """Give the HMAC-SHA-256 of a voter's id in hexadecimal."""
        return hmac.new(self.secret, voter.encode(), sha256).hexdigest()

    @property
    def commitment(self) -> str:
        """Give what a record holds of the key, so that no other can be shown later as the case's."""
        return self.hashed(COMMITMENT)


def make_office_key(path: Path) -> OfficeKey:
    """Make an office's key and write it to a new file.

    Raises:
        InputError: the file exists already.
        OutputError: it could not be written.
    """
    secret = secrets.token_bytes(32)
    _write(path, OFFICE, secret)
    return OfficeKey(Ed25519PrivateKey.from_private_bytes(secret))


def new_office_key() -> OfficeKey:
    """Give a new key of an office, not written anywhere yet."""
    return OfficeKey(Ed25519PrivateKey.generate())


def write_office_key(key: OfficeKey, path: Path) -> None:
    """Write an office's key to a new file; raises as `make_office_key` does."""
    _write(path, OFFICE, key.private.private_bytes_raw())


def open_office_key(path: Path) -> OfficeKey:
    """Give the office's key that a file holds.

    Raises:
        InputError: the file cannot be read, may be read by others, or holds no such key.
    """
    return OfficeKey(Ed25519PrivateKey.from_private_bytes(_read(path, OFFICE)))


def make_person_key(path: Path) -> PersonKey:
    """Make a person's key and write it to a new file; raises as `make_office_key` does."""
    secret = secrets.token_bytes(32)
    _write(path, PERSON, secret)
    return PersonKey(Ed25519PrivateKey.from_private_bytes(secret))


def open_person_key(path: Path) -> PersonKey:
    """Give a person's key that a file holds; raises as `open_office_key` does."""
    return PersonKey(Ed25519PrivateKey.from_private_bytes(_read(path, PERSON)))


def make_voter_key(path: Path) -> VoterKey:
    """Make a case's key for voters and write it to a new file; raises as `make_office_key` does."""
    secret = secrets.token_bytes(32)
    _write(path, VOTERS, secret)
    return VoterKey(secret)


def open_voter_key(path: Path) -> VoterKey:
    """Give the key for voters that a file holds; raises as `open_office_key` does."""
    return VoterKey(_read(path, VOTERS))


def _write(path: Path, what: str, secret: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(f"{what}\n{secret.hex()}\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            path.unlink()
            raise
    except FileExistsError as error:
        raise InputError(f"{path} exists; a key is never overwritten. Name another file.") from error
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error.strerror}. No key was made.") from error


def _read(path: Path, what: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):  # a pipe would be waited for
            raise InputError(f"{path} is no plain file, and so no key file.")
        text = path.read_text("ascii")
    except FileNotFoundError as error:
        raise InputError(f"there is no key file {path}. It stands where the case or the office made it.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as a key file.") from error
    if mode & OTHERS:
        raise InputError(f"{path} may be read by others; a key must not be. Run: chmod 600 {path}")
    found = re.fullmatch(re.escape(what) + r"\n([0-9a-f]{64})\n", text)
    if not found:
        raise InputError(f"{path} does not hold a key of the kind asked for ({what}). Name the right file.")
    return bytes.fromhex(found[1])
